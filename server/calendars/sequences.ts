import { and, eq, getTableName, sql } from 'drizzle-orm';
import type { Instant } from '../../shared/core/time.ts';
import type { Db } from '../core/statement.ts';
import { cancelledPlenaries, cancelledSessions, plenaries, sessions } from '../programme/tables.ts';
import { cancellations } from '../registration/tables.ts';

const tables = [sessions, plenaries, cancelledSessions, cancelledPlenaries];

/**
 * Calendars take an event's change only when its SEQUENCE grows (RFC 5545 3.8.7.4). After a restore the events say something else than
 * what was sent out last: each that had come further, as itself or as cancelled, is numbered past that.
 */
export function carryOverSequences(restored: Db, replaced: Db, now: Instant): void {
  const sent = new Map(
    tables.flatMap((table) => eventsOf(replaced, table)).map(({ uid, sequence }) => [uid, sequence]),
  );
  for (const table of tables)
    for (const { uid, sequence } of eventsOf(restored, table)) {
      const last = sent.get(uid) ?? 0;
      if (last <= sequence) continue;
      if (table === cancelledSessions) carryOverCancellation(restored, uid, now);
      restored
        .update(table)
        .set({ sequence: last + 1, changedAt: now })
        .where(eq(table.uid, uid))
        .run();
    }
}

/** The calendars of those who had a seat know a cancellation by its time, so it takes on the new one. */
function carryOverCancellation(restored: Db, uid: string, now: Instant): void {
  const { workshopId, changedAt } = restored
    .select()
    .from(cancelledSessions)
    .where(eq(cancelledSessions.uid, uid))
    .get()!;
  restored
    .update(cancellations)
    .set({ at: now })
    .where(and(eq(cancellations.workshopId, workshopId), eq(cancellations.at, changedAt)))
    .run();
}

/** The events in a table; none where the database is of a version that did not have it yet. */
function eventsOf(db: Db, table: (typeof tables)[number]): { uid: string; sequence: number }[] {
  const exists = db.get(
    sql`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ${getTableName(table)}`,
  );
  return exists === undefined
    ? []
    : db.select({ uid: table.uid, sequence: table.sequence }).from(table).all();
}
