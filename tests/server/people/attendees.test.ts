import { beforeEach, describe, expect, test } from 'vitest';
import { and, eq } from 'drizzle-orm';
import { conferenceById, listOrganisationsOf } from '../../../server/conference/queries.ts';
import { readCsv } from '../../../server/core/csv.ts';
import { audit } from '../../../server/core/tables.ts';
import {
  addAttendee,
  presenterNamed,
  removeAttendee,
  withdrawImport,
} from '../../../server/people/attendee-commands.ts';
import { attendees, presenters } from '../../../server/people/tables.ts';
import type { Attendee } from '../../../shared/people/vocabulary.ts';
import {
  aCast,
  aForeignCast,
  asAttendee,
  asOrganiser,
  type Cast,
  operator,
  tokenOf,
} from '../../support/cast.ts';
import { testServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let cast: Cast;
let headers: Awaited<ReturnType<typeof asOrganiser>>;

beforeEach(async () => {
  server = await testServer();
  cast = await aCast(server.store);
  headers = await asOrganiser(server, cast);
});

const base = '/api/conferences/utsikt-ar-insikt';
const ask = (method: 'GET' | 'POST' | 'PATCH', path: string, payload?: object) =>
  server.app.inject({ method, url: base + path, headers, ...(payload && { payload }) });
const add = (payload: object) => ask('POST', '/attendees', payload);
const list = async (query = '') =>
  (await ask('GET', `/attendees${query}`)).json<{ items: Attendee[]; total: number }>();
const everybody = () =>
  server.store.db.select().from(attendees).where(eq(attendees.conferenceId, cast.conferenceId)).all();
const revision = () => conferenceById(server.store.db, cast.conferenceId).revision;

describe('an attendee', () => {
  test('is added with a language of the conference, an organisation known by its name, and a link that works', async () => {
    const answer = await add({ name: 'Eva Ström', mail: 'eva@example.org', organisation: 'region  SKÅNE' });
    const eva = answer.json<Attendee>();
    expect(eva).toEqual({
      id: eva.id,
      name: 'Eva Ström',
      mail: 'eva@example.org',
      organisation: 'Region Skåne',
      language: 'sv',
      presenterId: null,
    });
    const opened = await server.app.inject({
      method: 'POST',
      url: '/api/session/attendee',
      payload: { token: tokenOf(server.store, cast, eva) },
    });
    expect(opened.json()).toMatchObject({ name: 'Eva Ström' });
  });

  test('cannot have the mail address of another, in any case; without mail there may be many', async () => {
    const answer = await add({ name: 'Karin', mail: 'KARIN.EK@example.org' });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([409, 'duplicate']);
    expect((await add({ name: 'Utan Mejl' })).statusCode).toBe(200);
    expect((await add({ name: 'Utan Mejl' })).statusCode).toBe(200);
  });

  test('is changed in what is named; the rest stays', async () => {
    const { karin } = cast.attendees;
    const answer = await ask('PATCH', `/attendees/${karin.id}`, {
      name: 'Karin Ek Berg',
      organisation: null,
    });
    expect(answer.json()).toEqual({ ...karin, name: 'Karin Ek Berg', organisation: null });
    const same = await ask('PATCH', `/attendees/${karin.id}`, { mail: 'Karin.Ek@example.org' });
    expect(same.json()).toMatchObject({ mail: 'Karin.Ek@example.org' });
    const taken = await ask('PATCH', `/attendees/${karin.id}`, { mail: 'oscar.lind@example.org' });
    expect(taken.statusCode).toBe(409);
  });

  test.each([
    ['no name', {}],
    ['an empty name', { name: ' ' }],
    ['a name with a line break', { name: 'a\nBcc: b' }],
    ['a mail address that is none', { name: 'a', mail: 'a' }],
    ['a number for a name', { name: 7 }],
    ['a role', { name: 'a', role: 'organiser' }],
    ['a link version', { name: 'a', linkVersion: 5 }],
  ])('with %s is refused, and nobody is added', async (_name, body) => {
    const before = everybody();
    expect((await add(body)).statusCode).toBe(400);
    expect(everybody()).toEqual(before);
  });

  test('may be a presenter of the conference, in place of whom either was before', async () => {
    const [first, second] = await server.store.write(operator, (change) =>
      ['Vinnova', 'Region Skåne'].map((affiliation) =>
        presenterNamed(change, cast.conferenceId, { name: 'Göran Andersson', affiliation }),
      ),
    );
    const { goran, oscar } = cast.attendees;
    const link = (id: string, presenterId: string | null) =>
      ask('PATCH', `/attendees/${id}`, { presenterId });
    expect((await link(goran.id, first!)).json()).toMatchObject({ presenterId: first });
    expect((await link(goran.id, second!)).json()).toMatchObject({ presenterId: second });
    expect((await link(oscar.id, second!)).json()).toMatchObject({ presenterId: second });
    const { items } = await list('?search=göran');
    expect(items).toMatchObject([{ id: goran.id, presenterId: null }]);
  });

  test("may not be another conference's presenter", async () => {
    const foreign = await aForeignCast(server.store);
    const presenterId = await server.store.write(operator, (change) =>
      presenterNamed(change, foreign.conferenceId, { name: 'Bo Ek', affiliation: '' }),
    );
    const { karin } = cast.attendees;
    expect((await ask('PATCH', `/attendees/${karin.id}`, { presenterId })).statusCode).toBe(404);
    expect((await add({ name: 'Ny', presenterId })).statusCode).toBe(404);
    expect(everybody()).toHaveLength(3);
  });

  test('counts as a change of what plans are computed from', async () => {
    const before = revision();
    await add({ name: 'Eva Ström' });
    expect(revision()).toBe(before + 1);
    await add({ name: 'Karin', mail: 'karin.ek@example.org' });
    expect(revision()).toBe(before + 1);
  });

  test('is removed with sessions and links, and stops being a presenter', async () => {
    const { goran } = cast.attendees;
    const presenterId = await server.store.write(operator, (change) =>
      presenterNamed(change, cast.conferenceId, { name: 'Göran Andersson', affiliation: 'Vinnova' }),
    );
    await ask('PATCH', `/attendees/${goran.id}`, { presenterId });
    const goransHeaders = asAttendee(server, cast, goran);
    await server.store.write(operator, (change) => removeAttendee(change, cast.conferenceId, goran.id));
    const asked = await server.app.inject({ url: '/api/session', headers: goransHeaders });
    expect(asked.statusCode).toBe(404);
    expect(everybody().map(({ id }) => id)).not.toContain(goran.id);
    expect(server.store.db.select().from(presenters).get()).toMatchObject({ attendeeId: null });
  });

  test('leaves no name or mail in the audit trail', async () => {
    await add({ name: 'Eva Ström', mail: 'eva@example.org', organisation: 'Kanariön' });
    const trail = JSON.stringify(server.store.db.select().from(audit).all());
    for (const secret of ['Eva Ström', 'eva@', 'Kanariön']) expect(trail).not.toContain(secret);
  });
});

describe('the list of attendees', () => {
  test('comes by name and is searched in name, mail and organisation, å and Å alike', async () => {
    expect((await list()).items.map(({ name }) => name)).toEqual([
      'Göran Andersson',
      'Karin Ek',
      'Oscar Lind',
    ]);
    const found = async (search: string) =>
      (await list(`?search=${encodeURIComponent(search)}`)).items.map(({ name }) => name);
    expect(await found('GÖRAN')).toEqual(['Göran Andersson']);
    expect(await found('goran')).toEqual([]);
    expect(await found('oscar.lind@')).toEqual(['Oscar Lind']);
    expect(await found('SKÅNE')).toEqual(['Karin Ek']);
    expect(await found('%')).toEqual([]);
    expect(await found('_')).toEqual([]);
  });

  test('comes a hundred at a time', async () => {
    await server.store.write(operator, (change) => {
      for (let i = 0; i < 120; i++)
        addAttendee(change, cast.conferenceId, { name: `Person ${String(i).padStart(3, '0')}` });
    });
    const [first, second] = [await list(), await list('?offset=100')];
    expect([first.items.length, second.items.length, second.total]).toEqual([100, 23, 123]);
    const searched = await list('?search=person&offset=100');
    expect([searched.items.length, searched.total]).toEqual([20, 120]);
    expect(searched.items[0]!.name).toBe('Person 100');
  });

  test('has nobody of another conference, and nobody else may read it', async () => {
    const foreign = await aForeignCast(server.store);
    expect((await list()).total).toBe(3);
    const url = `${base}/attendees`;
    const askAs = async (other: Record<string, string>) =>
      (await server.app.inject({ url, headers: other })).statusCode;
    expect(await askAs(await asOrganiser(server, foreign))).toBe(404);
    expect(await askAs(asAttendee(server, cast, cast.attendees.karin))).toBe(403);
    expect(await askAs({})).toBe(401);
  });

  test("another conference's attendee is not found by its id", async () => {
    const { karin } = (await aForeignCast(server.store)).attendees;
    expect((await ask('PATCH', `/attendees/${karin.id}`, { name: 'Kapad' })).statusCode).toBe(404);
    expect((await ask('POST', `/attendees/${karin.id}/link`)).statusCode).toBe(404);
  });
});

describe('an import', () => {
  const text = [
    'Namn;E-post;Organisation',
    'Åsa Öberg;asa@example.org;Region Halland',
    'Bo Ström;bo@example.org;region halland',
    'Karin Ek;karin.ek@example.org;Region Skåne',
    'Utan Mejl;;Vinnova',
  ].join('\r\n');
  const preview = (pasted: string) => ask('POST', '/attendee-imports/preview', { text: pasted });
  const bring = (pasted: string) => ask('POST', '/attendee-imports', { text: pasted });

  test('is previewed without being kept', async () => {
    const before = everybody();
    const answer = await preview(`${text}\nTrasig;inte-mejl`);
    expect(answer.json()).toMatchObject({
      toAdd: 3,
      alreadyThere: 1,
      wrong: 1,
      newOrganisations: ['Region Halland'],
    });
    expect(answer.json<{ rows: object[] }>().rows[4]).toEqual({
      row: 6,
      name: 'Trasig',
      mail: 'inte-mejl',
      organisation: null,
      problem: 'mail-invalid',
    });
    expect(everybody()).toEqual(before);
  });

  test('adds those who are not there, organisations once; the same list again adds nobody', async () => {
    const answer = await bring(text);
    expect(answer.json()).toMatchObject({ added: 3, alreadyThere: 1 });
    const [people, counted] = [everybody(), revision()];
    expect((await list('?search=halland')).items.map((a) => [a.name, a.organisation])).toEqual([
      ['Bo Ström', 'Region Halland'],
      ['Åsa Öberg', 'Region Halland'],
    ]);
    expect(listOrganisationsOf(server.store.db, cast.hostId).map(({ name }) => name)).toEqual([
      'Region Halland',
      'Region Skåne',
      'Vinnova',
    ]);
    expect((await bring(text)).json()).toEqual({ importId: null, added: 0, alreadyThere: 4 });
    expect([everybody(), revision()]).toEqual([people, counted]);
  });

  test('with one wrong row adds nobody and names the row', async () => {
    const before = everybody();
    const answer = await bring(`${text}\nÅsa igen;ASA@example.org\n;x@example.org`);
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({
      code: 'import-refused',
      facts: {
        rows: [
          { row: 6, problem: 'mail-twice' },
          { row: 7, problem: 'name-missing' },
        ],
      },
    });
    expect(everybody()).toEqual(before);
  });

  test('is taken back whole, once', async () => {
    const before = everybody();
    const { importId } = (await bring(text)).json<{ importId: string }>();
    const undo = () =>
      server.store.write(operator, (change) => withdrawImport(change, cast.conferenceId, importId));
    expect(await undo()).toBe(3);
    expect(everybody()).toEqual(before);
    await expect(undo()).rejects.toMatchObject({ refusal: { code: 'not-found' } });
  });

  test('sent twice under one key is done once', async () => {
    const send = () =>
      server.app.inject({
        method: 'POST',
        url: `${base}/attendee-imports`,
        headers: { ...headers, 'idempotency-key': 'k1' },
        payload: { text },
      });
    const first = await send();
    expect((await send()).json()).toEqual(first.json());
    expect(everybody()).toHaveLength(6);
  });

  test('of five thousand people is kept in one go', async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => `Person ${i};p${i}@example.org;Region ${i % 20}`);
    expect((await bring(rows.join('\n'))).json()).toMatchObject({ added: 5000, alreadyThere: 0 });
    expect((await list()).total).toBe(5003);
  });

  test('longer than two million characters is too much', async () => {
    expect((await bring('a'.repeat(2_000_001))).statusCode).toBe(400);
    expect((await bring('a'.repeat(5_000_000))).statusCode).toBe(413);
  });
});

