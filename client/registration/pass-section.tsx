import { useEffect, useId, useRef, useState } from 'react';
import type { SwapOffer } from '../../shared/registration/vocabulary.ts';
import { useFormats } from '../core/formats.ts';
import { useLanguage } from '../core/language.ts';
import { Button } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { Hidden } from '../ui/hidden.tsx';
import { useAnnounce } from '../ui/live-region.tsx';
import { Notice } from '../ui/notice.tsx';
import { Panel } from '../ui/panel.tsx';
import { ChoiceList } from './choice-list.tsx';
import { ChoiceRow } from './choice-row.tsx';
import { ChosenPanel } from './chosen-panel.tsx';
import { Code } from './code.tsx';
import { type Choice, type Day, hasEnough, type Held, heldIn, type PassDay, whyNotHere } from './day.ts';
import type { Finding } from './find.ts';
import { PassNote } from './pass-notes.tsx';
import look from './pass-section.module.css';
import type { MovedUp } from './moved-up.ts';
import type { Picking, PickingState } from './picking.ts';
import { Queues } from './queues.tsx';
import { inWords, useRegistrationTexts } from './texts.ts';
import { WorkshopText } from './workshop-text.tsx';

interface PassSectionProps {
  readonly slug: string;
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
  /** What is looked for among the workshops. */
  readonly finding: Finding;
  readonly onShowAll: () => void;
  /** How many wait for each session, by its id. */
  readonly waiting: ReadonlyMap<string, number>;
  /** The queue that has moved me in this pass. */
  readonly moved: MovedUp | null;
  /** The swap that I offer in this pass. */
  readonly offer: SwapOffer | null;
  /** Another pass is the one to decide now: on a narrow screen this one's list waits behind a button. */
  readonly folded: boolean;
  readonly onUnfold: () => void;
}

/** One pass of my day: mine as a panel, or open as a list. */
export function PassSection(props: PassSectionProps) {
  const { slug, day, pass, held, picking, state, open, now, timeZone, finding, moved, offer, folded } = props;
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

  const movedFrom = moved?.from ? codeOf(moved.from) : null;

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

  const enough = open && chosen === null && hasEnough(day, held);
  const limit = day.conference.picksPerAttendee;
  const count = pass.choices.length;
  const number = inWords(count, language);
  const hint =
    elsewhere || chosen !== null
      ? null
      : count === 0
        ? t('noneToChoose')
        : open && count > 1 && !enough
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
      {chosen && moved?.to === mine && (
        <Notice title={t('movedTitle', { code: chosen.workshop.code })} announced>
          <p>{movedFrom === null ? t('moved') : t('movedFrom', { code: movedFrom })}</p>
        </Notice>
      )}
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
        slug={slug}
        pass={pass}
        held={held}
        picking={picking}
        open={open}
        joining={intent?.kind === 'queue' ? codeOf(intent.session) : null}
        offer={offer}
        timeZone={timeZone}
      />
      {folded && !swapping && (
        <Button
          className={look['unfold']}
          onClick={() => {
            heading.current?.focus({ preventScroll: true });
            props.onUnfold();
          }}
        >
          {t('unfold')}
          <Hidden> {pass.name}</Hidden>
        </Button>
      )}
      {!elsewhere && (chosen === null || swapping) && (
        <div className={classes(folded && !swapping && look['folded'])}>
          {enough && (
            <p className={look['enough']}>
              {t('enough', { count: limit, number: inWords(limit, language) })}
            </p>
          )}
          <ChoiceList
            pass={pass}
            title={chosen ? t('swapTitle', { code: chosen.workshop.code }) : null}
            finding={finding}
            onShowAll={props.onShowAll}
            renderChoice={(choice) =>
              choice.session !== mine && (
                <ChoiceRow
                  key={choice.session}
                  choice={choice}
                  holding={chosen?.workshop.code ?? null}
                  open={open && !enough}
                  queued={
                    held.waitlist.some((place) => place.session === choice.session) ||
                    (intent?.kind === 'queue' && intent.session === choice.session)
                  }
                  waiting={
                    note?.kind === 'lost' && note.session === choice.session
                      ? note.waiting
                      : (props.waiting.get(choice.session) ?? 0)
                  }
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
        </div>
      )}
    </section>
  );
}

/** A pass in which I have nothing to choose: what I give then, or that I am not there. */
function Elsewhere({ pass }: { readonly pass: PassDay }) {
  const t = useRegistrationTexts();
  const given = pass.choices.find(({ workshop }) => workshop.code === pass.presents);
  if (given)
    return (
      <Panel kind="tint" className={classes(look['elsewhere'], look['given'])}>
        <Code code={given.workshop.code} big />
        <div className={look['givenText']}>
          <WorkshopText
            workshop={given.workshop}
            line={
              <>
                <strong>{given.room}</strong> · {t('presentingText')}
              </>
            }
          />
        </div>
      </Panel>
    );
  return (
    <Panel kind="tint" className={look['elsewhere']}>
      <h3>{pass.presents === null ? t('cannotCome') : t('presenting', { code: pass.presents })}</h3>
      {pass.presents === null && <p>{t('cannotComeText')}</p>}
    </Panel>
  );
}
