import { useQueryClient } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { picksAreOpen } from '../../shared/conference/rules.ts';
import type { Stage } from '../../shared/conference/stages.ts';
import type { Plenary } from '../../shared/programme/vocabulary.ts';
import type { Me } from '../../shared/registration/contract.ts';
import { CalendarDialog } from '../calendars/calendar-dialog.tsx';
import { PaperAndDoor } from '../calendars/paper-and-door.tsx';
import { useFormats } from '../core/formats.ts';
import { useLanguage } from '../core/language.ts';
import { useOnline } from '../core/online.ts';
import { paths } from '../core/paths.ts';
import {
  type Day,
  hasEnough,
  type Held,
  heldIn,
  type PassDay,
  progressOf,
  seatsLeft,
} from '../registration/day.ts';
import { everything, finds, topicsOf } from '../registration/find.ts';
import { Finder } from '../registration/finder.tsx';
import { MoveLimit } from '../registration/move-limit.tsx';
import { useMovedUp } from '../registration/moved-up.ts';
import { PassSection } from '../registration/pass-section.tsx';
import { isSaving, isUnsaved } from '../registration/picking.ts';
import { PlanResult } from '../registration/plan-result.tsx';
import { inWords } from '../registration/texts.ts';
import { useFinding } from '../registration/use-finding.ts';
import { meKey, usePicking } from '../registration/use-picking.ts';
import { BottomBar } from '../ui/bottom-bar.tsx';
import { Button } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { EmptyState } from '../ui/states.tsx';
import look from './day-of-passes.module.css';
import { stretchesOf } from './my-day-model.ts';
import { useQueueLengths, useSeatsInProgramme, useServerNow } from './my-day-queries.ts';
import { useMyDayTexts } from './my-day-texts.ts';
import { Progress } from './progress.tsx';
import { useSeatNews } from './use-seat-news.ts';

const OfferedSwap = lazy(() => import('../registration/offered-swap.tsx'));

interface DayOfPassesProps {
  readonly slug: string;
  readonly conference: {
    readonly stage: Stage;
    readonly timeZone: string;
    readonly clockAhead: number;
    readonly windows: {
      readonly picks: { readonly opensAt: string | null; readonly closesAt: string | null };
    };
  };
  readonly day: Day;
  readonly me: Me;
  readonly plenaries: readonly Plenary[];
  readonly header: { readonly above: ReactNode; readonly title: ReactNode; readonly aside: ReactNode };
  /** What stands last on the page. */
  readonly footer: ReactNode;
}

