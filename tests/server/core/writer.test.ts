import Database from 'better-sqlite3';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Refused } from '../../../shared/core/refusal.ts';
import { notFound } from '../../../shared/core/refusals.ts';
import type { Change } from '../../../server/core/change.ts';
import type { Store } from '../../../server/core/database.ts';
import { audit } from '../../../server/core/tables.ts';
import { createWriter } from '../../../server/core/writer.ts';
import { testStore } from '../../support/database.ts';

const system = { kind: 'system' } as const;
const unexpected = (error: unknown) => {
  throw error;
};
const note = (name: string) => (change: Change) => {
  change.audit({ action: 'noted', subject: { kind: 'note', id: name } });
  return name;
};
const notes = (store: Store) =>
  store.db
    .select({ id: audit.subjectId })
    .from(audit)
    .orderBy(audit.id)
    .all()
    .map(({ id }) => id);

describe('commands that arrive together', () => {
  it('run in the order they came and are all kept', async () => {
    const store = testStore();
    const names = Array.from({ length: 300 }, (_, i) => `note ${i}`);
    expect(await Promise.all(names.map((name) => store.write(system, note(name))))).toEqual(names);
    expect(notes(store)).toEqual(names);
  });

  it('undo only the one that was refused', async () => {
    const store = testStore();
    const refusal = notFound();
    const results = await Promise.allSettled([
      store.write(system, note('before')),
      store.write(system, (change) => {
        note('refused')(change);
        throw new Refused(refusal);
      }),
      store.write(system, note('after')),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(results[1]).toMatchObject({ reason: { refusal } });
    expect(notes(store)).toEqual(['before', 'after']);
  });

  it('run their hooks after the commit, and not where the command was refused', async () => {
    const store = testStore();
    const seen: { name: string; before: boolean; after: boolean }[] = [];
    const isThere = (name: string) => notes(store).includes(name);
    const watched = (name: string) => (change: Change) => {
      note(name)(change);
      const before = isThere(name);
      change.afterCommit(() => seen.push({ name, before, after: isThere(name) }));
    };
    await Promise.allSettled([
      store.write(system, watched('first')),
      store.write(system, (change) => {
        watched('refused')(change);
        throw new Refused(notFound());
      }),
      store.write(system, watched('second')),
    ]);
    expect(seen).toEqual([
      { name: 'first', before: false, after: true },
      { name: 'second', before: false, after: true },
    ]);
  });
});

describe('commands that can be run again', () => {
  /** A writer of one table; `failing` is thrown where a group begins for the second time. */
  const aWriter = ({ failing }: { failing?: Error } = {}) => {
    const sqlite = new Database(':memory:');
    sqlite.exec('CREATE TABLE notes (name TEXT)');
    let begun = 0;
    const prepare = (source: string) => {
      const made = sqlite.prepare(source);
      if (source !== 'BEGIN IMMEDIATE') return made;
      const begin = () => {
        if (++begun === 2 && failing) throw failing;
        return made.run();
      };
      return { run: begin };
    };
    const watched = new Proxy(sqlite, {
      get: (of, name) => (name === 'prepare' ? prepare : Reflect.get(of, name, of)),
    });
    const ran: string[] = [];
    const hooked: string[] = [];
    const writer = createWriter({
      sqlite: watched,
      changeFor: (_actor, afterCommit) => ({ afterCommit }) as Change,
      onBroken: unexpected,
      onHookError: unexpected,
      repeatable: true,
    });
    const command = (name: string, { fails = false, writes = true } = {}) =>
      writer.write(system, (change) => {
        ran.push(name);
        change.afterCommit(() => hooked.push(name));
        if (writes) sqlite.prepare('INSERT INTO notes VALUES (?)').run(name);
        if (fails) throw new Refused(notFound());
        return name;
      });
    const kept = () => sqlite.prepare('SELECT name FROM notes').pluck().all();
    return { command, kept, ran, hooked, begun: () => begun };
  };

  it('are run once where those that are refused wrote nothing', async () => {
    const { command, kept, ran, hooked, begun } = aWriter();
    const answers = await Promise.allSettled([
      command('one'),
      command('no', { fails: true, writes: false }),
      command('two'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect([ran, kept(), hooked, begun()]).toEqual([['one', 'no', 'two'], ['one', 'two'], ['one', 'two'], 1]);
  });

  it('are run again where one wrote before it was refused, and only that one leaves nothing', async () => {
    const { command, kept, ran, hooked } = aWriter();
    const answers = await Promise.allSettled([
      command('one'),
      command('no', { fails: true }),
      command('two'),
      command('neither', { fails: true }),
      command('three'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(ran).toEqual(['one', 'no', 'one', 'no', 'two', 'neither', 'three']);
    expect([kept(), hooked]).toEqual([
      ['one', 'two', 'three'],
      ['one', 'two', 'three'],
    ]);
  });

  it('wait where another process has taken the lock meanwhile', async () => {
    const locked = new Database.SqliteError('database is locked', 'SQLITE_BUSY');
    const { command, kept, hooked } = aWriter({ failing: locked });
    const answers = await Promise.allSettled([
      command('one'),
      command('no', { fails: true }),
      command('two'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(answers[1]).toMatchObject({ reason: { refusal: { code: 'not-found' } } });
    expect([kept(), hooked]).toEqual([
      ['one', 'two'],
      ['one', 'two'],
    ]);
  });
});

describe('a rehearsal', () => {
  it('is answered as if it were then, and leaves nothing, while those around it are kept', async () => {
    const sqlite = new Database(':memory:');
    sqlite.exec('CREATE TABLE notes (name TEXT)');
    const hooked: string[] = [];
    const writer = createWriter({
      sqlite,
      changeFor: (_actor, afterCommit, rehearsedAt) => ({ afterCommit, now: rehearsedAt ?? 0 }) as Change,
      onBroken: unexpected,
      onHookError: unexpected,
      repeatable: true,
    });
    const seen: string[] = [];
    const ask = (name: string, rehearsedAt?: number) =>
      new Promise<unknown>((resolve) => {
        const command = (change: Change) => {
          change.afterCommit(() => hooked.push(name));
          sqlite.prepare('INSERT INTO notes VALUES (?)').run(name);
          seen.push(`${name} beside ${sqlite.prepare('SELECT name FROM notes').pluck().all().join()}`);
          return change.now;
        };
        writer.submit(system, command, resolve, rehearsedAt);
      });
    const answers = await Promise.all([
      ask('one'),
      ask('two', 100),
      ask('three', 100),
      ask('four'),
      ask('five', 7),
    ]);
    expect(answers).toEqual([0, 100, 100, 0, 7].map((value) => ({ value })));
    expect(seen).toEqual([
      'one beside one',
      'two beside one,two',
      'three beside one,two,three',
      'four beside one,four',
      'five beside one,four,five',
    ]);
    expect(sqlite.prepare('SELECT name FROM notes').pluck().all()).toEqual(['one', 'four']);
    expect([hooked, writer.work()]).toEqual([['one', 'four'], { commands: 2, groups: 2, waiting: 0 }]);
  });
});

describe('where another thread answers meanwhile, a group', () => {
  /** Sizes of the groups in which clients are answered, who each ask again two groups after they were. */
  const sizesOf = async (part: number, clients: number, rounds: number) => {
    const sqlite = new Database(':memory:');
    const sizes: number[] = [];
    const answered: number[] = [];
    const writer = createWriter({
      sqlite,
      changeFor: () => ({}) as Change,
      onBroken: unexpected,
      onHookError: unexpected,
      groups: { size: 256, milliseconds: { least: 10_000, most: 10_000 }, part },
      afterGroup() {
        sizes.push(answered.length - sum(sizes));
        // Those of the group before this one have been answered by now, and ask again.
        if (sizes.length < rounds) ask(sizes.at(-2) ?? 0);
        if (writer.work().waiting === 0 && sizes.length < rounds) ask(sizes.at(-1)!);
      },
    });
    const ask = (times: number) => {
      for (let i = 0; i < times; i++)
        writer.submit(
          system,
          () => null,
          () => answered.push(1),
        );
    };
    ask(clients);
    await vi.waitFor(() => expect(sizes.length).toBeGreaterThanOrEqual(rounds));
    sqlite.close();
    return sizes.slice(0, rounds);
  };
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

  it('takes half of those who come and go, and they stay two crowds', async () => {
    const sizes = await sizesOf(0.5, 100, 300);
    expect(sizes.slice(0, 2)).toEqual([50, 50]);
    for (const size of sizes.slice(-20)) expect(Math.abs(size - 50)).toBeLessThan(5);
  });

  it('takes all where it is this thread that answers', async () => {
    expect(await sizesOf(1, 40, 10)).toEqual(Array.from({ length: 10 }, () => 40));
  });
});

describe('commands of several turns of the event loop', () => {
  let now: number;
  beforeEach(() => {
    // Time stands still, or a slow machine would end the waiting.
    now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
  });

  it('share one commit as long as each turn brings more', async () => {
    const store = testStore();
    const before = store.work().groups;
    const writes: Promise<string>[] = [];
    for (let turn = 0; turn < 5; turn++) {
      writes.push(store.write(system, note(`turn ${turn}`)));
      // oxlint-disable-next-line no-await-in-loop -- the next comes a turn later
      await new Promise(setImmediate);
    }
    expect(store.work().waiting).toBe(5);
    await Promise.all(writes);
    expect(store.work()).toMatchObject({ groups: before + 1, waiting: 0 });
  });

  it('do not wait for those that come after a turn without any', async () => {
    const store = testStore();
    const before = store.work().groups;
    const first = store.write(system, note('first'));
    for (let turn = 0; turn < 4; turn++)
      // oxlint-disable-next-line no-await-in-loop -- turns in which nothing comes
      await new Promise(setImmediate);
    await Promise.all([first, store.write(system, note('second'))]);
    expect(store.work().groups).toBe(before + 2);
  });

  it('wait with the commit while somebody connects in each turn, so that the turns stay short', async () => {
    const store = testStore();
    const write = store.write(system, note('first'));
    for (let turn = 0; turn < 5; turn++) {
      store.door.welcome();
      // oxlint-disable-next-line no-await-in-loop -- the next connects a turn later
      await new Promise(setImmediate);
    }
    expect(store.work().waiting).toBe(1);
    expect(await write).toBe('first');
  });

  it('do not wait for ever where the crowd has no end', async () => {
    const store = testStore();
    let crowd = true;
    const connectAndConnect = () => {
      if (!crowd) return;
      store.door.welcome();
      now++;
      setImmediate(connectAndConnect);
    };
    connectAndConnect();
    expect(await store.write(system, note('first'))).toBe('first');
    crowd = false;
  });
});

describe('a command', () => {
  it('that returns a promise is a mistake and leaves nothing', async () => {
    const store = testStore();
    await expect(
      store.write(system, async (change) => {
        note('too late')(change);
        await Promise.resolve();
      }),
    ).rejects.toThrow('A command is synchronous');
    expect(notes(store)).toEqual([]);
  });

  it('beyond the bound of the queue is told to come back, and the others go on', async () => {
    const store = testStore({ maxQueue: 2 });
    const results = await Promise.allSettled(['a', 'b', 'c'].map((name) => store.write(system, note(name))));
    expect(results[2]).toMatchObject({ reason: { refusal: { code: 'busy', status: 503 } } });
    expect(notes(store)).toEqual(['a', 'b']);
  });

  it('beyond an attendee’s own part of the queue is told to come back, and others find room', async () => {
    const store = testStore({ maxQueue: 8 });
    const attendee = (attendeeId: string) => ({ kind: 'attendee', conferenceId: 'c', attendeeId }) as const;
    const write = (who: string, name: string) => store.write(attendee(who), note(name));
    const results = await Promise.allSettled([
      ...['a', 'b', 'c'].map((name) => write('robot', name)),
      write('Karin', 'd'),
    ]);
    expect(results[2]).toMatchObject({ reason: { refusal: { code: 'busy' } } });
    await write('robot', 'e');
    expect(notes(store)).toEqual(['a', 'b', 'd', 'e']);
  });

  it('after the store has begun to close is refused, while those that wait are finished', async () => {
    const store = testStore();
    const waiting = store.write(system, note('waiting'));
    const closed = store.close();
    await expect(store.write(system, note('late'))).rejects.toMatchObject({
      refusal: { code: 'unavailable' },
    });
    expect(await waiting).toBe('waiting');
    await closed;
  });
});

describe('a hook that throws', () => {
  it('is reported and does not take the answer away', async () => {
    const onHookError = vi.fn();
    const store = testStore({ onHookError });
    const answer = await store.write(system, (change) => {
      change.afterCommit(() => {
        throw new Error('live events are down');
      });
      return note('kept')(change);
    });
    expect(answer).toBe('kept');
    expect(onHookError).toHaveBeenCalledOnce();
  });
});

describe('a bulk change', () => {
  it('is staged in slices that others come between', async () => {
    const store = testStore();
    const items = Array.from({ length: 2000 }, (_, i) => `item ${i}`);
    const bulk = store.writeInSlices(system, items, (change, item) => note(item)(change));
    const between = await store.write(system, (change) => {
      note('between')(change);
      return notes(store).length;
    });
    expect(between).toBeLessThan(2000);
    expect(await bulk).toBe(2000);
    expect(notes(store)).toHaveLength(2001);
  });
});
