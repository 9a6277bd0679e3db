import Database, { type Database as Sqlite } from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Actor } from '../../shared/core/access.ts';
import { writeAudit } from './audit.ts';
import {
  type Change,
  type Command,
  type Follower,
  type Others,
  type Reaction,
  type Standing,
  unknownOthers,
} from './change.ts';
import { type Clock, systemClock } from './clock.ts';
import {
  checkFile,
  checkKeyFile,
  type DataFolder,
  dataFolder,
  finishDatabase,
  isNewFolder,
  lockFolder,
  prepareFolder,
  readKey,
  startUnfinished,
} from './data-folder.ts';
import { createDoor, type Door } from './door.ts';
import { newId } from './ids.ts';
import type { NamedCall, Perform, WhyNoLonger } from './named-call.ts';
import { Refused } from '../../shared/core/refusal.ts';
import { busy } from '../../shared/core/refusals.ts';
import { createRushWriter, type RushOptions } from './rush-writer.ts';
import { copyBeforeMigration, migrateDatabase, pendingMigrations } from './migrations.ts';
import { writeLetter } from './outbox.ts';
import { StartRefused } from './start-refused.ts';
import type { Db } from './statement.ts';
import { storageTrouble } from './storage-trouble.ts';
import { tokenDeriver, type TokenKind } from './tokens.ts';
import { createWriter, type Work, type WriterOptions } from './writer.ts';

/** "VERK": what marks a SQLite file as Verkstad's. */
export const applicationId = 0x5645524b;
const oldestSqlite = [3, 51, 3] as const;
const sliceMilliseconds = 5;
const emptyAgainMilliseconds = 500;
/** Bytes of a page in new databases. A pick changes a row on each of some eight pages, and whole pages are written: half the usual size is a third less work. */
const pageBytes = 2048;
/** How large the write-ahead log grows before it is moved into the file, in bytes. */
const logBytes = 32_768_000;

export interface OpenOptions {
  readonly dataDir: string;
  readonly clock?: Clock;
  /** The file of the secret that tokens are derived from, where it does not lie in the data folder. */
  readonly keyFile?: string;
  /** Commands that may wait; one more is answered `busy`. */
  readonly maxQueue?: number;
  /** What follows the news that commands announce, in this order. */
  readonly reactions?: readonly Reaction[];
  /** Why whoever sent a request may no longer act; asked inside the transaction. */
  readonly whyNoLonger?: WhyNoLonger;
  /** How named calls are done. */
  readonly perform?: Perform;
  /** Learns some of what other connections wrote that named calls ask for; true once that is all. Between two groups. */
  readonly learn?: (db: Db) => boolean;
  /** How a rush is written in a thread of its own; without it this thread writes that too. */
  readonly rush?: RushOptions;
  /** Sentences about what is wrong with the data; any sentence refuses the start. */
  readonly checks?: readonly ((db: Db) => readonly string[])[];
  /** The file or the disk cannot be trusted: the process must end. */
  readonly onBroken?: (error: unknown) => void;
  /** A hook or a follower after a commit threw: reported, and the answer given all the same. */
  readonly onHookError?: (error: unknown) => void;
}

