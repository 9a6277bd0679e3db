import { asc, eq } from 'drizzle-orm';
import { hasReached } from '../../shared/conference/rules.ts';
import type { Stage } from '../../shared/conference/stages.ts';
import { seededRandom } from '../../shared/core/random.ts';
import type { Instance } from '../../shared/planning/instance.ts';
import type { PlanObjective, PlanTimetable } from '../../shared/planning/vocabulary.ts';
import { conferences } from '../conference/tables.ts';
import type { Db } from '../core/statement.ts';
import { attendees, presenters } from '../people/tables.ts';
import {
  absences,
  passes,
  roomClosures,
  rooms,
  sessions,
  workshopPasses,
  workshopPresenters,
  workshops,
} from '../programme/tables.ts';
import { picks, wishes } from '../registration/tables.ts';
import { pinsOf, type StoredPin } from './pins-queries.ts';
import type { StoredAllocation } from './tables.ts';

/** Everything that a plan is computed from, and the names that its sentences use, read at one moment. Ids are public ids. */
export interface PlanningFacts {
  readonly revision: number;
  readonly stage: Stage;
  readonly picksPerAttendee: number;
  readonly advisedWishes: number;
  readonly passes: readonly { id: string; name: string; startsAt: number; endsAt: number }[];
  readonly rooms: readonly {
    id: string;
    name: string;
    capacity: number;
    features: readonly string[];
    closed: readonly string[];
  }[];
  readonly workshops: readonly {
    id: string;
    code: string;
    presenters: readonly string[];
    minOfferings: number;
    maxOfferings: number;
    minSize: number;
    maxSize: number | null;
    reserved: number;
    requires: readonly string[];
    passes: readonly string[];
  }[];
  readonly sessions: readonly { workshop: string; pass: string; room: string }[];
  readonly attendees: readonly {
    id: string;
    name: string;
    organisation: string | null;
    wishes: readonly string[];
    cannot: readonly string[];
  }[];
  /** Presenters by the id that the plan knows them by: the attendee's where they are one. */
  readonly presenterNames: ReadonlyMap<string, string>;
  readonly pins: readonly StoredPin[];
  /** The seats that are held now. */
  readonly held: StoredAllocation;
}

/** Reads the facts of a conference. The reads follow each other in one turn of the thread that also writes: nothing comes between. */
export function planningFacts(db: Db, conferenceId: string): PlanningFacts {
  const conference = db
    .select({
      revision: conferences.revision,
      stage: conferences.stage,
      picksPerAttendee: conferences.picksPerAttendee,
      advisedWishes: conferences.advisedWishes,
    })
    .from(conferences)
    .where(eq(conferences.id, conferenceId))
    .get();
  if (!conference) throw new RangeError(`unknown conference ${conferenceId}`);

  const closures = db
    .select({ of: roomClosures.roomId, value: roomClosures.passId })
    .from(roomClosures)
    .where(eq(roomClosures.conferenceId, conferenceId))
    .all();
  const allowed = db
    .select({ of: workshopPasses.workshopId, value: workshopPasses.passId })
    .from(workshopPasses)
    .where(eq(workshopPasses.conferenceId, conferenceId))
    .all();
  const giving = db
    .select({
      of: workshopPresenters.workshopId,
      presenterId: presenters.id,
      attendeeId: presenters.attendeeId,
      name: presenters.name,
    })
    .from(workshopPresenters)
    .innerJoin(presenters, eq(presenters.id, workshopPresenters.presenterId))
    .where(eq(workshopPresenters.conferenceId, conferenceId))
    .orderBy(asc(workshopPresenters.position))
    .all()
    .map((row) => ({ ...row, value: row.attendeeId ?? row.presenterId }));
  const ranked = db
    .select({ of: wishes.attendeeId, value: wishes.workshopId })
    .from(wishes)
    .where(eq(wishes.conferenceId, conferenceId))
    .orderBy(asc(wishes.attendeeId), asc(wishes.rank))
    .all();
  const away = db
    .select({ of: absences.attendeeId, value: absences.passId })
    .from(absences)
    .where(eq(absences.conferenceId, conferenceId))
    .all();

  const closedOf = gathered(closures);
  const passesOf = gathered(allowed);
  const presentersOf = gathered(giving);
  const wishesOf = gathered(ranked);
  const cannotOf = gathered(away);
  return {
    ...conference,
    passes: db
      .select({ id: passes.id, name: passes.name, startsAt: passes.startsAt, endsAt: passes.endsAt })
      .from(passes)
      .where(eq(passes.conferenceId, conferenceId))
      .orderBy(asc(passes.startsAt))
      .all(),
    rooms: db
      .select({ id: rooms.id, name: rooms.name, capacity: rooms.capacity, features: rooms.features })
      .from(rooms)
      .where(eq(rooms.conferenceId, conferenceId))
      .orderBy(asc(rooms.position))
      .all()
      .map((room) => ({ ...room, closed: closedOf(room.id) })),
    workshops: db
      .select({
        id: workshops.id,
        code: workshops.code,
        requires: workshops.requires,
        minSize: workshops.minSize,
        maxSize: workshops.maxSize,
        reserved: workshops.reserved,
        minOfferings: workshops.minOfferings,
        maxOfferings: workshops.maxOfferings,
      })
      .from(workshops)
      .where(eq(workshops.conferenceId, conferenceId))
      .orderBy(asc(workshops.position))
      .all()
      .map((workshop) => ({
        ...workshop,
        presenters: presentersOf(workshop.id),
        passes: passesOf(workshop.id),
      })),
    sessions: db
      .select({ workshop: sessions.workshopId, pass: sessions.passId, room: sessions.roomId })
      .from(sessions)
      .where(eq(sessions.conferenceId, conferenceId))
      .all(),
    attendees: db
      .select({ id: attendees.id, name: attendees.name, organisation: attendees.organisationId })
      .from(attendees)
      .where(eq(attendees.conferenceId, conferenceId))
      .orderBy(asc(attendees.id))
      .all()
      .map((attendee) => ({
        ...attendee,
        wishes: wishesOf(attendee.id),
        cannot: cannotOf(attendee.id),
      })),
    presenterNames: new Map(giving.map(({ value, name }) => [value, name])),
    pins: pinsOf(db, conferenceId),
    held: heldSeats(db, conferenceId),
  };
}

