import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { beforeEach, describe, expect, test } from 'vitest';
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

describe('a data folder is broken, and by what is said, when', () => {
  const firstPick = 'rowid = (select min(rowid) from picks)';

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
