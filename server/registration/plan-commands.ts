import { and, eq, ne, sql } from 'drizzle-orm';
import { Refused } from '../../shared/core/refusal.ts';
import { full } from '../../shared/registration/refusals.ts';
import type { Change } from '../core/change.ts';
import { statement } from '../core/statement.ts';
import { sessions, workshops } from '../programme/tables.ts';
import { type Allocation, type Reseating, reseatings, sessionFinder } from './plan-queries.ts';
import { picks, sessionSeats, swapOffers, waitlist } from './tables.ts';
import { endQueue, moveEveryQueue } from './waitlist-commands.ts';

/**
 * Takes every seat and every place in a queue back. Publishing a plan calls it before the timetable is replaced, since a seat holds its
 * session where it is.
 */
export function clearPicks({ db }: Change, conferenceId: string): void {
  db.delete(waitlist).where(eq(waitlist.conferenceId, conferenceId)).run();
  db.delete(swapOffers).where(eq(swapOffers.conferenceId, conferenceId)).run();
  db.delete(picks).where(eq(picks.conferenceId, conferenceId)).run();
  db.update(sessionSeats)
    .set({ taken: 0 })
    .where(and(eq(sessionSeats.conferenceId, conferenceId), ne(sessionSeats.taken, 0)))
    .run();
}

/** Writes the seats of a plan in place of all that there were, queues included; the timetable is already the plan's. Answers with the number of seats. */
export function replacePicks(change: Change, conferenceId: string, allocation: Allocation): number {
  clearPicks(change, conferenceId);
  const seats = reseatings(change.db, conferenceId, allocation);
  arrive(change, conferenceId, seats);
  change.audit({
    action: 'plan-seated',
    subject: { kind: 'conference', id: conferenceId },
    conferenceId,
    data: { seats: seats.length },
  });
  announceSeats(change, conferenceId);
  return seats.length;
}

