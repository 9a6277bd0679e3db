import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { audit } from '../../../server/core/tables.ts';
import { loadProgramme } from '../../../server/programme/queries.ts';
import { cancelledSessions, sessions } from '../../../server/programme/tables.ts';
import { withdrawProgramme } from '../../../server/conference/commands.ts';
import {
  aCast,
  aForeignCast,
  aProgramme,
  asAttendee,
  asOrganiser,
  type Cast,
  type CastProgramme,
  operator,
  place,
} from '../../support/cast.ts';
import { testServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let cast: Cast;
let at: CastProgramme;
let headers: Record<string, string>;

beforeEach(async () => {
  server = await testServer();
  cast = await aCast(server.store);
  at = await aProgramme(server.store, cast);
  headers = await asOrganiser(server, cast);
});

type Method = 'POST' | 'PATCH' | 'DELETE';
async function ask(method: Method, path: string, payload?: object) {
  const url = `/api/conferences/utsikt-ar-insikt${path}`;
  const answer = await server.app.inject({ method, url, headers, ...(payload && { payload }) });
  const body = answer.json<{ id: string; code?: string; facts?: object; detail?: string }>();
  return { status: answer.statusCode, body };
}
const put = (workshopId: string, passId: string, roomId: string) =>
  ask('POST', '/sessions', { workshopId, passId, roomId });
const move = (id: string, body: object) => ask('PATCH', `/sessions/${id}`, body);
const programme = () => loadProgramme(server.store.db, cast.conferenceId);
const rowOf = (id: string) => server.store.db.select().from(sessions).where(eq(sessions.id, id)).get();

describe('placing a workshop', () => {
  test('makes a session with the seats of its room', async () => {
    const { status, body } = await put(at.w4, at.pass1, at.siljan);
    expect(status).toBe(200);
    expect(body).toEqual({ id: body.id, workshop: at.w4, pass: at.pass1, room: at.siljan, seats: 20 });
    expect(programme().sessions).toEqual([body]);
  });

  test('says in words why it cannot stand there, and places nothing', async () => {
    await place(server.store, cast, [[at.w2, at.pass1, at.vattern]]);
    const refusals = [
      [at.w1, at.pass1, at.vattern, 'room-taken'],
      [at.w15, at.pass1, at.siljan, 'presenter-busy'],
      [at.w2, at.pass1, at.siljan, 'already-in-pass'],
      [at.w1, at.pass2, at.malaren, 'room-closed'],
      [at.w3, at.pass1, at.siljan, 'lacks-feature'],
      [at.w4, at.pass3, at.siljan, 'not-in-that-pass'],
      [at.w2, at.pass2, at.siljan, 'given-often-enough'],
    ] as const;
    for (const [workshop, pass, room, code] of refusals) {
      const { status, body } = await put(workshop, pass, room);
      expect([status, body.code]).toEqual([409, code]);
    }
    const { body } = await put(at.w15, at.pass1, at.siljan);
    expect(body.detail).toBe('Pass 1 går inte: Göran Andersson håller W2 då.');
    expect(programme().sessions).toHaveLength(1);
  });

  test('twice at once leaves one of them', async () => {
    const answers = await Promise.all([
      put(at.w1, at.pass1, at.vattern),
      put(at.w3, at.pass1, at.vattern),
      put(at.w1, at.pass1, at.hjalmaren),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 409, 409]);
    expect(programme().sessions).toHaveLength(1);
  });

  test('is for organisers of the host alone', async () => {
    const body = { workshopId: at.w1, passId: at.pass1, roomId: at.vattern };
    const asOther = async (other: Record<string, string>) =>
      (
        await server.app.inject({
          method: 'POST',
          url: '/api/conferences/utsikt-ar-insikt/sessions',
          headers: other,
          payload: body,
        })
      ).statusCode;
    expect(await asOther({})).toBe(401);
    expect(await asOther(asAttendee(server, cast, cast.attendees.goran))).toBe(403);
    expect(await asOther(await asOrganiser(server, await aForeignCast(server.store)))).toBe(404);
    expect(programme().sessions).toEqual([]);
  });

  test('leaves an audit line of who placed what where', async () => {
    const { body } = await put(at.w1, at.pass1, at.vattern);
    expect(server.store.db.select().from(audit).all().at(-1)).toMatchObject({
      action: 'workshop-placed',
      actorId: cast.organiserId,
      subjectKind: 'session',
      subjectId: body.id,
      data: { workshop: at.w1, pass: at.pass1, room: at.vattern },
    });
  });
});

describe('moving a session', () => {
  let w1: string;
  let w2: string;
  beforeEach(async () => {
    [w1, w2] = (await place(server.store, cast, [
      [at.w1, at.pass1, at.vattern],
      [at.w2, at.pass2, at.siljan],
    ])) as [string, string];
  });

  test('gives it another room, another pass, or both, as the same event in calendars', async () => {
    const { uid } = rowOf(w1)!;
    server.clock.advance(1000);
    expect((await move(w1, { roomId: at.malaren })).body).toMatchObject({ room: at.malaren, seats: 60 });
    expect((await move(w1, { passId: at.pass3 })).body).toMatchObject({ pass: at.pass3, room: at.malaren });
    await move(w1, { passId: at.pass2, roomId: at.roxen });
    expect(rowOf(w1)).toMatchObject({
      uid,
      passId: at.pass2,
      roomId: at.roxen,
      sequence: 3,
      changedAt: server.clock.now(),
    });
  });

  test('to where it stands changes nothing', async () => {
    const before = rowOf(w1);
    server.clock.advance(1000);
    expect((await move(w1, {})).status).toBe(200);
    expect((await move(w1, { passId: at.pass1, roomId: at.vattern })).status).toBe(200);
    expect(rowOf(w1)).toEqual(before);
  });

  test('to a place that is taken is refused without swap; with it they change places', async () => {
    const taken = await move(w1, { passId: at.pass2, roomId: at.siljan });
    expect([taken.status, taken.body.code]).toEqual([409, 'room-taken']);
    const swapped = await move(w1, { passId: at.pass2, roomId: at.siljan, swap: true });
    expect(swapped.body).toMatchObject({ pass: at.pass2, room: at.siljan, seats: 30 });
    expect(rowOf(w2)).toMatchObject({ passId: at.pass1, roomId: at.vattern, sequence: 1 });
    expect(rowOf(w1)).toMatchObject({ passId: at.pass2, roomId: at.siljan, sequence: 1 });
  });

  test('with swap to an empty place is a move', async () => {
    const { body } = await move(w1, { roomId: at.roxen, swap: true });
    expect(body).toMatchObject({ room: at.roxen });
  });

  test('swaps two of one presenter, which neither could do alone', async () => {
    const [w15] = (await place(server.store, cast, [[at.w15, at.pass1, at.hjalmaren]])) as [string];
    expect((await move(w15, { passId: at.pass2, roomId: at.roxen })).body.code).toBe('presenter-busy');
    expect((await move(w15, { passId: at.pass2, roomId: at.siljan, swap: true })).status).toBe(200);
    expect([rowOf(w15), rowOf(w2)]).toMatchObject([
      { passId: at.pass2, roomId: at.siljan },
      { passId: at.pass1, roomId: at.hjalmaren },
    ]);
  });

  test('swaps two sessions of one workshop', async () => {
    const [first, second] = (await place(server.store, cast, [
      [at.w4, at.pass1, at.roxen],
      [at.w4, at.pass2, at.hjalmaren],
    ])) as [string, string];
    expect((await move(first, { passId: at.pass2, roomId: at.hjalmaren, swap: true })).status).toBe(200);
    expect([rowOf(first), rowOf(second)]).toMatchObject([{ passId: at.pass2 }, { passId: at.pass1 }]);
  });

  test('does not swap when either could not stand where the other stood', async () => {
    const [w3, w4] = (await place(server.store, cast, [
      [at.w3, at.pass3, at.vattern],
      [at.w4, at.pass1, at.roxen],
    ])) as [string, string];
    const before = programme();
    const toSiljan = await move(w3, { passId: at.pass2, roomId: at.siljan, swap: true });
    expect(toSiljan.body.code).toBe('lacks-feature');
    const w4ToPass3 = await move(w3, { passId: at.pass1, roomId: at.roxen, swap: true });
    expect(w4ToPass3.body.code).toBe('lacks-feature');
    const toRoxen = await move(w4, { passId: at.pass3, roomId: at.vattern, swap: true });
    expect(toRoxen.body.code).toBe('not-in-that-pass');
    expect(programme()).toEqual(before);
    expect((await move(w1, { passId: at.pass3, swap: true })).status).toBe(200);
  });

  test('that is not there, or into what is not there, is not found', async () => {
    expect((await move('nowhere', { passId: at.pass2 })).status).toBe(404);
    expect((await move(w1, { passId: 'nowhere' })).status).toBe(404);
    expect((await move(w1, { roomId: at.pass2 })).status).toBe(404);
  });
});

describe('taking a session away', () => {
  test('shows it as cancelled in calendars from then on, when the programme was public', async () => {
    const [id] = (await place(server.store, cast, [[at.w1, at.pass1, at.vattern]])) as [string];
    const { uid } = rowOf(id)!;
    server.clock.advance(1000);
    expect((await ask('DELETE', `/sessions/${id}`)).body).toEqual({ removed: id });
    expect(rowOf(id)).toBeUndefined();
    expect(server.store.db.select().from(cancelledSessions).all()).toEqual([
      {
        uid,
        conferenceId: cast.conferenceId,
        workshopId: at.w1,
        title: 'W1 Workshop W1',
        place: 'Vättern',
        startsAt: Date.parse('2026-12-12T08:30:00Z'),
        endsAt: Date.parse('2026-12-12T09:15:00Z'),
        sequence: 1,
        changedAt: server.clock.now(),
      },
    ]);
    expect((await ask('DELETE', `/sessions/${id}`)).status).toBe(404);
  });

  test('and putting it back is the same event again', async () => {
    const [id] = (await place(server.store, cast, [[at.w1, at.pass1, at.vattern]])) as [string];
    const { uid } = rowOf(id)!;
    await ask('DELETE', `/sessions/${id}`);
    const { body } = await put(at.w1, at.pass1, at.vattern);
    expect(rowOf(body.id)).toMatchObject({ uid, sequence: 2 });
    expect(server.store.db.select().from(cancelledSessions).all()).toEqual([]);
  });

  test('leaves no trace in calendars while nobody can see the programme', async () => {
    await server.store.write(operator, (change) => withdrawProgramme(change, cast.conferenceId));
    const [id] = (await place(server.store, cast, [[at.w1, at.pass1, at.vattern]])) as [string];
    await ask('DELETE', `/sessions/${id}`);
    expect(server.store.db.select().from(cancelledSessions).all()).toEqual([]);
  });
});
