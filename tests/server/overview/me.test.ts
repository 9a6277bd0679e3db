import { beforeEach, describe, expect, it } from 'vitest';
import type { Change } from '../../../server/core/change.ts';
import {
  editAttendee,
  presenterNamed,
  renewCalendarAddress,
} from '../../../server/people/attendee-commands.ts';
import { workshopPresenters } from '../../../server/programme/tables.ts';
import { setAbsences } from '../../../server/registration/absences-commands.ts';
import type { Me } from '../../../shared/registration/contract.ts';
import { asAttendee } from '../../support/cast.ts';
import { type SmallConference, smallConference } from '../../support/registration/small-conference.ts';
import { testServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let small: SmallConference;

beforeEach(async () => {
  server = await testServer();
  small = await smallConference(server.store, {
    slug: 'utsikt-ar-insikt',
    sessions: [
      ['W1', 'Pass 1', 1],
      ['W2', 'Pass 1', 2],
      ['W3', 'Pass 2', 2],
    ],
    attendees: ['Anna', 'Bo'],
  });
});

function as(person: string, conference = small) {
  return asAttendee(server, { conferenceId: conference.id }, { id: conference.idOf(person) });
}

async function ask(
  person: string,
  method: 'GET' | 'PUT' | 'DELETE',
  path: string,
  payload?: Record<string, unknown>,
  headers: Record<string, string> = {},
) {
  const answer = await server.app.inject({
    method,
    url: `/api/conferences/utsikt-ar-insikt/${path}`,
    headers: { ...as(person), ...headers },
    ...(payload && { payload }),
  });
  return { status: answer.statusCode, body: answer.json<Me & { code?: string }>() };
}

const pick = (person: string, session: string, more: Record<string, unknown> = {}) =>
  ask(person, 'PUT', `picks/${small.wanted(person, session).passId}`, {
    sessionId: small.idOf(session),
    ...more,
  });

describe('what is kept in memory of my day', () => {
  it('is read anew when an organiser has changed it', async () => {
    const me = async () => (await ask('Anna', 'GET', 'me')).body;
    const { id: conferenceId } = small;
    const attendeeId = small.idOf('Anna');
    const write = (command: (change: Change) => unknown) => server.store.write({ kind: 'operator' }, command);
    const before = await me();
    await write((change) =>
      editAttendee(change, conferenceId, attendeeId, { name: 'Anna Ek', organisation: 'Vinnova' }),
    );
    expect((await me()).attendee).toMatchObject({ name: 'Anna Ek', organisation: 'Vinnova' });
    await write((change) => renewCalendarAddress(change, conferenceId, attendeeId));
    expect((await me()).calendar.feed).not.toBe(before.calendar.feed);
    await write((change) =>
      setAbsences(change, { conferenceId, attendeeId, passes: [small.idOf('Pass 2')] }),
    );
    expect((await me()).cannot).toEqual([small.idOf('Pass 2')]);
    await write((change) => setAbsences(change, { conferenceId, attendeeId, passes: [] }));
    expect((await me()).cannot).toEqual([]);
    const presenterId = await server.store.write({ kind: 'operator' }, (change) => {
      const made = presenterNamed(change, conferenceId, { name: 'Anna Ek', affiliation: 'Vinnova' });
      change.db
        .insert(workshopPresenters)
        .values({ conferenceId, workshopId: small.idOf('W1'), presenterId: made, position: 0 })
        .run();
      return made;
    });
    expect((await me()).presents).toEqual([]);
    await write((change) => editAttendee(change, conferenceId, attendeeId, { presenterId }));
    expect((await me()).presents).toEqual([{ pass: small.idOf('Pass 1'), workshop: 'W1' }]);
  });
});

describe('my day', () => {
  it('is who I am, what I have, and where my calendar is', async () => {
    const { status, body } = await ask('Anna', 'GET', 'me');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      attendee: { id: small.idOf('Anna'), name: 'Anna', organisation: null, language: 'sv' },
      picks: [],
      waitlist: [],
      wishes: [],
      presents: [],
      cannot: [],
      neverMoveAfter: null,
      swapOffers: [],
      result: null,
    });
    const calendar = await server.app.inject({ url: new URL(body.calendar.feed).pathname });
    expect(calendar.statusCode).toBe(200);
  });

  it('is answered by every choice, as it is then', async () => {
    const taken = await pick('Anna', 'W1 Pass 1');
    const seat = { pass: small.idOf('Pass 1'), session: small.idOf('W1 Pass 1'), source: 'attendee' };
    expect([taken.status, taken.body.picks]).toEqual([200, [seat]]);
    const queued = await pick('Bo', 'W1 Pass 1', { waitlist: true });
    expect(queued.body.waitlist).toEqual([
      { pass: seat.pass, session: seat.session, position: 1, passedOver: null },
    ]);
    const released = await ask('Anna', 'DELETE', `picks/${seat.pass}`);
    expect([released.status, released.body.picks]).toEqual([200, []]);
    const moved = await ask('Bo', 'GET', 'me');
    expect([moved.body.picks, moved.body.waitlist]).toEqual([[{ ...seat, source: 'waitlist' }], []]);
  });

  it('refuses in words, and changes nothing', async () => {
    await pick('Anna', 'W1 Pass 1');
    const refused = await pick('Bo', 'W1 Pass 1');
    expect([refused.status, refused.body.code]).toEqual([409, 'full']);
    const wished = await ask('Bo', 'PUT', 'wishes', { wishes: ['W1'] });
    expect([wished.status, wished.body.code]).toEqual([409, 'window-closed']);
    const left = await ask('Bo', 'DELETE', `waitlist/${small.idOf('W1 Pass 1')}`);
    expect([left.status, left.body.waitlist]).toEqual([200, []]);
  });

  it('takes a seat once, however often the same request comes', async () => {
    const path = `picks/${small.idOf('Pass 1')}`;
    const body = { sessionId: small.idOf('W2 Pass 1'), from: null };
    const key = { 'idempotency-key': 'same' };
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask('Anna', 'PUT', path, body, key)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    const other = await ask('Anna', 'PUT', path, { sessionId: small.idOf('W1 Pass 1') }, key);
    expect([other.status, other.body.code]).toEqual([422, 'idempotency-mismatch']);
  });

  it('names what does not belong in a request', async () => {
    const answer = await pick('Anna', 'W1 Pass 1', { attendeeId: small.idOf('Bo') });
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid-input']);
    expect((await ask('Bo', 'GET', 'me')).body.picks).toEqual([]);
  });

  it('is mine alone: not for another conference’s attendee, nor for no one', async () => {
    const other = await smallConference(server.store, {
      sessions: [['W1', 'Pass 1', 1]],
      attendees: ['Dag'],
    });
    const url = '/api/conferences/utsikt-ar-insikt/me';
    expect((await server.app.inject({ url, headers: as('Dag', other) })).statusCode).toBe(404);
    expect((await server.app.inject({ url })).statusCode).toBe(401);
  });

  it('of the largest number at once gives every seat to one person', async () => {
    const everyone = Array.from({ length: 100 }, (_, i) => `Person ${i}`);
    small = await smallConference(server.store, {
      slug: 'stor',
      sessions: [['W1', 'Pass 1', 7]],
      attendees: everyone,
    });
    const statuses = await Promise.all(
      everyone.map(async (person) => {
        const answer = await server.app.inject({
          method: 'PUT',
          url: `/api/conferences/stor/picks/${small.idOf('Pass 1')}`,
          headers: as(person),
          payload: { sessionId: small.idOf('W1 Pass 1') },
        });
        return answer.statusCode;
      }),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(7);
    expect(statuses.filter((status) => status === 409)).toHaveLength(93);
  });
});
