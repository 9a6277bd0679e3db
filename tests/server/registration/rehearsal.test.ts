import { existsSync, readdirSync } from 'node:fs';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Refused } from '../../../shared/core/refusal.ts';
import type { Me } from '../../../shared/registration/contract.ts';
import { conferenceById } from '../../../server/conference/queries.ts';
import type { NamedCall } from '../../../server/core/named-call.ts';
import type { Store } from '../../../server/core/database.ts';
import { startThread } from '../../../server/core/thread.ts';
import { rehearse } from '../../../server/registration/rehearsal.ts';
import { openStore } from '../../../server/store.ts';
import { type TestClock, testClock } from '../../support/clock.ts';
import { temporaryFolder } from '../../support/database.ts';
import { everything } from '../../support/everything.ts';
import { type SmallConference, smallConference } from '../../support/registration/small-conference.ts';
import { testServer, type TestServer } from '../../support/server.ts';

const system = { kind: 'system' } as const;
/** Few enough for a slow machine, many enough to come in between. */
const enough = 800;
let clock: TestClock;
let store: Store;
let small: SmallConference;
let server: TestServer;
let lines: string[];
let calls: { readonly call: NamedCall; readonly answer: Promise<string> }[];

async function open(dataDir = temporaryFolder()): Promise<void> {
  clock = testClock();
  const start = () => startThread(new URL('../../../server/rush-thread', import.meta.url), { dataDir });
  store = openStore({ dataDir, clock, rush: { start, calls: 1_000_000 } });
  onTestFinished(() => store.close());
  small = await smallConference(store, {
    sessions: [
      ['W1', 'Pass 1', 5],
      ['W2', 'Pass 1', 5],
      ['W3', 'Pass 2', 5],
    ],
    attendees: ['Anna', 'Bo', 'Cia'],
  });
  lines = [];
  server = await testServer({ store, clock, log: { write: (line) => void lines.push(line) } });
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
    expect(lines.filter((line) => line.includes('PUT'))).toEqual([]);
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

  it('goes on where the server cannot reach its own address', async () => {
    vi.spyOn(server.app.server, 'address').mockReturnValue({ address: '127.0.0.1', family: 'IPv4', port: 1 });
    store.expectRush();
    expect(await practise()).toBeGreaterThanOrEqual(enough);
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
