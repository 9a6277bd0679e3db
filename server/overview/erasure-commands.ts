import { and, eq } from 'drizzle-orm';
import { Refused } from '../../shared/core/refusal.ts';
import { importInUse } from '../../shared/people/refusals.ts';
import type { Change } from '../core/change.ts';
import { forgetAnswersTo } from '../core/http/idempotency.ts';
import { outbox } from '../core/tables.ts';
import { removeAttendee, withdrawImport } from '../people/attendee-commands.ts';
import { attendeeOf, listImported } from '../people/queries.ts';
import { forgetInPlans } from '../planning/erasure-commands.ts';
import { withdrawAttendee } from '../registration/erasure-commands.ts';
import { activeOfImport } from '../registration/queries.ts';

/**
 * Erases a person: seats are freed and queues move, then everything that names them goes, letters not yet sent and answers kept for
 * retries too. The audit keeps what was done, by an id that leads to nobody any more.
 */
export function eraseAttendee(
  change: Change,
  conferenceId: string,
  attendeeId: string,
): { erased: string; seatsFreed: number } {
  const { db } = change;
  const { name } = attendeeOf(db, conferenceId, attendeeId);
  const seatsFreed = withdrawAttendee(change, conferenceId, attendeeId);
  forgetInPlans(change, conferenceId, { id: attendeeId, name });
  removeAttendee(change, conferenceId, attendeeId);
  forgetAnswersTo(change, { kind: 'attendee', conferenceId, attendeeId });
  db.delete(outbox)
    .where(and(eq(outbox.recipientKind, 'attendee'), eq(outbox.recipientId, attendeeId)))
    .run();
  change.audit({
    action: 'attendee-erased',
    subject: { kind: 'attendee', id: attendeeId },
    conferenceId,
    data: { seatsFreed },
  });
  return { erased: attendeeId, seatsFreed };
}

/** Takes back a whole import, as long as nobody of it has chosen, waits or has wished. */
export function undoImport(change: Change, conferenceId: string, importId: string): { removed: number } {
  const names = activeOfImport(change.db, conferenceId, importId);
  if (names.length > 0) throw new Refused(importInUse({ names }));
  for (const person of listImported(change.db, conferenceId, importId))
    forgetInPlans(change, conferenceId, person);
  return { removed: withdrawImport(change, conferenceId, importId) };
}
