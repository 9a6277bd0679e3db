import Database, { type Database as Sqlite } from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { applicationId, openForReading } from './database.ts';
import { type DataFolder, dataFolder, lockFolder, prepareFolder, readKey, syncPath } from './data-folder.ts';
import { pendingMigrations } from './migrations.ts';
import type { Db } from './statement.ts';
import { StartRefused } from './start-refused.ts';
import { storageTrouble } from './storage-trouble.ts';

/** Sentences about what is wrong in a database; none: it agrees with itself. */
export type Check = (db: Db) => readonly string[];

export interface BackupOptions {
  readonly dataDir: string;
  /** Where to; a dated file among the folder's backups where left out. */
  readonly file?: string | undefined;
  readonly now: number;
  readonly check: Check;
}

/**
 * Writes the whole database, as it is at one moment, to one file for its owner only: copied by SQLite beside a running server,
 * checked, on disk, and only then under its name. A copy that was cut short is never under that name. The key is not in it: what is
 * needed to make personal links must not lie where backups lie.
 */
export function backUp({ dataDir, file, now, check }: BackupOptions): string {
  const source = openForReading(dataDir);
  const stamp = new Date(now).toISOString().replaceAll(/[:.]/gu, '-');
  const path = resolve(file ?? join(dataFolder(dataDir).backups, `verkstad-${stamp}.sqlite`));
  const unfinished = join(dirname(path), `.${basename(path)}.unfinished`);
  try {
    if (existsSync(path)) throw new StartRefused(`${path} exists already. Name another file.`);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    rmSync(unfinished, { force: true });
    source.sqlite.prepare('VACUUM INTO ?').run(unfinished);
    chmodSync(unfinished, 0o600);
    syncPath(unfinished);
    checkBackup(unfinished, path, check);
    renameSync(unfinished, path);
    syncPath(dirname(path));
    return path;
  } finally {
    rmSync(unfinished, { force: true });
    source.close();
  }
}

export interface RestoreOptions {
  readonly dataDir: string;
  readonly file: string;
  /** The key's file, where it does not lie in the data folder. */
  readonly keyFile?: string | undefined;
  readonly now: number;
  readonly check: Check;
  /** Whether the key is the one that the backup's tokens were derived from. */
  readonly fitsKey: (db: Db, key: Buffer) => boolean;
  /** Takes over what may never go backwards, from the database that is replaced. */
  readonly carryOver: (restored: Db, replaced: Db) => void;
}

/**
 * Puts a backup in the place of the data folder's database and answers where the replaced one was kept, if there was one.
 * Throws `StartRefused` where a server has the folder, the backup is not whole, or the key is missing or another: nothing is changed then.
 */
export function restore(options: RestoreOptions): string | null {
  const { dataDir, now } = options;
  const file = resolve(options.file);
  const folder = dataFolder(dataDir, options.keyFile);
  prepareFolder(folder);
  const unlock = lockFolder(folder);
  try {
    if (!existsSync(file)) throw new StartRefused(`${file} does not exist.`);
    checkBackup(file, file, options.check);
    refuseOtherKey(folder, file, options.fitsKey);
    for (const ending of ['', '-wal', '-shm', '-journal'])
      rmSync(folder.unfinished + ending, { force: true });
    copyFileSync(file, folder.unfinished);
    chmodSync(folder.unfinished, 0o600);
    carryOverFrom(folder, options.carryOver);
    syncPath(folder.unfinished);
    const kept = setAside(folder, now);
    renameSync(folder.unfinished, folder.database);
    syncPath(folder.path);
    return kept;
  } finally {
    unlock();
  }
}

/** Refuses a file that is not a whole database of Verkstad, of this version or an earlier one. `name` is what it is called to people. */
function checkBackup(path: string, name: string, check: Check): void {
  let sqlite: Sqlite | undefined;
  try {
    sqlite = new Database(path, { readonly: true, fileMustExist: true });
    if (sqlite.pragma('application_id', { simple: true }) !== applicationId)
      throw new StartRefused(`${name} is not a database of Verkstad.`);
    const problems = sqlite.pragma('integrity_check', { simple: true });
    if (problems !== 'ok') throw new StartRefused(`${name} is damaged: ${String(problems)}.`);
    // An older version's tables are brought up to date at the next start, and checked there.
    if (pendingMigrations(sqlite).length > 0) return;
    const wrong = check(drizzle(sqlite));
    if (wrong.length > 0) throw new StartRefused(`${name} does not agree with itself: ${wrong.join('; ')}.`);
  } catch (error) {
    throw storageTrouble(error) ? new StartRefused(`${name} is not a whole database of Verkstad.`) : error;
  } finally {
    sqlite?.close();
  }
}

function refuseOtherKey(folder: DataFolder, file: string, fitsKey: RestoreOptions['fitsKey']): void {
  if (!existsSync(folder.key))
    throw new StartRefused(
      `The key ${folder.key} is missing. Put the key that belongs to the backup there first: without it every personal link would end.`,
    );
  const key = readKey(folder);
  const sqlite = new Database(file, { readonly: true });
  try {
    if (!fitsKey(drizzle(sqlite), key))
      throw new StartRefused(
        `The key ${folder.key} is not the one that the backup was made with. Put that one there first: with another every personal link would end.`,
      );
  } finally {
    sqlite.close();
  }
}

/** A database that is too broken to be read has nothing to hand over; that is why it is being replaced. */
function carryOverFrom(folder: DataFolder, carryOver: RestoreOptions['carryOver']): void {
  let replaced: Sqlite | undefined;
  const restored = new Database(folder.unfinished);
  try {
    if (!existsSync(folder.database)) return;
    replaced = new Database(folder.database, { readonly: true });
    const before = drizzle(replaced);
    restored.transaction(() => carryOver(drizzle(restored), before))();
  } catch (error) {
    if (!storageTrouble(error) && !(error instanceof Error && error.message.includes('no such'))) throw error;
  } finally {
    replaced?.close();
    restored.close();
  }
}

/** Moves the database with its log into a folder of its own, where it stays until somebody removes it. */
function setAside(folder: DataFolder, now: number): string | null {
  const files = ['', '-wal', '-shm'].map((ending) => folder.database + ending).filter(existsSync);
  if (files.length === 0) return null;
  const aside = join(folder.path, `replaced-${new Date(now).toISOString().replaceAll(/[:.]/gu, '-')}`);
  mkdirSync(aside, { mode: 0o700 });
  for (const file of files) renameSync(file, join(aside, basename(file)));
  syncPath(aside);
  return aside;
}
