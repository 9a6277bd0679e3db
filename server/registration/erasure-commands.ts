import { eq } from 'drizzle-orm';
import { touchConference } from '../conference/commands.ts';
import type { Change } from '../core/change.ts';
import { absences } from '../programme/tables.ts';
import { freeSeat } from './seats-commands.ts';
import { cancelledSeats, departures, moveLimits, picks, swapOffers, waitlist, wishes } from './tables.ts';
import { moveQueues } from './waitlist-commands.ts';

/**
 * Takes a person out of everything here: seats, queues, wishes and absences. Whoever waited for their seats moves up. Answers with
 * the number of seats freed.
 */
export function withdrawAttendee(change: Change, conferenceId: string, attendeeId: string): number {
  const { db } = change;
  const held = db
    .select({ passId: picks.passId, sessionId: picks.sessionId })
    .from(picks)
    .where(eq(picks.attendeeId, attendeeId))
    .all();
  db.delete(waitlist).where(eq(waitlist.attendeeId, attendeeId)).run();
  db.delete(wishes).where(eq(wishes.attendeeId, attendeeId)).run();
  db.delete(absences).where(eq(absences.attendeeId, attendeeId)).run();
  for (const table of [moveLimits, swapOffers, departures, cancelledSeats])
    db.delete(table).where(eq(table.attendeeId, attendeeId)).run();
  for (const seat of held) freeSeat(change, { conferenceId, attendeeId, ...seat });
  if (held.length > 0)
    change.audit({
      action: 'seats-withdrawn',
      subject: { kind: 'attendee', id: attendeeId },
      conferenceId,
      data: { sessions: held.map(({ sessionId }) => sessionId) },
    });
  touchConference(change, conferenceId);
  moveQueues(
    change,
    conferenceId,
    held.map(({ sessionId }) => sessionId),
  );
  return held.length;
}
