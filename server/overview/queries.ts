import { eq, sql } from 'drizzle-orm';
import { toIso } from '../../shared/core/time.ts';
import type { Board } from '../../shared/overview/contract.ts';
import type { PublicPage } from '../../shared/overview/public-page.ts';
import { conferenceAnswer, type ConferenceRow } from '../conference/queries.ts';
import type { Db } from '../core/statement.ts';
import { countAttendees } from '../people/queries.ts';
import { loadProgramme } from '../programme/queries.ts';
import { passes, plenaries } from '../programme/tables.ts';
import { choosingCounts, demandOf, queueLengths, seatCounts } from '../registration/queries.ts';

/** A conference as everybody may read it. */
export function publicConference(conference: ConferenceRow): Omit<PublicPage['conference'], 'passes'> {
  const { id: _id, retentionDays: _retentionDays, ...publicly } = conferenceAnswer(conference);
  return publicly;
}

/** When the first thing of a conference starts and the last ends; null as long as there is nothing. */
export function daysOf(db: Db, conferenceId: string): { startsAt: string | null; endsAt: string | null } {
  const [day] = db.all<{ startsAt: number | null; endsAt: number | null }>(sql`
    select min(starts_at) as startsAt, max(ends_at) as endsAt from (
      select ${passes.startsAt}, ${passes.endsAt} from ${passes} where ${eq(passes.conferenceId, conferenceId)}
      union all
      select ${plenaries.startsAt}, ${plenaries.endsAt} from ${plenaries} where ${eq(plenaries.conferenceId, conferenceId)})`);
  const iso = (instant: number | null | undefined) => (instant == null ? null : toIso(instant));
  return { startsAt: iso(day?.startsAt), endsAt: iso(day?.endsAt) };
}

/** The organiser's whole programme with seats taken and demand, read at one moment. */
export function composeBoard(db: Db, conference: ConferenceRow): Board {
  const { id, picksPerAttendee } = conference;
  const { passes, rooms, workshops, sessions, plenaries } = loadProgramme(db, id);
  const taken = new Map(seatCounts(db, id).map((row) => [row.session, row.taken]));
  const waiting = queueLengths(db, id);
  const demand = demandOf(db, id);
  return {
    conference: conferenceAnswer(conference),
    passes: [...passes],
    rooms: [...rooms],
    workshops: workshops.map((workshop) => ({
      ...workshop,
      ...(demand.get(workshop.id) ?? { wished: 0, wishedFirst: 0 }),
    })),
    sessions: sessions.map((session) => ({
      ...session,
      taken: taken.get(session.id) ?? 0,
      waiting: waiting.get(session.id) ?? 0,
    })),
    plenaries: [...plenaries],
    counts: {
      attendees: countAttendees(db, id),
      ...choosingCounts(db, id, { picksPerAttendee, passes: passes.length }),
    },
  };
}
