import Database from 'better-sqlite3';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { buildConference, type BuiltConference } from '../../seeds/conference.ts';
import { listHosts } from '../../server/conference/queries.ts';
import { listenForOperator } from '../../server/core/control.ts';
import type { Store } from '../../server/core/database.ts';
import { eraseAttendee } from '../../server/overview/erasure-commands.ts';
import { countAttendees } from '../../server/people/queries.ts';
import { attendees } from '../../server/people/tables.ts';
import { openStore } from '../../server/store.ts';
import { personalToken } from '../../server/people/links.ts';
import { readInstance } from '../../shared/planning/instance.ts';
import { testClock } from '../support/clock.ts';
import { temporaryFolder, testStore } from '../support/database.ts';
import { startProcess } from '../support/process.ts';
import { testServer } from '../support/server.ts';

let folder: string;
let store: Store;
let built: BuiltConference;

beforeEach(async () => {
  folder = temporaryFolder();
  const clock = testClock(Date.now());
  store = testStore({ dataDir: join(folder, 'data'), clock });
  built = await buildConference(store, { stage: 'picks', now: clock.now(), attendees: 20 });
});

async function verkstad(...args: string[]) {
  const process = startProcess('server/verkstad.ts', args, {
    VERKSTAD_DATA: join(folder, 'data'),
    VERKSTAD_URL: 'https://verkstad.example',
  });
  const code = await process.exit();
  return { code, out: process.output(), errors: process.errors() };
}

/** The store behind a server that only the operator's socket reaches. */
async function serving() {
  const { app } = await testServer({ store, config: { url: 'https://verkstad.example' } });
  const socket = await listenForOperator(app);
  return {
    app,
    stop: () => {
      socket?.close();
      socket?.closeAllConnections();
    },
  };
}

describe('beside a running server', () => {
  test('a sign-in link is made by the server, and signs the organiser in', async () => {
    const { app, stop } = await serving();
    const { code, out } = await verkstad('sign-in-link');
    stop();
    expect(code).toBe(0);
    const token = /^https:\/\/verkstad\.example\/sign-in\/([\w-]{32})\n$/u.exec(out)?.[1];
    const answer = await app.inject({ method: 'POST', url: '/api/session/organiser', payload: { token } });
    expect(answer.json()).toEqual({ name: 'Reglabs kansli', host: 'Reglab' });
  });

  test('an organiser that nobody knows is refused with those there are', async () => {
    const { stop } = await serving();
    const { code, errors } = await verkstad('sign-in-link', '--organiser', 'nobody@example.org');
    stop();
    expect([code, errors]).toEqual([1, 'Choose one of kansli@example.org (reglab).\n']);
  });

  test('an organiser is added by the server, once, to the host of that name', async () => {
    const { app, stop } = await serving();
    const added = await verkstad('organiser', 'Ylva Norén', 'ylva@example.org', '--host', 'reglab');
    const again = await verkstad('organiser', 'Ylva', 'YLVA@example.org');
    stop();
    expect([added.code, added.errors]).toEqual([
      0,
      'Signs Ylva Norén, Reglab, in once, within ten minutes:\n',
    ]);
    const token = added.out.trim().slice(-32);
    const answer = await app.inject({ method: 'POST', url: '/api/session/organiser', payload: { token } });
    expect(answer.json()).toEqual({ name: 'Ylva Norén', host: 'Reglab' });
    expect(again.code).toBe(1);
    expect(again.errors).toMatch(/^Reglab has an organiser with the address YLVA@example\.org already\./u);
  });

  test('people are added by the server, once', async () => {
    const { stop } = await serving();
    const file = join(folder, 'people.csv');
    writeFileSync(file, 'Namn;E-post;Organisation\nNy Person;ny.person@example.org;Region Skåne\n');
    const first = await verkstad('import', 'attendees', file);
    const second = await verkstad('import', 'attendees', file);
    stop();
    expect([first.out, second.out]).toEqual([
      '1 added, 0 were there already.\n',
      '0 added, 1 were there already.\n',
    ]);
    expect(countAttendees(store.db, built.conferenceId)).toBe(21);
  });

  test('everybody’s link is exported, the same that the server knows', async () => {
    const { code, out } = await verkstad('links');
    const lines = out.trim().split('\r\n');
    const { conferenceId, attendeeIds } = built;
    const token = personalToken(store, { id: attendeeIds[0]!, conferenceId, linkVersion: 1 });
    expect([code, lines.length, lines[0]]).toEqual([0, 21, 'attendee,name,token,link']);
    expect(lines.find((line) => line.startsWith(attendeeIds[0]!))).toBe(
      `${attendeeIds[0]!},Karin Ek,${token},https://verkstad.example/me/${token}`,
    );
  });

  test('a backup is taken, and restoring it is refused', async () => {
    const file = join(folder, 'copy.sqlite');
    const taken = await verkstad('backup', file);
    expect([taken.code, taken.out]).toEqual([0, `${file}\n`]);
    expect(taken.errors).toContain('is not in the backup');
    const refused = await verkstad('restore', file);
    expect(refused.code).toBe(3);
    expect(refused.errors).toContain('Another Verkstad is using the data folder');
  });
});

