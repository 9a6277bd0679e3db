import { eq } from 'drizzle-orm';
import type { Instant } from '../../shared/core/time.ts';
import type { Db } from '../core/statement.ts';
import { cancelledSessions, plenaries, sessions } from '../programme/tables.ts';

/**
 * Calendars take an event's change only when its SEQUENCE grows (RFC 5545 3.8.7.4). After a restore the events say something else than
 * what was sent out last: each that had come further is numbered past that.
 */
export function carryOverSequences(restored: Db, replaced: Db, now: Instant): void {
  for (const table of [sessions, plenaries, cancelledSessions]) {
    const own = new Map(
      restored
        .select({ uid: table.uid, sequence: table.sequence })
        .from(table)
        .all()
        .map(({ uid, sequence }) => [uid, sequence]),
    );
    const sent = replaced.select({ uid: table.uid, sequence: table.sequence }).from(table).all();
    for (const { uid, sequence } of sent) {
      if ((own.get(uid) ?? sequence) >= sequence) continue;
      restored
        .update(table)
        .set({ sequence: sequence + 1, changedAt: now })
        .where(eq(table.uid, uid))
        .run();
    }
  }
}
