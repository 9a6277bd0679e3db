import { beforeEach, describe, expect, it } from 'vitest';
import { conferences } from '../../../server/conference/tables.ts';
import { editAttendee } from '../../../server/people/attendee-commands.ts';
import { takeSeat } from '../../../server/registration/picks-commands.ts';
import { addOrganiser } from '../../../server/people/sign-in-commands.ts';
import { aForeignCast, asOrganiser } from '../../support/cast.ts';
import { type SmallConference, smallConference } from '../../support/registration/small-conference.ts';
import { testServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let small: SmallConference;
let organiser: Record<string, string>;

beforeEach(async () => {
  server = await testServer();
  small = await smallConference(server.store, {
    slug: 'liten',
    sessions: [
      ['W1', 'Pass 1', 3],
      ['W2', 'Pass 2', 1],
    ],
    attendees: ['Östen Ek', 'Anna Berg', '=Zara', 'Åke Dal'],
  });
  const organiserId = await server.store.write({ kind: 'operator' }, (change) => {
    editAttendee(change, small.id, small.idOf('Anna Berg'), { organisation: 'Region Skåne' });
    const take = (person: string, session: string) =>
      takeSeat(change, { ...small.wanted(person, session), waitlist: true });
    for (const person of ['Östen Ek', 'Anna Berg', '=Zara', 'Åke Dal']) take(person, 'W1 Pass 1');
    take('Åke Dal', 'W2 Pass 2');
    return addOrganiser(change, small.hostId, { name: 'Ylva Norén', mail: 'ylva@reglab.example' });
  });
  organiser = await asOrganiser(server, { organiserId });
});

const get = (path: string, headers = organiser) =>
  server.app.inject({ url: `/api/conferences/liten/${path}`, headers });

describe('the attendance of a session', () => {
  it('has who comes by name, in Swedish order, and who waits in the order of the queue', async () => {
    const answer = await get(`sessions/${small.idOf('W1 Pass 1')}/attendance`);
    expect(answer.json()).toMatchObject({
      session: small.idOf('W1 Pass 1'),
      workshop: { code: 'W1', title: 'Om W1' },
      pass: { name: 'Pass 1' },
      seats: 3,
      attendees: [
        { name: '=Zara', organisation: null },
        { name: 'Anna Berg', organisation: 'Region Skåne' },
        { name: 'Östen Ek', organisation: null },
      ],
      waiting: [{ name: 'Åke Dal' }],
    });
    expect(answer.body).not.toContain('@');
  });

  it('is for its organisers: not another host’s, not an attendee, not another conference’s session', async () => {
    const foreign = await asOrganiser(server, await aForeignCast(server.store));
    const path = `sessions/${small.idOf('W1 Pass 1')}/attendance`;
    expect((await get(path, foreign)).statusCode).toBe(404);
    expect((await get(path, {})).statusCode).toBe(401);
    const other = await smallConference(server.store, { sessions: [['W1', 'Pass 1', 1]], attendees: [] });
    expect((await get(`sessions/${other.idOf('W1 Pass 1')}/attendance`)).statusCode).toBe(404);
  });
});

describe('the attendance as CSV', () => {
  it('has a line for everybody in every session, and what looks like a formula is text', async () => {
    const answer = await get('attendance.csv');
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['content-disposition']).toContain("filename*=UTF-8''n%C3%A4rvaro-liten.csv");
    const [header, ...lines] = answer.body
      .replace(/^\ufeff/u, '')
      .trim()
      .split('\r\n');
    const room = (session: string) => `Sal ${session}`;
    expect(header).toBe('Pass,Lokal,Beteckning,Titel,Namn,Organisation');
    expect(lines).toEqual([
      `Pass 1,${room('W1 Pass 1')},W1,Om W1,'=Zara,`,
      `Pass 1,${room('W1 Pass 1')},W1,Om W1,Anna Berg,Region Skåne`,
      `Pass 1,${room('W1 Pass 1')},W1,Om W1,Östen Ek,`,
      `Pass 2,${room('W2 Pass 2')},W2,Om W2,Åke Dal,`,
    ]);
  });

  it('of one session has that one, and English where that is read', async () => {
    const answer = await get(`attendance.csv?session=${small.idOf('W2 Pass 2')}`, {
      ...organiser,
      'accept-language': 'en',
    });
    const lines = answer.body.trim().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain('Pass,Room,Code,Title,Name,Organisation');
    expect((await get('attendance.csv?session=0000')).statusCode).toBe(404);
  });

  it('is there for a conference that is not public too', async () => {
    await server.store.write({ kind: 'system' }, ({ db }) =>
      db.update(conferences).set({ publishedAt: null }).run(),
    );
    expect((await get('attendance.csv')).statusCode).toBe(200);
  });
});
