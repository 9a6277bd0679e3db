import { and, asc, eq, isNotNull, type SQL, sql } from 'drizzle-orm';
import { union } from 'drizzle-orm/sqlite-core';
import type { Me } from '../../shared/registration/contract.ts';
import { inNameOrder } from '../../shared/core/name-order.ts';
import { toIso } from '../../shared/core/time.ts';
import { organisations } from '../conference/tables.ts';
import { nameOrder } from '../core/name-order.ts';
import type { Change } from '../core/change.ts';
import { type Db, statement } from '../core/statement.ts';
import { attendees, presenters } from '../people/tables.ts';
import { absences, passes, sessions, workshopPresenters, workshops } from '../programme/tables.ts';
import { neverMoveAfter } from './moving-queries.ts';
import { boundPasses, orderedPasses, type Reading } from './picks-queries.ts';
import { offersOf } from './swap-queries.ts';
import { picks, sessionSeats, waitlist, wishes } from './tables.ts';

const picksOf = statement((db) =>
  db
    .select({
      conference: picks.conferenceId,
      pass: picks.passId,
      session: picks.sessionId,
      source: picks.source,
    })
    .from(picks)
    .where(eq(picks.attendeeId, sql.placeholder('attendeeId')))
    .prepare(),
);

const queuesOf = statement((db) =>
  db
    .select({
      pass: waitlist.passId,
      session: waitlist.sessionId,
      position: sql<number>`(select count(*) from waitlist as w
        where w.session_id = "waitlist"."session_id" and w.ticket <= "waitlist"."ticket")`,
      passedOver: waitlist.passedOver,
    })
    .from(waitlist)
    .innerJoin(passes, eq(passes.id, waitlist.passId))
    .where(eq(waitlist.attendeeId, sql.placeholder('attendeeId')))
    .orderBy(asc(passes.startsAt), asc(passes.id), asc(waitlist.rank))
    .prepare(),
);

const wishesOf = statement((db) =>
  db
    .select({ code: workshops.code })
    .from(wishes)
    .innerJoin(workshops, eq(workshops.id, wishes.workshopId))
    .where(eq(wishes.attendeeId, sql.placeholder('attendeeId')))
    .orderBy(asc(wishes.rank))
    .prepare(),
);

/** Which of the things that few attendees have an attendee has. */
const rarities = statement((db) => {
  const has = (rows: SQL) => sql<number>`exists (${rows} = ${sql.placeholder('attendeeId')})`;
  return db
    .select({
      waits: has(sql`select 1 from waitlist as r where r.attendee_id`),
      wishes: has(sql`select 1 from wishes as r where r.attendee_id`),
      offers: has(sql`select 1 from swap_offers as r where r.attendee_id`),
      hasLimit: has(sql`select 1 from move_limits as r where r.attendee_id`),
    })
    .from(sql`(select 1)`)
    .prepare();
});

/** An attendee's own choosing: seats in the order of the day, places in queues, wishes, offers, and the passes they present or cannot come in. */
export function ownRegistration(
  asking: Reading & Pick<Change, 'now'>,
  attendeeId: string,
): Pick<Me, 'picks' | 'waitlist' | 'wishes' | 'swapOffers' | 'presents' | 'cannot' | 'neverMoveAfter'> {
  const { db, now } = asking;
  const whose = { attendeeId };
  // Every pick answers with this: one question that most answer with no is cheaper than four lists that are empty.
  const has = rarities(db).get(whose)!;
  const bound = boundPasses(asking, attendeeId);
  return {
    picks: heldSeats(asking, attendeeId),
    waitlist: (has.waits ? queuesOf(db).all(whose) : []).map(({ passedOver, ...waiting }) => ({
      ...waiting,
      passedOver: passedOver && { ...passedOver, at: toIso(passedOver.at) },
    })),
    wishes: (has.wishes ? wishesOf(db).all(whose) : []).map(({ code }) => code),
    swapOffers: has.offers ? offersOf(db, attendeeId, now) : [],
    presents: [...bound.presents],
    cannot: [...bound.cannot],
    neverMoveAfter: has.hasLimit ? neverMoveAfter(db, attendeeId) : null,
  };
}

function heldSeats(asking: Reading, attendeeId: string): Me['picks'] {
  const rows = picksOf(asking.db).all({ attendeeId });
  if (rows.length > 1) {
    const passesOfDay = orderedPasses(asking, rows[0]!.conference);
    rows.sort((a, b) => passesOfDay.get(a.pass)!.place - passesOfDay.get(b.pass)!.place);
  }
  return rows.map(({ pass, session, source }) => ({ pass, session, source }));
}

/** Seats and taken seats of every session of a conference. */
export function seatCounts(
  db: Db,
  conferenceId: string,
): { session: string; seats: number; taken: number }[] {
  return db
    .select({ session: sessionSeats.sessionId, seats: sessionSeats.seats, taken: sessionSeats.taken })
    .from(sessionSeats)
    .where(eq(sessionSeats.conferenceId, conferenceId))
    .all();
}

/** How many wait for each session that anyone waits for. */
export function queueLengths(db: Db, conferenceId: string): Map<string, number> {
  const rows = db
    .select({ session: waitlist.sessionId, waiting: sql<number>`count(*)` })
    .from(waitlist)
    .where(eq(waitlist.conferenceId, conferenceId))
    .groupBy(waitlist.sessionId)
    .all();
  return new Map(rows.map(({ session, waiting }) => [session, waiting]));
}