/** The only door to the database. */
export interface Store {
  readonly folder: DataFolder;
  /** A read-only connection: it sees what is committed. */
  readonly db: Db;
  /** Reads through the read-only connection. */
  read<T>(query: (db: Db) => T): T;
  /**
   * Runs a command in the next group and answers when what it wrote is on disk. Rejects with `Refused` where the
   * command said no, the queue is full (`busy`) or nothing can be saved (`storage-full`), and with what a command threw otherwise.
   */
  write<T>(actor: Actor, command: Command<T>): Promise<T>;
  /** The same for a command that has a name, in whichever thread writes. Answers with JSON. A rehearsal is the second writer's, or `busy`. */
  perform(call: NamedCall): Promise<string>;
  /** Stages a bulk change through the queue, some 5 ms of items at a time, each slice committed by itself. Answers with the number of items. */
  writeInSlices<T>(
    actor: Actor,
    items: Iterable<T>,
    each: (change: Change, item: T) => void,
  ): Promise<number>;
  /** What has been read of what stands, for `whatStands`: emptied whenever this thread has written. */
  readonly standing: Standing;
  /** A crowd will choose soon: the second writer starts ahead of it, and ends again if nobody comes. False where there is none or it runs. */
  expectRush(): boolean;
  /** Told of each new connection; asked by long work. */
  readonly door: Door;
  readonly whyNoLonger: WhyNoLonger;
  deriveToken(kind: TokenKind, conferenceId: string, personId: string, version: number): string;
  /** Told of errors of reads: a file or disk that cannot be trusted ends the process. */
  notice(error: unknown): void;
  /** Tells what lives in memory of everything that is committed. */
  follow(follower: Follower): void;
  /** Writes the write-ahead log into the file and empties it, so that nothing erased is left in it; where another process reads or the disk is full, once that is over. */
  emptyLog(): Promise<void>;
  /** Whether the storage refuses writes for now (a full disk). */
  readOnly(): boolean;
  /** How much has been written, in how many commits. */
  work(): Work;
  /** Finishes what waits, empties the write-ahead log into the file and gives the folder back. */
  close(): Promise<void>;
}

