import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Change } from '../../../server/core/change.ts';
import { conferenceForActor } from '../../../server/conference/queries.ts';
import { conferences } from '../../../server/conference/tables.ts';
import { composeBoard } from '../../../server/overview/queries.ts';
import { editRoom } from '../../../server/programme/room-commands.ts';
import { addWorkshop } from '../../../server/programme/workshop-commands.ts';
import { takeSeat } from '../../../server/registration/picks-commands.ts';
import type { Programme } from '../../../shared/overview/contract.ts';
import { aCast, asOrganiser } from '../../support/cast.ts';
import { type SmallConference, smallConference } from '../../support/registration/small-conference.ts';
import { testServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let small: SmallConference;

beforeEach(async () => {
  server = await testServer();
  small = await smallConference(server.store, {
    slug: 'liten',
    sessions: [
      ['W1', 'Pass 1', 2],
      ['W2', 'Pass 2', 3],
    ],
    attendees: ['Anna', 'Bo'],
  });
});

function write<T>(command: (change: Change) => T): Promise<T> {
  return server.store.write({ kind: 'system' }, command);
}

const get = (url: string, headers: Record<string, string> = {}) => server.app.inject({ url, headers });
const programme = (headers?: Record<string, string>) => get('/api/conferences/liten/programme', headers);
const take = (person: string, session: string) =>
  write((change) => takeSeat(change, small.wanted(person, session)));
const hide = () =>
  write(({ db }) =>
    db.update(conferences).set({ publishedAt: null }).where(eq(conferences.id, small.id)).run(),
  );

describe('the public programme', () => {
  it('has passes, rooms, workshops and sessions that refer by id', async () => {
    const answer = await programme();
    expect(answer.statusCode).toBe(200);
    const { passes, workshops, sessions } = answer.json<Programme>();
    expect(passes.map(({ name }) => name)).toEqual(['Pass 1', 'Pass 2']);
    expect(workshops.map(({ code }) => code).sort()).toEqual(['W1', 'W2']);
    expect(sessions).toEqual([
      {
        id: small.idOf('W1 Pass 1'),
        workshop: small.idOf('W1'),
        pass: small.idOf('Pass 1'),
        room: small.idOf('W1 Pass 1 room'),
        seats: 2,
        taken: 0,
      },
      {
        id: small.idOf('W2 Pass 2'),
        workshop: small.idOf('W2'),
        pass: small.idOf('Pass 2'),
        room: small.idOf('W2 Pass 2 room'),
        seats: 3,
        taken: 0,
      },
    ]);
  });

  it('says the seats that are taken now, and need not be sent to who has it', async () => {
    const first = await programme();
    const etag = String(first.headers['etag']);
    expect((await programme({ 'if-none-match': etag })).statusCode).toBe(304);
    await take('Anna', 'W1 Pass 1');
    const then = await programme({ 'if-none-match': etag });
    expect(then.statusCode).toBe(200);
    expect(then.json<Programme>().sessions.map(({ taken }) => taken)).toEqual([1, 0]);
  });

  it('follows a change of the programme', async () => {
    await programme();
    await write((change) => editRoom(change, small.id, small.idOf('W1 Pass 1 room'), { capacity: 9 }));
    await write((change) => addWorkshop(change, small.id, { code: 'W9', title: 'Ny' }));
    const { sessions, workshops } = (await programme()).json<Programme>();
    expect([sessions[0]?.seats, workshops.some(({ code }) => code === 'W9')]).toEqual([9, true]);
  });

  it('keeps what was refused out', async () => {
    await programme();
    await take('Anna', 'W1 Pass 1');
    await take('Bo', 'W1 Pass 1');
    const smaller = write((change) =>
      editRoom(change, small.id, small.idOf('W1 Pass 1 room'), { capacity: 1 }),
    );
    await expect(smaller).rejects.toThrow('capacity-below-taken');
    expect((await programme()).json<Programme>().sessions[0]).toMatchObject({ seats: 2, taken: 2 });
  });

  it('is not found while it is not public, however often it was read before', async () => {
    await programme();
    await hide();
    for (const path of ['', '/programme', '/seats'])
      expect((await get(`/api/conferences/liten${path}`)).statusCode).toBe(404);
    expect((await get('/api/conferences/en-annan/programme')).statusCode).toBe(404);
  });

  it('is listed with its days, as long as it is public', async () => {
    const items = async () => (await get('/api/conferences')).json<{ items: unknown[] }>().items;
    expect(await items()).toEqual([
      {
        slug: 'liten',
        name: 'Utsikt är insikt',
        tagline: '',
        host: { slug: expect.stringMatching(/^vard-/u) as string, name: 'Reglab' },
        timeZone: 'Europe/Stockholm',
        language: 'sv',
        stage: 'picks',
        startsAt: expect.any(String) as string,
        endsAt: expect.any(String) as string,
      },
    ]);
    await hide();
    expect(await items()).toEqual([]);
  });

  it('comes with stage, windows and the server’s clock', async () => {
    const answer = await get('/api/conferences/liten');
    expect(answer.json()).toMatchObject({
      slug: 'liten',
      stage: 'picks',
      windows: { picks: { opensAt: '2026-12-01T08:59:59.000Z', closesAt: null } },
      now: '2026-12-01T09:00:00.000Z',
    });
    expect(answer.json()).not.toHaveProperty('id');
  });
});

describe('the board', () => {
  it('is the organiser’s own, with demand, queues and who has chosen', async () => {
    const cast = await aCast(server.store);
    const headers = await asOrganiser(server, cast);
    const answer = await get(`/api/conferences/${cast.slug}/board`, headers);
    expect(answer.json()).toMatchObject({
      conference: { slug: cast.slug },
      sessions: [],
      counts: { attendees: 3, ballots: 0, complete: 0, picks: 0 },
    });
    expect((await get('/api/conferences/liten/board', headers)).statusCode).toBe(404);
    expect((await get('/api/conferences/liten/board')).statusCode).toBe(401);
  });

  it('counts', async () => {
    await write(({ db }) => db.update(conferences).set({ picksPerAttendee: 2 }).run());
    await take('Anna', 'W1 Pass 1');
    await take('Anna', 'W2 Pass 2');
    await take('Bo', 'W1 Pass 1');
    const organiser = { kind: 'operator' } as const;
    const { db } = server.store;
    const board = composeBoard(db, conferenceForActor({ db, actor: organiser }, 'liten'));
    expect(board.counts).toEqual({ attendees: 2, ballots: 0, complete: 1, picks: 3 });
    expect(board.sessions.map(({ taken, waiting }) => [taken, waiting])).toEqual([
      [2, 0],
      [1, 0],
    ]);
  });
});