describe('personal links', () => {
  test('are exported with names, as they work, and the export is noted', async () => {
    await add({ name: '=HYPERLINK("https://evil.example")', organisation: '@region' });
    const answer = await ask('GET', '/links.csv');
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['content-disposition']).toContain('filename="lankar-utsikt-ar-insikt.csv"');
    const [header, ...rows] = readCsv(answer.body.trimEnd());
    expect(header).toEqual(['Namn', 'E-post', 'Organisation', 'Personlig länk']);
    expect(rows.map(([name, mail, organisation]) => [name, mail, organisation])).toEqual([
      [`'=HYPERLINK("https://evil.example")`, '', `'@region`],
      ['Göran Andersson', '', 'Vinnova'],
      ['Karin Ek', 'karin.ek@example.org', 'Region Skåne'],
      ['Oscar Lind', 'oscar.lind@example.org', ''],
    ]);
    expect(rows[2]![3]).toBe(`http://localhost:3000/me/${tokenOf(server.store, cast, cast.attendees.karin)}`);
    const noted = server.store.db
      .select()
      .from(audit)
      .where(and(eq(audit.action, 'personal-links-exported'), eq(audit.conferenceId, cast.conferenceId)))
      .all();
    expect(noted).toHaveLength(1);
  });

  test('are renewed for one person, with the same link for a retry of the same request', async () => {
    const { karin, oscar } = cast.attendees;
    const oscarsToken = tokenOf(server.store, cast, oscar);
    const renew = () =>
      server.app.inject({
        method: 'POST',
        url: `${base}/attendees/${karin.id}/link`,
        headers: { ...headers, 'idempotency-key': 'k2' },
      });
    const { link } = (await renew()).json<{ link: string }>();
    expect((await renew()).json()).toEqual({ link });
    expect(link).toBe(`http://localhost:3000/me/${tokenOf(server.store, cast, karin)}`);
    expect(tokenOf(server.store, cast, oscar)).toBe(oscarsToken);
  });

  test('are never in the database', async () => {
    const token = tokenOf(server.store, cast, cast.attendees.karin);
    const { link } = (await ask('POST', `/attendees/${cast.attendees.oscar.id}/link`)).json<{
      link: string;
    }>();
    const stored = JSON.stringify([everybody(), server.store.db.select().from(audit).all()]);
    expect(stored).not.toContain(token);
    expect(stored).not.toContain(link.split('/').at(-1));
  });
});
