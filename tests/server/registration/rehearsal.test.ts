import { eq } from 'drizzle-orm';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Refused } from '../../../shared/core/refusal.ts';
import type { Me } from '../../../shared/registration/contract.ts';
import { conferenceById } from '../../../server/conference/queries.ts';
import { conferences } from '../../../server/conference/tables.ts';
import type { NamedCall } from '../../../server/core/named-call.ts';
import type { Store } from '../../../server/core/database.ts';
import { startThread } from '../../../server/core/thread.ts';
import { rehearse } from '../../../server/registration/rehearsal.ts';
import { openStore } from '../../../server/store.ts';
import { type TestClock, testClock } from '../../support/clock.ts';
import { temporaryFolder } from '../../support/database.ts';
import { everything } from '../../support/everything.ts';
import { type SmallConference, smallConference } from '../../support/registration/small-conference.ts';
import { listeningServer, type TestServer } from '../../support/server.ts';

const system = { kind: 'system' } as const;
/** Few enough for a slow machine, many enough to come in between. */
const enough = 800;
/** More than choose at a time, so that two choices of one person meet only where they were made at once. */
const people = 120;
let clock: TestClock;
let store: Store;
let small: SmallConference;
let server: TestServer;
let lines: string[];
/** What the server was asked: which address, whether over the network, and the names of the headers in their order. */
let requests: { readonly url: string; readonly overNetwork: boolean; readonly headers: string }[];
let calls: { readonly call: NamedCall; readonly answer: Promise<string> }[];

async function open(dataDir = temporaryFolder()): Promise<void> {
  clock = testClock();
  const start = () => startThread(new URL('../../../server/rush-thread', import.meta.url), { dataDir });
  store = openStore({ dataDir, clock, rush: { start, calls: 1_000_000 } });
  onTestFinished(() => store.close());
  small = await smallConference(store, {
    sessions: [
      ['W1', 'Pass 1', people],
      ['W2', 'Pass 1', people],
      ['W3', 'Pass 2', people],
    ],
    attendees: Array.from({ length: people }, (_, i) => `Person ${i}`),
  });
  lines = [];
  requests = [];
  server = await listeningServer({
    store,
    clock,
    log: { write: (line) => void lines.push(line) },
    routes: (app) =>
      app.addHook('onRequest', (request, _reply, done) => {
        const { url, headers, raw } = request;
        const overNetwork = raw.socket.remoteAddress !== undefined;
        requests.push({ url, overNetwork, headers: Object.keys(headers).join(' ') });
        done();
      }),
  });
  calls = [];
  const perform = store.perform.bind(store);
  vi.spyOn(store, 'perform').mockImplementation((call) => {
    const answer = perform(call);
    calls.push({ call, answer });
    return answer;
  });
}
beforeEach(() => open());

const practise = (at = clock.now() + 60_000) =>
  rehearse(server.app, conferenceById(store.db, small.id), { at, picks: enough });