/** A seat that a plan moved: sessions by id, null for none. */
export interface SeatMove {
  readonly attendeeId: string;
  readonly passId: string;
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * Writes only what an allocation changes of the seats people hold, and answers with exactly that. Everyone who moves leaves before
 * `rearrange` changes the timetable and before anyone arrives, so that people and sessions can change places; queues wait until
 * all is done and then move into what is still free. Each person who moves is one line in the audit and one letter. Refuses `full` where seats that the allocation counts on were taken meanwhile.
 */
export function movePicks(
  change: Change,
  conferenceId: string,
  allocation: Allocation,
  rearrange: () => void = () => {},
): SeatMove[] {
  const changes = reseatings(change.db, conferenceId, allocation);
  const queues = setQueuesAside(change, conferenceId);
  change.db.delete(swapOffers).where(eq(swapOffers.conferenceId, conferenceId)).run();
  leave(change, changes);
  rearrange();
  const moves = arrive(change, conferenceId, changes);
  const byPerson = new Map<string, SeatMove[]>();
  for (const move of moves) byPerson.set(move.attendeeId, [...(byPerson.get(move.attendeeId) ?? []), move]);
  for (const [attendeeId, own] of byPerson) {
    const subject = { kind: 'attendee', id: attendeeId } as const;
    const data = { moves: own.map(({ passId, from, to }) => ({ pass: passId, from, to })) };
    change.audit({ action: 'moved-by-plan', subject, conferenceId, data });
    change.letter({ letter: 'moved-by-plan', recipient: subject, conferenceId, data });
  }
  takeQueuesBack(change, conferenceId, queues);
  moveEveryQueue(change, conferenceId);
  announceSeats(change, conferenceId);
  return moves;
}

type Waiting = typeof waitlist.$inferSelect;

function setQueuesAside({ db }: Change, conferenceId: string): Waiting[] {
  return db.delete(waitlist).where(eq(waitlist.conferenceId, conferenceId)).returning().all();
}

/** Everybody keeps their place, but for those who now have what they waited for and those whose session is no longer given then. */
function takeQueuesBack(change: Change, conferenceId: string, queues: readonly Waiting[]): void {
  const { db } = change;
  const given = new Set(
    db
      .select({ id: sessions.id, pass: sessions.passId })
      .from(sessions)
      .where(eq(sessions.conferenceId, conferenceId))
      .all()
      .map(({ id, pass }) => `${id} ${pass}`),
  );
  for (const waiting of queues) {
    const { attendeeId, passId, sessionId } = waiting;
    const held = db
      .select({ session: picks.sessionId })
      .from(picks)
      .where(and(eq(picks.attendeeId, attendeeId), eq(picks.sessionId, sessionId)))
      .get();
    if (held) continue;
    if (given.has(`${sessionId} ${passId}`)) db.insert(waitlist).values(waiting).run();
    else endQueue(change, waiting);
  }
}

const deletePick = statement((db) =>
  db
    .delete(picks)
    .where(
      and(eq(picks.attendeeId, sql.placeholder('attendeeId')), eq(picks.passId, sql.placeholder('passId'))),
    )
    .prepare(),
);

/** The workshop is the session's own, so that a pick can never say another. */
const insertPick = statement((db) =>
  db
    .insert(picks)
    .select((query) =>
      query
        .select({
          conferenceId: sessions.conferenceId,
          attendeeId: sql<string>`${sql.placeholder('attendeeId')}`.as('attendee_id'),
          passId: sessions.passId,
          sessionId: sessions.id,
          workshopId: sessions.workshopId,
          source: sql<'plan'>`'plan'`.as('source'),
          at: sql<number>`${sql.placeholder('at')}`.as('at'),
        })
        .from(sessions)
        .where(eq(sessions.id, sql.placeholder('to'))),
    )
    .prepare(),
);

const leaveItsQueue = statement((db) =>
  db
    .delete(waitlist)
    .where(
      and(
        eq(waitlist.attendeeId, sql.placeholder('attendeeId')),
        eq(waitlist.sessionId, sql.placeholder('to')),
      ),
    )
    .prepare(),
);

const addTaken = statement((db) =>
  db
    .update(sessionSeats)
    .set({ taken: sql`${sessionSeats.taken} + ${sql.placeholder('more')}` })
    .where(
      and(
        eq(sessionSeats.sessionId, sql.placeholder('session')),
        sql`${sessionSeats.taken} + ${sql.placeholder('more')} <= ${sessionSeats.seats}`,
      ),
    )
    .prepare(),
);

function leave({ db }: Change, changes: readonly Reseating[]): void {
  const fewer = new Map<string, number>();
  for (const { attendeeId, passId, leaves } of changes) {
    if (leaves === null) continue;
    deletePick(db).run({ attendeeId, passId });
    fewer.set(leaves, (fewer.get(leaves) ?? 0) - 1);
  }
  for (const [session, more] of fewer) addTaken(db).run({ session, more });
}

function arrive(change: Change, conferenceId: string, changes: readonly Reseating[]): SeatMove[] {
  const { db, now } = change;
  const sessionOf = sessionFinder(db, conferenceId);
  const moves = changes.map(({ attendeeId, passId, leaves, gets }) => ({
    attendeeId,
    passId,
    from: leaves,
    to: gets === null ? null : sessionOf(gets, passId),
  }));
  const more = new Map<string, number>();
  for (const { to } of moves) if (to !== null) more.set(to, (more.get(to) ?? 0) + 1);
  for (const [session, count] of more) {
    if (addTaken(db).run({ session, more: count }).changes === 0)
      throw noLongerFree(change, conferenceId, session);
  }
  for (const { attendeeId, to } of moves) {
    if (to === null) continue;
    insertPick(db).run({ attendeeId, to, at: now });
    leaveItsQueue(db).run({ attendeeId, to });
  }
  return moves;
}

function noLongerFree({ db }: Change, conferenceId: string, session: string): Refused {
  const workshop = db
    .select({ code: workshops.code })
    .from(sessions)
    .innerJoin(workshops, eq(workshops.id, sessions.workshopId))
    .where(and(eq(sessions.conferenceId, conferenceId), eq(sessions.id, session)))
    .get();
  return new Refused(full({ workshop: workshop?.code ?? '', waiting: 0 }));
}

function announceSeats(change: Change, conferenceId: string): void {
  const seats = change.db
    .select({ session: sessionSeats.sessionId, taken: sessionSeats.taken })
    .from(sessionSeats)
    .where(eq(sessionSeats.conferenceId, conferenceId))
    .all();
  change.announce({ kind: 'seats-changed', conferenceId, seats });
}
