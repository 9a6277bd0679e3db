import Database from 'better-sqlite3';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatabase, openForReading, type OpenOptions } from '../../../server/core/database.ts';
import { StartRefused } from '../../../server/core/start-refused.ts';
import { audit } from '../../../server/core/tables.ts';
import { testClock } from '../../support/clock.ts';
import { temporaryFolder, testStore } from '../../support/database.ts';

/** A data folder that a server has used and left, with one line in its audit. */
async function usedFolder(): Promise<string> {
  const store = testStore();
  await store.write({ kind: 'system' }, (change) =>
    change.audit({ action: 'noted', subject: { kind: 'note', id: 'kept' } }),
  );
  await store.close();
  return store.folder.path;
}

function refusalOfStart(dataDir: string, options: Partial<OpenOptions> = {}): StartRefused {
  try {
    void openDatabase({ dataDir, ...options }).close();
  } catch (error) {
    if (error instanceof StartRefused) return error;
    throw error;
  }
  throw new Error('the folder was opened');
}

function changeFile(dataDir: string, change: (sqlite: Database.Database) => void): void {
  const sqlite = new Database(join(dataDir, 'verkstad.sqlite'));
  change(sqlite);
  sqlite.close();
}

describe('a new data folder', () => {
  it('is made for its owner alone, with a database and a key', () => {
    const dataDir = join(temporaryFolder(), 'data');
    testStore({ dataDir });
    const modes = ['', 'verkstad.sqlite', 'verkstad.sqlite-wal', 'verkstad.sqlite-shm', 'key', 'lock'].map(
      (name) => (statSync(join(dataDir, name)).mode & 0o777).toString(8),
    );
    expect(modes).toEqual(['700', '600', '600', '600', '600', '600']);
  });

  it('may be one where making the database was interrupted', async () => {
    const dataDir = temporaryFolder();
    writeFileSync(join(dataDir, 'verkstad.sqlite.new'), 'half a database');
    writeFileSync(join(dataDir, 'key'), `${'a'.repeat(43)}\n`);
    testStore({ dataDir });
    expect(readFileSync(join(dataDir, 'key'), 'utf8')).toBe(`${'a'.repeat(43)}\n`);
    expect(readdirSync(dataDir)).not.toContain('verkstad.sqlite.new');
  });

  it('is written with full durability, every reference checked and what is deleted overwritten', async () => {
    const store = testStore();
    const settings = await store.write({ kind: 'system' }, ({ db }) =>
      ['journal_mode', 'synchronous', 'foreign_keys', 'trusted_schema', 'secure_delete'].map((name) =>
        Object.values(db.get<Record<string, unknown>>(`PRAGMA ${name}`)),
      ),
    );
    expect(settings.flat()).toEqual(['wal', 2, 1, 0, 1]);
  });

  it('holds strict tables only', () => {
    const store = testStore();
    const tables = store.db.all<{ name: string; strict: number }>(
      `SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
    );
    const loose = tables.filter(({ strict }) => strict === 0).map(({ name }) => name);
    expect(tables.length).toBeGreaterThan(20);
    expect(loose).toEqual(['__drizzle_migrations']);
  });
});

describe('a used data folder', () => {
  it('opens with what was kept', async () => {
    const store = testStore({ dataDir: await usedFolder() });
    expect(store.db.select({ id: audit.subjectId }).from(audit).all()).toEqual([{ id: 'kept' }]);
  });

  it('is closed into one file', async () => {
    expect(readdirSync(await usedFolder()).sort()).toEqual(['key', 'lock', 'verkstad.sqlite']);
  });

  it('derives the same tokens again', async () => {
    const dataDir = await usedFolder();
    const first = openDatabase({ dataDir });
    const token = first.deriveToken('link', 'c1', 'p1', 1);
    await first.close();
    const second = testStore({ dataDir });
    expect(second.deriveToken('link', 'c1', 'p1', 1)).toBe(token);
    expect(second.deriveToken('link', 'c1', 'p1', 2)).not.toBe(token);
  });
});

describe('a data folder that has lost something refuses the start', () => {
  it('when the database is gone', async () => {
    const dataDir = await usedFolder();
    rmSync(join(dataDir, 'verkstad.sqlite'));
    expect(refusalOfStart(dataDir)).toMatchObject({ exitCode: 1, message: /is missing/u });
    expect(existsSync(join(dataDir, 'verkstad.sqlite'))).toBe(false);
  });

  it('when the database is empty', async () => {
    const dataDir = await usedFolder();
    truncateSync(join(dataDir, 'verkstad.sqlite'));
    expect(refusalOfStart(dataDir)).toMatchObject({ exitCode: 1, message: /0 bytes/u });
  });

  it('when the database is something else', async () => {
    const dataDir = await usedFolder();
    writeFileSync(join(dataDir, 'verkstad.sqlite'), 'a letter to the organisers');
    expect(refusalOfStart(dataDir).message).toMatch(/is not a database/u);
  });

  it("when the database is somebody else's", async () => {
    const dataDir = await usedFolder();
    changeFile(dataDir, (sqlite) => sqlite.pragma('application_id = 7'));
    expect(refusalOfStart(dataDir).message).toMatch(/not a database of Verkstad/u);
  });

  it('when a page is damaged', async () => {
    const dataDir = await usedFolder();
    const path = join(dataDir, 'verkstad.sqlite');
    const bytes = readFileSync(path);
    bytes.fill(0x5a, 6 * 2048, 24 * 2048);
    writeFileSync(path, bytes);
    expect(refusalOfStart(dataDir).message).toMatch(/is damaged/u);
  });

  it('when the key is gone', async () => {
    const dataDir = await usedFolder();
    rmSync(join(dataDir, 'key'));
    expect(refusalOfStart(dataDir).message).toMatch(/key file .* cannot be read/u);
  });

  it('when the key is cut short', async () => {
    const dataDir = await usedFolder();
    writeFileSync(join(dataDir, 'key'), 'abc');
    expect(refusalOfStart(dataDir).message).toMatch(/holds no key/u);
  });

  it('when the data does not agree with itself', async () => {
    const checks = [() => ['session s1 has 3 seats taken and 2 picks']];
    expect(refusalOfStart(await usedFolder(), { checks }).message).toMatch(/3 seats taken and 2 picks/u);
  });
});

describe('a folder that cannot be a data folder', () => {
  it('because it is a file', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    expect(refusalOfStart(file)).toMatchObject({ exitCode: 1, message: /cannot be written to/u });
  });

  it('because other things lie in it', () => {
    const dataDir = temporaryFolder();
    writeFileSync(join(dataDir, 'thesis.odt'), '');
    expect(refusalOfStart(dataDir).message).toMatch(/is not new/u);
  });

  it('unless they are hidden or the disk’s own', () => {
    const dataDir = temporaryFolder();
    writeFileSync(join(dataDir, '.gitkeep'), '');
    mkdirSync(join(dataDir, 'lost+found'));
    testStore({ dataDir });
    expect(existsSync(join(dataDir, 'verkstad.sqlite'))).toBe(true);
  });
});

describe('a key file outside the data folder', () => {
  it('is made with the database', () => {
    const [dataDir, keyFile] = [join(temporaryFolder(), 'data'), join(temporaryFolder(), 'key')];
    testStore({ dataDir, keyFile });
    expect(readFileSync(keyFile, 'utf8')).toMatch(/^[\w-]{43}\n$/u);
  });

  it('that cannot be made is refused before a data folder is', () => {
    const dataDir = join(temporaryFolder(), 'data');
    const keyFile = join(temporaryFolder(), 'nonexist', 'key');
    expect(refusalOfStart(dataDir, { keyFile }).message).toBe(
      `VERKSTAD_KEY is "${keyFile}", where no key can be made (ENOENT). It must be a file in a folder that exists and can be written to.`,
    );
    expect(existsSync(dataDir)).toBe(false);
  });

  it('that holds no key is refused before a data folder is made', () => {
    const [dataDir, keyFile] = [join(temporaryFolder(), 'data'), join(temporaryFolder(), 'key')];
    writeFileSync(keyFile, 'abc');
    expect(refusalOfStart(dataDir, { keyFile }).message).toMatch(/holds no key/u);
    expect(existsSync(dataDir)).toBe(false);
  });
});

describe('a second server on the same folder', () => {
  it('is refused with exit code 3 and leaves the first unharmed', async () => {
    const store = testStore();
    expect(refusalOfStart(store.folder.path)).toMatchObject({ exitCode: 3, message: /Another Verkstad/u });
    await expect(store.write({ kind: 'system' }, () => 'still here')).resolves.toBe('still here');
  });

  it('may start when the first has closed', async () => {
    const dataDir = await usedFolder();
    await openDatabase({ dataDir }).close();
    const store = testStore({ dataDir });
    await expect(store.write({ kind: 'system' }, () => 'next')).resolves.toBe('next');
  });

  it('but reading beside it is always possible', async () => {
    const store = testStore();
    await store.write({ kind: 'system' }, (change) =>
      change.audit({ action: 'noted', subject: { kind: 'note', id: 'seen' } }),
    );
    const reader = openForReading(store.folder.path);
    expect(reader.db.select({ id: audit.subjectId }).from(audit).all()).toEqual([{ id: 'seen' }]);
    expect(() => reader.db.delete(audit).run()).toThrow(/readonly/u);
    reader.close();
  });
});

describe('migrating', () => {
  it('refuses a database that a newer version has migrated', async () => {
    const dataDir = await usedFolder();
    changeFile(dataDir, (sqlite) => sqlite.pragma('user_version = 1000'));
    expect(refusalOfStart(dataDir).message).toMatch(/newer or another version/u);
  });

  it('refuses one with a migration that this version does not know', async () => {
    const dataDir = await usedFolder();
    changeFile(dataDir, (sqlite) => {
      sqlite.exec(`INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('x', 4102444800000)`);
    });
    expect(refusalOfStart(dataDir).message).toMatch(/newer or another version/u);
  });

  it('copies the database first and fills what is missing', async () => {
    const dataDir = await usedFolder();
    changeFile(dataDir, (sqlite) => {
      // As a version before the first migration: the tables are gone and none is noted as applied.
      sqlite.pragma('foreign_keys = OFF');
      const tables = sqlite
        .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'`)
        .pluck()
        .all() as string[];
      for (const name of tables) sqlite.exec(`DROP TABLE "${name}"`);
      sqlite.exec('CREATE TABLE old (name TEXT) STRICT');
      sqlite.pragma('user_version = 0');
    });
    const store = testStore({ dataDir, clock: testClock('2026-12-01T09:00:00.000Z') });
    expect(store.db.select().from(audit).all()).toEqual([]);
    const copy = join(dataDir, 'backups', 'before-migration-2026-12-01T09-00-00-000Z.sqlite');
    expect((statSync(copy).mode & 0o777).toString(8)).toBe('600');
    const copied = new Database(copy, { readonly: true });
    expect(
      copied.prepare(`SELECT name FROM sqlite_schema WHERE name IN ('old', 'audit')`).pluck().all(),
    ).toEqual(['old']);
    copied.close();
  });

  it('leaves the old database as it was when it fails', async () => {
    const dataDir = await usedFolder();
    changeFile(dataDir, (sqlite) => {
      sqlite.exec('DELETE FROM __drizzle_migrations');
      sqlite.pragma('user_version = 0');
    });
    expect(refusalOfStart(dataDir).message).toMatch(/Migrating failed .* already exists/u);
    const sqlite = new Database(join(dataDir, 'verkstad.sqlite'), { readonly: true });
    expect(sqlite.prepare('SELECT subject_id FROM audit').pluck().all()).toEqual(['kept']);
    expect(sqlite.prepare('SELECT count(*) FROM __drizzle_migrations').pluck().get()).toBe(0);
    sqlite.close();
  });
});
