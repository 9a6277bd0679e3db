import type { Attendee, Instance, Room, Session, Workshop } from './instance.ts';
import type { PlanDraft } from './plan.ts';

/** A session of a plan with what the rules ask about it. */
export interface PlannedSession {
  readonly workshop: Workshop;
  readonly room: Room;
  readonly pass: string;
  readonly seats: number;
  readonly from: number;
  readonly to: number;
  taken: number;
}

/** How one person stands in a plan. */
export interface Standing {
  readonly attendee: Attendee;
  /** Every seat written for the person, real or not. */
  readonly held: readonly (readonly [pass: string, workshop: string])[];
  /** Sessions that the person gives. */
  readonly presents: readonly PlannedSession[];
  readonly owed: number;
  /** Rank of each real seat, in the order of the passes held. */
  readonly ranks: readonly number[];
  readonly missing: number;
  readonly sumOfRanks: number;
  readonly regret: number;
  readonly firsts: number;
  /** All seats owed are among the person's top choices. */
  readonly top: boolean;
}

/** A plan seen through its instance: the sessions that run and how everybody stands. Tolerates a plan that breaks rules. */
export interface PlanStandings {
  readonly instance: Instance;
  readonly plan: PlanDraft;
  /** Every well-named session, by `sessionKey`. */
  readonly planned: ReadonlyMap<string, PlannedSession>;
  /** Those that run: of a fixed timetable, not the empty ones with a min size. */
  readonly running: ReadonlyMap<string, PlannedSession>;
  readonly presenting: ReadonlyMap<string, readonly PlannedSession[]>;
  readonly standings: readonly Standing[];
}

/** One text for the two, whatever is in them. */
export const sessionKey = (workshop: string, pass: string): string => `${workshop.length} ${workshop}${pass}`;

/** Seats of a workshop in a room: min(room capacity, max size) − reserved, at least 0. */
export const seatsOf = (workshop: Workshop, room: Room): number =>
  Math.max(0, Math.min(room.capacity, workshop.maxSize) - workshop.reserved);

/** Whether two sessions overlap through their own times; without times they never do. */
export const timesOverlap = (a: { from: number; to: number }, b: { from: number; to: number }): boolean =>
  a.from < b.to && b.from < a.to;

export const sessionTimes = (session: Session | undefined): { from: number; to: number } => ({
  from: Date.parse(session?.starts ?? ''),
  to: Date.parse(session?.ends ?? ''),
});

/** Seats owed when the person is free of presenting in `freePasses` passes that they can attend (and wish in, pass by pass). */
export const owedSeats = (attendee: Attendee, freePasses: number): number =>
  Math.min(attendee.picks, freePasses);

/** The least sum of ranks that `owed` seats can have. */
export function idealSum(attendee: Attendee, owed: number): number {
  let sum = 0;
  for (let rank = 1; rank <= owed; rank++) sum += attendee.wishes ? Math.min(rank, attendee.unlisted) : 1;
  return sum;
}

/** Passes that the person can attend and, wishing pass by pass, wishes in. */
export const passesWanted = (instance: Instance, attendee: Attendee): string[] =>
  instance.passes
    .map((pass) => pass.id)
    .filter(
      (pass) =>
        !attendee.cannot.includes(pass) &&
        (attendee.wishes !== null || (attendee.wishesByPass[pass]?.length ?? 0) > 0),
    );

export function standingsOf(instance: Instance, plan: PlanDraft): PlanStandings {
  const workshops = new Map(instance.workshops.map((workshop) => [workshop.id, workshop]));
  const rooms = new Map(instance.rooms.map((room) => [room.id, room]));
  const passes = new Set(instance.passes.map((pass) => pass.id));
  const fixed = new Map((instance.fixed ?? []).map((s) => [sessionKey(s.workshop, s.pass), s]));

  const planned = new Map<string, PlannedSession>();
  for (const session of plan.sessions) {
    const workshop = workshops.get(session.workshop);
    const room = rooms.get(session.room);
    const key = sessionKey(session.workshop, session.pass);
    if (!workshop || !room || !passes.has(session.pass) || planned.has(key)) continue;
    const times = sessionTimes(fixed.get(key));
    planned.set(key, {
      workshop,
      room,
      pass: session.pass,
      seats: seatsOf(workshop, room),
      taken: 0,
      ...times,
    });
  }
  const seatsHeld = new Map<string, [string, string][]>();
  for (const attendee of instance.attendees) {
    const held: [string, string][] = [];
    for (const [pass, workshop] of Object.entries(plan.allocation[attendee.id] ?? {})) {
      if (workshop === null) continue;
      held.push([pass, workshop]);
      const session = planned.get(sessionKey(workshop, pass));
      if (session) session.taken++;
    }
    seatsHeld.set(attendee.id, held);
  }
  const running = new Map(
    [...planned].filter(([, s]) => !(instance.fixed && s.taken === 0 && s.workshop.minSize > 0)),
  );
  const presenting = new Map<string, PlannedSession[]>();
  for (const session of running.values()) {
    for (const presenter of session.workshop.presenters) {
      presenting.set(presenter, [...(presenting.get(presenter) ?? []), session]);
    }
  }
  const standings = instance.attendees.map((attendee) =>
    standingOf(
      instance,
      attendee,
      seatsHeld.get(attendee.id) ?? [],
      running,
      presenting.get(attendee.id) ?? [],
    ),
  );
  return { instance, plan, planned, running, presenting, standings };
}

function standingOf(
  instance: Instance,
  attendee: Attendee,
  held: readonly (readonly [string, string])[],
  running: ReadonlyMap<string, PlannedSession>,
  presents: readonly PlannedSession[],
): Standing {
  const free = passesWanted(instance, attendee).filter((pass) => !presents.some((s) => s.pass === pass));
  const owed = owedSeats(attendee, free.length);
  const ranks: number[] = [];
  const workshops = new Set<string>();
  let top = true;
  let firsts = 0;
  for (const [pass, workshop] of held) {
    const list = attendee.wishes ?? attendee.wishesByPass[pass] ?? [];
    const place = list.indexOf(workshop) + 1;
    if (!running.has(sessionKey(workshop, pass)) || workshops.has(workshop) || ranks.length >= owed) continue;
    if (attendee.wishes === null && place === 0) continue;
    workshops.add(workshop);
    ranks.push(place || attendee.unlisted);
    if (place === 1) firsts++;
    if (place === 0 || place > (attendee.wishes ? owed : 1)) top = false;
  }
  const missing = owed - ranks.length;
  const sumOfRanks = ranks.reduce((sum, rank) => sum + rank, 0) + missing * attendee.unlisted;
  return {
    attendee,
    held,
    presents,
    owed,
    ranks,
    missing,
    sumOfRanks,
    regret: sumOfRanks - idealSum(attendee, owed),
    firsts,
    top: top && missing === 0,
  };
}
