import { and, eq, sql } from 'drizzle-orm';
import { type PickFacts, restRule } from '../../shared/registration/rules.ts';
import { conferences } from '../conference/tables.ts';
import { type Db, statement } from '../core/statement.ts';
import { passes, sessions, workshops } from '../programme/tables.ts';
import { picks, sessionSeats } from './tables.ts';

/** The facts of one attendee and one session, but for the time and what the client believes. */
export type StoredFacts = Omit<PickFacts, 'now' | 'from'> & {
  readonly pass: { readonly id: string; readonly name: string; readonly startsAt: number };
};

/** The attendee and the session they ask about, in the pass they ask in; all of one conference. */
export interface Wanted {
  readonly conferenceId: string;
  readonly attendeeId: string;
  readonly passId: string;
  readonly sessionId: string;
}

const contextOf = statement((db) =>
  db
    .select({
      stage: conferences.stage,
      timeZone: conferences.timeZone,
      picksOpenAt: conferences.picksOpenAt,
      picksCloseAt: conferences.picksCloseAt,
      wishesOpenAt: conferences.wishesOpenAt,
      wishesCloseAt: conferences.wishesCloseAt,
      picksPerAttendee: conferences.picksPerAttendee,
      passId: passes.id,
      passName: passes.name,
      startsAt: passes.startsAt,
      sessionPass: sessions.passId,
      workshop: sessions.workshopId,
      workshopCode: workshops.code,
      seats: sessionSeats.seats,
      taken: sessionSeats.taken,
      waiting: sql<number>`(select count(*) from waitlist as w where w.session_id = ${sessions.id})`,
      presents: sql<string | null>`(select w.code from presenters as p
        join workshop_presenters as wp on wp.presenter_id = p.id
        join sessions as s on s.workshop_id = wp.workshop_id and s.conference_id = wp.conference_id
        join workshops as w on w.id = s.workshop_id
        where p.attendee_id = ${sql.placeholder('attendeeId')} and s.pass_id = ${passes.id} limit 1)`,
      cannotCome: sql<number>`exists (select 1 from absences as a
        where a.attendee_id = ${sql.placeholder('attendeeId')} and a.pass_id = ${passes.id})`,
      restsUntil: sql<number | null>`(select d.since + ${restRule.milliseconds} from departures as d
        where d.attendee_id = ${sql.placeholder('attendeeId')} and d.session_id = ${sessions.id}
        and d.times >= ${restRule.departures})`,
    })
    .from(passes)
    .innerJoin(conferences, eq(conferences.id, passes.conferenceId))
    .innerJoin(
      sessions,
      and(eq(sessions.conferenceId, passes.conferenceId), eq(sessions.id, sql.placeholder('sessionId'))),
    )
    .innerJoin(workshops, eq(workshops.id, sessions.workshopId))
    .innerJoin(sessionSeats, eq(sessionSeats.sessionId, sessions.id))
    .where(
      and(eq(passes.id, sql.placeholder('passId')), eq(passes.conferenceId, sql.placeholder('conferenceId'))),
    )
    .prepare(),
);

const heldBy = statement((db) =>
  db
    .select({
      pass: picks.passId,
      passName: passes.name,
      session: picks.sessionId,
      workshop: picks.workshopId,
    })
    .from(picks)
    .innerJoin(passes, eq(passes.id, picks.passId))
    .where(eq(picks.attendeeId, sql.placeholder('attendeeId')))
    .prepare(),
);

/** Reads what a pick is judged by, or null where the pass or the session is not of the conference. */
export function pickFacts(db: Db, wanted: Wanted): StoredFacts | null {
  const row = contextOf(db).get({ ...wanted });
  if (row === undefined) return null;
  return {
    conference: {
      stage: row.stage,
      timeZone: row.timeZone,
      picks: { opensAt: row.picksOpenAt, closesAt: row.picksCloseAt },
      wishes: { opensAt: row.wishesOpenAt, closesAt: row.wishesCloseAt },
      picksPerAttendee: row.picksPerAttendee,
    },
    pass: { id: row.passId, name: row.passName, startsAt: row.startsAt },
    session: {
      id: wanted.sessionId,
      pass: row.sessionPass,
      workshop: row.workshop,
      workshopCode: row.workshopCode,
      seats: row.seats,
      taken: row.taken,
      waiting: row.waiting,
    },
    held: heldBy(db).all({ attendeeId: wanted.attendeeId }),
    presents: row.presents,
    cannotCome: row.cannotCome === 1,
    restsUntil: row.restsUntil,
  };
}

const sessionIn = statement((db) =>
  db
    .select({ session: picks.sessionId })
    .from(passes)
    .leftJoin(picks, and(eq(picks.passId, passes.id), eq(picks.attendeeId, sql.placeholder('attendeeId'))))
    .where(
      and(eq(passes.id, sql.placeholder('passId')), eq(passes.conferenceId, sql.placeholder('conferenceId'))),
    )
    .prepare(),
);

/** The session in which an attendee has their seat of a pass, null for none; undefined where the pass is not of the conference. */
export function heldSession(db: Db, wanted: Omit<Wanted, 'sessionId'>): string | null | undefined {
  return sessionIn(db).get({ ...wanted })?.session;
}
