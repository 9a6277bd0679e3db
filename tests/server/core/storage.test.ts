import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Change } from '../../../server/core/change.ts';
import { sqliteCode, storageTrouble } from '../../../server/core/storage-trouble.ts';
import { createWriter, type Turn, type Writer } from '../../../server/core/writer.ts';
import { temporaryFolder } from '../../support/database.ts';

const system = { kind: 'system' } as const;

/** A writer on a file whose size can be limited, as a full disk limits it. */
function writerOnFile(options: { onBroken?: (error: unknown) => void; turn?: Turn } = {}) {
  const path = join(temporaryFolder(), 'file.sqlite');
  const sqlite = new Database(path, { timeout: 0 });
  sqlite.pragma('journal_mode = WAL');
  sqlite.exec('CREATE TABLE note (text TEXT) STRICT');
  const db = drizzle(sqlite);
  const writer = createWriter({
    sqlite,
    changeFor: (actor, afterCommit) => ({ db, actor, afterCommit }) as unknown as Change,
    onBroken: options.onBroken ?? vi.fn(),
    onHookError: vi.fn(),
    ...(options.turn && { turn: options.turn }),
  });
  const add = (text: string) =>
    writer.write(system, () => sqlite.prepare('INSERT INTO note VALUES (?)').run(text).changes);
  const notes = () => sqlite.prepare('SELECT substr(text, 1, 10) FROM note').pluck().all();
  return { path, sqlite, writer, add, notes };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});

afterEach(() => {
  vi.useRealTimers();
});

function failCommit(sqlite: Database.Database, code: string): () => void {
  // The writer made its statement before, so the failure is put into the method that all statements share.
  const statement = Object.getPrototypeOf(sqlite.prepare('COMMIT')) as {
    run: (...parameters: unknown[]) => unknown;
  };
  const original = statement.run;
  statement.run = function run(this: { source: string }, ...parameters: unknown[]) {
    if (this.source === 'COMMIT') throw Object.assign(new Error('disk'), { code });
    return original.apply(this, parameters);
  };
  return () => {
    statement.run = original;
  };
}

const storageIsFull = { reason: { refusal: { code: 'storage-full', status: 503 } } };

describe('a commit that fails', () => {
  it('refuses every command of its group, also the one that was refused by itself', async () => {
    const { sqlite, writer, add, notes } = writerOnFile();
    const repair = failCommit(sqlite, 'SQLITE_FULL');
    const results = await Promise.allSettled([
      add('a'),
      writer.write(system, () => {
        throw new Error('full session');
      }),
      add('b'),
    ]);
    repair();
    expect(results).toMatchObject([storageIsFull, storageIsFull, storageIsFull]);
    expect(notes()).toEqual([]);
  });

  it('runs no hook', async () => {
    const { sqlite, writer } = writerOnFile();
    const hook = vi.fn();
    const repair = failCommit(sqlite, 'SQLITE_FULL');
    await Promise.allSettled([writer.write(system, (change) => change.afterCommit(hook))]);
    repair();
    expect(hook).not.toHaveBeenCalled();
  });

  it('because the disk cannot keep its word ends the process', async () => {
    const onBroken = vi.fn();
    const { sqlite, writer, add } = writerOnFile({ onBroken });
    const repair = failCommit(sqlite, 'SQLITE_IOERR_FSYNC');
    await Promise.allSettled([add('a')]);
    repair();
    expect(onBroken).toHaveBeenCalledOnce();
    await expect(add('never')).rejects.toMatchObject({ refusal: { code: 'storage-full' } });
    expect(writer.readOnly()).toBe(false);
  });

  it('for that reason is the last: what waits behind it is refused, though the disk would take it', async () => {
    let repair = () => {};
    const onBroken = vi.fn(() => repair());
    const { sqlite, add, notes } = writerOnFile({ onBroken });
    repair = failCommit(sqlite, 'SQLITE_IOERR_FSYNC');
    const results = await Promise.allSettled(Array.from({ length: 300 }, (_, i) => add(`note ${i}`)));
    expect(onBroken).toHaveBeenCalledOnce();
    expect(results).toMatchObject(results.map(() => storageIsFull));
    expect(notes()).toEqual([]);
  });
});

