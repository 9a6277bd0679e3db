import type { Database as Sqlite } from 'better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { chmodSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type DataFolder, syncPath } from './data-folder.ts';
import { root } from './root.ts';
import type { Db } from './statement.ts';
import { StartRefused } from './start-refused.ts';

const folderOfMigrations = join(root, 'migrations');

const journalSchema = z.object({ entries: z.array(z.object({ tag: z.string(), when: z.number() })) });

/** The migrations that this version of Verkstad knows, oldest first. */
function knownMigrations() {
  return journalSchema.parse(
    JSON.parse(readFileSync(join(folderOfMigrations, 'meta', '_journal.json'), 'utf8')),
  ).entries;
}

/** The names of the migrations that a database still lacks. Refuses one that a newer version has migrated. */
export function pendingMigrations(sqlite: Sqlite): string[] {
  const known = knownMigrations();
  const applied = appliedMigrations(sqlite);
  const times = new Set(known.map(({ when }) => when));
  const version = sqlite.pragma('user_version', { simple: true }) as number;
  if (version > known.length || applied.some((when) => !times.has(when)))
    throw new StartRefused(
      'The database was made by a newer or another version of Verkstad. Start that version, or restore a backup made by this one.',
    );
  return known.slice(applied.length).map(({ tag }) => tag);
}

function appliedMigrations(sqlite: Sqlite): number[] {
  const exists = sqlite
    .prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = '__drizzle_migrations'`)
    .get();
  if (!exists) return [];
  return sqlite
    .prepare('SELECT created_at FROM __drizzle_migrations ORDER BY created_at')
    .pluck()
    .all()
    .map(Number);
}

/** Brings the schema up to this version, all or nothing, and checks that every reference still holds. */
export function migrateDatabase(sqlite: Sqlite, db: Db): void {
  // Rebuilding a table drops it, which would delete what refers to it; the setting cannot change inside a transaction.
  sqlite.pragma('foreign_keys = OFF');
  try {
    migrate(db, { migrationsFolder: folderOfMigrations });
  } finally {
    sqlite.pragma('foreign_keys = ON');
  }
  const lost = sqlite.pragma('foreign_key_check') as unknown[];
  if (lost.length > 0)
    throw new StartRefused(`After migrating, ${lost.length} rows refer to rows that do not exist.`);
  sqlite.pragma(`user_version = ${knownMigrations().length}`);
}

/** Keeps a whole copy of a database that is about to be migrated; one that is cut short is never under that name. Returns its path. */
export function copyBeforeMigration(sqlite: Sqlite, folder: DataFolder, now: number): string {
  mkdirSync(folder.backups, { recursive: true, mode: 0o700 });
  const stamp = new Date(now).toISOString().replaceAll(/[:.]/gu, '-');
  const name = `before-migration-${stamp}.sqlite`;
  const path = join(folder.backups, name);
  const unfinished = join(folder.backups, `.${name}.unfinished`);
  sqlite.prepare('VACUUM INTO ?').run(unfinished);
  chmodSync(unfinished, 0o600);
  syncPath(unfinished);
  renameSync(unfinished, path);
  syncPath(folder.backups);
  return path;
}
