import type { Refusal } from '../core/refusal.ts';
import type { Interval } from '../core/time.ts';
import { overlaps } from '../core/time.ts';
import type { Feature } from './features.ts';
import {
  alreadyInPass,
  capacityBelowTaken,
  endsBeforeStarts,
  givenOftenEnough,
  hasPicks,
  lacksFeature,
  notInThatPass,
  passesOverlap,
  presenterBusy,
  roomClosed,
  roomTaken,
  sizesContradict,
} from './refusals.ts';

/** What placing needs to know of the programme. Ids are public ids; names are for the sentences. */
export interface Timetable {
  readonly passes: readonly { readonly id: string; readonly name: string }[];
  readonly rooms: readonly {
    readonly id: string;
    readonly name: string;
    readonly features: readonly Feature[];
    readonly closed: readonly string[];
  }[];
  readonly workshops: readonly {
    readonly id: string;
    readonly code: string;
    readonly presenters: readonly { readonly id: string; readonly name: string }[];
    readonly requires: readonly Feature[];
    readonly maxOfferings: number;
    readonly passes: readonly string[];
  }[];
  readonly sessions: readonly Placement[];
}

export interface Placement {
  readonly id?: string;
  readonly workshop: string;
  readonly pass: string;
  readonly room: string;
}

/** Seats that can be chosen: what room and workshop both allow, less the reserved. Never below 0. */
export function seatsOf(
  room: { readonly capacity: number },
  workshop: { readonly maxSize: number | null; readonly reserved: number },
): number {
  return Math.max(0, Math.min(room.capacity, workshop.maxSize ?? Infinity) - workshop.reserved);
}

/**
 * Why a workshop may not stand in a pass and a room, or null. `wanted.id` is the session being moved, if any: it does not
 * clash with itself. Throws where an id is not of the timetable.
 */
export function whyNotPlace(timetable: Timetable, wanted: Placement): Refusal | null {
  const pass = found(timetable.passes, wanted.pass);
  const room = found(timetable.rooms, wanted.room);
  const workshop = found(timetable.workshops, wanted.workshop);
  const others = timetable.sessions.filter((s) => s.id === undefined || s.id !== wanted.id);
  const inPass = others.filter((s) => s.pass === pass.id);

  if (workshop.passes.length > 0 && !workshop.passes.includes(pass.id)) {
    return notInThatPass({ workshop: workshop.code, pass: pass.name });
  }
  const twin = inPass.find((s) => s.workshop === workshop.id);
  if (twin) {
    const where = found(timetable.rooms, twin.room).name;
    return alreadyInPass({ workshop: workshop.code, pass: pass.name, room: where });
  }
  for (const session of inPass) {
    const other = found(timetable.workshops, session.workshop);
    const busy = workshop.presenters.find((p) => other.presenters.some((o) => o.id === p.id));
    if (busy) return presenterBusy({ presenter: busy.name, workshop: other.code, pass: pass.name });
  }
  if (room.closed.includes(pass.id)) return roomClosed({ room: room.name, pass: pass.name });
  const occupant = inPass.find((s) => s.room === room.id);
  if (occupant) {
    const code = found(timetable.workshops, occupant.workshop).code;
    return roomTaken({ room: room.name, pass: pass.name, workshop: code });
  }
  const lacking = workshop.requires.find((feature) => !room.features.includes(feature));
  if (lacking) return lacksFeature({ workshop: workshop.code, room: room.name, feature: lacking });
  if (others.filter((s) => s.workshop === workshop.id).length >= workshop.maxOfferings) {
    return givenOftenEnough({ workshop: workshop.code, max: workshop.maxOfferings });
  }
  return null;
}

/** A timetable in which people have chosen: how many hold a seat of each session, and what bounds its seats. */
export interface ChosenTimetable extends Timetable {
  readonly rooms: readonly (Timetable['rooms'][number] & { readonly capacity: number })[];
  readonly workshops: readonly (Timetable['workshops'][number] & {
    readonly maxSize: number | null;
    readonly reserved: number;
  })[];
  readonly sessions: readonly ChosenSession[];
}

