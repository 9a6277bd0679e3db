import { eq } from 'drizzle-orm';
import type { Db } from '../core/statement.ts';
import { sessions } from '../programme/tables.ts';
import { picks } from './tables.ts';

/** Who sits where: attendee → pass → workshop, all by id. Someone who is missing has no seats. */
export type Allocation = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** One pass of one attendee whose seat differs; null: none. Sessions by id. */
export interface SeatMove {
  readonly attendeeId: string;
  readonly passId: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** The session of a workshop in a pass, as the timetable stands. */
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

/** What an allocation would change of the seats that people hold now: exactly who moves, and from where to where. */
export function seatMoves(db: Db, conferenceId: string, allocation: Allocation): SeatMove[] {
  const sessionOf = sessionFinder(db, conferenceId);
  const held = new Map<string, string>();
  const rows = db
    .select({ attendee: picks.attendeeId, pass: picks.passId, session: picks.sessionId })
    .from(picks)
    .where(eq(picks.conferenceId, conferenceId))
    .all();
  for (const { attendee, pass, session } of rows) held.set(`${attendee} ${pass}`, session);
  const moves: SeatMove[] = [];
  for (const [attendeeId, seats] of Object.entries(allocation)) {
    for (const [passId, workshopId] of Object.entries(seats)) {
      const to = sessionOf(workshopId, passId);
      const key = `${attendeeId} ${passId}`;
      const from = held.get(key) ?? null;
      held.delete(key);
      if (from !== to) moves.push({ attendeeId, passId, from, to });
    }
  }
  for (const [key, from] of held) {
    const [attendeeId, passId] = key.split(' ') as [string, string];
    moves.push({ attendeeId, passId, from, to: null });
  }
  return moves;
}
