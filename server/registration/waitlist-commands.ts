import { and, asc, eq, gt, lt, sql } from 'drizzle-orm';
import { type Refusal, Refused } from '../../shared/core/refusal.ts';
import { notFound } from '../../shared/core/refusals.ts';
import { whyNotMoveUp } from '../../shared/registration/rules.ts';
import type { Change } from '../core/change.ts';
import { statement } from '../core/statement.ts';
import { passes, sessions } from '../programme/tables.ts';
import { moveLimitOf } from './moving-queries.ts';
import { pickFacts, type StoredFacts, type Wanted } from './picks-queries.ts';
import { giveSeat, leaveQueue, type Seat } from './seats-commands.ts';
import { sessionSeats, waitlist } from './tables.ts';

const join = statement((db) =>
  db
    .insert(waitlist)
    .values({
      conferenceId: sql.placeholder('conferenceId'),
      attendeeId: sql.placeholder('attendeeId'),
      passId: sql.placeholder('passId'),
      sessionId: sql.placeholder('sessionId'),
      workshopId: sql.placeholder('workshopId'),
      at: sql.placeholder('at'),
      rank: sql`(select coalesce(max(w.rank), 0) + 1 from waitlist as w
        where w.attendee_id = ${sql.placeholder('attendeeId')} and w.pass_id = ${sql.placeholder('passId')})`,
    })
    .onConflictDoNothing()
    .prepare(),
);

/** Puts an attendee last in the queue of a session, as what they want least of what they wait for in the pass; who is in it already keeps their place. */
export function joinQueue(change: Change, seat: Seat): void {
  const { changes } = join(change.db).run({ ...seat, at: change.now });
  if (changes === 0) return;
  change.audit({
    action: 'queue-joined',
    subject: { kind: 'attendee', id: seat.attendeeId },
    conferenceId: seat.conferenceId,
    data: { session: seat.sessionId },
  });
}

/** Takes an attendee out of a session's queue, at any time. Not being in it is no trouble: they may just have been moved up. */
export function leaveWaitlist(
  change: Change,
  { conferenceId, attendeeId, sessionId }: Pick<Seat, 'conferenceId' | 'attendeeId' | 'sessionId'>,
): void {
  const known = change.db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.conferenceId, conferenceId), eq(sessions.id, sessionId)))
    .get();
  if (known === undefined) throw new Refused(notFound());
  if (!leaveQueue(change, attendeeId, sessionId)) return;
  change.audit({
    action: 'queue-left',
    subject: { kind: 'attendee', id: attendeeId },
    conferenceId,
    data: { session: sessionId },
  });
}

/** Tells somebody that what they waited for is no longer given; their place is already gone. */
export function endQueue(change: Change, waiting: Omit<Seat, 'passId'>): void {
  const { attendeeId, conferenceId, sessionId: session, workshopId: workshop } = waiting;
  const recipient = { kind: 'attendee', id: attendeeId } as const;
  change.audit({ action: 'queue-ended', subject: recipient, conferenceId, data: { session } });
  change.letter({ letter: 'queue-ended', recipient, conferenceId, data: { session, workshop } });
}

/** One step of a chain: from the seat held before in that pass, if any, to the one waited for. */
interface Step {
  readonly pass: string;
  readonly from: string | null;
  readonly to: string;
}

/**
 * Moves the queues of sessions that may have free seats, until no free seat has anyone waiting who may hold it. Who moves up
 * leaves the seat they had in that pass, which may move the next: the whole chain belongs to the transaction that freed the first
 * seat. Who may not move is passed over, told so once, and keeps their place. Each person moved is one line in the audit and one letter.
 */
export function moveQueues(change: Change, conferenceId: string, sessionIds: Iterable<string>): void {
  const steps = new Map<string, Step[]>();
  const open = [...sessionIds];
  for (let sessionId = open.shift(); sessionId !== undefined; sessionId = open.shift()) {
    for (const { attendeeId, step } of fillFromQueue(change, conferenceId, sessionId)) {
      steps.set(attendeeId, [...(steps.get(attendeeId) ?? []), step]);
      if (step.from !== null) open.push(step.from, ...freeSessionsWaitedFor(change, attendeeId));
    }
  }
  for (const [attendeeId, taken] of steps) {
    const moves = joined(taken);
    change.audit({
      action: 'moved-up',
      subject: { kind: 'attendee', id: attendeeId },
      conferenceId,
      data: { moves },
    });
    change.letter({
      letter: 'moved-up',
      recipient: { kind: 'attendee', id: attendeeId },
      conferenceId,
      data: { moves },
    });
  }
}

