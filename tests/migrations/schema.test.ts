import { is } from 'drizzle-orm';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../server/core/root.ts';
import { testStore } from '../support/database.ts';

interface Column {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
}

const tables = await declaredTables();

async function declaredTables() {
  const server = join(root, 'server');
  const files = readdirSync(server)
    .map((area) => join(server, area, 'tables.ts'))
    .filter((file) => existsSync(file));
  const modules = await Promise.all(files.map((file) => import(file) as Promise<Record<string, unknown>>));
  return modules
    .flatMap((module) => Object.values(module))
    .filter((value): value is SQLiteTable => is(value, SQLiteTable))
    .map((table) => getTableConfig(table));
}

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);

it('a migrated database has the tables that the code declares, and no others', () => {
  const migrated = testStore().db.all<{ name: string }>(
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> '__drizzle_migrations'`,
  );
  expect(migrated.sort(byName).map(({ name }) => name)).toEqual(tables.sort(byName).map(({ name }) => name));
});

it.each(tables.map((table) => [table.name, table] as const))(
  'the table %s has the columns, indexes and references that the code declares',
  (name, table) => {
    const { db } = testStore();
    const columns = db
      .all<{ name: string; type: string; notnull: number }>(
        `SELECT name, type, "notnull" FROM pragma_table_info('${name}')`,
      )
      .map((column): Column => ({
        name: column.name,
        type: column.type.toLowerCase(),
        required: column.notnull === 1,
      }));
    const declared = table.columns.map((column): Column => ({
      name: column.name,
      type: column.getSQLType(),
      required: column.notNull,
    }));
    expect(columns.sort(byName)).toEqual(declared.sort(byName));

    const indexes = db
      .all<{ name: string }>(`SELECT name FROM pragma_index_list('${name}')`)
      .map((index) => index.name);
    expect(indexes).toEqual(expect.arrayContaining(table.indexes.map(({ config }) => config.name)));

    const references = db.all(`SELECT DISTINCT id FROM pragma_foreign_key_list('${name}')`);
    expect(references).toHaveLength(table.foreignKeys.length);

    const [sql] = db.all<{ sql: string }>(`SELECT sql FROM sqlite_schema WHERE name = '${name}'`);
    for (const { name: check } of table.checks) expect(sql!.sql).toContain(`CONSTRAINT "${check}" CHECK`);
  },
);

it('picks lie in the order of their key, and triggers keep workshops apart, which the code cannot declare', () => {
  const { db } = testStore();
  const [picks] = db.all<{ sql: string }>(`SELECT sql FROM sqlite_schema WHERE name = 'picks'`);
  expect(picks!.sql).toMatch(/\) STRICT, WITHOUT ROWID$/u);
  const triggers = db.all<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`);
  expect(triggers.map(({ name }) => name).sort()).toEqual([
    'never_the_same_workshop_twice',
    'never_the_same_workshop_twice_by_swap',
  ]);
});
