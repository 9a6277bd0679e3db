import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useFormats } from '../core/formats.ts';
import { useLanguage } from '../core/language.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { useAnnounce } from '../ui/live-region.tsx';
import { Panel } from '../ui/panel.tsx';
import { ChoiceRow } from './choice-row.tsx';
import { ChosenPanel } from './chosen-panel.tsx';
import { type Choice, type Day, type Held, heldIn, type PassDay, whyNotHere } from './day.ts';
import { PassNote } from './pass-notes.tsx';
import look from './pass-section.module.css';
import type { Picking, PickingState } from './picking.ts';
import { inWords, useRegistrationTexts } from './texts.ts';

interface PassSectionProps {
  readonly day: Day;
  readonly pass: PassDay;
  /** What is shown as mine: the server's truth with what is on its way. */
  readonly held: Held;
  readonly picking: Picking;
  readonly state: PickingState;
  /** Whether choosing is open. */
  readonly open: boolean;
  readonly now: number;
  readonly timeZone: string;
}

/** More choices than this can be searched. */
const searchableFrom = 10;

/** One pass of my day: mine as a panel, or open as a list. */
export function PassSection({ day, pass, held, picking, state, open, now, timeZone }: PassSectionProps) {
  const t = useRegistrationTexts();
  const { language } = useLanguage();
  const announce = useAnnounce();
  const { timeRange } = useFormats(timeZone);
  const headingId = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const chosenTitle = useRef<HTMLButtonElement>(null);
  const focusChosen = useRef(false);
  const [swapping, setSwapping] = useState(false);

  const intent = state.intents[pass.id];
  const note = state.notes[pass.id];
  const mine = heldIn(held, pass.id);
  const chosen = pass.choices.find((choice) => choice.session === mine) ?? null;
  const source = held.picks.find((pick) => pick.session === mine)?.source ?? 'attendee';
  const leaving = intent?.kind === 'leave' && !intent.sent;
  const elsewhere = !chosen && (pass.presents !== null || pass.cannotCome);
  const codeOf = (session: string): string | null =>
    pass.choices.find((choice) => choice.session === session)?.workshop.code ?? null;

  // Where a panel with the focus in it goes away, the focus stays in the pass.
  const before = useRef(mine);
  useEffect(() => {
    if (before.current !== null && mine === null) {
      announce(t('saidLeft', { pass: pass.name }));
      if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
    }
    before.current = mine;
  }, [mine, announce, t, pass.name]);

  useEffect(() => {
    if (!focusChosen.current || mine === null) return;
    focusChosen.current = false;
    chosenTitle.current?.focus({ preventScroll: true });
    chosenTitle.current?.closest('section')?.scrollIntoView({ block: 'nearest' });
  }, [mine]);

  const take = (choice: Choice, back = false): void => {
    focusChosen.current = true;
    setSwapping(false);
    picking.take(pass.id, choice.session, back);
    announce(t('saidChosen', { code: choice.workshop.code, pass: pass.name }));
  };

  const count = pass.choices.length;
  const number = inWords(count, language);
  const hint =
    elsewhere || chosen !== null
      ? null
      : count === 0
        ? t('noneToChoose')
        : open && count > 1
          ? t('chooseOne', { number })
          : t('choices', { count, number });

  return (
    <section className={look['pass']} data-pass={pass.colour} aria-labelledby={headingId}>
      <header className={look['header']}>
        <h2 ref={heading} id={headingId} tabIndex={-1} className={look['name']}>
          {pass.name}
        </h2>
        <p className={look['time']}>
          {timeRange(pass.startsAt, pass.endsAt)}
          {hint !== null && <span className={look['hint']}> · {hint}</span>}
        </p>
      </header>
      {note && <PassNote day={day} pass={pass} held={held} note={note} now={now} picking={picking} />}
      {elsewhere && <Elsewhere pass={pass} />}
      {chosen && (
        <ChosenPanel
          choice={chosen}
          source={source}
          open={open}
          leaving={leaving}
          swapping={swapping}
          swappedFrom={note?.kind === 'swapped' && note.to === mine ? codeOf(note.from) : null}
          ref={chosenTitle}
          onSwap={() => setSwapping(!swapping)}
          onLeave={() => {
            setSwapping(false);
            picking.leave(pass.id);
            announce(t('saidLeaving', { code: chosen.workshop.code }));
          }}
          onStay={() => {
            picking.stay(pass.id);
            announce(t('saidStayed', { code: chosen.workshop.code }));
          }}
          onSwapBack={() => {
            const before = pass.choices.find((c) => note?.kind === 'swapped' && c.session === note.from);
            if (before) take(before, true);
          }}
        />
      )}
      <Queues
        pass={pass}
        held={held}
        picking={picking}
        open={open}
        joining={intent?.kind === 'queue' ? codeOf(intent.session) : null}
      />
      {!elsewhere && (chosen === null || swapping) && (
        <Choices
          pass={pass}
          title={chosen ? t('swapTitle', { code: chosen.workshop.code }) : null}
          renderChoice={(choice) =>
            choice.session !== mine && (
              <ChoiceRow
                key={choice.session}
                choice={choice}
                holding={chosen?.workshop.code ?? null}
                open={open}
                queued={
                  held.waitlist.some((place) => place.session === choice.session) ||
                  (intent?.kind === 'queue' && intent.session === choice.session)
                }
                waiting={note?.kind === 'lost' && note.session === choice.session ? note.waiting : 0}
                whyNot={open ? (whyNotHere(day, held, pass, choice, now)?.detail[language] ?? null) : null}
                onTake={() => take(choice)}
                onQueue={() => {
                  setSwapping(false);
                  picking.queue(pass.id, choice.session);
                }}
              />
            )
          }
        />
      )}
    </section>
  );
}