const nextInQueue = statement((db) =>
  db
    .select({
      ticket: waitlist.ticket,
      rank: waitlist.rank,
      passedOver: waitlist.passedOver,
      attendeeId: waitlist.attendeeId,
      passId: waitlist.passId,
      workshopId: waitlist.workshopId,
    })
    .from(waitlist)
    .innerJoin(sessionSeats, eq(sessionSeats.sessionId, waitlist.sessionId))
    .innerJoin(passes, eq(passes.id, waitlist.passId))
    .where(
      and(
        eq(waitlist.sessionId, sql.placeholder('sessionId')),
        gt(waitlist.ticket, sql.placeholder('after')),
        lt(sessionSeats.taken, sessionSeats.seats),
        gt(passes.startsAt, sql.placeholder('now')),
      ),
    )
    .orderBy(asc(waitlist.ticket))
    .limit(1)
    .prepare(),
);

const leaveLaterQueues = statement((db) =>
  db
    .delete(waitlist)
    .where(
      and(
        eq(waitlist.attendeeId, sql.placeholder('attendeeId')),
        eq(waitlist.passId, sql.placeholder('passId')),
        gt(waitlist.rank, sql.placeholder('rank')),
      ),
    )
    .prepare(),
);

/**
 * Seats those in line, first come first served, while seats are free and the pass has not begun. Someone in several queues of a
 * pass leaves those they want less once they are moved up, and goes on waiting in those they want more.
 */
function* fillFromQueue(
  change: Change,
  conferenceId: string,
  sessionId: string,
): Generator<{ attendeeId: string; step: Step }> {
  const { db, now } = change;
  let after = 0;
  for (;;) {
    const next = nextInQueue(db).get({ sessionId, after, now });
    if (next === undefined) return;
    const { attendeeId, passId, workshopId, rank } = next;
    after = next.ticket;
    const wanted: Wanted = { conferenceId, attendeeId, passId, sessionId };
    const facts = pickFacts(change, wanted);
    if (facts === null) continue;
    const no = whyNotMoveUp(facts, moveLimitOf(db, attendeeId, facts), now);
    if (no !== null) {
      if (next.passedOver === null) passOver(change, facts, wanted, next.ticket, no);
      continue;
    }
    const from = facts.held.find((pick) => pick.pass === passId)?.session ?? null;
    giveSeat(change, { ...wanted, workshopId }, 'waitlist', from, true);
    leaveLaterQueues(db).run({ attendeeId, passId, rank });
    yield { attendeeId, step: { pass: passId, from, to: sessionId } };
  }
}

/** Tells somebody, once for each place in a queue, that a seat was free and why it was not theirs. */
function passOver(
  change: Change,
  { session }: StoredFacts,
  { conferenceId, attendeeId, sessionId }: Wanted,
  ticket: number,
  { code, detail: reason }: Refusal,
): void {
  const passedOver = { at: change.now, code, reason };
  change.db.update(waitlist).set({ passedOver }).where(eq(waitlist.ticket, ticket)).run();
  const recipient = { kind: 'attendee', id: attendeeId } as const;
  change.audit({
    action: 'passed-over',
    subject: recipient,
    conferenceId,
    data: { session: sessionId, because: code },
  });
  const data = { session: sessionId, code: session.workshopCode, reason };
  change.letter({ letter: 'passed-over', recipient, conferenceId, data });
}

const waitedForAndFree = statement((db) =>
  db
    .select({ session: waitlist.sessionId })
    .from(waitlist)
    .innerJoin(sessionSeats, eq(sessionSeats.sessionId, waitlist.sessionId))
    .where(
      and(eq(waitlist.attendeeId, sql.placeholder('attendeeId')), lt(sessionSeats.taken, sessionSeats.seats)),
    )
    .orderBy(asc(waitlist.ticket))
    .prepare(),
);

/** Free seats that someone waits for without having been allowed them: they may be now. What they asked for first comes first. */
export function freeSessionsWaitedFor({ db }: Change, attendeeId: string): string[] {
  return waitedForAndFree(db)
    .all({ attendeeId })
    .map(({ session }) => session);
}

/** Several steps within one pass are one move, from the first seat to the last. */
function joined(steps: readonly Step[]): Step[] {
  const moves = new Map<string, Step>();
  for (const step of steps) {
    const before = moves.get(step.pass);
    moves.set(step.pass, before ? { ...step, from: before.from } : step);
  }
  return [...moves.values()];
}

const freeWithQueue = statement((db) =>
  db
    .selectDistinct({ session: sessionSeats.sessionId })
    .from(sessionSeats)
    .innerJoin(waitlist, eq(waitlist.sessionId, sessionSeats.sessionId))
    .where(
      and(
        eq(sessionSeats.conferenceId, sql.placeholder('conferenceId')),
        lt(sessionSeats.taken, sessionSeats.seats),
      ),
    )
    .prepare(),
);

/** Moves every queue of the conference that has a free seat: for when something changed who may hold what. */
export function moveEveryQueue(change: Change, conferenceId: string): void {
  const free = freeWithQueue(change.db).all({ conferenceId });
  moveQueues(
    change,
    conferenceId,
    free.map(({ session }) => session),
  );
}
