import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { conferenceById } from '../../../server/conference/queries.ts';
import { presenters } from '../../../server/people/tables.ts';
import { loadProgramme } from '../../../server/programme/queries.ts';
import { plenaries, sessions } from '../../../server/programme/tables.ts';
import type { Pass, Plenary, Room, Workshop } from '../../../shared/programme/vocabulary.ts';
import {
  aCast,
  aForeignCast,
  aProgramme,
  asOrganiser,
  type Cast,
  type CastProgramme,
  place,
} from '../../support/cast.ts';
import { testServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let cast: Cast;
let at: CastProgramme;
let headers: Awaited<ReturnType<typeof asOrganiser>>;

beforeEach(async () => {
  server = await testServer();
  cast = await aCast(server.store);
  at = await aProgramme(server.store, cast);
  headers = await asOrganiser(server, cast);
});

type Method = 'POST' | 'PATCH' | 'DELETE';
/** Whatever was asked for, or a problem. */
type Answer = Pass & Room & Workshop & Plenary & { code: string; detail: string; facts: object };
async function ask(method: Method, path: string, payload?: object) {
  const url = `/api/conferences/utsikt-ar-insikt${path}`;
  const answer = await server.app.inject({ method, url, headers, ...(payload && { payload }) });
  const body = answer.json<Answer>();
  return { status: answer.statusCode, body };
}
const codeOf = async (asked: ReturnType<typeof ask>) => {
  const { status, body } = await asked;
  return [status, status < 400 ? undefined : body.code];
};
const programme = () => loadProgramme(server.store.db, cast.conferenceId);
const revision = () => conferenceById(server.store.db, cast.conferenceId).revision;
const sessionRow = (id: string) => server.store.db.select().from(sessions).where(eq(sessions.id, id)).get()!;

describe('a pass', () => {
  test('is typed in local time and kept as instants of the zone', async () => {
    const { body } = await ask('POST', '/passes', {
      name: 'Pass 4',
      startsAt: '2026-06-12T13:00',
      endsAt: '2026-06-12T13:45',
    });
    expect(body).toEqual({
      id: body.id,
      name: 'Pass 4',
      startsAt: '2026-06-12T11:00:00.000Z',
      endsAt: '2026-06-12T11:45:00.000Z',
    });
    expect(programme().passes.map(({ name }) => name)).toEqual(['Pass 4', 'Pass 1', 'Pass 2', 'Pass 3']);
  });

  test.each([
    ['that overlaps another', '2026-12-12T10:00', '2026-12-12T10:31', [422, 'passes-overlap']],
    ['that touches another on both sides', '2026-12-12T10:15', '2026-12-12T10:30', [200, undefined]],
    ['that ends before it starts', '2026-12-12T15:00', '2026-12-12T14:00', [422, 'ends-before-starts']],
    ['of twenty-five hours', '2026-12-13T15:00', '2026-12-14T16:00', [422, 'ends-before-starts']],
    [
      'in the hour that summer time skips',
      '2027-03-28T02:30',
      '2027-03-28T03:30',
      [422, 'time-does-not-exist'],
    ],
    ['in the hour that comes twice', '2027-10-31T02:30', '2027-10-31T03:30', [422, 'time-is-ambiguous']],
    ['on a day that is none', '2026-02-30T10:00', '2026-02-30T11:00', [400, 'invalid-input']],
    ['in a year with a digit too few', '0226-12-12T15:00', '0226-12-12T16:00', [400, 'invalid-input']],
    ['with a zone in its time', '2026-12-12T15:00Z', '2026-12-12T16:00Z', [400, 'invalid-input']],
  ])('%s', async (_name, startsAt, endsAt, answer) => {
    expect(await codeOf(ask('POST', '/passes', { name: 'Ny', startsAt, endsAt }))).toEqual(answer);
    expect(programme().passes).toHaveLength(answer[0] === 200 ? 4 : 3);
  });

  test('in the hour that comes twice is settled by saying which', async () => {
    const add = (name: string, fold: string) =>
      ask('POST', '/passes', { name, startsAt: '2027-10-31T02:10', endsAt: '2027-10-31T02:40', fold });
    expect((await add('Tidigt', 'earlier')).body.startsAt).toBe('2027-10-31T00:10:00.000Z');
    expect((await add('Sent', 'later')).body.startsAt).toBe('2027-10-31T01:10:00.000Z');
  });

  test('over the hour that is skipped is as long as it is', async () => {
    const { body } = await ask('POST', '/passes', {
      name: 'Natt',
      startsAt: '2027-03-28T01:30',
      endsAt: '2027-03-28T03:30',
    });
    expect(Date.parse(body.endsAt) - Date.parse(body.startsAt)).toBe(3_600_000);
  });

  test('has a name of its own, as people compare names', async () => {
    const times = { startsAt: '2026-12-12T15:00', endsAt: '2026-12-12T16:00' };
    expect(await codeOf(ask('POST', '/passes', { name: 'pass  1', ...times }))).toEqual([409, 'name-taken']);
    expect(await codeOf(ask('PATCH', `/passes/${at.pass2}`, { name: 'PASS 1' }))).toEqual([
      409,
      'name-taken',
    ]);
    expect(await codeOf(ask('PATCH', `/passes/${at.pass1}`, { name: 'PASS 1' }))).toEqual([200, undefined]);
  });

  test('takes its sessions along in time, one step newer for calendars; a new name does not', async () => {
    const [inPass, elsewhere] = (await place(server.store, cast, [
      [at.w1, at.pass3, at.vattern],
      [at.w2, at.pass1, at.vattern],
    ])) as [string, string];
    server.clock.advance(1000);
    await ask('PATCH', `/passes/${at.pass3}`, { name: 'Sista passet' });
    expect(sessionRow(inPass).sequence).toBe(0);
    const { body } = await ask('PATCH', `/passes/${at.pass3}`, { endsAt: '2026-12-12T12:30' });
    expect(body).toMatchObject({
      name: 'Sista passet',
      startsAt: '2026-12-12T10:30:00.000Z',
      endsAt: '2026-12-12T11:30:00.000Z',
    });
    expect(sessionRow(inPass)).toMatchObject({ sequence: 1, changedAt: server.clock.now() });
    expect(sessionRow(elsewhere).sequence).toBe(0);
  });

  test('goes away when nothing stands in it, with what was said about it', async () => {
    await place(server.store, cast, [[at.w1, at.pass1, at.vattern]]);
    const used = await ask('DELETE', `/passes/${at.pass1}`);
    expect([used.status, used.body.code]).toEqual([409, 'still-used']);
    expect(used.body.facts).toEqual({ name: 'Pass 1', sessions: [{ workshop: 'W1', pass: 'Pass 1' }] });
    expect(used.body.detail).toMatch(/^Pass 1 används: W1\. /u);
    await ask('PATCH', `/workshops/${at.w4}`, { passes: [at.pass2] });
    const only = await ask('DELETE', `/passes/${at.pass2}`);
    expect([only.status, only.body.code, only.body.facts]).toEqual([
      409,
      'only-pass',
      { pass: 'Pass 2', workshops: ['W4'] },
    ]);
    await ask('PATCH', `/workshops/${at.w4}`, { passes: [at.pass1, at.pass2] });
    expect(await ask('DELETE', `/passes/${at.pass2}`)).toMatchObject({
      status: 200,
      body: { removed: at.pass2 },
    });
    expect(programme().rooms.find(({ id }) => id === at.malaren)!.closed).toEqual([]);
    expect(programme().workshops.find(({ id }) => id === at.w4)!.passes).toEqual([at.pass1]);
  });
});

describe('a room', () => {
  test('is added after the others, with what it has', async () => {
    const { body } = await ask('POST', '/rooms', {
      name: 'Vänern',
      capacity: 0,
      features: ['projector', 'projector', 'step-free'],
      closed: [at.pass1, at.pass1],
    });
    expect(body).toEqual({
      id: body.id,
      name: 'Vänern',
      capacity: 0,
      features: ['projector', 'step-free'],
      closed: [at.pass1],
    });
    expect(programme().rooms.at(-1)).toEqual(body);
  });

  test.each([
    ['less than nothing', -1],
    ['half a seat', 1.5],
    ['a million million', 1e12],
    ['a number in quotes', '7'],
    ['no number', null],
  ])('with a capacity of %s is refused', async (_name, capacity) => {
    expect((await ask('POST', '/rooms', { name: 'Ny', capacity })).status).toBe(400);
    expect((await ask('PATCH', `/rooms/${at.vattern}`, { capacity })).status).toBe(400);
    expect(programme().rooms).toHaveLength(5);
  });

  test('gives its sessions as many seats as it now has', async () => {
    const [session] = await place(server.store, cast, [[at.w1, at.pass1, at.vattern]]);
    expect(programme().sessions).toMatchObject([{ id: session, seats: 120 }]);
    await ask('PATCH', `/rooms/${at.vattern}`, { capacity: 100 });
    expect(programme().sessions).toMatchObject([{ id: session, seats: 100 }]);
    expect(sessionRow(session!).sequence).toBe(0);
  });

  test('with a new name is a new place in calendars', async () => {
    const [session] = await place(server.store, cast, [[at.w1, at.pass1, at.vattern]]);
    await ask('PATCH', `/rooms/${at.vattern}`, { name: 'Stora Vättern' });
    expect(sessionRow(session!).sequence).toBe(1);
  });

  test('does not close, nor lose what is needed, under a session', async () => {
    await place(server.store, cast, [[at.w3, at.pass1, at.vattern]]);
    const edit = (body: object) => codeOf(ask('PATCH', `/rooms/${at.vattern}`, body));
    const before = programme();
    expect(await edit({ closed: [at.pass2, at.pass1] })).toEqual([409, 'room-closed']);
    expect(await edit({ name: 'Ny', features: ['whiteboard'] })).toEqual([409, 'lacks-feature']);
    expect(programme()).toEqual(before);
    expect(await edit({ closed: [at.pass2] })).toEqual([200, undefined]);
    expect(await edit({ features: ['whiteboard', 'projector'] })).toEqual([200, undefined]);
  });

  test('goes away when nothing stands in it', async () => {
    await place(server.store, cast, [[at.w1, at.pass1, at.vattern]]);
    const used = await ask('DELETE', `/rooms/${at.vattern}`);
    expect([used.status, used.body.code]).toEqual([409, 'still-used']);
    expect(used.body.detail).toContain('används: W1 i Pass 1. ');
    expect(await codeOf(ask('DELETE', `/rooms/${at.malaren}`))).toEqual([200, undefined]);
    expect(programme().rooms.map(({ name }) => name)).toEqual(['Vättern', 'Hjälmaren', 'Siljan', 'Roxen']);
  });
});

describe('a workshop', () => {
  const minimal = { code: 'W9', title: 'Ny workshop' };

  test('needs a code and a title; the rest has usual values', async () => {
    const { body } = await ask('POST', '/workshops', minimal);
    expect(body).toEqual({
      id: body.id,
      ...minimal,
      summary: '',
      language: 'sv',
      presenters: [],
      organisations: [],
      topics: [],
      requires: [],
      minSize: 0,
      maxSize: null,
      reserved: 0,
      minOfferings: 1,
      maxOfferings: 1,
      passes: [],
    });
  });

  test('shares a presenter of the same name and affiliation with another, in the order given', async () => {
    const goran = programme().workshops.find(({ id }) => id === at.w2)!.presenters[0]!;
    const { body } = await ask('POST', '/workshops', {
      ...minimal,
      presenters: [
        { name: 'Ny Person', affiliation: '' },
        { name: 'göran  andersson', affiliation: 'VINNOVA' },
        { name: 'Göran Andersson', affiliation: 'Vinnova' },
        { name: 'Göran Andersson', affiliation: 'Region Skåne' },
      ],
      organisations: ['Vinnova', 'Region Skåne', 'vinnova'],
    });
    expect(body.presenters.map(({ name, affiliation }) => [name, affiliation])).toEqual([
      ['Ny Person', ''],
      ['Göran Andersson', 'Vinnova'],
      ['Göran Andersson', 'Region Skåne'],
    ]);
    expect(body.presenters[1]).toEqual(goran);
    expect(body.organisations).toEqual(['Vinnova', 'Region Skåne']);
  });

  test('keeps each topic once, spelled as the conference already spells it', async () => {
    await ask('POST', '/workshops', { ...minimal, topics: ['Innovation', 'Styrning'] });
    const { body } = await ask('POST', '/workshops', {
      ...minimal,
      code: 'W10',
      topics: ['innovation', 'Ny  gruppering', 'INNOVATION', 'ny gruppering'],
    });
    expect(body.topics).toEqual(['Innovation', 'Ny  gruppering']);
    const own = await ask('PATCH', `/workshops/${body.id}`, { topics: ['ny gruppering'] });
    expect(own.body.topics).toEqual(['ny gruppering']);
  });

  test('is refused a code that is taken, in any case, but may keep its own', async () => {
    expect(await codeOf(ask('POST', '/workshops', { ...minimal, code: 'w2' }))).toEqual([409, 'code-taken']);
    expect(await codeOf(ask('PATCH', `/workshops/${at.w1}`, { code: 'W2' }))).toEqual([409, 'code-taken']);
    expect(await codeOf(ask('PATCH', `/workshops/${at.w1}`, { code: 'w1' }))).toEqual([200, undefined]);
  });

  test('is refused sizes that contradict each other, also with those it has', async () => {
    const bad = [422, 'sizes-contradict'];
    expect(await codeOf(ask('POST', '/workshops', { ...minimal, minSize: 5, maxSize: 4 }))).toEqual(bad);
    expect(await codeOf(ask('PATCH', `/workshops/${at.w4}`, { minSize: 21 }))).toEqual(bad);
    expect(await codeOf(ask('PATCH', `/workshops/${at.w4}`, { minOfferings: 3 }))).toEqual(bad);
    expect(await codeOf(ask('PATCH', `/workshops/${at.w4}`, { minSize: 21, maxSize: 21 }))).toEqual([
      200,
      undefined,
    ]);
  });

  test.each([
    ['a title of 201 characters', { title: 'å'.repeat(201) }],
    ['a title with a line break', { title: 'a\r\nEND:VEVENT' }],
    ['a code with a space', { code: 'W 9' }],
    ['an unknown feature', { requires: ['sauna'] }],
    ['a presenter with a role', { presenters: [{ name: 'a', affiliation: '', role: 'x' }] }],
    ['a field it does not have', { seats: 10 }],
  ])('with %s is refused', async (_name, body) => {
    expect((await ask('POST', '/workshops', { ...minimal, ...body })).status).toBe(400);
    expect(programme().workshops).toHaveLength(5);
  });

  test('keeps what looks like code as text', async () => {
    const title = `<img onerror=alert(1)> '); DROP TABLE workshops;--`;
    const { body } = await ask('POST', '/workshops', { ...minimal, title });
    expect(body.title).toBe(title);
  });

  test('changes what is named and leaves the rest; its sessions are newer but in the same place', async () => {
    const [session] = await place(server.store, cast, [[at.w2, at.pass1, at.vattern]]);
    const before = programme().workshops.find(({ id }) => id === at.w2)!;
    server.clock.advance(1000);
    const { body } = await ask('PATCH', `/workshops/${at.w2}`, { summary: 'Ny text' });
    expect(body).toEqual({ ...before, summary: 'Ny text' });
    expect(sessionRow(session!)).toMatchObject({ sequence: 0, changedAt: server.clock.now() });
  });

  test('that is placed is refused what its sessions could not stand with', async () => {
    await place(server.store, cast, [
      [at.w1, at.pass1, at.hjalmaren],
      [at.w2, at.pass1, at.vattern],
      [at.w4, at.pass1, at.siljan],
      [at.w4, at.pass2, at.siljan],
    ]);
    const before = programme();
    const edit = (id: string, body: object) => ask('PATCH', `/workshops/${id}`, body);
    const goran = [{ name: 'Göran Andersson', affiliation: 'Vinnova' }];
    const busy = await edit(at.w1, { presenters: goran });
    expect([busy.status, busy.body.facts]).toEqual([
      409,
      { presenter: 'Göran Andersson', workshop: 'W2', pass: 'Pass 1' },
    ]);
    expect(await codeOf(edit(at.w1, { requires: ['projector'] }))).toEqual([409, 'lacks-feature']);
    expect(await codeOf(edit(at.w1, { passes: [at.pass2] }))).toEqual([409, 'not-in-that-pass']);
    expect(await codeOf(edit(at.w4, { maxOfferings: 1 }))).toEqual([409, 'given-often-enough']);
    expect(programme()).toEqual(before);
    expect(await codeOf(edit(at.w15, { presenters: goran }))).toEqual([200, undefined]);
  });

  test('sets how many seats its sessions have', async () => {
    await place(server.store, cast, [[at.w1, at.pass1, at.siljan]]);
    await ask('PATCH', `/workshops/${at.w1}`, { maxSize: 25, reserved: 2 });
    expect(programme().sessions).toMatchObject([{ seats: 23 }]);
  });

  test('goes away when it is not placed, with presenters who give nothing else', async () => {
    const [session] = await place(server.store, cast, [[at.w15, at.pass1, at.vattern]]);
    const used = await ask('DELETE', `/workshops/${at.w15}`);
    expect([used.status, used.body.code]).toEqual([409, 'still-used']);
    expect(used.body.detail).toMatch(/^W15 används: i Pass 1\. /u);
    await ask('DELETE', `/sessions/${session}`);
    expect(await codeOf(ask('DELETE', `/workshops/${at.w15}`))).toEqual([200, undefined]);
    const names = server.store.db
      .select()
      .from(presenters)
      .all()
      .map(({ name }) => name);
    expect(names.sort()).toEqual(['Cecilia Johansson', 'Emily Wise', 'Göran Andersson']);
    expect(await codeOf(ask('DELETE', `/workshops/${at.w15}`))).toEqual([404, 'not-found']);
  });

  test('loses the presenters that are taken from it, who are forgotten when they give nothing else', async () => {
    await ask('PATCH', `/workshops/${at.w2}`, { presenters: [{ name: 'Ny Person', affiliation: '' }] });
    const names = server.store.db
      .select()
      .from(presenters)
      .all()
      .map(({ name }) => name);
    expect(names.sort()).toEqual(['Anna Sandström', 'Emily Wise', 'Göran Andersson', 'Ny Person']);
  });
});

describe('a programme item for everybody', () => {
  const lunch = {
    title: 'Lunch',
    kind: 'meal',
    startsAt: '2026-12-12T12:15',
    endsAt: '2026-12-12T13:15',
  };
  const rowOf = (id: string) => server.store.db.select().from(plenaries).where(eq(plenaries.id, id)).get()!;

  test('may lie over a pass and over another, unlike passes', async () => {
    const { body } = await ask('POST', '/plenaries', { ...lunch, startsAt: '2026-12-12T09:30' });
    expect(body).toMatchObject({ title: 'Lunch', summary: '', place: '' });
    expect((await ask('POST', '/plenaries', lunch)).status).toBe(200);
    expect(programme().plenaries.map(({ startsAt }) => startsAt)).toEqual([
      '2026-12-12T08:30:00.000Z',
      '2026-12-12T11:15:00.000Z',
    ]);
  });

  test('is newer for calendars when time or place change, and only changed when words do', async () => {
    const { id } = (await ask('POST', '/plenaries', lunch)).body;
    const { uid } = rowOf(id);
    await ask('PATCH', `/plenaries/${id}`, { title: 'Lunch med mingel' });
    expect(rowOf(id).sequence).toBe(0);
    server.clock.advance(1000);
    await ask('PATCH', `/plenaries/${id}`, { place: 'Foajén' });
    expect(rowOf(id)).toMatchObject({ uid, sequence: 1, changedAt: server.clock.now() });
    await ask('PATCH', `/plenaries/${id}`, { endsAt: '2026-12-12T13:00' });
    expect(rowOf(id)).toMatchObject({ uid, sequence: 2, title: 'Lunch med mingel', place: 'Foajén' });
  });

  test('has times that exist, in order', async () => {
    const add = (times: object) => codeOf(ask('POST', '/plenaries', { ...lunch, ...times }));
    expect(await add({ endsAt: '2026-12-12T12:15' })).toEqual([422, 'ends-before-starts']);
    expect(await add({ startsAt: '2027-03-28T02:30', endsAt: '2027-03-28T04:00' })).toEqual([
      422,
      'time-does-not-exist',
    ]);
  });

  test('goes away, once', async () => {
    const { id } = (await ask('POST', '/plenaries', lunch)).body;
    expect(await codeOf(ask('DELETE', `/plenaries/${id}`))).toEqual([200, undefined]);
    expect(await codeOf(ask('DELETE', `/plenaries/${id}`))).toEqual([404, 'not-found']);
  });

  test('is nothing that plans are computed from, as passes are', async () => {
    const before = revision();
    await ask('POST', '/plenaries', lunch);
    expect(revision()).toBe(before);
    await ask('PATCH', `/passes/${at.pass1}`, { name: 'Första passet' });
    expect(revision()).toBe(before + 1);
  });
});

describe("another conference's things", () => {
  test('are not found by their ids, wherever one puts them, and stay as they are', async () => {
    const foreign = await aForeignCast(server.store);
    const theirs = await aProgramme(server.store, foreign);
    const before = loadProgramme(server.store.db, foreign.conferenceId);
    const calls: [Method, string, object?][] = [
      ['PATCH', `/passes/${theirs.pass1}`, { name: 'Kapad' }],
      ['DELETE', `/passes/${theirs.pass1}`],
      ['PATCH', `/rooms/${theirs.vattern}`, { name: 'Kapad' }],
      ['DELETE', `/rooms/${theirs.vattern}`],
      ['PATCH', `/rooms/${at.vattern}`, { closed: [theirs.pass1] }],
      ['POST', '/rooms', { name: 'Ny', capacity: 1, closed: [theirs.pass1] }],
      ['PATCH', `/workshops/${theirs.w1}`, { title: 'Kapad' }],
      ['DELETE', `/workshops/${theirs.w1}`],
      ['PATCH', `/workshops/${at.w1}`, { passes: [theirs.pass1] }],
      ['POST', '/workshops', { code: 'W9', title: 'Ny', passes: [theirs.pass1] }],
      ['POST', '/sessions', { workshopId: theirs.w1, passId: at.pass1, roomId: at.vattern }],
      ['POST', '/sessions', { workshopId: at.w1, passId: theirs.pass1, roomId: at.vattern }],
      ['POST', '/sessions', { workshopId: at.w1, passId: at.pass1, roomId: theirs.vattern }],
    ];
    const own = programme();
    for (const [method, path, body] of calls) {
      const { status } = await ask(method, path, body);
      expect([method, path, status]).toEqual([method, path, 404]);
    }
    expect(loadProgramme(server.store.db, foreign.conferenceId)).toEqual(before);
    expect(programme()).toEqual(own);
  });

  test('may have the same names and codes', async () => {
    const foreign = await aForeignCast(server.store);
    await aProgramme(server.store, foreign);
    const names = (id: string) => loadProgramme(server.store.db, id).rooms.map(({ name }) => name);
    expect(names(foreign.conferenceId)).toEqual(names(cast.conferenceId));
  });
});
