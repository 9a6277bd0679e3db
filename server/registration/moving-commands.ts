import { and, eq } from 'drizzle-orm';
import { Refused } from '../../shared/core/refusal.ts';
import { notFound } from '../../shared/core/refusals.ts';
import { otherQueues } from '../../shared/registration/refusals.ts';
import type { Change } from '../core/change.ts';
import { waitedForIn } from './moving-queries.ts';
import { heldSession, type Wanted } from './picks-queries.ts';
import { moveLimits, waitlist } from './tables.ts';
import { freeSessionsWaitedFor, moveQueues } from './waitlist-commands.ts';

interface Order extends Omit<Wanted, 'sessionId'> {
  /** Every session waited for in the pass, most wanted first. */
  readonly sessions: readonly string[];
}

/** Says which of the sessions of a pass an attendee waits for most. Their place in each queue stays as it is. */
export function orderWaitlist(change: Change, { conferenceId, attendeeId, passId, sessions }: Order): void {
  if (heldSession(change.db, { conferenceId, attendeeId, passId }) === undefined)
    throw new Refused(notFound());
  const waited = waitedForIn(change.db, attendeeId, passId);
  const same = sessions.length === waited.length && waited.every((session) => sessions.includes(session));
  if (!same) throw new Refused(otherQueues());
  for (const [i, sessionId] of sessions.entries())
    change.db
      .update(waitlist)
      .set({ rank: i + 1 })
      .where(and(eq(waitlist.attendeeId, attendeeId), eq(waitlist.sessionId, sessionId)))
      .run();
  change.audit({
    action: 'queues-ordered',
    subject: { kind: 'attendee', id: attendeeId },
    conferenceId,
    data: { pass: passId, sessions },
  });
}

/** Says from what time of the day no queue may move an attendee any more; null takes it back, and what is free by then is theirs. */
export function setNeverMoveAfter(
  change: Change,
  { conferenceId, attendeeId, time }: Omit<Wanted, 'sessionId' | 'passId'> & { readonly time: string | null },
): void {
  const { db } = change;
  if (time === null) db.delete(moveLimits).where(eq(moveLimits.attendeeId, attendeeId)).run();
  else
    db.insert(moveLimits)
      .values({ attendeeId, conferenceId, time })
      .onConflictDoUpdate({ target: moveLimits.attendeeId, set: { time } })
      .run();
  change.audit({
    action: 'move-limit-set',
    subject: { kind: 'attendee', id: attendeeId },
    conferenceId,
    data: { time },
  });
  moveQueues(change, conferenceId, freeSessionsWaitedFor(change, attendeeId));
}
