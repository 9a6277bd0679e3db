import { useState } from 'react';
import { useFormats } from '../core/formats.ts';
import { useLanguage } from '../core/language.ts';
import { Button } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { Hidden } from '../ui/hidden.tsx';
import { useAnnounce } from '../ui/live-region.tsx';
import { type Ballot, unwish, wish } from './ballot.ts';
import { Code } from './code.tsx';
import type { WorkshopCard } from './day.ts';
import { findsWorkshop, topicsOf } from './find.ts';
import { Finder } from './finder.tsx';
import { RankedList } from './ranked-list.tsx';
import { inWords, useRegistrationTexts } from './texts.ts';
import { useFinding } from './use-finding.ts';
import look from './wish-list.module.css';
import { WorkshopText } from './workshop-text.tsx';

interface WishListProps {
  readonly slug: string;
  readonly workshops: readonly WorkshopCard[];
  readonly ballot: Ballot;
  readonly onChange: (next: Ballot) => void;
  /** How many it is wise to rank. */
  readonly advised: number;
  readonly closesAt: string | null;
  readonly timeZone: string;
  /** Whether the list as it is shown is kept. */
  readonly isKept: boolean;
}

/** A list longer than `most` begins with `first`. */
const most = 30;
const first = 24;

/** Ranking: tap the workshops in order; then move or remove. The list of all keeps its place while one taps. */
export function WishList(props: WishListProps) {
  const { slug, workshops, ballot, onChange, advised, closesAt, timeZone, isKept } = props;
  const t = useRegistrationTexts();
  const { language } = useLanguage();
  const { dateTime } = useFormats(timeZone);
  const announce = useAnnounce();
  const topics = topicsOf(workshops);
  const [finding, find] = useFinding(slug, topics);
  const [whole, setWhole] = useState(false);
  const found = workshops.filter((workshop) => findsWorkshop(finding, workshop));
  const shown = whole || found.length <= most ? found : found.slice(0, first);

  const toggle = ({ code }: WorkshopCard): void => {
    const next = ballot.includes(code) ? unwish(ballot, code) : wish(ballot, code);
    const rank = next.indexOf(code) + 1;
    onChange(next);
    announce(rank > 0 ? t('saidWished', { code, rank }) : t('saidUnwished', { code }));
  };
  const receipt =
    !isKept || ballot.length === 0
      ? null
      : closesAt === null
        ? t('receipt', { codes: ballot.join(', ') })
        : t('receiptUntil', { codes: ballot.join(', '), time: dateTime(closesAt) });

  return (
    <div className={look['both']}>
      <section className={look['all']}>
        <p>{t('wishesIntro')}</p>
        <p className={look['advice']}>
          {ballot.length < advised && `${t('wishesAdvice', { number: inWords(advised, language) })} `}
          {t('wishesMore')}
          {closesAt !== null && ` ${t('wishesClose', { time: dateTime(closesAt) })}`}
        </p>
        <h2 className={look['heading']}>{t('allWorkshops')}</h2>
        <Finder
          finding={finding}
          onChange={find}
          topics={topics}
          all={workshops.length}
          found={found.length}
          seats={false}
        />
        <ul>
          {shown.map((workshop) => (
            <WishableRow
              key={workshop.id}
              workshop={workshop}
              rank={ballot.indexOf(workshop.code) + 1}
              onToggle={() => toggle(workshop)}
            />
          ))}
        </ul>
        {shown.length < found.length && (
          <Button onClick={() => setWhole(true)}>
            {t('showMore', { count: found.length - shown.length })}
          </Button>
        )}
      </section>
      <RankedList workshops={workshops} ballot={ballot} onChange={onChange} receipt={receipt} />
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
            {rank > 0 ? t('wished', { rank }) : t('addWish')}
            <Hidden> {workshop.code}</Hidden>
          </button>
        </div>
      </div>
    </li>
  );
}

/** A ballot to read. */
export function WishesToRead({
  workshops,
  ballot,
  title,
  text,
}: {
  readonly workshops: readonly WorkshopCard[];
  readonly ballot: Ballot;
  readonly title: string;
  readonly text: string;
}) {
  return (
    <section className={look['toRead']}>
      <h2 className={look['heading']}>{title}</h2>
      <p>{text}</p>
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