describe('a rehearsal of an opening', () => {
  it('asks as people will, is answered as they will be, and leaves nothing', async () => {
    store.expectRush();
    const before = everything(store);
    const heard = vi.fn();
    store.follow(heard);
    const practised = await practise();
    expect(practised).toBeGreaterThanOrEqual(enough);
    const answers = await Promise.allSettled(calls.map(({ answer }) => answer));
    const given = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    expect(given.length).toBeGreaterThan(practised / 2);
    expect(new Set(given.map((me) => (JSON.parse(me) as Me).picks.length))).toEqual(new Set([1, 2]));
    const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
    expect(refused.map((reason) => (reason as Refused).refusal.code)).toContain('changed-elsewhere');
    expect(new Set(calls.map(({ call }) => call.rehearsedAt))).toEqual(new Set([clock.now() + 60_000]));
    expect(new Set(calls.map(({ call }) => call.credential?.kind))).toEqual(new Set(['link']));
    expect(everything(store)).toEqual(before);
    expect(heard).not.toHaveBeenCalled();
    expect(lines.filter((line) => line.includes('route'))).toEqual([]);
    expect(existsSync(store.folder.self)).toBe(false);
  });

  it('stands back while somebody writes, and goes on', async () => {
    store.expectRush();
    const rehearsed = practise();
    await vi.waitFor(() => expect(calls.length).toBeGreaterThan(100), 15_000);
    await store.write(system, (change) =>
      change.audit({ action: 'noted', subject: { kind: 'note', id: 'n' } }),
    );
    const then = calls.length;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(calls.length).toBeLessThan(then + 100);
    expect(await rehearsed).toBeGreaterThanOrEqual(enough);
  });

  it('ends where the opening is there and somebody writes', async () => {
    store.expectRush();
    const rehearsed = practise(clock.now());
    await vi.waitFor(() => expect(calls.length).toBeGreaterThan(100), 15_000);
    await store.write(system, (change) =>
      change.audit({ action: 'noted', subject: { kind: 'note', id: 'n' } }),
    );
    const then = calls.length;
    await rehearsed;
    expect(calls.length).toBeLessThan(then + 100);
  });

  it('ends where the opening is set to another time', async () => {
    store.expectRush();
    const rehearsed = practise();
    await vi.waitFor(() => expect(calls.length).toBeGreaterThan(100), 15_000);
    await store.write(system, ({ db }) =>
      db
        .update(conferences)
        .set({ picksOpenAt: clock.now() + 30_000 })
        .where(eq(conferences.id, small.id))
        .run(),
    );
    expect(await rehearsed).toBeLessThan(enough);
  });

  it('is over before the opening', async () => {
    store.expectRush();
    const rehearsed = practise(clock.now() + 60_000);
    await vi.waitFor(() => expect(calls.length).toBeGreaterThan(100), 15_000);
    clock.advance(58_001);
    const then = calls.length;
    await rehearsed;
    expect(calls.length).toBeLessThan(then + 100);
  });

  it('ends when the server is told to', async () => {
    store.expectRush();
    const rehearsed = practise();
    await vi.waitFor(() => expect(calls.length).toBeGreaterThan(100), 15_000);
    server.app.readiness.state = 'stopping';
    await rehearsed;
    await server.app.close();
    expect(readdirSync(store.folder.path)).not.toContain('self.sock');
  });

  it('writes nothing where no second writer came', async () => {
    const before = everything(store);
    const rehearsed = practise();
    await vi.waitFor(() => expect(calls.length).toBeGreaterThan(3), 15_000);
    server.app.readiness.state = 'stopping';
    expect(await rehearsed).toBe(0);
    expect(everything(store)).toEqual(before);
  });

  it('is as varied as a crowd, and leaves no connection', async () => {
    store.expectRush();
    await practise();
    const asked = (url: string) => requests.filter((request) => request.url === url);
    expect(asked('/healthz').length).toBeGreaterThan(3);
    expect(asked('/healthz').every(({ overNetwork }) => overNetwork)).toBe(true);
    expect(asked('/').length).toBeGreaterThan(3);
    expect(asked(`/api/conferences/${small.slug}/me`).length).toBeGreaterThan(3);
    const picks = requests.filter(({ url }) => url.includes('/picks/'));
    expect(new Set(picks.map(({ headers }) => headers)).size).toBeGreaterThan(3);
    expect(picks.some(({ overNetwork }) => overNetwork)).toBe(false);
    await vi.waitFor(async () => {
      const open = await new Promise((resolve) => {
        server.app.server.getConnections((_error, count) => resolve(count));
      });
      expect(open).toBe(0);
    });
  });

  it.each(['refuses', 'is silent'])('goes on where its own address %s', async (how) => {
    const deaf = createServer().listen(0, '127.0.0.1');
    await once(deaf, 'listening');
    onTestFinished(() => void deaf.close());
    const address = deaf.address() as AddressInfo;
    if (how === 'refuses') await new Promise((closed) => deaf.close(closed));
    vi.spyOn(server.app.server, 'address').mockReturnValue(address);
    store.expectRush();
    expect(await practise()).toBeGreaterThanOrEqual(enough);
  });

  it('practises nothing while people go on writing', async () => {
    store.expectRush();
    const rehearsed = practise();
    await vi.waitFor(() => expect(calls.length).toBeGreaterThan(100), 15_000);
    const work = store.work();
    let { commands } = work;
    const writing = vi.spyOn(store, 'work').mockImplementation(() => ({ ...work, commands: ++commands }));
    // What had been sent by then arrives.
    await new Promise((resolve) => setTimeout(resolve, 250));
    const then = calls.length;
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(calls.length).toBe(then);
    writing.mockRestore();
    expect(await rehearsed).toBeGreaterThanOrEqual(enough);
  });

  it('is nothing at a time that is none', async () => {
    store.expectRush();
    expect(await practise(Infinity)).toBe(0);
    expect(calls).toEqual([]);
  });

  it('is nothing where nobody comes, nothing is given, or no socket can be made', async () => {
    const nobody = await smallConference(store, { sessions: [['W1', 'Pass 1', 1]], attendees: [] });
    expect(await rehearse(server.app, conferenceById(store.db, nobody.id), { at: 0, picks: 10 })).toBe(0);
    const nothing = await smallConference(store, { sessions: [], attendees: ['Anna'] });
    expect(await rehearse(server.app, conferenceById(store.db, nothing.id), { at: 0, picks: 10 })).toBe(0);
    Object.assign(store.folder, { self: `/${'x'.repeat(200)}` });
    expect(await practise()).toBe(0);
    expect(calls).toEqual([]);
  });
});
