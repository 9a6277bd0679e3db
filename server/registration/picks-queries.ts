import { and, asc, eq, sql } from 'drizzle-orm';
import { type PickFacts, restRule } from '../../shared/registration/rules.ts';
import { conferences } from '../conference/tables.ts';
import { type Change, whatStands } from '../core/change.ts';
import { type Db, statement } from '../core/statement.ts';
import { presenters } from '../people/tables.ts';
import { absences, passes, sessions, workshopPresenters, workshops } from '../programme/tables.ts';
import { picks, sessionSeats } from './tables.ts';

/** The facts of one attendee and one session. */
export type StoredFacts = PickFacts & {
  readonly pass: { readonly id: string; readonly name: string; readonly startsAt: number };
};

/** The attendee and the session they ask about, in the pass they ask in; all of one conference. */
export interface Wanted {
  readonly conferenceId: string;
  readonly attendeeId: string;
  readonly passId: string;
  readonly sessionId: string;
}

const settingOf = statement((db) =>
  db
    .select({
      stage: conferences.stage,
      timeZone: conferences.timeZone,
      picksOpenAt: conferences.picksOpenAt,
      picksCloseAt: conferences.picksCloseAt,
      wishesOpenAt: conferences.wishesOpenAt,
      wishesCloseAt: conferences.wishesCloseAt,
      picksPerAttendee: conferences.picksPerAttendee,
      passName: passes.name,
      startsAt: passes.startsAt,
      sessionPass: sessions.passId,
      workshop: sessions.workshopId,
      workshopCode: workshops.code,
    })
    .from(passes)
    .innerJoin(conferences, eq(conferences.id, passes.conferenceId))
    .innerJoin(
      sessions,
      and(eq(sessions.conferenceId, passes.conferenceId), eq(sessions.id, sql.placeholder('sessionId'))),
    )
    .innerJoin(workshops, eq(workshops.id, sessions.workshopId))
    .where(
      and(eq(passes.id, sql.placeholder('passId')), eq(passes.conferenceId, sql.placeholder('conferenceId'))),
    )
    .prepare(),
);

/** What a pick is judged by that picking does not change: the conference, the pass asked in and the session asked for. */
interface Setting {
  readonly conference: StoredFacts['conference'];
  readonly pass: StoredFacts['pass'];
  readonly session: Pick<StoredFacts['session'], 'id' | 'pass' | 'workshop' | 'workshopCode'>;
}

/** Null where the pass or the session is not of the conference. */
function readSetting(db: Db, { conferenceId, passId, sessionId }: Wanted): Setting | null {
  const row = settingOf(db).get({ conferenceId, passId, sessionId });
  if (row === undefined) return null;
  return {
    conference: {
      stage: row.stage,
      timeZone: row.timeZone,
      picks: { opensAt: row.picksOpenAt, closesAt: row.picksCloseAt },
      wishes: { opensAt: row.wishesOpenAt, closesAt: row.wishesCloseAt },
      picksPerAttendee: row.picksPerAttendee,
    },
    pass: { id: passId, name: row.passName, startsAt: row.startsAt },
    session: {
      id: sessionId,
      pass: row.sessionPass,
      workshop: row.workshop,
      workshopCode: row.workshopCode,
    },
  };
}

/** What picking changes. The table is named by hand: a query of one table leaves the name out, and inside the brackets it would be theirs. */
const standsNow = statement((db) =>
  db
    .select({
      seats: sessionSeats.seats,
      taken: sessionSeats.taken,
      waiting: sql<number>`(select count(*) from waitlist as w where w.session_id = "session_seats"."session_id")`,
      restsUntil: sql<number | null>`(select d.since + ${restRule.milliseconds} from departures as d
        where d.attendee_id = ${sql.placeholder('attendeeId')} and d.session_id = "session_seats"."session_id"
        and d.times >= ${restRule.departures})`,
    })
    .from(sessionSeats)
    .where(eq(sessionSeats.sessionId, sql.placeholder('sessionId')))
    .prepare(),
);

