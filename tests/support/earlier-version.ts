import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applicationId } from '../../server/core/database.ts';
import { root } from '../../server/core/root.ts';
import { temporaryFolder } from './database.ts';

interface Journal {
  readonly entries: readonly { readonly tag: string }[];
}

const migrations = join(root, 'migrations');
const journal = JSON.parse(readFileSync(join(migrations, 'meta', '_journal.json'), 'utf8')) as Journal;

/** How many migrations this version knows. */
export const newest = journal.entries.length;

/** A data folder as a version left it that knew that many migrations, with a line in its audit. */
export function folderOfVersion(known: number): string {
  const folder = temporaryFolder();
  const [dataDir, older] = [join(folder, 'data'), join(folder, 'migrations')];
  mkdirSync(join(older, 'meta'), { recursive: true });
  const entries = journal.entries.slice(0, known);
  writeFileSync(join(older, 'meta', '_journal.json'), JSON.stringify({ ...journal, entries }));
  for (const { tag } of entries) copyFileSync(join(migrations, `${tag}.sql`), join(older, `${tag}.sql`));
  mkdirSync(dataDir, { mode: 0o700 });
  const sqlite = new Database(join(dataDir, 'verkstad.sqlite'));
  sqlite.pragma(`application_id = ${applicationId}`);
  sqlite.pragma('journal_mode = WAL');
  migrate(drizzle(sqlite), { migrationsFolder: older });
  sqlite.pragma(`user_version = ${known}`);
  sqlite.exec(
    `INSERT INTO audit (at, actor_kind, action, subject_kind, subject_id, data) VALUES (0, 'system', 'noted', 'note', 'kept', '{}')`,
  );
  sqlite.close();
  writeFileSync(join(dataDir, 'key'), `${'k'.repeat(43)}\n`, { mode: 0o600 });
  return dataDir;
}

/** How many migrations the database of a folder has had, and what its audit holds of before. */
export function whatIsKept(dataDir: string): { applied: number; kept: string } {
  const sqlite = new Database(join(dataDir, 'verkstad.sqlite'));
  const one = (query: string) => sqlite.prepare(query).pluck().get();
  const applied = one('SELECT count(*) FROM __drizzle_migrations') as number;
  const kept = one(`SELECT subject_id FROM audit WHERE action = 'noted'`) as string;
  sqlite.close();
  return { applied, kept };
}
