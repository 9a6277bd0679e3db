import { beforeEach, describe, expect, test } from 'vitest';
import { changeStage, withdrawProgramme } from '../../../server/conference/commands.ts';
import { conferenceById, conferenceForReader, conferenceOf } from '../../../server/conference/queries.ts';
import { audit } from '../../../server/core/tables.ts';
import { aCast, aForeignCast, asAttendee, asOrganiser, type Cast, operator } from '../../support/cast.ts';
import { testServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let cast: Cast;
let headers: Awaited<ReturnType<typeof asOrganiser>>;

beforeEach(async () => {
  server = await testServer();
  cast = await aCast(server.store);
  headers = await asOrganiser(server, cast);
});

const settings = '/api/conferences/utsikt-ar-insikt/settings';
const newConference = { slug: 'dag-tva', name: 'Dag två', timeZone: 'Europe/Stockholm', language: 'sv' };

describe('a conference', () => {
  test('is created at the stage draft, unpublished, with the usual rules', async () => {
    const answer = await server.app.inject({
      method: 'POST',
      url: '/api/organiser/conferences',
      headers,
      payload: newConference,
    });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      slug: 'dag-tva',
      host: { slug: 'reglab', name: 'Reglab' },
      stage: 'draft',
      published: false,
      rules: { picksPerAttendee: 3, advisedWishes: 6, presentersSeeNames: false },
      windows: { wishes: { opensAt: null, closesAt: null }, picks: { opensAt: null, closesAt: null } },
      retentionDays: 90,
    });
  });

  test('cannot take an address that is taken, not even by another host', async () => {
    await aForeignCast(server.store);
    for (const slug of ['utsikt-ar-insikt', 'grannarnas-dag']) {
      const answer = await server.app.inject({
        method: 'POST',
        url: '/api/organiser/conferences',
        headers,
        payload: { ...newConference, slug },
      });
      expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([409, 'slug-taken']);
    }
  });

  test("belongs to the organiser's own host, whatever host is named", async () => {
    await aForeignCast(server.store);
    const create = (host: string, slug: string) =>
      server.app.inject({
        method: 'POST',
        url: '/api/organiser/conferences',
        headers,
        payload: { ...newConference, slug, host },
      });
    expect((await create('grannlaget', 'a')).statusCode).toBe(404);
    expect((await create('reglab', 'b')).statusCode).toBe(200);
  });

  test('is listed for its organisers, others not', async () => {
    await aForeignCast(server.store);
    const answer = await server.app.inject({ url: '/api/organiser/conferences', headers });
    expect(answer.json<{ items: { slug: string }[] }>().items.map(({ slug }) => slug)).toEqual([
      'utsikt-ar-insikt',
    ]);
  });
});

describe('the settings', () => {
  const edit = (payload: object) => server.app.inject({ method: 'PATCH', url: settings, headers, payload });

  test('change what is named and leave the rest', async () => {
    const opensAt = '2026-12-02T08:00:00.000Z';
    const answer = await edit({
      tagline: 'En förmiddag',
      rules: { advisedWishes: 5 },
      windows: { picks: { opensAt, closesAt: null } },
    });
    expect(answer.json()).toMatchObject({
      name: 'Utsikt är insikt',
      tagline: 'En förmiddag',
      rules: { picksPerAttendee: 3, advisedWishes: 5 },
      windows: { wishes: { opensAt: null, closesAt: null }, picks: { opensAt, closesAt: null } },
    });
    const read = await server.app.inject({ url: settings, headers });
    expect(read.json()).toEqual(answer.json());
  });

  test('open no picks where the disk is nearly full, and change all the rest', async () => {
    const full = await testServer({ store: server.store, config: { minFreeMb: Number.MAX_SAFE_INTEGER } });
    const at = async (url: string, method: 'PATCH' | 'PUT', payload: object) => {
      const answer = await full.app.inject({ method, url, headers, payload });
      return answer.statusCode === 200 ? 200 : answer.json<{ code: string }>().code;
    };
    const opensAt = '2026-12-02T08:00:00.000Z';
    expect(await at(settings, 'PATCH', { windows: { picks: { opensAt, closesAt: null } } })).toBe(
      'too-little-space',
    );
    expect(await at(settings, 'PATCH', { windows: { picks: { opensAt: null, closesAt: null } } })).toBe(200);
    expect(await at(settings, 'PATCH', { windows: { wishes: { opensAt, closesAt: null } } })).toBe(200);
    const stage = settings.replace('/settings', '/stage');
    expect(await at(stage, 'PUT', { stage: 'picks' })).toBe('too-little-space');
    expect(await at(stage, 'PUT', { stage: 'wishes' })).toBe(200);
  });

  test('refuse a window that closes before it opens, and keep the old one', async () => {
    const answer = await edit({
      name: 'Nytt namn',
      windows: { picks: { opensAt: '2026-12-02T08:00:00.000Z', closesAt: '2026-12-01T08:00:00.000Z' } },
    });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([422, 'window-backwards']);
    expect(conferenceOf(server.store.db, cast.slug)?.name).toBe('Utsikt är insikt');
  });

  test('refuse a field that they do not have', async () => {
    const answer = await edit({ hostId: 'other' });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ fields: [{ path: 'hostId' }] });
  });

  test('count as a change of what plans are computed from when the rules change, not when the name does', async () => {
    const revision = () => conferenceById(server.store.db, cast.conferenceId).revision;
    const before = revision();
    await edit({ name: 'Nytt namn' });
    expect(revision()).toBe(before);
    await edit({ rules: { picksPerAttendee: 2 } });
    expect(revision()).toBe(before + 1);
  });

  test('leave an audit line with ids and no names', async () => {
    await edit({ name: 'Hemligt namn' });
    const lines = server.store.db.select().from(audit).all();
    expect(lines.at(-1)).toMatchObject({
      action: 'conference-edited',
      actorKind: 'organiser',
      actorId: cast.organiserId,
      conferenceId: cast.conferenceId,
      subjectId: cast.conferenceId,
    });
    expect(JSON.stringify(lines)).not.toContain('Hemligt');
  });
});

