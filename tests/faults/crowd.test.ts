import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addOrganiser, createSignInLink } from '../../server/people/sign-in-commands.ts';
import { personalToken } from '../../server/people/links.ts';
import { audit, outbox } from '../../server/core/tables.ts';
import { openForReading, type Store } from '../../server/core/database.ts';
import { openStore } from '../../server/store.ts';
import type { Problem } from '../../shared/core/refusal.ts';
import type { Me } from '../../shared/registration/contract.ts';
import { type Answer, Connection } from '../support/faults/crowd.ts';
import { inDatabase } from '../support/faults/scene.ts';
import { SmallConference } from '../support/registration/small-conference.ts';
import { buildServer, type RunningServer, startServer } from '../support/running-server.ts';

/** What crowds do at once, asked of a running server by clients that know nothing but its contract. */

const many = Array.from({ length: 500 }, (_, i) => `Person ${i}`);
const day = new Date(Date.now() + 30 * 24 * 3_600_000).toISOString().slice(0, 10);

let folder: string;
let dataDir: string;
let server: RunningServer;
let connection: Connection;
const prepared: { small: SmallConference; tokens: Map<string, string>; organiserLink: string }[] = [];

let small: SmallConference;
let tokens: Map<string, string>;
let organiserLink: string;

/** A conference with that many people, signed up and not yet there. */
async function prepare(store: Store, people: number): Promise<void> {
  const attendees = many.slice(0, people);
  const made = await store.write(
    { kind: 'system' },
    (change) =>
      new SmallConference(change, {
        day,
        sessions: [
          ['W1', 'Pass 1', 1],
          ['W2', 'Pass 1', 1],
          ['W3', 'Pass 1', 1],
          ['W4', 'Pass 1', 600],
          ['W5', 'Pass 1', 600],
          ['W1', 'Pass 2', 600],
        ],
        attendees,
      }),
  );
  const link = await store.write({ kind: 'operator' }, (change) =>
    createSignInLink(change, addOrganiser(change, made.hostId, { name: 'Ylva', mail: 'ylva@example.org' })),
  );
  const token = (name: string) =>
    personalToken(store, { id: made.idOf(name), conferenceId: made.id, linkVersion: 1 });
  prepared.push({
    small: made,
    tokens: new Map(attendees.map((name) => [name, token(name)])),
    organiserLink: link,
  });
}

/** One server for all; each test has a conference of its own, the first with everybody. */
beforeAll(async () => {
  buildServer();
  folder = mkdtempSync(join(tmpdir(), 'verkstad-crowd-'));
  dataDir = join(folder, 'data');
  const store = openStore({ dataDir });
  await prepare(store, 500);
  // oxlint-disable-next-line no-await-in-loop -- one conference after another
  for (let i = 0; i < 8; i++) await prepare(store, 200);
  await store.close();
  server = await startServer({ dataDir, built: true });
  connection = new Connection(() => server.url);
}, 120_000);

beforeEach(() => {
  ({ small, tokens, organiserLink } = prepared.shift()!);
});