/** The list of a pass; long ones can be searched. */
function Choices({
  pass,
  title,
  renderChoice,
}: {
  readonly pass: PassDay;
  readonly title: string | null;
  readonly renderChoice: (choice: Choice) => ReactNode;
}) {
  const t = useRegistrationTexts();
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLocaleLowerCase('sv');
  const found = pass.choices.filter(({ workshop, room }) =>
    [workshop.code, workshop.title, workshop.summary, room, ...workshop.organisations]
      .concat(workshop.presenters.map((presenter) => presenter.name))
      .some((text) => text.toLocaleLowerCase('sv').includes(wanted)),
  );
  return (
    <div className={look['choices']}>
      {title !== null && <p className={look['swapTitle']}>{title}</p>}
      {pass.choices.length >= searchableFrom && (
        <Field
          label={t('filter', { pass: pass.name })}
          type="search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      )}
      <ul>{found.map(renderChoice)}</ul>
      {found.length === 0 && search !== '' && <p role="status">{t('noMatch', { pass: pass.name })}</p>}
    </div>
  );
}

function Elsewhere({ pass }: { readonly pass: PassDay }) {
  const t = useRegistrationTexts();
  return (
    <Panel kind="tint" className={look['elsewhere']}>
      <h3>{pass.presents === null ? t('cannotCome') : t('presenting', { code: pass.presents })}</h3>
      <p>{pass.presents === null ? t('cannotComeText') : t('presentingText')}</p>
    </Panel>
  );
}

/** My places in the queues of a pass. */
function Queues({
  pass,
  held,
  picking,
  open,
  joining,
}: {
  readonly pass: PassDay;
  readonly held: Held;
  readonly picking: Picking;
  readonly open: boolean;
  readonly joining: string | null;
}) {
  const t = useRegistrationTexts();
  const places = held.waitlist.filter((place) => place.pass === pass.id);
  return (
    <div role="status" className={look['queues']}>
      {joining !== null && <p className={look['queue']}>{t('queueing', { code: joining })}</p>}
      {places.map((place) => {
        const choice = pass.choices.find((c) => c.session === place.session);
        if (!choice) return null;
        return (
          <div key={place.session} className={look['queue']}>
            <p>
              <strong>{t('waitingFor', { code: choice.workshop.code, position: place.position })}</strong>{' '}
              {t('waitingMove')}
            </p>
            {open && (
              <Button kind="quiet" onClick={() => picking.leaveQueue(pass.id, place.session)}>
                {t('leaveQueue')}
              </Button>
            )}
          </div>
        );
      })}
    </div>
  );
}
