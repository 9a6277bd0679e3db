import { and, asc, eq, sql } from 'drizzle-orm';
import type { MoveLimit } from '../../shared/registration/rules.ts';
import { type Db, statement } from '../core/statement.ts';
import { onSameDay } from '../core/time.ts';
import type { StoredFacts } from './picks-queries.ts';
import { moveLimits, waitlist } from './tables.ts';

const limitOf = statement((db) =>
  db
    .select({ time: moveLimits.time })
    .from(moveLimits)
    .where(eq(moveLimits.attendeeId, sql.placeholder('attendeeId')))
    .prepare(),
);

/** From what time of the day an attendee is not moved by a queue any more (`08:30`), or null. */
export function neverMoveAfter(db: Db, attendeeId: string): string | null {
  return limitOf(db).get({ attendeeId })?.time ?? null;
}

/** The same for one pass: the moment on its day, where the conference is. */
export function moveLimitOf(
  db: Db,
  attendeeId: string,
  { pass, conference }: Pick<StoredFacts, 'pass' | 'conference'>,
): MoveLimit | null {
  const time = neverMoveAfter(db, attendeeId);
  return time === null ? null : { time, from: onSameDay(pass.startsAt, time, conference.timeZone) };
}

/** What an attendee waits for in a pass, most wanted first. */
export function waitedForIn(db: Db, attendeeId: string, passId: string): string[] {
  return db
    .select({ session: waitlist.sessionId })
    .from(waitlist)
    .where(and(eq(waitlist.attendeeId, attendeeId), eq(waitlist.passId, passId)))
    .orderBy(asc(waitlist.rank))
    .all()
    .map(({ session }) => session);
}