afterAll(async () => {
  connection.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const at = (path: string) => `/api/conferences/${small.slug}/${path}`;

function ask(
  name: string,
  method: string,
  path: string,
  body?: unknown,
  key?: string,
): Promise<Answer | null> {
  return connection.ask(method, at(path), {
    token: tokens.get(name)!,
    body,
    ...(key !== undefined && { key }),
  });
}

const take = (name: string, session: string, more: Record<string, unknown> = {}, key?: string) =>
  ask(
    name,
    'PUT',
    `picks/${small.wanted(name, session).passId}`,
    { sessionId: small.idOf(session), ...more },
    key,
  );

const said = (answer: Answer | null): string =>
  answer === null ? 'nothing' : answer.status === 200 ? 'ok' : (answer.body as Problem).code;

function counted(answers: readonly (Answer | null)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const answer of answers) counts[said(answer)] = (counts[said(answer)] ?? 0) + 1;
  return counts;
}

/** Signs the organiser in; what it returns asks as them. */
async function signIn() {
  const call = (method: string, path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(server.url + path, {
      method,
      headers: { 'content-type': 'application/json', origin: server.url, ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const signedIn = await call('POST', '/api/session/organiser', { token: organiserLink });
  const cookie = signedIn.headers.getSetCookie()[0]!.split(';')[0]!;
  return async (method: string, path: string, body?: unknown) => {
    const answer = await call(method, at(path), body, { cookie });
    return { status: answer.status, body: (await answer.json()) as unknown };
  };
}

async function seats(name: string): Promise<string[]> {
  const { picks } = (await ask(name, 'GET', 'me'))!.body as Me;
  return picks.map(({ session }) => small.nameOf(session));
}

async function taken(): Promise<Record<string, number>> {
  const { sessions } = await connection.programme(small.slug);
  return Object.fromEntries(sessions.map((session) => [small.nameOf(session.id), session.taken]));
}

describe('at once', () => {
  it('five hundred clients and one seat: one has it, and everybody else is told that it is full', async () => {
    expect(counted(await Promise.all(many.map((name) => take(name, 'W1 Pass 1'))))).toEqual({
      ok: 1,
      full: 499,
    });
    expect(await taken()).toMatchObject({ 'W1 Pass 1': 1 });
    expect(inDatabase(dataDir)).toEqual([]);
  }, 60_000);

  it('one person picks the same seat fifty times, and has it once', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => take('Person 1', 'W4 Pass 1')));
    expect(counted(answers)).toEqual({ ok: 50 });
    expect(await taken()).toMatchObject({ 'W4 Pass 1': 1 });
  }, 60_000);

  it('the same key fifty times does it once and answers the same, and with another wish is refused', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => take('Person 1', 'W4 Pass 1', {}, 'my-key')),
    );
    expect(new Set(answers.map((answer) => JSON.stringify([answer!.status, answer!.body]))).size).toBe(1);
    expect(said(await take('Person 1', 'W5 Pass 1', {}, 'my-key'))).toBe('idempotency-mismatch');
    expect(await seats('Person 1')).toEqual(['W4 Pass 1']);
    expect(await taken()).toMatchObject({ 'W4 Pass 1': 1 });
  }, 60_000);

  it('two windows of each of two hundred people: one seat each, that of the last who was answered', async () => {
    const people = many.slice(0, 200);
    const answers = await Promise.all(
      people.flatMap((name) => [
        take(name, 'W4 Pass 1', { from: null }),
        take(name, 'W5 Pass 1', { from: null }),
      ]),
    );
    expect(counted(answers)).toEqual({ ok: 200, 'changed-elsewhere': 200 });
    const counts = await taken();
    expect(counts['W4 Pass 1']! + counts['W5 Pass 1']!).toBe(200);
    expect(inDatabase(dataDir)).toEqual([]);
  }, 60_000);

  it('three who swap in a ring keep their seats, since each wants what another still has, and no seat is lost', async () => {
    const ring = ['Person 1', 'Person 2', 'Person 3'];
    const held = ['W1 Pass 1', 'W2 Pass 1', 'W3 Pass 1'];
    await Promise.all(ring.map((name, i) => take(name, held[i]!)));
    expect(counted(await Promise.all(ring.map((name, i) => take(name, held[(i + 1) % 3]!))))).toEqual({
      full: 3,
    });
    expect(await Promise.all(ring.map(seats))).toEqual(held.map((session) => [session]));
    await Promise.all(ring.map((name, i) => take(name, held[(i + 1) % 3]!, { waitlist: true })));
    await take('Person 1', 'W4 Pass 1');
    expect(await Promise.all(ring.map(seats))).toEqual([['W2 Pass 1'], ['W3 Pass 1'], ['W1 Pass 1']]);
    expect(inDatabase(dataDir)).toEqual([]);
  }, 60_000);

  it('a seat freed moves three people in one answer, each with one line in the audit and one letter', async () => {
    const people = ['Person 1', 'Person 2', 'Person 3', 'Person 4'];
    const held = ['W1 Pass 1', 'W2 Pass 1', 'W3 Pass 1', 'W4 Pass 1'];
    for (const [i, name] of people.entries()) expect(said(await take(name, held[i]!))).toBe('ok');
    for (const [i, name] of people.slice(1).entries())
      expect(said(await take(name, held[i]!, { waitlist: true }))).toBe('ok');
    const released = await ask('Person 1', 'DELETE', `picks/${small.idOf('Pass 1')}`);
    expect((released!.body as Me).picks).toEqual([]);
    expect(await Promise.all(people.map(seats))).toEqual([[], ['W1 Pass 1'], ['W2 Pass 1'], ['W3 Pass 1']]);
    const { db, close } = openForReading(dataDir);
    const moved = ['Person 2', 'Person 3', 'Person 4'];
    expect(
      db
        .select()
        .from(audit)
        .all()
        .filter(({ action, conferenceId }) => action === 'moved-up' && conferenceId === small.id)
        .map((line) => small.nameOf(line.subjectId)),
    ).toEqual(moved);
    expect(
      db
        .select()
        .from(outbox)
        .all()
        .filter(({ letter, conferenceId }) => letter === 'moved-up' && conferenceId === small.id)
        .map((letter) => small.nameOf(letter.recipientId)),
    ).toEqual(moved);
    close();
  }, 60_000);

  it('an organiser who makes a room smaller than its people is refused with the list, and may close an empty one', async () => {
    await Promise.all(many.slice(0, 20).map((name) => take(name, 'W4 Pass 1')));
    const organiser = await signIn();
    const resize = (session: string, capacity: unknown) =>
      organiser('PATCH', `rooms/${small.idOf(`${session} room`)}`, { capacity });
    expect(await resize('W4 Pass 1', 19)).toMatchObject({
      status: 409,
      body: {
        code: 'capacity-below-taken',
        facts: { sessions: [{ workshop: 'W4', pass: 'Pass 1', taken: 20, seats: 19 }] },
      },
    });
    for (const capacity of [-1, 1.5, 1e12]) expect((await resize('W4 Pass 1', capacity)).status).toBe(400);
    expect((await resize('W4 Pass 1', 20)).status).toBe(200);
    expect((await resize('W5 Pass 1', 0)).status).toBe(200);
    expect(said(await take('Person 30', 'W5 Pass 1'))).toBe('full');
    expect(said(await take('Person 30', 'W4 Pass 1'))).toBe('full');
    expect(inDatabase(dataDir)).toEqual([]);
  }, 60_000);

  it('people are erased while others choose: the seat goes to the first in line who is left, once', async () => {
    const organiser = await signIn();
    const [holder, ...line] = many.slice(0, 6);
    await take(holder!, 'W1 Pass 1');
    // oxlint-disable-next-line no-await-in-loop -- they stand in line in this order
    for (const name of line) expect(said(await take(name, 'W1 Pass 1', { waitlist: true }))).toBe('ok');
    const [others, ...erased] = await Promise.all([
      Promise.all(many.slice(20, 180).map((name) => take(name, 'W4 Pass 1'))),
      ...[holder!, ...line.slice(0, 2)].map((name) => organiser('DELETE', `attendees/${small.idOf(name)}`)),
    ]);
    expect(erased.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(counted(others)).toEqual({ ok: 160 });
    expect(await Promise.all(line.slice(2).map(seats))).toEqual([['W1 Pass 1'], [], []]);
    expect(await taken()).toMatchObject({ 'W1 Pass 1': 1, 'W4 Pass 1': 160 });
    const { db, close } = openForReading(dataDir);
    const told = db
      .select()
      .from(outbox)
      .all()
      .filter(({ letter, recipientId }) => letter === 'moved-up' && recipientId === small.idOf(line[2]!));
    close();
    expect(told).toHaveLength(1);
    expect(inDatabase(dataDir)).toEqual([]);
  }, 60_000);

  it('when the programme is hidden while people choose, what was answered stands, and from then on nothing is there', async () => {
    const organiser = await signIn();
    const [answers, hidden] = await Promise.all([
      Promise.all(many.slice(0, 150).map((name) => take(name, 'W4 Pass 1'))),
      organiser('DELETE', 'publication'),
    ]);
    expect(hidden.status).toBe(200);
    const { ok = 0, 'not-found': gone = 0 } = counted(answers);
    expect(ok + gone).toBe(150);
    expect(said(await take('Person 160', 'W4 Pass 1'))).toBe('not-found');
    expect((await organiser('PUT', 'publication')).status).toBe(200);
    expect(await taken()).toMatchObject({ 'W4 Pass 1': ok });
    expect(said(await take('Person 160', 'W4 Pass 1'))).toBe('ok');
  }, 60_000);
});
