import { beforeEach, describe, expect, test } from 'vitest';
import { signIns } from '../../../server/people/tables.ts';
import { createSignInLink, forgetOldSignIns } from '../../../server/people/sign-in-commands.ts';
import { renewPersonalLink } from '../../../server/people/attendee-commands.ts';
import { withdrawProgramme } from '../../../server/conference/commands.ts';
import {
  aCast,
  asAttendee,
  asOrganiser,
  type Cast,
  cookieOf,
  operator,
  tokenOf,
} from '../../support/cast.ts';
import { testServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let cast: Cast;

beforeEach(async () => {
  server = await testServer();
  cast = await aCast(server.store);
});

const unknown = 'x'.repeat(32);
const minute = 60_000;
const post = (url: string, token: string, headers: Record<string, string> = {}) =>
  server.app.inject({ method: 'POST', url, payload: { token }, headers });
const openLink = (token: string, headers?: Record<string, string>) =>
  post('/api/session/attendee', token, headers);
const spendLink = (token: string) => post('/api/session/organiser', token);
const who = async (headers: Record<string, string>) =>
  (await server.app.inject({ url: '/api/session', headers })).json<{ kind: string }>();
const signInLink = (validFor?: number) =>
  server.store.write(operator, (change) => createSignInLink(change, cast.organiserId, validFor));
const codeOf = (answer: { json: () => unknown }) => (answer.json() as { code: string }).code;

describe('a personal link', () => {
  test('is exchanged for a cookie that says who it is', async () => {
    const answer = await openLink(tokenOf(server.store, cast, cast.attendees.karin));
    expect(answer.json()).toEqual({ conference: 'utsikt-ar-insikt', name: 'Karin Ek', language: 'sv' });
    expect(await who({ cookie: cookieOf(answer) })).toEqual({
      kind: 'attendee',
      name: 'Karin Ek',
      conference: 'utsikt-ar-insikt',
    });
  });

  test('gives a cookie that scripts cannot read, for thirty days, and Secure only over https', async () => {
    const token = tokenOf(server.store, cast, cast.attendees.karin);
    expect(String((await openLink(token)).headers['set-cookie'])).toMatch(
      /^verkstad=[\w-]{32}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/u,
    );
    const { app } = await testServer({
      store: server.store,
      config: { url: 'https://verkstad.example' },
    });
    const secure = await app.inject({ method: 'POST', url: '/api/session/attendee', payload: { token } });
    expect(String(secure.headers['set-cookie'])).toContain('; Secure');
  });

  test('works as often as it is opened, and takes the place of who was signed in before', async () => {
    const first = await openLink(tokenOf(server.store, cast, cast.attendees.karin));
    const cookie = cookieOf(first);
    const second = await openLink(tokenOf(server.store, cast, cast.attendees.oscar), {
      cookie,
      'sec-fetch-site': 'same-origin',
    });
    expect(await who({ cookie: cookieOf(second) })).toMatchObject({ name: 'Oscar Lind' });
    expect(await who({ cookie })).toEqual({ kind: 'anyone' });
  });

  test('that nobody has is not found', async () => {
    const answer = await openLink(unknown);
    expect([answer.statusCode, codeOf(answer)]).toEqual([404, 'link-unknown']);
    expect(answer.cookies).toEqual([]);
  });

  test('does not open a conference that is not published', async () => {
    await server.store.write(operator, (change) => withdrawProgramme(change, cast.conferenceId));
    const answer = await openLink(tokenOf(server.store, cast, cast.attendees.karin));
    expect(answer.statusCode).toBe(404);
  });

  test('ends with its sessions when a new one is made; the new one works', async () => {
    const old = tokenOf(server.store, cast, cast.attendees.karin);
    const cookie = cookieOf(await openLink(old));
    const { karin } = cast.attendees;
    await server.store.write(operator, (change) => renewPersonalLink(change, cast.conferenceId, karin.id));
    expect((await openLink(old)).statusCode).toBe(404);
    expect(await who({ cookie })).toEqual({ kind: 'anyone' });
    expect((await openLink(tokenOf(server.store, cast, karin))).statusCode).toBe(200);
  });
});

describe('a token in the header Authorization', () => {
  test('says who is asking without a cookie', async () => {
    expect(await who(asAttendee(server, cast, cast.attendees.oscar))).toMatchObject({ name: 'Oscar Lind' });
  });

  test('that nobody has is refused, whatever is asked for', async () => {
    const answer = await server.app.inject({
      url: '/api/session',
      headers: { authorization: `Bearer ${unknown}` },
    });
    expect([answer.statusCode, codeOf(answer)]).toEqual([404, 'link-unknown']);
  });

  test('is not what a cookie or another scheme holds', async () => {
    const token = tokenOf(server.store, cast, cast.attendees.oscar);
    expect(await who({ cookie: `verkstad=${token}` })).toEqual({ kind: 'anyone' });
    expect(await who({ authorization: `Basic ${token}` })).toEqual({ kind: 'anyone' });
  });
});

describe('guessing', () => {
  test('is answered 429 after a hundred failures, while a right link from the same address still works', async () => {
    for (let i = 0; i < 99; i++) await openLink(unknown);
    expect((await openLink(unknown)).statusCode).toBe(429);
    expect(codeOf(await spendLink(unknown))).toBe('too-many-attempts');
    expect((await openLink(tokenOf(server.store, cast, cast.attendees.karin))).statusCode).toBe(200);
    server.clock.advance(10 * minute);
    expect((await openLink(unknown)).statusCode).toBe(404);
  });
});

describe("an organiser's sign-in link", () => {
  test('signs in once', async () => {
    const token = await signInLink();
    const answer = await spendLink(token);
    expect(answer.json()).toEqual({ name: 'Ylva Norén', host: 'Reglab' });
    expect(await who({ cookie: cookieOf(answer) })).toEqual({
      kind: 'organiser',
      name: 'Ylva Norén',
      host: 'Reglab',
    });
    const again = await spendLink(token);
    expect([again.statusCode, codeOf(again)]).toEqual([410, 'link-used']);
    expect(again.cookies).toEqual([]);
  });

  test('is not spent by looking at it', async () => {
    const token = await signInLink();
    for (const method of ['GET', 'HEAD'] as const)
      await server.app.inject({ method, url: `/api/session/organiser?token=${token}` });
    expect((await spendLink(token)).statusCode).toBe(200);
  });

  test('lasts ten minutes to the millisecond, or as long as it is given', async () => {
    const [inTime, late, long] = [await signInLink(), await signInLink(), await signInLink(24 * 60 * minute)];
    server.clock.advance(10 * minute - 1);
    expect((await spendLink(inTime)).statusCode).toBe(200);
    server.clock.advance(1);
    const answer = await spendLink(late);
    expect([answer.statusCode, codeOf(answer)]).toEqual([410, 'link-expired']);
    expect((await spendLink(long)).statusCode).toBe(200);
  });

  test('that was never made is not found', async () => {
    expect(codeOf(await spendLink(unknown))).toBe('link-unknown');
  });
});

describe('a session', () => {
  test('lasts thirty days by the clock of the server', async () => {
    const headers = await asOrganiser(server, cast);
    server.clock.advance(30 * 24 * 60 * minute - 1);
    expect(await who(headers)).toMatchObject({ kind: 'organiser' });
    server.clock.advance(1);
    expect(await who(headers)).toEqual({ kind: 'anyone' });
  });

  test('is forgotten when it is over, others kept', async () => {
    await asOrganiser(server, cast);
    server.clock.advance(29 * 24 * 60 * minute);
    const young = await asOrganiser(server, cast);
    server.clock.advance(2 * 24 * 60 * minute);
    await server.store.write({ kind: 'system' }, forgetOldSignIns);
    expect(server.store.db.select().from(signIns).all()).toHaveLength(1);
    expect(await who(young)).toMatchObject({ kind: 'organiser' });
  });

  test('ends on the server when one signs out, so that the cookie is worth nothing', async () => {
    const headers = await asOrganiser(server, cast);
    const answer = await server.app.inject({ method: 'DELETE', url: '/api/session', headers });
    expect(answer.json()).toEqual({ kind: 'anyone' });
    expect(String(answer.headers['set-cookie'])).toContain('verkstad=; ');
    expect(await who(headers)).toEqual({ kind: 'anyone' });
  });

  test('of a browser does not serve changes that another site asks for', async () => {
    const { cookie } = await asOrganiser(server, cast);
    for (const headers of [{ cookie }, { cookie, origin: 'https://evil.example' }]) {
      const answer = await server.app.inject({ method: 'DELETE', url: '/api/session', headers });
      expect([answer.statusCode, codeOf(answer)]).toEqual([403, 'foreign-origin']);
    }
    expect(await who({ cookie })).toMatchObject({ kind: 'organiser' });
  });

  test('is in the database as a hash, never as what the browser holds', async () => {
    const { cookie } = await asOrganiser(server, cast);
    const [row] = server.store.db.select().from(signIns).all();
    expect(row!.hash).toHaveLength(43);
    expect(cookie).not.toContain(row!.hash);
  });
});