/** Opens the data folder for this process, migrated and checked. Throws `StartRefused` with the reason where it may not be used. */
export function openDatabase(options: OpenOptions): Store {
  const folder = dataFolder(options.dataDir, options.keyFile);
  const clock = options.clock ?? systemClock;
  checkKeyFile(folder);
  prepareFolder(folder);
  const unlock = lockFolder(folder);
  try {
    if (isNewFolder(folder)) makeDatabase(folder);
    const sqlite = openChecked(folder, clock);
    return createStore(options, { folder, sqlite, clock, unlock });
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Reads a data folder beside a running server: for checking, exporting and backing up. */
export function openForReading(dataDir: string): { db: Db; sqlite: Sqlite; close: () => void } {
  const folder = dataFolder(dataDir);
  checkFile(folder);
  const sqlite = new Database(folder.database, { readonly: true, timeout: 2000 });
  sqlite.pragma('trusted_schema = OFF');
  checkOwner(sqlite, folder);
  return { db: drizzle(sqlite), sqlite, close: () => sqlite.close() };
}

function makeDatabase(folder: DataFolder): void {
  startUnfinished(folder);
  const sqlite = new Database(folder.unfinished);
  try {
    sqlite.pragma(`page_size = ${pageBytes}`);
    configure(sqlite);
    sqlite.pragma(`application_id = ${applicationId}`);
    migrateDatabase(sqlite, drizzle(sqlite));
    sqlite.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    sqlite.close();
  }
  finishDatabase(folder);
}

function openChecked(folder: DataFolder, clock: Clock): Sqlite {
  checkFile(folder);
  const sqlite = new Database(folder.database, { fileMustExist: true, timeout: 200 });
  try {
    checkOwner(sqlite, folder);
    configure(sqlite);
    const problems = sqlite.pragma('quick_check', { simple: true });
    if (problems !== 'ok') throw damaged(folder);
    if (pendingMigrations(sqlite).length > 0) {
      migrateExisting(sqlite, folder, clock);
    }
    return sqlite;
  } catch (error) {
    sqlite.close();
    throw storageTrouble(error) === 'broken' ? damaged(folder) : error;
  }
}

function migrateExisting(sqlite: Sqlite, folder: DataFolder, clock: Clock): void {
  const copy = copyBeforeMigration(sqlite, folder, clock.now());
  try {
    migrateDatabase(sqlite, drizzle(sqlite));
  } catch (error) {
    const reason = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new StartRefused(`Migrating failed (${String(reason)}). The database as it was is in ${copy}.`);
  }
}

function checkOwner(sqlite: Sqlite, folder: DataFolder): void {
  let id: unknown;
  try {
    id = sqlite.pragma('application_id', { simple: true });
  } catch (error) {
    throw storageTrouble(error) === 'broken' ? damaged(folder) : error;
  }
  if (id !== applicationId) throw new StartRefused(`${folder.database} is not a database of Verkstad.`);
}

function damaged(folder: DataFolder): StartRefused {
  return new StartRefused(`${folder.database} is damaged. Restore the newest backup in ${folder.backups}.`);
}

/** Sets how the connection writes, and reads back what durability depends on. */
function configure(sqlite: Sqlite): void {
  const version = sqlite.prepare('SELECT sqlite_version()').pluck().get() as string;
  if (!isAtLeast(version, oldestSqlite))
    throw new StartRefused(
      `SQLite ${version} is older than ${oldestSqlite.join('.')} and may damage the file.`,
    );
  const logPages = logBytes / (sqlite.pragma('page_size', { simple: true }) as number);
  const settings = {
    journal_mode: ['WAL', 'wal'],
    synchronous: ['FULL', 2],
    foreign_keys: ['ON', 1],
    trusted_schema: ['OFF', 0],
    secure_delete: ['ON', 1],
    // At each commit that has balanced a tree SQLite goes through the whole cache: a small one, beside the system's own, is faster.
    cache_size: ['-8000', -8000],
    wal_autocheckpoint: [String(logPages), logPages],
  } as const;
  for (const [name, [value]] of Object.entries(settings)) sqlite.pragma(`${name} = ${value}`);
  for (const [name, [, expected]] of Object.entries(settings)) {
    const actual = sqlite.pragma(name, { simple: true });
    if (actual !== expected)
      throw new StartRefused(`SQLite keeps ${name} at ${String(actual)} instead of ${expected}.`);
  }
}

function isAtLeast(version: string, oldest: readonly number[]): boolean {
  const parts = version.split('.').map(Number);
  for (const [place, least] of oldest.entries()) {
    const part = parts[place] ?? 0;
    if (part !== least) return part > least;
  }
  return true;
}

interface Opened {
  readonly folder: DataFolder;
  readonly sqlite: Sqlite;
  readonly clock: Clock;
  readonly unlock: () => void;
}

function createStore(options: OpenOptions, { folder, sqlite, clock, unlock }: Opened): Store {
  const key = readKey(folder);
  const reader = new Database(folder.database, { readonly: true, timeout: 200 });
  reader.pragma('trusted_schema = OFF');
  const db = drizzle(reader);
  const problems = (options.checks ?? []).flatMap((check) => check(db));
  if (problems.length > 0) {
    reader.close();
    sqlite.close();
    throw new StartRefused(`The data does not agree with itself: ${problems.join('; ')}`);
  }

  const { onBroken = endProcess, onHookError = reportHookError } = options;
  const derive: Store['deriveToken'] = tokenDeriver(key);
  const followers: Follower[] = [];
  const follow: Follower = (news) => {
    for (const follower of followers) {
      try {
        follower(news);
      } catch (error) {
        onHookError(error);
      }
    }
  };
  // The writer waits for another process's lock between attempts, so that waiting never freezes the thread.
  sqlite.pragma('busy_timeout = 0');
  const { perform = unnamed, learn = () => true, maxQueue } = options;
  const writing = drizzle(sqlite);
  while (!learn(writing));
  const learnOn = () => {
    if (sqlite.open && !learn(writing)) setImmediate(learnOn);
  };
  const door = createDoor();
  const standing: Standing = new Map();
  const others = unknownOthers();
  const rush =
    options.rush && createRushWriter({ ...options.rush, maxQueue, follow, door, onBroken, onEnd: learnOn });
  const writer = createWriter({
    sqlite,
    changeFor: changesOn(writing, key, { clock, reactions: options.reactions ?? [], follow, others }),
    onBroken,
    onHookError,
    maxQueue,
    door,
    afterGroup() {
      standing.clear();
      Object.assign(others, unknownOthers());
    },
    ...(rush && { turn: rush.turn }),
  });

  let emptyAgain: NodeJS.Timeout | undefined;
  /** Somebody who reads beside, a backup for instance, or a full disk keeps the log from being emptied: it is tried again until it is. */
  async function emptyLog(): Promise<void> {
    await new Promise<void>((go) => {
      if (rush?.turn.take(go) ?? true) go();
    });
    clearTimeout(emptyAgain);
    try {
      if (!emptiesLog(sqlite))
        emptyAgain = setTimeout(() => void emptyLog().catch(onHookError), emptyAgainMilliseconds).unref();
    } finally {
      rush?.turn.give();
    }
  }

  let closed: Promise<void> | undefined;
  async function close(): Promise<void> {
    await Promise.all([rush?.stop(), writer.stop()]);
    clearTimeout(emptyAgain);
    reader.close();
    emptiesLog(sqlite);
    sqlite.close();
    unlock();
  }

  return {
    folder,
    db,
    read: (query) => query(db),
    write: (actor, command) => writer.write(actor, command),
    perform(call) {
      const answer = rush?.perform(call);
      if (answer) return answer;
      if (call.rehearsedAt !== null) return Promise.reject(new Refused(busy()));
      return writer.write(call.actor, (change) => perform(change, call));
    },
    async writeInSlices(actor, items, each) {
      const iterator = items[Symbol.iterator]();
      let next = iterator.next();
      let count = 0;
      while (next.done !== true) {
        // oxlint-disable-next-line no-await-in-loop -- each slice waits for the one before it
        await writer.write(actor, (change) => {
          const startedAt = performance.now();
          do {
            if (next.done === true) break;
            each(change, next.value);
            next = iterator.next();
            count++;
          } while (performance.now() - startedAt < sliceMilliseconds);
        });
      }
      return count;
    },
    standing,
    expectRush: () => rush?.expect() ?? false,
    door,
    whyNoLonger: options.whyNoLonger ?? (() => null),
    deriveToken: derive,
    notice(error) {
      if (storageTrouble(error) === 'broken') onBroken(error);
    },
    follow: (follower) => void followers.push(follower),
    emptyLog,
    readOnly: () => writer.readOnly() || (rush?.readOnly() ?? false),
    work() {
      const [ours, theirs] = [writer.work(), rush?.work()];
      return {
        commands: ours.commands + (theirs?.commands ?? 0),
        groups: ours.groups + (theirs?.groups ?? 0),
        waiting: ours.waiting + (theirs?.waiting ?? 0),
      };
    },
    close() {
      closed ??= close();
      return closed;
    },
  };
}

/** Writes the log into the file and empties it. Where that cannot be now, all stays in the log, from which it is read as well. */
function emptiesLog(sqlite: Sqlite): boolean {
  try {
    const [{ busy }] = sqlite.pragma('wal_checkpoint(TRUNCATE)') as [{ readonly busy: 0 | 1 }];
    return busy === 0;
  } catch (error) {
    if (storageTrouble(error) !== 'full') throw error;
    return false;
  }
}

/** A connection that may write beside the one of the store, in another thread, in turns. */
export function openConnection(folder: DataFolder): Sqlite {
  const sqlite = new Database(folder.database, { fileMustExist: true, timeout: 0 });
  configure(sqlite);
  return sqlite;
}

interface Areas {
  readonly clock?: Clock;
  readonly reactions: readonly Reaction[];
  /** Told of each piece of news once it is committed. */
  readonly follow: Follower;
  /** Keeps what stands, where only named commands write between its clearings. */
  readonly standing?: Standing;
  /** Reset whenever another connection may have written. */
  readonly others: Others;
}

/** What commands on a connection get: reactions follow their news inside the transaction, memory after the commit. */
export function changesOn(
  db: Db,
  key: Buffer,
  { clock = systemClock, reactions, follow, standing, others }: Areas,
): WriterOptions['changeFor'] {
  const derive = tokenDeriver(key);
  return (actor, afterCommit, rehearsedAt) => {
    const now = rehearsedAt ?? clock.now();
    const change: Change = {
      db,
      now,
      actor,
      newId,
      standing,
      others,
      audit: (entry) => writeAudit(db, now, actor, entry),
      letter: (letter) => writeLetter(db, now, letter),
      deriveToken: derive,
      announce(news) {
        for (const react of reactions) react(change, news);
        afterCommit(() => follow(news));
      },
      afterCommit,
    };
    return change;
  };
}

function unnamed(): never {
  throw new RangeError('this store was opened without named calls');
}

function reportHookError(error: unknown): void {
  console.error('What follows a commit failed; the commit itself is kept:', error);
}

function endProcess(error: unknown): void {
  console.error('The database cannot be trusted any more:', error);
  process.exit(1);
}
