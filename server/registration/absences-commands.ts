import { and, eq, inArray } from 'drizzle-orm';
import { Refused } from '../../shared/core/refusal.ts';
import { notFound } from '../../shared/core/refusals.ts';
import { hasSeatThen } from '../../shared/registration/refusals.ts';
import { touchConference } from '../conference/commands.ts';
import type { Change } from '../core/change.ts';
import { attendees } from '../people/tables.ts';
import { absences, passes, workshops } from '../programme/tables.ts';
import { picks, waitlist } from './tables.ts';
import { freeSessionsWaitedFor, moveQueues } from './waitlist-commands.ts';

export interface Absences {
  readonly conferenceId: string;
  readonly attendeeId: string;
  readonly passes: readonly string[];
}

/**
 * Notes in which passes an attendee cannot come, in place of what was noted before. They leave the queues of those passes; a seat
 * there must have been released first, so that nobody loses one by a slip of the hand.
 */
export function setAbsences(change: Change, input: Absences): { passes: string[] } {
  const { db } = change;
  const { conferenceId, attendeeId } = input;
  const wanted = [...new Set(input.passes)];
  const known = db
    .select({ id: passes.id })
    .from(passes)
    .where(and(eq(passes.conferenceId, conferenceId), inArray(passes.id, wanted)))
    .all();
  const person = db
    .select({ id: attendees.id })
    .from(attendees)
    .where(and(eq(attendees.conferenceId, conferenceId), eq(attendees.id, attendeeId)))
    .get();
  if (person === undefined || known.length < wanted.length) throw new Refused(notFound());

  const held = db
    .select({ workshop: workshops.code, pass: passes.name })
    .from(picks)
    .innerJoin(passes, eq(passes.id, picks.passId))
    .innerJoin(workshops, eq(workshops.id, picks.workshopId))
    .where(and(eq(picks.attendeeId, attendeeId), inArray(picks.passId, wanted)))
    .get();
  if (held) throw new Refused(hasSeatThen(held));

  db.delete(absences).where(eq(absences.attendeeId, attendeeId)).run();
  if (wanted.length > 0)
    db.insert(absences)
      .values(wanted.map((passId) => ({ conferenceId, attendeeId, passId })))
      .run();
  db.delete(waitlist)
    .where(and(eq(waitlist.attendeeId, attendeeId), inArray(waitlist.passId, wanted)))
    .run();
  change.audit({
    action: 'absences-noted',
    subject: { kind: 'attendee', id: attendeeId },
    conferenceId,
    data: { passes: wanted },
  });
  touchConference(change, conferenceId);
  moveQueues(change, conferenceId, freeSessionsWaitedFor(change, attendeeId));
  return { passes: wanted };
}