describe('without a server', () => {
  beforeEach(() => store.close());

  test('a sign-in link is made all the same', async () => {
    const { code, out } = await verkstad('sign-in-link');
    expect([code, /\/sign-in\/[\w-]{32}\n$/u.test(out)]).toEqual([0, true]);
  });

  test('a backup is restored', async () => {
    const file = join(folder, 'copy.sqlite');
    await verkstad('backup', file);
    const { code, out, errors } = await verkstad('restore', file);
    expect([code, out]).toEqual([0, `Restored ${file}.\n`]);
    expect(errors).toContain('What was there before lies in');
  });

  test('who was erased after the backup stays erased when it is restored, and nobody else goes', async () => {
    const file = join(folder, 'copy.sqlite');
    await verkstad('backup', file);
    const now = openStore({ dataDir: join(folder, 'data') });
    const [erased, ...others] = now.db.select().from(attendees).all();
    const { conferenceId, id } = erased!;
    await now.write({ kind: 'operator' }, (change) => eraseAttendee(change, conferenceId, id));
    await now.close();
    const { code, errors } = await verkstad('restore', file);
    expect(code).toBe(0);
    expect(errors).toContain('Erased again since the backup holds them: 1.');
    const restored = openStore({ dataDir: join(folder, 'data') });
    const left = restored.db.select({ id: attendees.id }).from(attendees).all();
    await restored.close();
    expect(left.map((one) => one.id).toSorted()).toEqual(others.map((one) => one.id).toSorted());
    expect(await verkstad('verify')).toMatchObject({ code: 0, out: 'Everything agrees.\n' });
  });

  test('the planning problem is exported as the plan command reads it, without a name', async () => {
    const file = join(folder, 'instance.json');
    expect((await verkstad('export', 'instance', '--out', file)).code).toBe(0);
    const text = readFileSync(file, 'utf8');
    expect(text).not.toContain('Karin');
    const instance = readInstance(JSON.parse(text));
    expect([instance.workshops.length, instance.attendees.length]).toEqual([15, 20]);
  });

  test('verify finds nothing, and then what has been broken', async () => {
    expect(await verkstad('verify')).toMatchObject({ code: 0, out: 'Everything agrees.\n' });
    const sqlite = new Database(join(folder, 'data', 'verkstad.sqlite'));
    sqlite.exec(
      'delete from picks where (attendee_id, pass_id) = (select min(attendee_id), pass_id from picks)',
    );
    sqlite.close();
    const { code, out } = await verkstad('verify');
    expect([code, out]).toMatchObject([1, /^the taken seats of a session are not as many as the picks/u]);
  });

  test('a wrong key is found', async () => {
    writeFileSync(join(folder, 'data', 'key'), `${Buffer.alloc(32, 7).toString('base64url')}\n`);
    expect(await verkstad('verify')).toMatchObject({
      code: 1,
      out: 'the key is not the one that the personal links were derived from\n',
    });
  });
});

test.each([
  [[]],
  [['dance']],
  [['import', 'people', 'x.csv']],
  [['organiser', 'Ylva']],
  [['verify', '--loud']],
])('%j is answered with how it is used', async (args) => {
  const { code, errors } = await verkstad(...args);
  expect([code, errors.includes('usage: npm run')]).toEqual([1, true]);
});

describe('an installation with nothing in it', () => {
  const verkstadAt = async (dataDir: string, ...args: string[]) => {
    const process = startProcess('server/verkstad.ts', args, { VERKSTAD_DATA: dataDir });
    const code = await process.exit();
    return { code, out: process.output(), errors: process.errors() };
  };

  test('gets its first organiser together with the host', async () => {
    const dataDir = join(folder, 'first');
    const none = await verkstadAt(dataDir, 'sign-in-link');
    expect([none.code, none.errors.includes('verkstad -- organiser')]).toEqual([1, true]);
    const homeless = await verkstadAt(dataDir, 'organiser', 'Ylva Norén', 'ylva@example.org');
    expect([homeless.code, homeless.errors]).toEqual([1, 'Name the host with --host.\n']);
    const added = await verkstadAt(
      dataDir,
      'organiser',
      'Ylva Norén',
      'ylva@example.org',
      '--host',
      'Vård & hälsa',
    );
    expect([added.code, /\/sign-in\/[\w-]{32}\n$/u.test(added.out)]).toEqual([0, true]);
    const left = openStore({ dataDir });
    const hosts = left.read(listHosts).map(({ slug, name }) => ({ slug, name }));
    await left.close();
    expect(hosts).toEqual([{ slug: 'vard-halsa', name: 'Vård & hälsa' }]);
  });

  test.each([
    ['mail', ['Ylva', 'ylva', '--host', 'Reglab']],
    ['name', [' ', 'ylva@example.org', '--host', 'Reglab']],
    ['host', ['Ylva', 'ylva@example.org', '--host', '–!–']],
  ])('is told which of what it is given is wrong: %s', async (part, given) => {
    const { code, errors } = await verkstadAt(join(folder, 'first'), 'organiser', ...given);
    expect([code, errors]).toEqual([1, `Correct ${part} and try again. Nothing has changed.\n`]);
  });

  test.each(['verify', 'links', 'backup'])('%s says that there is no data folder', async (command) => {
    const dataDir = join(folder, 'nowhere');
    const { code, errors } = await verkstadAt(dataDir, command);
    expect([code, errors]).toEqual([
      1,
      `There is no data folder ${dataDir}. Set VERKSTAD_DATA to the one that is meant.\n`,
    ]);
  });
});

test('an empty folder has nothing to verify', async () => {
  mkdirSync(join(folder, 'empty'));
  const process = startProcess('server/verkstad.ts', ['verify'], { VERKSTAD_DATA: join(folder, 'empty') });
  expect(await process.exit()).toBe(1);
  expect(process.errors()).toContain('verkstad.sqlite is missing');
});