/** How many wish for each workshop, and how many wish for it most. */
export function demandOf(db: Db, conferenceId: string): Map<string, { wished: number; wishedFirst: number }> {
  const rows = db
    .select({
      workshop: wishes.workshopId,
      wished: sql<number>`count(*)`,
      wishedFirst: sql<number>`sum(${wishes.rank} = 1)`,
    })
    .from(wishes)
    .where(eq(wishes.conferenceId, conferenceId))
    .groupBy(wishes.workshopId)
    .all();
  return new Map(rows.map(({ workshop, ...counts }) => [workshop, counts]));
}

/**
 * How many attendees have wished, how many seats are taken, and how many attendees have all the seats they may have: as many as the
 * rules give, or fewer where they present or cannot come in too many passes.
 */
export function choosingCounts(
  db: Db,
  conferenceId: string,
  { picksPerAttendee, passes: passCount }: { picksPerAttendee: number; passes: number },
): { ballots: number; complete: number; picks: number } {
  const seatsEach = db
    .select({ attendee: picks.attendeeId, seats: sql<number>`count(*)` })
    .from(picks)
    .where(eq(picks.conferenceId, conferenceId))
    .groupBy(picks.attendeeId)
    .all();
  const blocked = blockedPasses(db, conferenceId);
  const owed = (attendee: string) => Math.min(picksPerAttendee, passCount - (blocked.get(attendee) ?? 0));
  const seated = new Map(seatsEach.map(({ attendee, seats }) => [attendee, seats]));
  const concerned = new Set([...seated.keys(), ...blocked.keys()]);
  const ballots = db
    .select({ count: sql<number>`count(distinct ${wishes.attendeeId})` })
    .from(wishes)
    .where(eq(wishes.conferenceId, conferenceId))
    .get();
  return {
    ballots: ballots?.count ?? 0,
    complete: [...concerned].filter((attendee) => (seated.get(attendee) ?? 0) >= owed(attendee)).length,
    picks: seatsEach.reduce((sum, { seats }) => sum + seats, 0),
  };
}

/** In how many passes each attendee presents or cannot come; who can come to all is not named. */
function blockedPasses(db: Db, conferenceId: string): Map<string, number> {
  const presenting = db
    .select({ attendee: sql<string>`${presenters.attendeeId}`, pass: sessions.passId })
    .from(presenters)
    .innerJoin(workshopPresenters, eq(workshopPresenters.presenterId, presenters.id))
    .innerJoin(sessions, eq(sessions.workshopId, workshopPresenters.workshopId))
    .where(and(eq(presenters.conferenceId, conferenceId), isNotNull(presenters.attendeeId)));
  const away = db
    .select({ attendee: absences.attendeeId, pass: absences.passId })
    .from(absences)
    .where(eq(absences.conferenceId, conferenceId));
  const counts = new Map<string, number>();
  for (const { attendee } of union(presenting, away).all())
    counts.set(attendee, (counts.get(attendee) ?? 0) + 1);
  return counts;
}

/** Names of those of an import who have chosen, wait or wish; by name. */
export function activeOfImport(db: Db, conferenceId: string, importId: string): string[] {
  return db
    .select({ name: attendees.name })
    .from(attendees)
    .where(
      and(
        eq(attendees.conferenceId, conferenceId),
        eq(attendees.importId, importId),
        sql`(exists (select 1 from picks as p where p.attendee_id = "attendees"."id")
          or exists (select 1 from waitlist as w where w.attendee_id = "attendees"."id")
          or exists (select 1 from wishes as w where w.attendee_id = "attendees"."id"))`,
      ),
    )
    .orderBy(nameOrder(attendees.name))
    .all()
    .map(({ name }) => name);
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly organisation: string | null;
}

/** Who has a seat in each session, by name; sessions by id. */
export function seatedPeople(db: Db, conferenceId: string): Map<string, Person[]> {
  const rows = db
    .select({
      session: picks.sessionId,
      id: attendees.id,
      name: attendees.name,
      organisation: organisations.name,
    })
    .from(picks)
    .innerJoin(attendees, eq(attendees.id, picks.attendeeId))
    .leftJoin(organisations, eq(organisations.id, attendees.organisationId))
    .where(eq(picks.conferenceId, conferenceId))
    .all();
  rows.sort((a, b) => inNameOrder(a.name, b.name) || (a.id < b.id ? -1 : 1));
  return bySession(rows);
}

/** Who waits for each session, in the order of its queue. */
export function waitingPeople(db: Db, conferenceId: string): Map<string, Person[]> {
  const rows = db
    .select({
      session: waitlist.sessionId,
      id: attendees.id,
      name: attendees.name,
      organisation: organisations.name,
    })
    .from(waitlist)
    .innerJoin(attendees, eq(attendees.id, waitlist.attendeeId))
    .leftJoin(organisations, eq(organisations.id, attendees.organisationId))
    .where(eq(waitlist.conferenceId, conferenceId))
    .orderBy(asc(waitlist.ticket))
    .all();
  return bySession(rows);
}

function bySession(rows: readonly (Person & { readonly session: string })[]): Map<string, Person[]> {
  const lists = new Map<string, Person[]>();
  for (const { session, ...person } of rows) {
    const list = lists.get(session);
    if (list) list.push(person);
    else lists.set(session, [person]);
  }
  return lists;
}