describe('a full disk', () => {
  it('takes the whole group with it, and the server reads on and writes again when there is room', async () => {
    const { sqlite, writer, add, notes } = writerOnFile();
    await add('kept');
    const pages = sqlite.pragma('page_count', { simple: true }) as number;
    sqlite.pragma(`max_page_count = ${pages}`);
    const results = await Promise.allSettled([add('small'), add('large'.repeat(10_000)), add('after')]);
    expect(results[1]).toMatchObject(storageIsFull);
    expect(writer.readOnly()).toBe(true);
    await expect(add('while full')).rejects.toMatchObject({ refusal: { code: 'storage-full' } });
    const kept = results.filter(({ status }) => status === 'fulfilled').length;
    expect(notes()).toHaveLength(1 + kept);
    sqlite.pragma('max_page_count = 1000000');
    vi.advanceTimersByTime(1000);
    expect(writer.readOnly()).toBe(false);
    await add('with room');
    expect(notes()).toContain('with room');
  });

  it('keeps refusing while the probe cannot write either', async () => {
    const { sqlite, writer, add } = writerOnFile();
    const repair = failCommit(sqlite, 'SQLITE_IOERR_WRITE');
    await Promise.allSettled([add('a')]);
    vi.advanceTimersByTime(5000);
    expect(writer.readOnly()).toBe(true);
    repair();
    vi.advanceTimersByTime(1000);
    expect(writer.readOnly()).toBe(false);
  });
});

it('a writer beside another tries a full disk when it is its turn, and gives the turn back', async () => {
  let ours = true;
  let wanted: (() => void) | undefined;
  const turn = {
    take(go: () => void) {
      if (!ours) wanted = go;
      return ours;
    },
    give: vi.fn(),
  };
  const { sqlite, writer, add } = writerOnFile({ turn });
  const repair = failCommit(sqlite, 'SQLITE_FULL');
  await Promise.allSettled([add('a')]);
  repair();
  ours = false;
  turn.give.mockClear();
  vi.advanceTimersByTime(3000);
  expect(writer.readOnly()).toBe(true);
  expect(turn.give).not.toHaveBeenCalled();
  wanted!();
  expect(writer.readOnly()).toBe(false);
  expect(turn.give).toHaveBeenCalledOnce();
});

describe("another process's lock", () => {
  async function withLock<T>(path: string, run: (release: () => void) => Promise<T>): Promise<T> {
    const other = new Database(path, { timeout: 0 });
    other.exec('BEGIN IMMEDIATE');
    let held = true;
    const release = () => {
      if (held) other.exec('ROLLBACK');
      held = false;
    };
    try {
      return await run(release);
    } finally {
      release();
      other.close();
    }
  }

  it('that stays answers busy, and never freezes the thread', async () => {
    const { path, add, notes } = writerOnFile();
    await withLock(path, async () => {
      let ticks = 0;
      const timer = setTimeout(function tick() {
        ticks++;
        timer.refresh();
      }, 5);
      await expect(add('a')).rejects.toMatchObject({ refusal: { code: 'busy', status: 503 } });
      clearTimeout(timer);
      expect(ticks).toBeGreaterThan(5);
    });
    expect(notes()).toEqual([]);
    await add('b');
    expect(notes()).toEqual(['b']);
  });

  it('that is soon given back is waited for', async () => {
    const { path, add, notes } = writerOnFile();
    await withLock(path, async (release) => {
      const waiting = add('a');
      setTimeout(release, 30);
      await waiting;
    });
    expect(notes()).toEqual(['a']);
  });
});

describe('an error of SQLite', () => {
  it.each([
    ['SQLITE_FULL', 'full'],
    ['SQLITE_IOERR_WRITE', 'full'],
    ['SQLITE_READONLY_DBMOVED', 'full'],
    ['SQLITE_IOERR_FSYNC', 'broken'],
    ['SQLITE_CORRUPT_INDEX', 'broken'],
    ['SQLITE_NOTADB', 'broken'],
    ['SQLITE_BUSY_SNAPSHOT', 'locked'],
    ['SQLITE_CONSTRAINT_CHECK', null],
  ])('%s means %s, also inside another error', (code, trouble) => {
    const error = Object.assign(new Error('x'), { code });
    expect(storageTrouble(error)).toBe(trouble);
    expect(storageTrouble(new Error('outer', { cause: error }))).toBe(trouble);
    expect(sqliteCode(new Error('outer', { cause: error }))).toBe(code);
  });

  it('is not any other error with a code', () => {
    expect(storageTrouble(Object.assign(new Error('x'), { code: 'ENOSPC' }))).toBeNull();
  });
});

it('a writer that stops finishes what waits', async () => {
  const { writer, add, notes }: { writer: Writer } & ReturnType<typeof writerOnFile> = writerOnFile();
  const waiting = Array.from({ length: 200 }, (_, i) => add(`note ${i}`));
  await writer.stop();
  expect(notes()).toHaveLength(200);
  await Promise.all(waiting);
});
