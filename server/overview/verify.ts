import { type SQL, sql } from 'drizzle-orm';
import type { Db } from '../core/statement.ts';
import { whereAuditDisagrees } from './verify-audit.ts';

/**
 * What must be true of every data folder, each as the rows that break it. The schema refuses most of it when it is written; here the
 * whole is read again, as it lies on the disk. A row says `what` breaks it.
 */
interface Invariant {
  readonly says: string;
  readonly breaches: SQL;
}

/** Asked at every start: no server may sell seats by counts that are wrong. */
const seatCounts: readonly Invariant[] = [
  {
    says: 'the taken seats of a session are not as many as the picks of it',
    breaches: sql`select s.session_id as what
      from session_seats as s where s.taken <> (select count(*) from picks as p where p.session_id = s.session_id)`,
  },
  {
    says: 'a session has more people than seats',
    breaches: sql`select session_id as what from session_seats where taken > seats`,
  },
];

const everythingElse: readonly Invariant[] = [
  {
    says: 'the seats of a session are not what its room and workshop allow',
    breaches: sql`select s.id as what from sessions as s
      join workshops as w on w.id = s.workshop_id
      join rooms as r on r.id = s.room_id
      left join session_seats as c on c.session_id = s.id
      where c.seats is not max(0, min(r.capacity, coalesce(w.max_size, r.capacity)) - w.reserved)`,
  },
  {
    says: 'an attendee has two seats in a pass',
    breaches: sql`select attendee_id as what from picks group by attendee_id, pass_id having count(*) > 1`,
  },
  {
    says: 'an attendee has a workshop twice',
    breaches: sql`select attendee_id as what from picks group by attendee_id, workshop_id having count(*) > 1`,
  },
  {
    says: 'an attendee has a seat in another pass or workshop than the session is',
    breaches: sql`select p.attendee_id as what from picks as p left join sessions as s on s.id = p.session_id
      where s.id is null or s.pass_id <> p.pass_id or s.workshop_id <> p.workshop_id or s.conference_id <> p.conference_id`,
  },
  {
    says: 'an attendee waits for a session they have a seat in',
    breaches: sql`select w.attendee_id as what from waitlist as w
      join picks as p on p.attendee_id = w.attendee_id and p.session_id = w.session_id`,
  },
  {
    says: 'an attendee waits in another pass or workshop than the session is',
    breaches: sql`select w.attendee_id as what from waitlist as w left join sessions as s on s.id = w.session_id
      where s.id is null or s.pass_id <> w.pass_id or s.workshop_id <> w.workshop_id or s.conference_id <> w.conference_id`,
  },
  {
    says: 'an attendee wants two sessions of a pass equally much',
    breaches: sql`select attendee_id as what from waitlist group by attendee_id, pass_id, rank having count(*) > 1`,
  },
  {
    says: 'an attendee has a seat in a pass in which they present',
    breaches: sql`select k.attendee_id as what from picks as k
      join presenters as p on p.attendee_id = k.attendee_id
      join workshop_presenters as wp on wp.presenter_id = p.id
      join sessions as s on s.workshop_id = wp.workshop_id and s.pass_id = k.pass_id`,
  },
  {
    says: 'an attendee has a seat in a pass in which they cannot come',
    breaches: sql`select k.attendee_id as what from picks as k
      join absences as a on a.attendee_id = k.attendee_id and a.pass_id = k.pass_id`,
  },
  {
    says: 'a swap is offered that cannot be: the seat is not theirs, or the other is in another pass',
    breaches: sql`select o.id as what from swap_offers as o
      left join picks as k on k.attendee_id = o.attendee_id and k.pass_id = o.pass_id
      left join sessions as s on s.id = o.wants
      where k.session_id is not o.gives or s.pass_id is not o.pass_id or s.conference_id is not o.conference_id`,
  },
  {
    says: 'a room has two sessions in a pass',
    breaches: sql`select room_id as what from sessions group by room_id, pass_id having count(*) > 1`,
  },
  {
    says: 'a session is in a room that is closed then',
    breaches: sql`select s.id as what from sessions as s
      join room_closures as c on c.room_id = s.room_id and c.pass_id = s.pass_id`,
  },
  {
    says: 'a presenter is in two sessions of a pass',
    breaches: sql`select wp.presenter_id as what from sessions as s
      join workshop_presenters as wp on wp.workshop_id = s.workshop_id
      group by wp.presenter_id, s.pass_id having count(*) > 1`,
  },
  {
    says: "a row of one conference refers to another's",
    breaches: sql`select p.attendee_id as what from picks as p
        join attendees as a on a.id = p.attendee_id where a.conference_id <> p.conference_id
      union all select w.attendee_id from wishes as w
        join workshops as s on s.id = w.workshop_id where s.conference_id <> w.conference_id
      union all select a.id from attendees as a
        join conferences as c on c.id = a.conference_id
        join organisations as o on o.id = a.organisation_id where o.host_id <> c.host_id`,
  },
  {
    says: 'a published plan has no result',
    breaches: sql`select id as what from plans where published_at is not null and (sessions is null or allocation is null)`,
  },
  {
    says: 'a conference has two plans that are being computed',
    breaches: sql`select conference_id as what from plans where state = 'running' group by conference_id having count(*) > 1`,
  },
];

/** Rows that refer to rows that are not there, by table. */
function orphans(db: Db): string[] {
  const rows = db.all<{ table: string; parent: string; n: number }>(
    sql`select "table", parent, count(*) as n from pragma_foreign_key_check group by "table", parent`,
  );
  return rows.map(
    ({ table, parent, n }) =>
      `${n} ${n === 1 ? 'row' : 'rows'} of ${table} refer to ${parent} that do not exist`,
  );
}

/**
 * Everything that is wrong in a database, a sentence for each kind with the ids of the first few; empty: it agrees with itself.
 * All of it is read at one moment: beside a busy server, seats and audit of two moments differ.
 */
export function whatIsBroken(db: Db): string[] {
  return db.transaction(() => [
    ...[...seatCounts, ...everythingElse].flatMap((invariant) => brokenIn(db, invariant)),
    ...whereAuditDisagrees(db),
    ...orphans(db),
  ]);
}

/** The same for what a server may not start with. */
export function whatForbidsStart(db: Db): string[] {
  return seatCounts.flatMap((invariant) => brokenIn(db, invariant));
}

function brokenIn(db: Db, { says, breaches }: Invariant): string[] {
  const rows = db.all<{ what: string }>(breaches);
  if (rows.length === 0) return [];
  const first = rows.slice(0, 3).map(({ what }) => what);
  const more = rows.length > first.length ? ` and ${rows.length - first.length} more` : '';
  return [`${says} (${first.join(', ')}${more})`];
}
