import { eq } from 'drizzle-orm';
import type { Db } from '../core/statement.ts';
import { sessions } from '../programme/tables.ts';
import { picks } from './tables.ts';

/** Who sits where: attendee → pass → workshop, all by id. Someone who is missing has no seats. */
export type Allocation = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** One pass of one attendee in which an allocation gives another workshop than the one they have a seat in; null: none. */
export interface Reseating {
  readonly attendeeId: string;
  readonly passId: string;
  /** The session left. */
  readonly leaves: string | null;
  /** The workshop given. */
  readonly gets: string | null;
}

/** What an allocation changes of the seats that people hold: exactly who moves. */
export function reseatings(db: Db, conferenceId: string, allocation: Allocation): Reseating[] {
  const held = new Map<string, { session: string; workshop: string }>();
  const rows = db
    .select({
      attendee: picks.attendeeId,
      pass: picks.passId,
      session: picks.sessionId,
      workshop: picks.workshopId,
    })
    .from(picks)
    .where(eq(picks.conferenceId, conferenceId))
    .all();
  for (const { attendee, pass, ...seat } of rows) held.set(`${attendee} ${pass}`, seat);
  const changes: Reseating[] = [];
  for (const [attendeeId, seats] of Object.entries(allocation)) {
    for (const [passId, gets] of Object.entries(seats)) {
      const seat = held.get(`${attendeeId} ${passId}`);
      held.delete(`${attendeeId} ${passId}`);
      if (seat?.workshop !== gets) changes.push({ attendeeId, passId, leaves: seat?.session ?? null, gets });
    }
  }
  for (const [key, { session }] of held) {
    const [attendeeId, passId] = key.split(' ') as [string, string];
    changes.push({ attendeeId, passId, leaves: session, gets: null });
  }
  return changes;
}

/** Finds the session of a workshop in a pass, as the timetable stands. */
export function sessionFinder(db: Db, conferenceId: string): (workshopId: string, passId: string) => string {
  const found = new Map(
    db
      .select({ id: sessions.id, workshop: sessions.workshopId, pass: sessions.passId })
      .from(sessions)
      .where(eq(sessions.conferenceId, conferenceId))
      .all()
      .map(({ id, workshop, pass }) => [`${workshop} ${pass}`, id]),
  );
  return (workshopId, passId) => {
    const session = found.get(`${workshopId} ${passId}`);
    if (session === undefined) throw new RangeError(`workshop ${workshopId} is not given in pass ${passId}`);
    return session;
  };
}
