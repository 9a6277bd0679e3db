import { inNameOrder } from '../../shared/core/name-order.ts';
import type { Openings } from '../../shared/conference/rules.ts';
import type { Window } from '../../shared/core/time.ts';
import type { Programme } from '../../shared/overview/contract.ts';
import type { Plenary } from '../../shared/programme/vocabulary.ts';
import type { Me } from '../../shared/registration/contract.ts';
import type { Choice, Day, PassDay, WorkshopCard } from '../registration/day.ts';
import { passColour } from '../ui/pass-colour.ts';

interface IsoWindow {
  readonly opensAt: string | null;
  readonly closesAt: string | null;
}

/** The conference as my day needs it. */
export interface DayConference {
  readonly stage: Openings['stage'];
  readonly timeZone: string;
  readonly rules: { readonly picksPerAttendee: number };
  readonly windows: { readonly picks: IsoWindow; readonly wishes: IsoWindow };
}

/** Puts the public programme and what is mine together: my passes with what can be chosen in each. */
export function dayOf(
  conference: DayConference,
  programme: Programme,
  me: Pick<Me, 'wishes' | 'presents' | 'cannot'>,
): Day {
  const rooms = new Map(programme.rooms.map((room) => [room.id, room.name]));
  const workshops = new Map(programme.workshops.map((workshop) => [workshop.id, workshop]));
  const passes = inTimeOrder(programme.passes).map((pass, i): PassDay => {
    const choices = programme.sessions
      .filter((session) => session.pass === pass.id)
      .flatMap((session): Choice[] => {
        const workshop = workshops.get(session.workshop);
        if (!workshop) return [];
        const rank = me.wishes.indexOf(workshop.code) + 1;
        return [
          {
            session: session.id,
            workshop,
            room: rooms.get(session.room) ?? '',
            seats: session.seats,
            taken: session.taken,
            rank: rank === 0 ? null : rank,
          },
        ];
      })
      .sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || byCode(a.workshop, b.workshop) || 0);
    return {
      ...pass,
      colour: passColour(i),
      choices,
      presents: me.presents.find((p) => p.pass === pass.id)?.workshop ?? null,
      cannotCome: me.cannot.includes(pass.id),
    };
  });
  return {
    conference: {
      stage: conference.stage,
      timeZone: conference.timeZone,
      picks: windowOf(conference.windows.picks),
      wishes: windowOf(conference.windows.wishes),
      picksPerAttendee: conference.rules.picksPerAttendee,
    },
    passes,
  };
}

/** Workshops in the order people look for them: W2 before W10. */
export function byCode(a: Pick<WorkshopCard, 'code'>, b: Pick<WorkshopCard, 'code'>): number {
  return inNameOrder(a.code, b.code);
}

/** A stretch of the day: what is for everybody, then a pass; the last stretch of a day has none. */
export interface Stretch {
  readonly key: string;
  readonly plenaries: readonly Plenary[];
  readonly pass: PassDay | null;
}

/** One date of the conference. */
export interface DayStretch {
  readonly date: string;
  readonly firstAt: string;
  readonly stretches: readonly Stretch[];
}

/** The programme as days of stretches, in time order. `dayKey` names the date of an instant in the conference's zone. */
export function stretchesOf(
  passes: readonly PassDay[],
  plenaries: readonly Plenary[],
  dayKey: (instant: string) => string,
): DayStretch[] {
  const items = inTimeOrder([
    ...plenaries.map((plenary) => ({ startsAt: plenary.startsAt, plenary, pass: null })),
    ...passes.map((pass) => ({ startsAt: pass.startsAt, plenary: null, pass })),
  ]);
  const days: { date: string; firstAt: string; stretches: Stretch[]; waiting: Plenary[] }[] = [];
  for (const item of items) {
    const date = dayKey(item.startsAt);
    let day = days.at(-1);
    if (day?.date !== date) {
      day = { date, firstAt: item.startsAt, stretches: [], waiting: [] };
      days.push(day);
    }
    if (item.plenary) day.waiting.push(item.plenary);
    else {
      day.stretches.push({ key: item.pass.id, plenaries: day.waiting, pass: item.pass });
      day.waiting = [];
    }
  }
  return days.map(({ date, firstAt, stretches, waiting }) => ({
    date,
    firstAt,
    stretches:
      waiting.length > 0 ? [...stretches, { key: `${date}-end`, plenaries: waiting, pass: null }] : stretches,
  }));
}

function inTimeOrder<T extends { readonly startsAt: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt));
}

function windowOf({ opensAt, closesAt }: IsoWindow): Window {
  return {
    opensAt: opensAt === null ? null : Date.parse(opensAt),
    closesAt: closesAt === null ? null : Date.parse(closesAt),
  };
}