/** Every seat held in a conference, by attendee and pass. */
export function heldSeats(db: Db, conferenceId: string): StoredAllocation {
  const held: StoredAllocation = {};
  const rows = db
    .select({ attendee: picks.attendeeId, pass: picks.passId, workshop: picks.workshopId })
    .from(picks)
    .where(eq(picks.conferenceId, conferenceId))
    .all();
  for (const { attendee, pass, workshop } of rows) (held[attendee] ??= {})[pass] = workshop;
  return held;
}

/**
 * The facts as a planning problem. From the stage picks on, a plan with fewest changes owes people the seats they hold: whoever has
 * not chosen is not chosen for. Workshops that are not wished for count one more than the longer of a person's own list and the
 * conference's advised length, so that a short list neither gains nor loses.
 */
export function instanceOf(
  facts: PlanningFacts,
  asked: { readonly objective: PlanObjective; readonly timetable: PlanTimetable },
): Instance {
  const kept = asked.timetable === 'kept';
  // A timetable that is kept gives nothing in a pass without sessions: nobody is owed a seat there.
  const used = new Set([...facts.sessions, ...facts.pins].map(({ pass }) => pass));
  const passIds = facts.passes.map(({ id }) => id).filter((id) => !kept || used.has(id));
  const inUse = (passes: readonly string[]): readonly string[] => passes.filter((id) => passIds.includes(id));
  const keepsNumbers = asked.objective === 'changes' && hasReached(facts.stage, 'picks');
  return {
    name: null,
    passes: passIds.map((id) => ({ id })),
    rooms: facts.rooms.map(({ id, capacity, features, closed }) => ({
      id,
      capacity,
      features,
      closed: inUse(closed),
    })),
    workshops: facts.workshops.map((workshop) => ({
      id: workshop.id,
      presenters: workshop.presenters,
      minOfferings: workshop.minOfferings,
      maxOfferings: workshop.maxOfferings,
      maxSize: workshop.maxSize ?? Infinity,
      minSize: workshop.minSize,
      requires: workshop.requires,
      reserved: workshop.reserved,
      passes: workshop.passes.length === 0 ? passIds : inUse(workshop.passes),
    })),
    attendees: facts.attendees.map((attendee) => ({
      id: attendee.id,
      wishes: attendee.wishes,
      wishesByPass: {},
      picks: keepsNumbers ? Object.keys(facts.held[attendee.id] ?? {}).length : facts.picksPerAttendee,
      cannot: inUse(attendee.cannot),
      organisation: attendee.organisation,
      unlisted: 1 + Math.max(attendee.wishes.length, facts.advisedWishes),
    })),
    fixed: kept ? facts.sessions : null,
    pins: facts.pins.map(({ id, attendee, workshop, pass, room }) =>
      attendee === null
        ? { id, workshop: workshop!, pass: pass ?? undefined, room: room ?? undefined }
        : { id, attendee, pass: pass!, workshop },
    ),
    groups: [],
    previous: asked.objective === 'changes' ? { sessions: facts.sessions, allocation: facts.held } : null,
  };
}

/**
 * The same problem with its people in an order drawn from the seed. Where plans are worth the same the solver goes by that order, so
 * that nobody is ahead by their name or by when they registered.
 */
export const inDrawOrder = (instance: Instance, seed: number): Instance => ({
  ...instance,
  attendees: seededRandom(seed).shuffle(instance.attendees),
});

/** Whether two sets of seats are the same: the same workshop in the same passes. */
export function sameSeats(
  a: Readonly<Record<string, string | null>> = {},
  b: Readonly<Record<string, string | null>> = {},
): boolean {
  const passes = Object.keys(a);
  return passes.length === Object.keys(b).length && passes.every((pass) => a[pass] === b[pass]);
}

/** Groups the values by what they belong to, in the order read. */
function gathered(rows: readonly { of: string; value: string }[]): (of: string) => readonly string[] {
  const lists = new Map<string, string[]>();
  for (const { of, value } of rows) {
    const list = lists.get(of);
    if (list) list.push(value);
    else lists.set(of, [value]);
  }
  const none: readonly string[] = [];
  return (of) => lists.get(of) ?? none;
}
