import { and, eq } from 'drizzle-orm';
import { Refused } from '../../shared/core/refusal.ts';
import { importInUse } from '../../shared/people/refusals.ts';
import type { Change } from '../core/change.ts';
import { forgetAnswersTo } from '../core/http/idempotency.ts';
import type { Db } from '../core/statement.ts';
import { audit, outbox } from '../core/tables.ts';
import { removeAttendee, withdrawImport } from '../people/attendee-commands.ts';
import { attendeeOf, listImported } from '../people/queries.ts';
import { attendees } from '../people/tables.ts';
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

/** Somebody who was erased, by ids that lead to nobody any more. */
export interface Erased {
  readonly conferenceId: string;
  readonly attendeeId: string;
}

/** Everybody whose erasure the audit trail notes. */
export function listErased(db: Db): Erased[] {
  return db
    .select({ conferenceId: audit.conferenceId, attendeeId: audit.subjectId })
    .from(audit)
    .where(eq(audit.action, 'attendee-erased'))
    .all()
    .flatMap(({ conferenceId, attendeeId }) => (conferenceId === null ? [] : [{ conferenceId, attendeeId }]));
}

/** Erases those again whom an older backup has brought back; answers how many they were. */
export function eraseAgain(change: Change, people: readonly Erased[]): number {
  const { db } = change;
  const isThere = ({ conferenceId, attendeeId }: Erased): boolean =>
    db
      .select({ id: attendees.id })
      .from(attendees)
      .where(and(eq(attendees.conferenceId, conferenceId), eq(attendees.id, attendeeId)))
      .get() !== undefined;
  const back = people.filter(isThere);
  for (const { conferenceId, attendeeId } of back) eraseAttendee(change, conferenceId, attendeeId);
  return back.length;
}

/** Takes back a whole import, as long as nobody of it has chosen, waits or has wished. */
export function undoImport(change: Change, conferenceId: string, importId: string): { removed: number } {
  const names = activeOfImport(change.db, conferenceId, importId);
  if (names.length > 0) throw new Refused(importInUse({ names }));
  for (const person of listImported(change.db, conferenceId, importId))
    forgetInPlans(change, conferenceId, person);
  return { removed: withdrawImport(change, conferenceId, importId) };
}
