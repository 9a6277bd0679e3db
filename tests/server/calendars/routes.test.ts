import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { carryOverSequences } from '../../../server/calendars/sequences.ts';
import type { OpenApi } from '../../../server/core/http/openapi.ts';
import type { Change } from '../../../server/core/change.ts';
import { conferences } from '../../../server/conference/tables.ts';
import { calendarToken } from '../../../server/people/links.ts';
import { attendeeRowOf } from '../../../server/people/queries.ts';
import { presenters } from '../../../server/people/tables.ts';
import {
  cancelledSessions,
  plenaries,
  sessions,
  workshopPresenters,
} from '../../../server/programme/tables.ts';
import { removeSession } from '../../../server/programme/session-commands.ts';
import { cancelSession, undoCancellation } from '../../../server/registration/cancellation-commands.ts';
import { releaseSeat, takeSeat } from '../../../server/registration/picks-commands.ts';
import { fromIso } from '../../../shared/core/time.ts';
import { asAttendee } from '../../support/cast.ts';
import { type SmallConference, smallConference } from '../../support/registration/small-conference.ts';
import { testServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let small: SmallConference;

beforeEach(async () => {
  server = await testServer({ config: { url: 'https://verkstad.example' } });
  small = await smallConference(server.store, {
    slug: 'utsikt-ar-insikt',
    sessions: [
      ['W1', 'Pass 1', 5],
      ['W2', 'Pass 1', 5],
      ['W3', 'Pass 2', 5],
      ['W4', 'Pass 3', 5],
    ],
    attendees: ['Anna', 'Bo'],
  });
  await write(({ db, now }) =>
    db
      .insert(plenaries)
      .values({
        id: 'lunch',
        conferenceId: small.id,
        kind: 'meal',
        title: 'Lunch',
        place: 'Matsalen',
        startsAt: fromIso('2026-12-12T11:00:00.000Z'),
        endsAt: fromIso('2026-12-12T12:00:00.000Z'),
        uid: 'lunchuid',
        changedAt: now,
      })
      .run(),
  );
});

function write<T>(command: (change: Change) => T): Promise<T> {
  return server.store.write({ kind: 'system' }, command);
}

const take = (person: string, session: string) =>
  write((change) => takeSeat(change, small.wanted(person, session)));

function tokenOf(person: string): string {
  return calendarToken(server.store, attendeeRowOf(server.store.db, small.id, small.idOf(person)));
}

function get(url: string, headers: Record<string, string> = {}) {
  return server.app.inject({ url, headers });
}

const own = (person: string, headers?: Record<string, string>) =>
  get(`/calendar/${tokenOf(person)}.ics`, headers);

function titles(ics: string): string[] {
  return [...ics.matchAll(/^SUMMARY:(.*)\r$/gmu)].map((match) => match[1]!);
}

describe('a personal calendar', () => {
  it('has exactly the sessions chosen and the items for everybody', async () => {
    for (const session of ['W1 Pass 1', 'W3 Pass 2', 'W4 Pass 3']) await take('Anna', session);
    await take('Bo', 'W2 Pass 1');
    const answer = await own('Anna');
    expect(answer.headers['content-type']).toBe('text/calendar; charset=utf-8');
    expect(titles(answer.body)).toHaveLength(4);
    expect(titles(answer.body).sort()).toEqual(['Lunch', 'W1 Om W1', 'W3 Om W3', 'W4 Om W4']);
  });

  it('has what the person presents, and says so', async () => {
    await write(({ db }) => {
      const conferenceId = small.id;
      db.insert(presenters)
        .values({ id: 'anna', conferenceId, name: 'Anna', attendeeId: small.idOf('Anna') })
        .run();
      db.insert(workshopPresenters)
        .values({ conferenceId, workshopId: small.idOf('W2'), presenterId: 'anna', position: 0 })
        .run();
    });
    await take('Anna', 'W3 Pass 2');
    expect(titles((await own('Anna')).body).sort()).toEqual(['Du medverkar: W2 Om W2', 'Lunch', 'W3 Om W3']);
    expect(titles((await own('Bo')).body)).toEqual(['Lunch']);
  });

  it('loses a session that is released', async () => {
    await take('Anna', 'W1 Pass 1');
    await write((change) => releaseSeat(change, small.wanted('Anna', 'W1 Pass 1')));
    expect(titles((await own('Anna')).body)).toEqual(['Lunch']);
  });

  it('shows a session that is cancelled to those who had a seat in it, and as given when it is after all', async () => {
    await take('Anna', 'W1 Pass 1');
    const sessionId = small.idOf('W1 Pass 1');
    const [uid] = /^UID:.*$/mu.exec((await own('Anna')).body)!;
    const { cancellation } = await write((change) =>
      cancelSession(change, { conferenceId: small.id, sessionId }),
    );
    const cancelled = (await own('Anna')).body;
    expect(titles(cancelled)).toEqual(['INSTÄLLD: W1 Om W1', 'Lunch']);
    expect(cancelled).toContain(`${uid}\r\nSEQUENCE:1\r\n`);
    expect(titles((await own('Bo')).body)).toEqual(['Lunch']);
    await write((change) =>
      undoCancellation(change, { conferenceId: small.id, cancellationId: cancellation }),
    );
    const given = (await own('Anna')).body;
    expect(titles(given)).toEqual(['W1 Om W1', 'Lunch']);
    expect(given).toContain(`${uid}\r\nSEQUENCE:2\r\n`);
  });

  it('shows it still after a restore that numbered it past what had been sent', async () => {
    await take('Anna', 'W1 Pass 1');
    await write((change) =>
      cancelSession(change, { conferenceId: small.id, sessionId: small.idOf('W1 Pass 1') }),
    );
    const cancelled = server.store.db.select().from(cancelledSessions).get()!;
    const replaced = await testServer();
    const { id: conferenceId } = await smallConference(replaced.store, { sessions: [], attendees: [] });
    await replaced.store.write({ kind: 'system' }, ({ db }) =>
      db
        .insert(cancelledSessions)
        .values({ ...cancelled, conferenceId, sequence: 7 })
        .run(),
    );
    server.clock.advance(1000);
    await write(({ db, now }) => carryOverSequences(db, replaced.store.db, now));
    const { body } = await own('Anna');
    expect(titles(body)).toEqual(['INSTÄLLD: W1 Om W1', 'Lunch']);
    expect(body).toContain(`UID:${cancelled.uid}@verkstad\r\nSEQUENCE:8\r\n`);
    expect(titles((await own('Bo')).body)).toEqual(['Lunch']);
  });

  it('is the same to the byte as long as nothing changes, and then need not be sent again', async () => {
    await take('Anna', 'W1 Pass 1');
    server.clock.advance(1000);
    const first = await own('Anna');
    server.clock.advance(86_400_000);
    const again = await own('Anna');
    expect(again.body).toBe(first.body);
    const etag = String(first.headers['etag']);
    expect((await own('Anna', { 'if-none-match': etag })).statusCode).toBe(304);
    const modified = String(first.headers['last-modified']);
    expect((await own('Anna', { 'if-modified-since': modified })).statusCode).toBe(304);
    await take('Anna', 'W2 Pass 1');
    expect((await own('Anna', { 'if-none-match': etag })).statusCode).toBe(200);
    expect((await own('Anna', { 'if-modified-since': modified })).statusCode).toBe(200);
  });

  it('tells no time of change before its second is over: what changes twice in a second would be missed', async () => {
    await take('Anna', 'W1 Pass 1');
    server.clock.advance(999);
    expect((await own('Anna')).headers['last-modified']).toBeUndefined();
    server.clock.advance(1);
    expect((await own('Anna')).headers['last-modified']).toBe('Tue, 01 Dec 2026 09:00:00 GMT');
  });

  it('is sent again after a change that a clock put back calls earlier', async () => {
    server.clock.advance(10_000);
    await take('Anna', 'W1 Pass 1');
    server.clock.advance(1000);
    const modified = String((await own('Anna')).headers['last-modified']);
    server.clock.advance(-9000);
    await take('Anna', 'W3 Pass 2');
    expect((await own('Anna', { 'if-modified-since': modified })).statusCode).toBe(200);
  });

  it('names no one and nothing of the server in what identifies its events', async () => {
    await take('Anna', 'W1 Pass 1');
    const { body } = await own('Anna');
    const { uid } = server.store.db
      .select({ uid: sessions.uid })
      .from(sessions)
      .where(eq(sessions.id, small.idOf('W1 Pass 1')))
      .get()!;
    const uids = [...body.matchAll(/^UID:(.*)\r$/gmu)].map((match) => match[1]);
    expect(new Set(uids)).toEqual(new Set(['lunchuid@verkstad', `${uid}@verkstad`]));
  });

  it('is saved as a copy where that is asked for', async () => {
    const answer = await get(`/calendar/${tokenOf('Anna')}.ics?download=1`);
    expect(answer.headers['content-disposition']).toContain('attachment; filename="utsikt-ar-insikt.ics"');
    expect((await own('Anna')).headers['content-disposition']).toBeUndefined();
  });

  it('is a copy that says nothing of where the calendar is: it may be passed on', async () => {
    const [feed, copy] = [await own('Anna'), await get(`/calendar/${tokenOf('Anna')}.ics?download=1`)];
    const ofSubscriptions = /^(SOURCE|REFRESH-INTERVAL|X-PUBLISHED-TTL)/gmu;
    expect(feed.body.replaceAll('\r\n ', '')).toContain(tokenOf('Anna'));
    expect(feed.body.match(ofSubscriptions)).toHaveLength(3);
    expect(copy.body.replaceAll('\r\n ', '')).not.toContain(tokenOf('Anna'));
    expect(copy.body.match(ofSubscriptions)).toBeNull();
    expect(copy.headers['etag']).not.toBe(feed.headers['etag']);
    expect(titles(copy.body)).toEqual(titles(feed.body));
  });

  it('gets a new address; the old one ends at once', async () => {
    const before = tokenOf('Anna');
    const headers = asAttendee(server, { conferenceId: small.id }, { id: small.idOf('Anna') });
    const answer = await server.app.inject({
      method: 'POST',
      url: '/api/conferences/utsikt-ar-insikt/me/calendar',
      headers,
    });
    const { feed, download } = answer.json<{ feed: string; download: string }>();
    expect(feed).toBe(`https://verkstad.example/calendar/${tokenOf('Anna')}.ics`);
    expect(download).toBe(`${feed}?download=1`);
    expect((await get(`/calendar/${before}.ics`)).statusCode).toBe(404);
    expect((await own('Anna')).statusCode).toBe(200);
  });

  it('is not found at an unknown address; guessing ends, and the right address still works', async () => {
    const guess = (i: number) => get(`/calendar/${'x'.repeat(30)}${i}.ics`);
    expect((await guess(0)).json()).toMatchObject({ code: 'link-unknown', status: 404 });
    for (let i = 1; i < 100; i++) await guess(i);
    expect((await guess(100)).statusCode).toBe(429);
    expect((await own('Anna')).statusCode).toBe(200);
  });

  it('is not found while the programme is not public', async () => {
    await write(({ db }) => db.update(conferences).set({ publishedAt: null }).run());
    expect((await own('Anna')).statusCode).toBe(404);
  });
});

describe('the programme’s calendar', () => {
  it('has everything, and what was cancelled until the conference is over', async () => {
    await write(({ db, now }) => {
      db.delete(sessions)
        .where(eq(sessions.id, small.idOf('W4 Pass 3')))
        .run();
      const hour = {
        startsAt: fromIso('2026-12-12T14:00:00.000Z'),
        endsAt: fromIso('2026-12-12T15:00:00.000Z'),
      };
      db.insert(cancelledSessions)
        .values({
          uid: 'gone',
          conferenceId: small.id,
          workshopId: small.idOf('W4'),
          title: 'W4 Om W4',
          place: 'Sal',
          sequence: 1,
          changedAt: now,
          ...hour,
        })
        .run();
    });
    const feed = () => get('/c/utsikt-ar-insikt/programme.ics');
    expect(titles((await feed()).body).sort()).toEqual([
      'INSTÄLLD: W4 Om W4',
      'Lunch',
      'W1 Om W1',
      'W2 Om W2',
      'W3 Om W3',
    ]);
    expect(titles((await own('Anna')).body)).toEqual(['Lunch']);
    await write(({ db }) => db.update(conferences).set({ stage: 'over' }).run());
    expect((await feed()).body).not.toContain('INSTÄLLD');
  });

  it('is found by slug alone, and not while the programme is not public', async () => {
    expect((await get('/c/en-annan/programme.ics')).statusCode).toBe(404);
    await write(({ db }) => db.update(conferences).set({ publishedAt: null }).run());
    expect((await get('/c/utsikt-ar-insikt/programme.ics')).statusCode).toBe(404);
  });
});

describe('calendars that everybody reads', () => {
  it('may be kept by any cache that asks again; a personal one by none but the reader’s', async () => {
    const cacheOf = async (url: string) => (await get(url)).headers['cache-control'];
    expect(await cacheOf('/c/utsikt-ar-insikt/programme.ics')).toBe('public, no-cache');
    expect(await cacheOf(`/calendar/${tokenOf('Anna')}.ics`)).toBe('private, no-cache');
  });

  it('are drawn again when the programme changes', async () => {
    const urls = [
      '/c/utsikt-ar-insikt/programme.ics',
      `/c/utsikt-ar-insikt/rooms/${small.idOf('W1 Pass 1 room')}.ics`,
    ];
    const read = () => Promise.all(urls.map(async (url) => titles((await get(url)).body)));
    expect((await read()).every((all) => all.includes('W1 Om W1'))).toBe(true);
    await write((change) => removeSession(change, small.id, small.idOf('W1 Pass 1')));
    const after = await read();
    expect(after.every((all) => all.includes('INSTÄLLD: W1 Om W1') && !all.includes('W1 Om W1'))).toBe(true);
  });
});

describe('a room’s calendar', () => {
  it('has what happens there', async () => {
    const answer = await get(`/c/utsikt-ar-insikt/rooms/${small.idOf('W1 Pass 1 room')}.ics`);
    expect(titles(answer.body)).toEqual(['W1 Om W1']);
  });

  it('is one of the conference’s own', async () => {
    const other = await smallConference(server.store, { sessions: [['W1', 'Pass 1', 1]], attendees: [] });
    const foreign = await get(`/c/utsikt-ar-insikt/rooms/${other.idOf('W1 Pass 1 room')}.ics`);
    expect(foreign.statusCode).toBe(404);
  });
});

it('says in its contract what its answer carries, and what is answered to whoever has it', async () => {
  server.clock.advance(1000);
  const { paths } = (await get('/api/openapi.json')).json<OpenApi>();
  for (const [path, url] of [
    ['/calendar/{token}.ics', `/calendar/${tokenOf('Anna')}.ics`],
    ['/c/{slug}/programme.ics', '/c/utsikt-ar-insikt/programme.ics'],
    ['/c/{slug}/rooms/{room}.ics', `/c/utsikt-ar-insikt/rooms/${small.idOf('W1 Pass 1 room')}.ics`],
    ['/api/conferences/{slug}/programme', '/api/conferences/utsikt-ar-insikt/programme'],
    ['/c/{slug}', '/c/utsikt-ar-insikt'],
  ] as const) {
    const { responses, parameters } = paths[path]!['get']!;
    const said = Object.keys(responses['200']!.headers ?? {});
    // oxlint-disable-next-line no-await-in-loop -- each after the other
    const { headers } = await get(url);
    expect(said).toEqual(['ETag', 'Last-Modified'].filter((name) => name.toLowerCase() in headers));
    expect(Object.keys(responses['304']!.headers ?? {})).toEqual(said);
    const asked = parameters.filter((parameter) => parameter.in === 'header').map(({ name }) => name);
    expect(asked).toHaveLength(said.length);
    for (const name of asked) {
      const value = String(headers[name === 'If-None-Match' ? 'etag' : 'last-modified']);
      // oxlint-disable-next-line no-await-in-loop
      const known = await get(url, { [name]: value });
      expect([known.statusCode, known.body]).toEqual([304, '']);
    }
  }
});