const heldBy = statement((db) =>
  db
    .select({ pass: picks.passId, session: picks.sessionId, workshop: picks.workshopId })
    .from(picks)
    .where(eq(picks.attendeeId, sql.placeholder('attendeeId')))
    .prepare(),
);

const passesOf = statement((db) =>
  db
    .select({ id: passes.id, name: passes.name })
    .from(passes)
    .where(eq(passes.conferenceId, sql.placeholder('conferenceId')))
    .orderBy(asc(passes.startsAt), asc(passes.id))
    .prepare(),
);

/** Who asks about what stands. */
export type Reading = Pick<Change, 'db' | 'standing'>;

/** The passes of a conference by id, in the order of the day. */
export function orderedPasses(
  asking: Reading,
  conferenceId: string,
): ReadonlyMap<string, { readonly name: string; readonly place: number }> {
  return whatStands(asking, `passes ${conferenceId}`, () => {
    const rows = passesOf(asking.db).all({ conferenceId });
    return new Map(rows.map(({ id, name }, place) => [id, { name, place }]));
  });
}

const presentsOf = statement((db) =>
  db
    .select({ pass: sessions.passId, workshop: workshops.code })
    .from(presenters)
    .innerJoin(workshopPresenters, eq(workshopPresenters.presenterId, presenters.id))
    .innerJoin(sessions, eq(sessions.workshopId, workshopPresenters.workshopId))
    .innerJoin(workshops, eq(workshops.id, sessions.workshopId))
    .innerJoin(passes, eq(passes.id, sessions.passId))
    .where(eq(presenters.attendeeId, sql.placeholder('attendeeId')))
    .orderBy(asc(passes.startsAt), asc(workshops.code))
    .prepare(),
);

const absencesOf = statement((db) =>
  db
    .select({ pass: absences.passId })
    .from(absences)
    .where(eq(absences.attendeeId, sql.placeholder('attendeeId')))
    .prepare(),
);

/** The passes in which an attendee cannot choose: what they present in each, and where they cannot come. */
export interface Bound {
  readonly presents: readonly { readonly pass: string; readonly workshop: string }[];
  readonly cannot: readonly string[];
}

/** An organiser says what somebody presents and when they cannot come, no named command does. */
export function boundPasses(asking: Reading, attendeeId: string): Bound {
  return whatStands(asking, `bound ${attendeeId}`, () => ({
    presents: presentsOf(asking.db).all({ attendeeId }),
    cannot: absencesOf(asking.db)
      .all({ attendeeId })
      .map(({ pass }) => pass),
  }));
}

/** Reads what a pick is judged by, or null where the pass or the session is not of the conference. */
export function pickFacts(
  asking: Pick<Change, 'db' | 'now' | 'standing'>,
  wanted: Wanted & Pick<PickFacts, 'from'>,
): StoredFacts | null {
  const { attendeeId, conferenceId, passId, sessionId } = wanted;
  const { db } = asking;
  const name = `pick ${conferenceId} ${passId} ${sessionId}`;
  const setting = whatStands(asking, name, () => readSetting(db, wanted));
  if (setting === null) return null;
  const row = standsNow(db).get({ attendeeId, sessionId });
  if (row === undefined) return null;
  const { conference, pass, session } = setting;
  const { presents, cannot } = boundPasses(asking, attendeeId);
  const names = orderedPasses(asking, conferenceId);
  return {
    now: asking.now,
    conference,
    pass,
    session: {
      id: session.id,
      pass: session.pass,
      workshop: session.workshop,
      workshopCode: session.workshopCode,
      seats: row.seats,
      taken: row.taken,
      waiting: row.waiting,
    },
    held: heldBy(db)
      .all({ attendeeId })
      .map(({ pass: held, session: seat, workshop }) => ({
        pass: held,
        passName: names.get(held)!.name,
        session: seat,
        workshop,
      })),
    from: wanted.from,
    presents: presents.find((presented) => presented.pass === passId)?.workshop ?? null,
    cannotCome: cannot.includes(passId),
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
