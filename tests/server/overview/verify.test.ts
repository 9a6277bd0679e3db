import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { buildConference } from '../../../seeds/conference.ts';
import { whatForbidsStart, whatIsBroken } from '../../../server/overview/verify.ts';
import { openStore } from '../../../server/store.ts';
import type { Db } from '../../../server/core/statement.ts';
import { testClock } from '../../support/clock.ts';
import { temporaryFolder, testStore } from '../../support/database.ts';

let dataDir: string;

/** Damages the closed database behind the product's back, past every constraint. */
function damaged(...statements: string[]): string[] {
  const sqlite = new Database(`${dataDir}/verkstad.sqlite`);
  sqlite.pragma('foreign_keys = OFF');
  sqlite.pragma('ignore_check_constraints = ON');
  for (const statement of statements) sqlite.exec(statement);
  const db: Db = drizzle(sqlite);
  const broken = whatIsBroken(db);
  sqlite.close();
  return broken;
}

beforeEach(async () => {
  dataDir = temporaryFolder();
  const clock = testClock();
  const store = testStore({ dataDir, clock });
  await buildConference(store, { stage: 'picks', now: clock.now(), attendees: 60 });
  await store.close();
});

test('a conference that the product made agrees with itself', () => {
  expect(damaged()).toEqual([]);
});

test('what is written while it is checked is not taken for damage', () => {
  const sqlite = new Database(`${dataDir}/verkstad.sqlite`);
  const db: Db = drizzle(sqlite);
  const other = new Database(`${dataDir}/verkstad.sqlite`);
  const all = db.all.bind(db);
  let asked = 0;
  vi.spyOn(db, 'all').mockImplementation((query) => {
    const rows = all(query);
    // Between the first two questions somebody else's seat goes, as if a server had freed it.
    if (++asked === 1)
      other.exec(
        'delete from picks where (attendee_id, pass_id) = (select min(attendee_id), pass_id from picks)',
      );
    return rows;
  });
  expect(whatIsBroken(db)).toEqual([]);
  expect(asked).toBeGreaterThan(2);
  expect(whatIsBroken(db).join()).toMatch(/taken seats/u);
  sqlite.close();
  other.close();
});

describe('a data folder is broken, and by what is said, when', () => {
  const firstPick = '(attendee_id, pass_id) = (select min(attendee_id), pass_id from picks)';

  test.each([
    ['a pick is gone but its seat still counts', `delete from picks where ${firstPick}`, /taken seats/u],
    ['a count is too high', 'update session_seats set taken = taken + 1', /taken seats/u],
    ['more are seated than there are seats', 'update session_seats set seats = 0', /more people than seats/u],
    [
      'a room has shrunk unnoticed',
      'update rooms set capacity = capacity - 1',
      /not what its room and workshop allow/u,
    ],
    ['a session has no seats', 'delete from session_seats', /not what its room and workshop allow/u],
    [
      'somebody waits for what they have',
      `insert into waitlist (conference_id, attendee_id, pass_id, session_id, workshop_id, at)
       select conference_id, attendee_id, pass_id, session_id, workshop_id, 0 from picks where ${firstPick}`,
      /waits for a session they have/u,
    ],
    [
      'somebody waits in a pass that the session is not in',
      `update waitlist set pass_id = (select id from passes as p where p.id <> waitlist.pass_id limit 1)`,
      /waits in another pass/u,
    ],
    [
      'somebody wants two sessions equally',
      `insert into waitlist (conference_id, attendee_id, pass_id, session_id, workshop_id, at, rank)
       select w.conference_id, w.attendee_id, w.pass_id, s.id, s.workshop_id, 0, w.rank from waitlist as w
       join sessions as s on s.pass_id = w.pass_id and s.id <> w.session_id
       where not exists (select 1 from picks as p where p.attendee_id = w.attendee_id and p.session_id = s.id) limit 1`,
      /equally much/u,
    ],
    [
      'somebody sits where they present',
      `insert or replace into workshop_presenters select p.conference_id, s.workshop_id, r.id, 9 from picks as p
       join sessions as s on s.pass_id = p.pass_id and s.id <> p.session_id
       join presenters as r where p.attendee_id = (select min(attendee_id) from picks) limit 1;
       update presenters set attendee_id = null;
       update presenters set attendee_id = (select attendee_id from picks where ${firstPick})
       where id = (select presenter_id from workshop_presenters where position = 9)`,
      /in which they present/u,
    ],
    [
      'somebody sits where they cannot come',
      `insert into absences (conference_id, attendee_id, pass_id)
       select conference_id, attendee_id, pass_id from picks where ${firstPick}`,
      /cannot come/u,
    ],
    [
      "a swap gives another's seat",
      `insert into swap_offers select 'o', p.conference_id, p.attendee_id, p.pass_id, s.id, p.session_id, 9 from picks as p
       join sessions as s on s.pass_id = p.pass_id and s.id <> p.session_id limit 1`,
      /swap is offered that cannot be/u,
    ],
    [
      'a seat was taken unseen',
      `delete from audit where id = (select max(id) from audit where action = 'seat-taken')`,
      /seat that the audit does not know of/u,
    ],
    [
      'a seat is gone unseen, and so is its count',
      `update session_seats set taken = taken - 1 where session_id = (select session_id from picks where ${firstPick});
       delete from picks where ${firstPick}`,
      /lacks a seat that the audit says they have/u,
    ],
    [
      'somebody stole into a queue',
      `delete from audit where action = 'queue-joined'`,
      /queue that the audit does not know/u,
    ],
    ['somebody jumped a queue', `update waitlist set ticket = -ticket`, /another order than people joined/u],
    [
      'a session is where its room is closed',
      'insert into room_closures select conference_id, room_id, pass_id from sessions limit 1',
      /closed then/u,
    ],
    [
      'a presenter is in two places',
      `insert into workshop_presenters select a.conference_id, b.workshop_id, p.presenter_id, 9 from sessions as a
       join sessions as b on b.pass_id = a.pass_id and b.workshop_id <> a.workshop_id
       join workshop_presenters as p on p.workshop_id = a.workshop_id limit 1`,
      /presenter is in two/u,
    ],
    [
      'an attendee is gone and their seats are not',
      'delete from attendees',
      /rows of picks refer to attendees/u,
    ],
    [
      'a plan is published without a result',
      `insert into plans (id, conference_id, number, state, objective, timetable, seed, revision, created_at, published_at)
       select 'p', id, 1, 'done', 'ranks', 'free', 1, 0, 0, 1 from conferences`,
      /no result/u,
    ],
  ])('%s', (_, statement, says) => {
    const broken = damaged(statement);
    expect(broken.join('\n')).toMatch(says);
  });
});

test('a server does not start on counts that are wrong, and says which', () => {
  damaged(
    'update session_seats set taken = taken - 1 where taken > 0 and session_id = (select session_id from picks limit 1)',
  );
  expect(() => openStore({ dataDir })).toThrow(/does not agree with itself: the taken seats of a session/u);
});

test('a server starts on what only verify minds', async () => {
  damaged('insert into room_closures select conference_id, room_id, pass_id from sessions limit 1');
  const store = openStore({ dataDir });
  expect(whatForbidsStart(store.db)).toEqual([]);
  await store.close();
});
