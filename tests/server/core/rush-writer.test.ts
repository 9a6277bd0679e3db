import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { eq } from 'drizzle-orm';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { editSettings } from '../../../server/conference/commands.ts';
import { everything } from '../../support/everything.ts';
import { openForReading, type Store } from '../../../server/core/database.ts';
import type { NamedCall } from '../../../server/core/named-call.ts';
import { audit } from '../../../server/core/tables.ts';
import { startThread } from '../../../server/core/thread.ts';
import { hashToken } from '../../../server/core/tokens.ts';
import { once } from '../../../server/core/http/idempotency.ts';
import { setAbsences } from '../../../server/registration/absences-commands.ts';
import { whatIsBroken } from '../../../server/overview/verify.ts';
import { attendees } from '../../../server/people/tables.ts';
import { seatCounts } from '../../../server/registration/queries.ts';
import { openStore } from '../../../server/store.ts';
import { Refused } from '../../../shared/core/refusal.ts';
import { type Me, releaseSeat, takeSeat } from '../../../shared/registration/contract.ts';
import { temporaryFolder } from '../../support/database.ts';
import { smallConference } from '../../support/registration/small-conference.ts';

interface Options {
  readonly people?: number;
  readonly seats?: number;
  readonly calls?: number;
  readonly quietMilliseconds?: number;
  readonly maxQueue?: number;
  readonly onBroken?: (error: unknown) => void;
  readonly onHookError?: (error: unknown) => void;
  readonly thread?: (data: object) => Worker;
}

const system = { kind: 'system' } as const;

/** A store whose second writer starts at the first named call, and a conference in which to choose. */
async function rushing(options: Options = {}) {
  const {
    people = 20,
    seats = 20,
    thread = (data: object) => startThread(new URL('../../../server/rush-thread', import.meta.url), data),
  } = options;
  const dataDir = temporaryFolder();
  const threads: Worker[] = [];
  const told: { readonly mock: { readonly calls: readonly unknown[][] } }[] = [];
  const store = openStore({
    dataDir,
    onBroken: options.onBroken ?? vi.fn(),
    onHookError: options.onHookError,
    maxQueue: options.maxQueue,
    rush: {
      calls: options.calls ?? 1,
      quietMilliseconds: options.quietMilliseconds,
      start() {
        const started = thread({ dataDir });
        told.push(vi.spyOn(started, 'postMessage'));
        threads.push(started);
        return started;
      },
    },
  });
  onTestFinished(() => store.close());
  const names = Array.from({ length: people }, (_, i) => `Person ${i}`);
  const small = await smallConference(store, {
    sessions: [
      ['W1', 'Pass 1', seats],
      ['W2', 'Pass 1', seats],
    ],
    attendees: names,
    day: '2099-12-12',
  });
  const call = (name: string, session = 'W1', more: Partial<NamedCall> = {}): NamedCall => ({
    name: takeSeat.name,
    actor: { kind: 'attendee', conferenceId: small.id, attendeeId: small.idOf(name) },
    credential: null,
    params: { slug: small.slug, passId: small.idOf('Pass 1') },
    body: { sessionId: small.idOf(`${session} Pass 1`) },
    url: 'https://verkstad.example',
    rehearsedAt: null,
    ...more,
  });
  const perform = async (...asked: Parameters<typeof call>) =>
    JSON.parse(await store.perform(call(...asked))) as Me;
  const taken = () => {
    const counts = seatCounts(store.db, small.id);
    return Object.fromEntries(counts.map(({ session, taken: seated }) => [small.nameOf(session), seated]));
  };
  const callsInThread = () =>
    told
      .flatMap(({ mock }) => mock.calls)
      .filter(([message]) => (message as { kind: string }).kind === 'calls').length;
  /** Asks until the second writer has been asked. */
  async function untilInThread(): Promise<void> {
    const before = callsInThread();
    while (callsInThread() === before) {
      // oxlint-disable-next-line no-await-in-loop -- one after another until it is there
      await perform('Person 0');
      // oxlint-disable-next-line no-await-in-loop
      await after(5);
    }
  }
  return { store, small, names, call, perform, taken, threads, dataDir, callsInThread, untilInThread };
}

