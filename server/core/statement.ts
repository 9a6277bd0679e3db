import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';

/** A connection as queries and commands see it. */
export type Db = BetterSQLite3Database;

/**
 * A drizzle statement made once per connection: `const seatOf = statement((db) => db.select()….prepare())`, then
 * `seatOf(db).get({ … })`. For the hot paths; building the SQL per call costs ten times the query.
 */
export function statement<Prepared>(prepare: (db: Db) => Prepared): (db: Db) => Prepared {
  const prepared = new WeakMap<Db, Prepared>();
  return (db) => {
    const existing = prepared.get(db);
    if (existing !== undefined) return existing;
    const made = prepare(db);
    prepared.set(db, made);
    return made;
  };
}
