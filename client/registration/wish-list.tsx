import { useId, useLayoutEffect, useRef } from 'react';
import { useFormats } from '../core/formats.ts';
import { useLanguage } from '../core/language.ts';
import { Button } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { Hidden } from '../ui/hidden.tsx';
import { useAnnounce } from '../ui/live-region.tsx';
import { type Ballot, moveWish, unwish, wish } from './ballot.ts';
import { Code } from './code.tsx';
import type { WorkshopCard } from './day.ts';
import { inWords, useRegistrationTexts } from './texts.ts';
import look from './wish-list.module.css';
import { WorkshopText } from './workshop-text.tsx';

interface WishListProps {
  readonly workshops: readonly WorkshopCard[];
  readonly ballot: Ballot;
  readonly onChange: (next: Ballot) => void;
  /** How many it is wise to rank. */
  readonly advised: number;
  readonly closesAt: string | null;
  readonly timeZone: string;
}

/** Ranking: tap the workshops in order; then move or remove. The list of all keeps its place while one taps. */
export function WishList({ workshops, ballot, onChange, advised, closesAt, timeZone }: WishListProps) {
  const t = useRegistrationTexts();
  const { language } = useLanguage();
  const { dateTime } = useFormats(timeZone);
  const announce = useAnnounce();
  const advice = { number: inWords(ballot.length < advised ? advised : ballot.length, language) };

  const change = (next: Ballot, code: string): void => {
    onChange(next);
    const rank = next.indexOf(code) + 1;
    announce(rank > 0 ? t('saidWished', { code, rank }) : t('saidUnwished', { code }));
  };

  return (
    <div className={look['both']}>
      <section className={look['all']}>
        <p>{t('wishesIntro')}</p>
        <p className={look['advice']}>
          {ballot.length < advised ? t('wishesAdvice', advice) : t('wishesEnough', advice)}
          {closesAt !== null && ` ${t('wishesClose', { time: dateTime(closesAt) })}`}
        </p>
        <h2 className={look['heading']}>{t('allWorkshops')}</h2>
        <ul>
          {workshops.map((workshop) => (
            <WishableRow
              key={workshop.id}
              workshop={workshop}
              rank={ballot.indexOf(workshop.code) + 1}
              onToggle={() =>
                change(
                  ballot.includes(workshop.code)
                    ? unwish(ballot, workshop.code)
                    : wish(ballot, workshop.code),
                  workshop.code,
                )
              }
            />
          ))}
        </ul>
      </section>
      <RankedList workshops={workshops} ballot={ballot} onChange={change} />
    </div>
  );
}

function WishableRow({
  workshop,
  rank,
  onToggle,
}: {
  readonly workshop: WorkshopCard;
  /** Its place, or 0. */
  readonly rank: number;
  readonly onToggle: () => void;
}) {
  const t = useRegistrationTexts();
  return (
    <li className={look['row']}>
      <Code code={workshop.code} />
      <div className={look['text']}>
        <WorkshopText workshop={workshop} line={workshop.organisations.join(', ')} />
        <div className={look['foot']}>
          <button
            type="button"
            className={classes(look['wish'], rank > 0 && look['wished'])}
            aria-pressed={rank > 0}
            onClick={onToggle}
          >
            {rank > 0 ? t('rank', { rank }) : t('addWish')}
            <Hidden> {workshop.code}</Hidden>
          </button>
        </div>
      </div>
    </li>
  );
}

/** The place in the page that the bottom bar leads to. */
export const rankedListId = 'my-wishes';

function RankedList({
  workshops,
  ballot,
  onChange,
}: {
  readonly workshops: readonly WorkshopCard[];
  readonly ballot: Ballot;
  readonly onChange: (next: Ballot, code: string) => void;
}) {
  const t = useRegistrationTexts();
  const headingId = useId();
  const pressed = useRef<HTMLButtonElement | null>(null);

  // A row that moves takes the focus with it.
  useLayoutEffect(() => {
    pressed.current?.focus();
    pressed.current = null;
  });

  const move = (code: string, by: number, button: HTMLButtonElement): void => {
    pressed.current = button;
    onChange(moveWish(ballot, code, by), code);
  };

  return (
    <section id={rankedListId} className={look['ranked']} aria-labelledby={headingId} tabIndex={-1}>
      <h2 id={headingId} className={look['heading']}>
        {t('wishesTitle')}
      </h2>
      {ballot.length === 0 && <p className={look['advice']}>{t('wishesEmpty')}</p>}
      <ol>
        {ballot.map((code, i) => {
          const workshop = workshops.find((w) => w.code === code);
          return (
            <li key={code} className={look['rankedRow']}>
              <span className={look['number']}>{i + 1}</span>
              <div className={look['text']}>
                <p>
                  <strong className={look['rankedCode']}>{code}</strong> {workshop?.title}
                </p>
                <div className={look['moves']}>
                  <Button
                    kind="quiet"
                    disabled={i === 0}
                    onClick={(event) => move(code, -1, event.currentTarget)}
                  >
                    {t('moveUp')}
                    <Hidden> {code}</Hidden>
                  </Button>
                  <Button
                    kind="quiet"
                    disabled={i === ballot.length - 1}
                    onClick={(event) => move(code, 1, event.currentTarget)}
                  >
                    {t('moveDown')}
                    <Hidden> {code}</Hidden>
                  </Button>
                  <Button kind="quiet" onClick={() => onChange(unwish(ballot, code), code)}>
                    {t('removeWish')}
                    <Hidden> {code}</Hidden>
                  </Button>
                </div>
              </div>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** The ballot as it was handed in: to read. */
export function HandedInWishes({
  workshops,
  ballot,
}: {
  readonly workshops: readonly WorkshopCard[];
  readonly ballot: Ballot;
}) {
  const t = useRegistrationTexts();
  return (
    <section className={look['handedIn']}>
      <h2 className={look['heading']}>{t('wishesHandedIn')}</h2>
      <p>{ballot.length > 0 ? t('wishesHandedInText') : t('noWishesHandedIn')}</p>
      <ol>
        {ballot.map((code, i) => (
          <li key={code} className={look['rankedRow']}>
            <span className={look['number']}>{i + 1}</span>
            <p className={look['text']}>
              <strong className={look['rankedCode']}>{code}</strong>{' '}
              {workshops.find((w) => w.code === code)?.title}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
