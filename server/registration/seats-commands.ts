import { and, eq, lt, sql } from 'drizzle-orm';
import type { PickSource } from '../../shared/registration/vocabulary.ts';
import type { Change } from '../core/change.ts';
import { statement } from '../core/statement.ts';
import { picks, sessionSeats, swapOffers, waitlist } from './tables.ts';

/** A seat for an attendee: the pass and the workshop are the session's own. */
export interface Seat {
  readonly conferenceId: string;
  readonly attendeeId: string;
  readonly passId: string;
  readonly sessionId: string;
  readonly workshopId: string;
}

const occupy = statement((db) =>
  db
    .update(sessionSeats)
    .set({ taken: sql`${sessionSeats.taken} + 1` })
    .where(
      and(
        eq(sessionSeats.sessionId, sql.placeholder('sessionId')),
        lt(sessionSeats.taken, sessionSeats.seats),
      ),
    )
    .prepare(),
);

const vacate = statement((db) =>
  db
    .update(sessionSeats)
    .set({ taken: sql`${sessionSeats.taken} - 1` })
    .where(eq(sessionSeats.sessionId, sql.placeholder('sessionId')))
    .prepare(),
);

/** Asked after the change: a statement that returns what it changed takes longer than both. */
const takenIn = statement((db) =>
  db
    .select({ session: sessionSeats.sessionId, taken: sessionSeats.taken })
    .from(sessionSeats)
    .where(eq(sessionSeats.sessionId, sql.placeholder('sessionId')))
    .prepare(),
);

const writePick = statement((db) =>
  db
    .insert(picks)
    .values({
      conferenceId: sql.placeholder('conferenceId'),
      attendeeId: sql.placeholder('attendeeId'),
      passId: sql.placeholder('passId'),
      sessionId: sql.placeholder('sessionId'),
      workshopId: sql.placeholder('workshopId'),
      source: sql.placeholder('source'),
      at: sql.placeholder('at'),
    })
    .onConflictDoUpdate({
      target: [picks.attendeeId, picks.passId],
      set: {
        sessionId: sql`excluded.session_id`,
        workshopId: sql`excluded.workshop_id`,
        source: sql`excluded.source`,
        at: sql`excluded.at`,
      },
    })
    .prepare(),
);

const removePick = statement((db) =>
  db
    .delete(picks)
    .where(
      and(eq(picks.attendeeId, sql.placeholder('attendeeId')), eq(picks.passId, sql.placeholder('passId'))),
    )
    .prepare(),
);

const removeFromQueue = statement((db) =>
  db
    .delete(waitlist)
    .where(
      and(
        eq(waitlist.attendeeId, sql.placeholder('attendeeId')),
        eq(waitlist.sessionId, sql.placeholder('sessionId')),
      ),
    )
    .returning({ pass: waitlist.passId })
    .prepare(),
);

const forgetOffer = statement((db) =>
  db
    .delete(swapOffers)
    .where(
      and(
        eq(swapOffers.attendeeId, sql.placeholder('attendeeId')),
        eq(swapOffers.passId, sql.placeholder('passId')),
      ),
    )
    .prepare(),
);

/**
 * Gives an attendee a seat, in place of the one they had in that pass, and takes them out of the session's queue. False, with
 * nothing written, where no seat is free. Whoever calls has asked the rules, and moves the queue of the session left.
 */
export function giveSeat(
  change: Change,
  seat: Seat,
  source: PickSource,
  left: string | null,
  waits: boolean,
): boolean {
  const { db, now } = change;
  const { conferenceId, attendeeId, passId, sessionId, workshopId } = seat;
  if (occupy(db).run({ sessionId }).changes === 0) return false;
  writePick(db).run({ conferenceId, attendeeId, passId, sessionId, workshopId, source, at: now });
  if (left !== null) {
    vacate(db).run({ sessionId: left });
    forgetOffer(db).run({ attendeeId, passId });
  }
  if (waits) leaveQueue(change, attendeeId, sessionId);
  announceSeats(change, conferenceId, left === null ? [sessionId] : [sessionId, left]);
  return true;
}

/** Takes a seat from an attendee. Whoever calls moves the queue. */
export function freeSeat(
  change: Change,
  held: Pick<Seat, 'conferenceId' | 'attendeeId' | 'passId' | 'sessionId'>,
): void {
  removePick(change.db).run({ ...held });
  forgetOffer(change.db).run({ ...held });
  vacate(change.db).run({ sessionId: held.sessionId });
  announceSeats(change, held.conferenceId, [held.sessionId]);
}

/** Tells how many seats of sessions are taken by now; sessions that are gone are not told of. */
function announceSeats(change: Change, conferenceId: string, sessionIds: readonly string[]): void {
  const seats = sessionIds.flatMap((sessionId) => takenIn(change.db).get({ sessionId }) ?? []);
  if (seats.length > 0) change.announce({ kind: 'seats-changed', conferenceId, seats });
}

/** Two attendees change seats with each other: nothing is freed, so no queue moves for it. Whoever calls has asked the rules for both. */
export function exchangeSeats(change: Change, one: Seat, other: Seat): void {
  const { db, now } = change;
  for (const [seat, gets] of [
    [one, other],
    [other, one],
  ] as const) {
    const { attendeeId, conferenceId, passId } = seat;
    const { sessionId, workshopId } = gets;
    writePick(db).run({ attendeeId, conferenceId, passId, sessionId, workshopId, source: 'swap', at: now });
    forgetOffer(db).run({ attendeeId, passId });
    leaveQueue(change, attendeeId, sessionId);
  }
}

/** Takes an attendee out of a session's queue; false where they were not in it. */
export function leaveQueue({ db }: Change, attendeeId: string, sessionId: string): boolean {
  return removeFromQueue(db).get({ attendeeId, sessionId }) !== undefined;
}