describe('the stage', () => {
  test('goes where the organiser takes it', async () => {
    const answer = await server.app.inject({
      method: 'PUT',
      url: '/api/conferences/utsikt-ar-insikt/stage',
      headers,
      payload: { stage: 'picks' },
    });
    expect(answer.json()).toMatchObject({ stage: 'picks' });
  });

  test('stays when a higher area refuses', async () => {
    const refusing = server.store.write(operator, (change) =>
      changeStage(
        {
          ...change,
          announce: () => {
            throw new Error('no');
          },
        },
        cast.conferenceId,
        'over',
      ),
    );
    await expect(refusing).rejects.toThrow('no');
    expect(conferenceById(server.store.db, cast.conferenceId).stage).toBe('draft');
  });
});

describe('publishing', () => {
  const publication = '/api/conferences/utsikt-ar-insikt/publication';

  test('keeps its first time when it is done again', async () => {
    const { publishedAt } = conferenceById(server.store.db, cast.conferenceId);
    server.clock.advance(1000);
    await server.app.inject({ method: 'PUT', url: publication, headers });
    expect(conferenceById(server.store.db, cast.conferenceId).publishedAt).toBe(publishedAt);
  });

  test('is taken back by withdrawing', async () => {
    const answer = await server.app.inject({ method: 'DELETE', url: publication, headers });
    expect(answer.json()).toMatchObject({ published: false });
  });
});

describe('who sees a conference', () => {
  const readersOf = () =>
    [
      { kind: 'anyone' as const },
      { kind: 'attendee' as const, conferenceId: cast.conferenceId, attendeeId: cast.attendees.karin.id },
      cast.organiser,
      operator,
    ].map((actor) => {
      try {
        conferenceForReader({ db: server.store.db, actor }, cast.slug);
        return actor.kind;
      } catch {
        return null;
      }
    });

  test('everyone, when it is published; else its organisers and the operator', async () => {
    expect(readersOf()).toEqual(['anyone', 'attendee', 'organiser', 'operator']);
    await server.store.write(operator, (change) => withdrawProgramme(change, cast.conferenceId));
    expect(readersOf()).toEqual([null, null, 'organiser', 'operator']);
  });

  test('an organiser of another host is told that nothing is there', async () => {
    const foreign = await asOrganiser(server, await aForeignCast(server.store));
    const own = await server.app.inject({
      url: '/api/conferences/grannarnas-dag/settings',
      headers: foreign,
    });
    expect(own.statusCode).toBe(200);
    const calls = [
      { method: 'GET', url: settings },
      { method: 'PATCH', url: settings, payload: { name: 'Kapad' } },
      { method: 'PUT', url: '/api/conferences/utsikt-ar-insikt/stage', payload: { stage: 'over' } },
      { method: 'PUT', url: '/api/conferences/utsikt-ar-insikt/publication' },
      { method: 'DELETE', url: '/api/conferences/utsikt-ar-insikt/publication' },
      { method: 'GET', url: '/api/conferences/utsikt-ar-insikt/organisations' },
    ] as const;
    const before = conferenceById(server.store.db, cast.conferenceId);
    for (const call of calls) {
      const answer = await server.app.inject({ ...call, headers: foreign });
      expect([call.url, answer.statusCode]).toEqual([call.url, 404]);
    }
    expect(conferenceById(server.store.db, cast.conferenceId)).toEqual(before);
  });

  test('an attendee may not read its settings, and nobody without being signed in', async () => {
    const attendee = asAttendee(server, cast, cast.attendees.karin);
    expect((await server.app.inject({ url: settings, headers: attendee })).statusCode).toBe(403);
    expect((await server.app.inject({ url: settings })).statusCode).toBe(401);
  });
});

test("the host's organisations come in Swedish order, each once", async () => {
  const answer = await server.app.inject({
    url: '/api/conferences/utsikt-ar-insikt/organisations',
    headers,
  });
  expect(answer.json()).toEqual({ items: ['Region Skåne', 'Vinnova'] });
});
