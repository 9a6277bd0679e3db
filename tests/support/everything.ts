import { sql } from 'drizzle-orm';
import type { Store } from '../../server/core/database.ts';

/** Every row of every table, by table. */
export function everything({ db }: Pick<Store, 'db'>): Record<string, unknown[]> {
  const tables = db.all<{ name: string }>(
    sql`select name from sqlite_schema where type = 'table' order by name`,
  );
  return Object.fromEntries(
    tables.map(({ name }) => [name, db.all(sql`select * from ${sql.identifier(name)}`)]),
  );
}