export interface ChosenSession extends Placement {
  readonly id: string;
  readonly taken: number;
}

/** Why a session may not move to an empty place, or null. Picks bind it to its pass, and its room must seat them all. */
export function whyNotMove(
  timetable: ChosenTimetable,
  session: ChosenSession,
  to: { readonly pass: string; readonly room: string },
): Refusal | null {
  const { id, workshop } = session;
  const { pass, room } = to;
  return whyNotReseat(timetable, session, to) ?? whyNotPlace(timetable, { id, workshop, pass, room });
}

/** Why two sessions may not change places, or null: each is judged where the other stood. */
export function whyNotSwap(timetable: ChosenTimetable, a: ChosenSession, b: ChosenSession): Refusal | null {
  const seatsRefusal = whyNotReseat(timetable, a, b) ?? whyNotReseat(timetable, b, a);
  if (seatsRefusal) return seatsRefusal;
  const others = timetable.sessions.filter((s) => s.id !== a.id && s.id !== b.id);
  const aMoved = { ...a, pass: b.pass, room: b.room };
  const bMoved = { ...b, pass: a.pass, room: a.room };
  return (
    whyNotPlace({ ...timetable, sessions: others }, aMoved) ??
    whyNotPlace({ ...timetable, sessions: [...others, aMoved] }, bMoved)
  );
}

/** Why a session may not leave the timetable, or null. */
export function whyNotRemove(timetable: ChosenTimetable, session: ChosenSession): Refusal | null {
  return session.taken > 0 ? picksStay(timetable, session) : null;
}

function whyNotReseat(
  timetable: ChosenTimetable,
  session: ChosenSession,
  to: { readonly pass: string; readonly room: string },
): Refusal | null {
  if (session.taken === 0) return null;
  if (to.pass !== session.pass) return picksStay(timetable, session);
  const workshop = found(timetable.workshops, session.workshop);
  const seats = seatsOf(found(timetable.rooms, to.room), workshop);
  if (seats >= session.taken) return null;
  const pass = found(timetable.passes, to.pass).name;
  return capacityBelowTaken({ sessions: [{ workshop: workshop.code, pass, taken: session.taken, seats }] });
}

function picksStay(timetable: ChosenTimetable, session: ChosenSession): Refusal {
  return hasPicks({
    workshop: found(timetable.workshops, session.workshop).code,
    pass: found(timetable.passes, session.pass).name,
    taken: session.taken,
  });
}

const longestPass = 24 * 60 * 60 * 1000;

export function whyNotTimes(interval: Interval): Refusal | null {
  const length = interval.endsAt - interval.startsAt;
  return length <= 0 || length > longestPass ? endsBeforeStarts() : null;
}

/** The smallest numbers of people and of offerings must not exceed the largest. */
export function whyNotSizes(workshop: {
  readonly minSize: number;
  readonly maxSize: number | null;
  readonly minOfferings: number;
  readonly maxOfferings: number;
}): Refusal | null {
  const { minSize, maxSize, minOfferings, maxOfferings } = workshop;
  return minSize > (maxSize ?? Infinity) || minOfferings > maxOfferings ? sizesContradict() : null;
}

/** Passes are parallel slots in a row: touching is fine, overlapping is not. */
export function whyNotPassTimes(
  wanted: Interval & { readonly id?: string },
  passes: readonly (Interval & { readonly id: string; readonly name: string })[],
): Refusal | null {
  const other = passes.find((p) => p.id !== wanted.id && overlaps(p, wanted));
  return whyNotTimes(wanted) ?? (other ? passesOverlap({ pass: other.name }) : null);
}

function found<T extends { readonly id: string }>(items: readonly T[], id: string): T {
  const item = items.find((i) => i.id === id);
  if (!item) throw new RangeError(`unknown id ${id}`);
  return item;
}
