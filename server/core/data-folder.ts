import Database from 'better-sqlite3';
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { sqliteCode } from './storage-trouble.ts';
import { StartRefused } from './start-refused.ts';

/** Where things lie in a data folder. */
export interface DataFolder {
  readonly path: string;
  readonly database: string;
  /** A database being made; takes its real name only when it is whole. */
  readonly unfinished: string;
  readonly key: string;
  readonly lock: string;
  readonly backups: string;
  readonly control: string;
  /** Where the server calls itself. */
  readonly self: string;
}

export function dataFolder(path: string, keyFile?: string): DataFolder {
  return {
    path,
    database: join(path, 'verkstad.sqlite'),
    unfinished: join(path, 'verkstad.sqlite.new'),
    key: keyFile ?? join(path, 'key'),
    lock: join(path, 'lock'),
    backups: join(path, 'backups'),
    control: join(path, 'control.sock'),
    self: join(path, 'self.sock'),
  };
}

/** Refuses a key file that holds no key or cannot be made, before anything is. */
export function checkKeyFile(folder: DataFolder): void {
  const { path, database, key } = folder;
  if (dirname(key) === path || existsSync(database)) return;
  if (existsSync(key)) {
    readKey(folder);
    return;
  }
  try {
    accessSync(`${dirname(key)}/.`, constants.W_OK);
  } catch (error) {
    throw new StartRefused(
      `VERKSTAD_KEY is "${key}", where no key can be made (${errorCode(error)}). It must be a file in a folder that exists and can be written to.`,
    );
  }
}

/** Makes the folder where it is missing, for its owner only. Throws `StartRefused` where it cannot be used. */
export function prepareFolder(folder: DataFolder): void {
  try {
    if (!existsSync(folder.path)) mkdirSync(folder.path, { recursive: true, mode: 0o700 });
    const probe = join(folder.path, '.writable');
    writeFileSync(probe, '', { mode: 0o600 });
    rmSync(probe);
  } catch (error) {
    throw new StartRefused(
      `The data folder ${folder.path} cannot be written to (${errorCode(error)}). Check its owner and its permissions, or set VERKSTAD_DATA.`,
    );
  }
}

/**
 * Takes the folder for this process. The lock is SQLite's own on a file of its own, so that the system releases it however the process ends.
 * Returns the function that gives it back; throws `StartRefused` with exit code 3 where another process has it.
 */
export function lockFolder(folder: DataFolder): () => void {
  let lock;
  try {
    writeFileSync(folder.lock, '', { flag: 'a', mode: 0o600 });
    lock = new Database(folder.lock, { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    if (sqliteCode(error)?.startsWith('SQLITE_BUSY'))
      throw new StartRefused(`Another Verkstad is using the data folder ${folder.path}.`, 3);
    throw new StartRefused(`The data folder ${folder.path} cannot be locked (${errorCode(error)}).`);
  }
  const held = lock;
  return () => held.close();
}

/**
 * Whether the folder has never held a database. Only then may one be made: an empty or missing file in a used
 * folder is a loss that an empty database would hide.
 */
export function isNewFolder(folder: DataFolder): boolean {
  const names = readdirSync(folder.path).filter((name) => !name.startsWith('.') && name !== 'lost+found');
  const unfinished = names.some((name) => name.startsWith('verkstad.sqlite.new'));
  const rest = names.filter(
    (name) => !/^lock(?:-journal)?$/u.test(name) && !name.startsWith('verkstad.sqlite.new'),
  );
  return rest.length === 0 || (unfinished && rest.length === 1 && rest[0] === 'key');
}

/** Refuses a database file that is missing, empty or something else. */
export function checkFile(folder: DataFolder): void {
  if (!existsSync(folder.path))
    throw new StartRefused(
      `There is no data folder ${folder.path}. Set VERKSTAD_DATA to the one that is meant.`,
    );
  const restore = `Restore a backup from ${folder.backups}.`;
  if (!existsSync(folder.database))
    throw new StartRefused(`${folder.database} is missing, but the data folder is not new. ${restore}`);
  if (statSync(folder.database).size === 0)
    throw new StartRefused(`${folder.database} is empty (0 bytes). ${restore}`);
  const header = Buffer.alloc(16);
  const file = openSync(folder.database, 'r');
  try {
    readSync(file, header, 0, 16, 0);
  } finally {
    closeSync(file);
  }
  if (header.toString('latin1') !== 'SQLite format 3\0')
    throw new StartRefused(`${folder.database} is not a database. ${restore}`);
}

/** Makes an empty file for its owner only, so that SQLite's own files beside it are private too. */
export function startUnfinished(folder: DataFolder): void {
  chmodSync(folder.path, 0o700);
  for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(folder.unfinished + ending, { force: true });
  writeFileSync(folder.unfinished, '', { mode: 0o600 });
}

/** Gives the finished, closed database its real name, for good. */
export function finishDatabase(folder: DataFolder): void {
  syncPath(folder.unfinished);
  if (!existsSync(folder.key)) {
    writeFileSync(folder.key, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
    syncPath(folder.key);
  }
  renameSync(folder.unfinished, folder.database);
  syncPath(folder.path);
}

/** The secret that tokens are derived from. A lost key would end every personal link, so a new one is never made in its place. */
export function readKey(folder: DataFolder): Buffer {
  let text: string;
  try {
    text = readFileSync(folder.key, 'utf8').trim();
  } catch (error) {
    throw new StartRefused(
      `The key file ${folder.key} cannot be read (${errorCode(error)}). Put it back from a backup: every personal link depends on it.`,
    );
  }
  const key = Buffer.from(text, 'base64url');
  if (key.length < 32) throw new StartRefused(`The key file ${folder.key} holds no key of 256 bits.`);
  return key;
}

/** Space left for the data folder, in megabytes. */
export function freeMegabytes(folder: DataFolder): number {
  const { bavail, bsize } = statfsSync(folder.path);
  return Math.floor((bavail * bsize) / 1_000_000);
}

export function syncPath(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