const note = (store: Store, id: string) =>
  store.write(system, (change) => change.audit({ action: 'noted', subject: { kind: 'note', id } }));

/** What became of it: the answer, or the code of the refusal. */
const codeOf = (answer: Promise<unknown>) =>
  answer.then(
    () => 'ok',
    (error: unknown) => (error instanceof Refused ? error.refusal.code : String(error)),
  );

describe('in a rush, the second writer', () => {
  it('gives seats as the first did, and what is in memory hears of them after the commit', async () => {
    const { store, small, perform, taken, untilInThread, callsInThread } = await rushing();
    await untilInThread();
    const heard: unknown[] = [];
    store.follow((news) => heard.push([news, taken()['W2 Pass 1']]));
    const me = await perform('Person 1', 'W2');
    expect(callsInThread()).toBe(2);
    expect(me.picks).toEqual([
      { pass: small.idOf('Pass 1'), session: small.idOf('W2 Pass 1'), source: 'attendee' },
    ]);
    expect(me.attendee.name).toBe('Person 1');
    const seats = [{ session: small.idOf('W2 Pass 1'), taken: 1 }];
    expect(heard).toEqual([[{ kind: 'seats-changed', conferenceId: small.id, seats }, 1]]);
  });

  it('is handed calls a few turns later while somebody connects in each', async () => {
    const { store, perform, taken, untilInThread, callsInThread } = await rushing();
    await untilInThread();
    const before = callsInThread();
    const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now());
    const answer = perform('Person 1', 'W2');
    for (let turn = 0; turn < 5; turn++) {
      store.door.welcome();
      // oxlint-disable-next-line no-await-in-loop -- the next connects a turn later
      await new Promise(setImmediate);
    }
    expect(callsInThread()).toBe(before);
    clock.mockRestore();
    await answer;
    expect([callsInThread(), taken()['W2 Pass 1']]).toEqual([before + 1, 1]);
  });

  it('says no in the same words, and a refused command leaves nothing', async () => {
    const { small, perform, taken, untilInThread } = await rushing({ seats: 1 });
    await untilInThread();
    const refusal = await perform('Person 1').then(
      () => null,
      (error: unknown) => (error as Refused).refusal,
    );
    expect(refusal).toMatchObject({ code: 'full', status: 409 });
    expect(refusal!.detail.sv).toContain('W1');
    expect(taken()).toEqual({ 'W1 Pass 1': 1, 'W2 Pass 1': 0 });
    await expect(
      perform('Person 1', 'W1', { params: { slug: 'annan', passId: small.idOf('Pass 1') } }),
    ).rejects.toMatchObject({
      refusal: { code: 'not-found' },
    });
    await expect(perform('Person 1', 'W1', { name: 'nothing' })).rejects.toThrow(
      'no command is named nothing',
    );
  });

  it('asks again who may act, inside the transaction', async () => {
    const { perform, taken, untilInThread } = await rushing();
    await untilInThread();
    const credential = { kind: 'link', hash: hashToken('replaced since') } as const;
    expect(await codeOf(perform('Person 1', 'W2', { credential }))).toBe('link-unknown');
    expect(taken()['W2 Pass 1']).toBe(0);
  });

  it('keeps nothing of what stood before the first wrote: a link replaced, the window closed', async () => {
    const { store, small, perform, untilInThread } = await rushing();
    await untilInThread();
    const setLink = (linkHash: string) =>
      store.write(system, ({ db }) =>
        db
          .update(attendees)
          .set({ linkHash })
          .where(eq(attendees.id, small.idOf('Person 1')))
          .run(),
      );
    await setLink(hashToken('first'));
    const credential = { kind: 'link', hash: hashToken('first') } as const;
    const pick = (session: string) => codeOf(perform('Person 1', session, { credential }));
    expect(await pick('W2')).toBe('ok');
    expect(await pick('W1')).toBe('ok');
    await setLink(hashToken('second'));
    expect(await pick('W2')).toBe('link-unknown');
    await setLink(hashToken('first'));
    expect(await pick('W2')).toBe('ok');
    const closed = { opensAt: null, closesAt: '2020-01-01T00:00:00Z' };
    await store.write(system, (change) => editSettings(change, small.id, { windows: { picks: closed } }));
    expect(await pick('W1')).toBe('window-closed');
  });

  it('knows at once that the first has noted an absence', async () => {
    const { store, small, perform, untilInThread } = await rushing();
    await untilInThread();
    expect(await codeOf(perform('Person 1', 'W2'))).toBe('ok');
    await perform('Person 2', 'W2');
    await store.write(system, (change) =>
      setAbsences(change, {
        conferenceId: small.id,
        attendeeId: small.idOf('Person 3'),
        passes: [small.idOf('Pass 1')],
      }),
    );
    expect(await codeOf(perform('Person 3', 'W2'))).toBe('cannot-then');
    await store.write(system, (change) =>
      setAbsences(change, { conferenceId: small.id, attendeeId: small.idOf('Person 3'), passes: [] }),
    );
    expect(await codeOf(perform('Person 3', 'W2'))).toBe('ok');
  });

  it('and the first each know what the other answered in the turn before', async () => {
    const { store, small, perform, untilInThread } = await rushing();
    await untilInThread();
    await perform('Person 1', 'W2', { key: 'looked' });
    const route = takeSeat.name;
    const attempt = (key: string, body: number) => ({
      actorKey: `attendee:${small.idOf('Person 1')}`,
      route,
      key,
      bodyHash: Buffer.of(body),
      isNamed: true,
    });
    const inFirst = (key: string, body: number) =>
      codeOf(
        store.write(
          system,
          once(attempt(key, body), () => 'done'),
        ),
      );
    expect(await inFirst('of the first', 1)).toBe('ok');
    expect(await inFirst('shared', 1)).toBe('ok');
    expect(await codeOf(perform('Person 1', 'W1', { key: 'shared' }))).toBe('idempotency-mismatch');
    expect(await codeOf(perform('Person 1', 'W1', { key: 'theirs' }))).toBe('ok');
    expect(await inFirst('theirs', 1)).toBe('idempotency-mismatch');
  });

  it('keeps what stands as long as the first does not write', async () => {
    const { store, small, call, dataDir, untilInThread, perform } = await rushing();
    await untilInThread();
    await perform('Person 1', 'W2');
    // Behind the server's back, which nobody does: only so can be seen what is not read again.
    const behind = new Database(join(dataDir, 'verkstad.sqlite'));
    behind.prepare(`UPDATE conferences SET stage = 'over' WHERE id = ?`).run(small.id);
    behind.close();
    expect(await codeOf(store.perform(call('Person 2', 'W2')))).toBe('ok');
    await note(store, 'the first has written');
    expect(await codeOf(store.perform(call('Person 3', 'W2')))).toBe('window-closed');
  });

  it('does once what is asked again under the same key, whichever writer did it', async () => {
    const { store, small, call, perform, untilInThread, callsInThread } = await rushing();
    const asked = call('Person 1', 'W2', { key: 'k1' });
    const first = await store.perform(asked);
    expect(callsInThread()).toBe(0);
    await untilInThread();
    expect(await store.perform(asked)).toBe(first);
    expect(
      await Promise.all(
        Array.from({ length: 50 }, () => store.perform(call('Person 2', 'W2', { key: 'k2' }))),
      ),
    ).toEqual(Array.from({ length: 50 }, () => expect.stringContaining('Person 2') as string));
    expect(await codeOf(perform('Person 1', 'W1', { key: 'k1' }))).toBe('idempotency-mismatch');
    const lines = store.db.select().from(audit).all();
    expect(
      lines.filter(
        ({ subjectId, action }) => subjectId === small.idOf('Person 2') && action === 'seat-taken',
      ),
    ).toHaveLength(1);
  });

  it('rehearses what nobody hears of and nothing is left of, and does it for real when it is asked for real', async () => {
    const { store, small, call, perform, taken, untilInThread, names } = await rushing({ seats: 3 });
    const rehearsed = (name: string, more: Partial<NamedCall> = {}) =>
      store.perform(
        call(name, 'W2', { rehearsedAt: Date.now(), key: `key-of-${small.idOf(name)}`, ...more }),
      );
    expect(await codeOf(rehearsed('Person 1'))).toBe('busy');
    await untilInThread();
    expect(await codeOf(rehearsed('Person 1'))).toBe('busy');
    // Rehearsals come when nobody has called for a while.
    await new Promise((resolve) => setTimeout(resolve, 350));
    const news = vi.fn();
    store.follow(news);
    const before = [everything(store), store.work()];
    const answers = await Promise.all(names.map((name) => codeOf(rehearsed(name))));
    // Groups are undone one by one, so there may be more seats than three, but not for all of one group.
    expect(answers.filter((code) => code === 'ok').length).toBeGreaterThanOrEqual(3);
    expect([everything(store), store.work()]).toEqual(before);
    expect(news).not.toHaveBeenCalled();

    const day = 24 * 3_600_000;
    expect(await codeOf(rehearsed('Person 1', { rehearsedAt: Date.now() - day }))).toBe('window-closed');
    const others = names.slice(1);
    const between = (key: string) =>
      others.map((name) => codeOf(rehearsed(name, { key: `${key}-${small.idOf(name)}` })));
    const ahead = between('before');
    const real = others.map((name) => codeOf(perform(name, 'W2', { key: `key-of-${small.idOf(name)}` })));
    const behind = between('after');
    expect((await Promise.all(real)).filter((code) => code === 'ok')).toHaveLength(3);
    expect((await Promise.all(ahead)).filter((code) => code === 'ok').length).toBeGreaterThanOrEqual(3);
    expect(new Set(await Promise.all(behind))).toEqual(new Set(['busy']));
    expect(taken()['W2 Pass 1']).toBe(3);
    expect(whatIsBroken(store.db)).toEqual([]);
  });

  it('takes turns with the first: nobody is told to come back, and nothing of either is lost', async () => {
    const { store, names, perform, taken, untilInThread } = await rushing({ people: 60, seats: 40 });
    await untilInThread();
    const release = { name: releaseSeat.name, body: undefined };
    const codes = await Promise.all(
      names
        .slice(1)
        .flatMap((name, i) => [
          codeOf(perform(name, 'W1')),
          codeOf(note(store, `note ${i}`)),
          codeOf(perform(name, 'W2')),
          codeOf(perform(name, 'W2', i % 2 === 0 ? release : {})),
        ]),
    );
    expect(new Set(codes)).toEqual(new Set(['ok']));
    const noted = store.db
      .select()
      .from(audit)
      .all()
      .filter(({ action }) => action === 'noted');
    expect(noted).toHaveLength(59);
    expect(taken()['W1 Pass 1']! + taken()['W2 Pass 1']!).toBeGreaterThan(0);
    expect(whatIsBroken(store.db)).toEqual([]);
  });

  it('has as many waiting as may wait, and tells the others at once to come back', async () => {
    const { perform, names, untilInThread } = await rushing({ maxQueue: 5 });
    await untilInThread();
    const codes = await Promise.all(names.map((name) => codeOf(perform(name, 'W2'))));
    expect(codes).toEqual(names.map((_, i) => (i < 5 ? 'ok' : 'busy')));
    expect(await codeOf(perform(names[5]!, 'W2'))).toBe('ok');
  });

  it('lets the log be emptied between two groups', async () => {
    const { store, names, perform, dataDir, untilInThread } = await rushing();
    await untilInThread();
    const picks = names.map((name) => perform(name, 'W2'));
    await Promise.all([...picks, store.emptyLog()]);
    await store.emptyLog();
    expect(statSync(join(dataDir, 'verkstad.sqlite-wal')).size).toBe(0);
  });

  it('lets the log be emptied once another process has read what it reads', async () => {
    const { store, perform, dataDir, untilInThread } = await rushing();
    await untilInThread();
    const reading = openForReading(dataDir);
    reading.sqlite.exec('BEGIN');
    expect(seatCounts(reading.db, '')).toEqual([]);
    await perform('Person 1', 'W2');
    await store.emptyLog();
    const logSize = () => statSync(join(dataDir, 'verkstad.sqlite-wal')).size;
    expect(logSize()).toBeGreaterThan(0);
    reading.close();
    await vi.waitFor(() => expect(logSize()).toBe(0), 5000);
    expect(await codeOf(perform('Person 2', 'W2'))).toBe('ok');
  });

  it('finishes what waits when the store is closed, and keeps all that it answered', async () => {
    const { store, small, names, perform, dataDir, untilInThread } = await rushing();
    await untilInThread();
    const picks = names.map((name) => codeOf(perform(name, 'W2')));
    await after(0);
    await store.close();
    const codes = await Promise.all(picks);
    const again = openStore({ dataDir });
    onTestFinished(() => again.close());
    const { taken } = seatCounts(again.db, small.id).find(
      ({ session }) => session === small.idOf('W2 Pass 1'),
    )!;
    expect(taken).toBe(codes.filter((code) => code === 'ok').length);
    expect(taken).toBeGreaterThan(0);
    expect(whatIsBroken(again.db)).toEqual([]);
  });

  it('ends when all is quiet, and comes back with the next rush', async () => {
    const { store, perform, taken, threads, untilInThread } = await rushing({ quietMilliseconds: 40 });
    await untilInThread();
    await vi.waitFor(() => expect(threads[0]!.threadId).toBe(-1), 5000);
    const { commands } = store.work();
    await perform('Person 1', 'W2');
    await untilInThread();
    await perform('Person 2', 'W2');
    expect(threads.length).toBeGreaterThan(1);
    expect(store.work().commands).toBeGreaterThan(commands + 1);
    expect(taken()['W2 Pass 1']).toBe(2);
  });

  it('starts ahead of a crowd that is expected, and ends if nobody comes', async () => {
    const { store, perform, threads, callsInThread } = await rushing({
      calls: 1_000_000,
      quietMilliseconds: 1000,
    });
    expect([store.expectRush(), store.expectRush()]).toEqual([true, false]);
    expect(threads).toHaveLength(1);
    await vi.waitFor(async () => {
      await perform('Person 1', 'W2');
      expect(callsInThread()).toBe(1);
    }, 5000);
    await vi.waitFor(() => expect(threads[0]!.threadId).toBe(-1), 5000);
    await perform('Person 2', 'W2');
    expect([callsInThread(), threads.length]).toEqual([1, 1]);
  });

  it('that ends by itself ends the server: nobody knows what it wrote last', async () => {
    const onBroken = vi.fn();
    const { perform, threads, untilInThread } = await rushing({ onBroken });
    await untilInThread();
    const unanswered = codeOf(perform('Person 1', 'W2'));
    await threads[0]!.terminate();
    expect(await unanswered).toMatch(/^ok$|^storage-full$/u);
    expect(onBroken).toHaveBeenCalledOnce();
    expect(String(onBroken.mock.calls[0])).toContain('ended by itself');
  });

  it('that cannot start is done without', async () => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => {});
    const { perform, taken, threads } = await rushing({
      thread: () => new Worker('throw new Error("no memory")', { eval: true }),
    });
    await perform('Person 1', 'W2');
    await vi.waitFor(() => expect(report).toHaveBeenCalledOnce());
    await perform('Person 2', 'W2');
    expect(taken()['W2 Pass 1']).toBe(2);
    expect(threads).toHaveLength(1);
    report.mockRestore();
  });

  it('that cannot even be made is done without, and does not keep the store from closing', async () => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => {});
    const thread = vi.fn((): Worker => {
      throw new Error('no more threads');
    });
    const { store, perform, taken } = await rushing({ thread });
    await perform('Person 1', 'W2');
    await perform('Person 2', 'W2');
    expect(taken()['W2 Pass 1']).toBe(2);
    expect(store.expectRush()).toBe(false);
    expect(thread).toHaveBeenCalledOnce();
    expect(report).toHaveBeenCalledOnce();
    report.mockRestore();
    await store.close();
  });

  it('answers though something in memory cannot follow, and the rest of it does', async () => {
    const onHookError = vi.fn();
    const { store, perform, untilInThread } = await rushing({ onHookError });
    await untilInThread();
    const heard: string[] = [];
    store.follow(() => {
      throw new Error('cannot follow');
    });
    store.follow(({ kind }) => heard.push(kind));
    expect((await perform('Person 1', 'W2')).attendee.name).toBe('Person 1');
    expect(heard).toEqual(['seats-changed']);
    expect(String(onHookError.mock.calls)).toContain('cannot follow');
  });
});