/** The passes as a day: choosing while it is open, reading otherwise. */
export function DayOfPasses({ slug, conference, day, me, plenaries, header, footer }: DayOfPassesProps) {
  const t = useMyDayTexts();
  const { language } = useLanguage();
  const { timeZone } = conference;
  const formats = useFormats(timeZone);
  const own = useFormats();
  const queries = useQueryClient();
  const { picking, state, held } = usePicking(slug);
  const moved = useMovedUp(me.picks);
  const [calendarOpen, setCalendarOpen] = useState(false);
  const { picks } = day.conference;
  const now = useServerNow(conference.clockAhead, [picks.opensAt, picks.closesAt]);
  useSeatsInProgramme(slug);

  const online = useOnline();
  const open = online && picksAreOpen(day.conference, now);
  const { chosen, wanted } = progressOf(day, held);
  const all = day.passes.flatMap((pass) => pass.choices);
  const waiting = useQueueLengths(slug, open && all.some((choice) => seatsLeft(choice) === 0));
  const topics = topicsOf([...new Map(all.map(({ workshop }) => [workshop.id, workshop])).values()]);
  const [finding, find] = useFinding(slug, topics);
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const undecided = useMemo(() => (open ? undecidedIn(day, held) : []), [open, day, held]);
  const waits = new Set(hasEnough(day, held) ? undecided : undecided.slice(1));
  useSeatNews(day, undecided);
  const [address, setAddress] = useSearchParams();
  const swap = address.get('swap');
  const days = stretchesOf(day.passes, plenaries, formats.dayKey);
  const status = isUnsaved(state)
    ? t('unsaved')
    : isSaving(state)
      ? t('saving')
      : state.savedAt !== null
        ? t('saved', { time: own.time(state.savedAt) })
        : open
          ? t('untouched')
          : t('readOnly');

  return (
    <Page
      wide
      ownEnd
      {...header}
      under={
        wanted > 0 &&
        conference.stage !== 'over' && (
          <Progress
            marks={marksOf(day, held, wanted)}
            words={
              chosen >= wanted
                ? t('progressDone')
                : chosen === 0
                  ? t('progressNone')
                  : t('progress', { chosen: inWords(chosen, language), wanted: inWords(wanted, language) })
            }
          />
        )
      }
    >
      <WindowLine conference={conference} day={day} hasResult={me.result !== null} now={now} />
      {me.result && <PlanResult result={me.result} hasWished={me.wishes.length > 0} open={open} />}
      {swap !== null && (
        <Suspense>
          <OfferedSwap
            slug={slug}
            day={day}
            offerId={swap}
            onClose={() => setAddress({}, { replace: true })}
          />
        </Suspense>
      )}
      {all.length > 0 && conference.stage !== 'over' && (
        <Finder
          finding={finding}
          onChange={find}
          topics={topics}
          all={all.length}
          found={all.filter((choice) => finds(finding, choice)).length}
          seats={open}
        />
      )}
      {day.passes.length === 0 && (
        <EmptyState title={t('noProgramme')}>
          <p>{t('noProgrammeText')}</p>
        </EmptyState>
      )}
      {days.map(({ date, firstAt, stretches }) => (
        <div key={date}>
          <p className={look['date']}>{formats.longDate(firstAt)}</p>
          <ol className={look['day']}>
            {stretches.map(({ key, plenaries: before, pass }) => (
              <li key={key} className={pass ? look['stretch'] : look['end']}>
                <div className={look['plenaries']}>
                  {before.map((plenary) => (
                    <PlenaryLine key={plenary.id} plenary={plenary} time={formats.time} />
                  ))}
                </div>
                {pass && (
                  <PassSection
                    slug={slug}
                    day={day}
                    pass={pass}
                    held={held}
                    picking={picking}
                    state={state}
                    open={open}
                    now={now}
                    timeZone={timeZone}
                    finding={finding}
                    onShowAll={() => find(everything)}
                    waiting={waiting}
                    moved={moved[pass.id] ?? null}
                    offer={me.swapOffers.find((offer) => offer.pass === pass.id) ?? null}
                    folded={waits.has(pass.id) && !unfolded.has(pass.id)}
                    onUnfold={() => setUnfolded(new Set([...unfolded, pass.id]))}
                  />
                )}
              </li>
            ))}
          </ol>
        </div>
      ))}
      {(me.waitlist.length > 0 || me.neverMoveAfter !== null) && (
        <MoveLimit slug={slug} time={me.neverMoveAfter} />
      )}
      {chosen > 0 && conference.stage !== 'over' && (
        <PaperAndDoor
          address={new URL(paths.door(slug, me.attendee.id), location.href).href}
          name={me.attendee.name}
          atOnce={conference.stage === 'onsite'}
        />
      )}
      {footer}
      <BottomBar status={status}>
        <Button kind="primary" onClick={() => setCalendarOpen(true)}>
          {t('toCalendar')}
        </Button>
      </BottomBar>
      <CalendarDialog
        slug={slug}
        calendar={me.calendar}
        empty={me.picks.length === 0}
        open={calendarOpen}
        onClose={() => setCalendarOpen(false)}
        onRenewed={(calendar) =>
          queries.setQueryData<Me>(meKey(slug), (known) => known && { ...known, calendar })
        }
      />
    </Page>
  );
}

/** The passes in which I have something to choose and have not, in time order. */
function undecidedIn(day: Day, held: Held): string[] {
  return day.passes.filter((pass) => isToChoose(pass) && heldIn(held, pass.id) === null).map(({ id }) => id);
}

/** A mark for each seat that I may have: of the passes I have chosen in, and of the next ones to choose in. */
function marksOf(day: Day, held: Held, wanted: number) {
  const marks = day.passes
    .filter(isToChoose)
    .map(({ id, colour }) => ({ key: id, colour, done: heldIn(held, id) !== null }));
  let open = wanted - marks.filter(({ done }) => done).length;
  return marks.filter(({ done }) => done || open-- > 0);
}

function isToChoose({ choices, presents, cannotCome }: PassDay): boolean {
  return choices.length > 0 && presents === null && !cannotCome;
}

/** When choosing opens or closes, in one line. */
function WindowLine({
  conference,
  day,
  hasResult,
  now,
}: Pick<DayOfPassesProps, 'conference' | 'day'> & {
  /** A plan has given me seats: what opens is changing them. */
  readonly hasResult: boolean;
  readonly now: number;
}) {
  const t = useMyDayTexts();
  const { dateTime } = useFormats(conference.timeZone);
  const { opensAt, closesAt } = day.conference.picks;
  const { stage } = conference;
  const line = (): string | null => {
    if (stage === 'over') return t('over');
    if (picksAreOpen(day.conference, now))
      return closesAt === null ? null : t('picksCloseAt', { time: dateTime(closesAt) });
    if (closesAt !== null && now >= closesAt) return t('picksClosedAt', { time: dateTime(closesAt) });
    if (opensAt === null || opensAt <= now) return t(hasResult ? 'changesNotSet' : 'picksNotSet');
    return t(hasResult ? 'changesOpenAt' : 'picksOpenAt', { time: dateTime(opensAt) });
  };
  const words = line();
  return words === null ? null : <p className={look['window']}>{words}</p>;
}

function PlenaryLine({
  plenary,
  time,
}: {
  readonly plenary: Plenary;
  readonly time: (instant: string) => string;
}) {
  return (
    <p className={look['plenary']}>
      <time dateTime={plenary.startsAt} className={look['time']}>
        {time(plenary.startsAt)}
      </time>
      <span>
        {plenary.title}
        {plenary.place && `, ${plenary.place}`}
      </span>
    </p>
  );
}
