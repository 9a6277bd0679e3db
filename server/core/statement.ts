import type { Statement as SqliteStatement } from 'better-sqlite3';
import { Column, type DriverValueDecoder, is, noopDecoder, Param, Placeholder, SQL } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { PreparedQuery } from 'drizzle-orm/better-sqlite3/session';

/** A connection as queries and commands see it. */
export type Db = BetterSQLite3Database;

/** Values of a statement's placeholders, by name. */
export type Values = Readonly<Record<string, unknown>>;

/** A statement on one connection, with the rows that its drizzle query has. */
export interface Statement<Prepared extends Query> {
  get(values?: Values): ReturnType<Prepared['get']>;
  all(values?: Values): ReturnType<Prepared['all']>;
  run(values?: Values): ReturnType<Prepared['run']>;
}

type Query = Pick<PreparedQuery, 'get' | 'all' | 'run' | 'getQuery'>;

/**
 * A drizzle statement made once per connection: `const seatOf = statement((db) => db.select()….prepare())`, then
 * `seatOf(db).get({ … })`. For the hot paths; building the SQL per call costs ten times the query. What is known when it is made
 * (where values go, what each column is read as) is worked out then: drizzle itself would ask anew for each row.
 */
export function statement<Prepared extends Query>(
  prepare: (db: Db) => Prepared,
): (db: Db) => Statement<Prepared> {
  const made = new WeakMap<Db, Statement<Prepared>>();
  return (db) => {
    const known = made.get(db);
    if (known !== undefined) return known;
    const compiled = compile(prepare(db));
    made.set(db, compiled);
    return compiled;
  };
}

/** What drizzle's prepared queries hold and does not name in its types. */
interface Insides {
  readonly stmt: SqliteStatement;
  readonly fields: readonly Field[] | undefined;
}

interface Field {
  readonly path: readonly string[];
  readonly field: unknown;
}

function compile<Prepared extends Query>(prepared: Prepared): Statement<Prepared> {
  const { stmt, fields } = prepared as unknown as Insides;
  const bind = binder(prepared.getQuery().params);
  const run = (values: Values = {}) => stmt.run(bind(values)) as ReturnType<Prepared['run']>;
  const read = fields && reader(fields);
  // Rows in several parts, some of which a join may leave out, are put together by drizzle.
  if (read === null)
    return { get: (v) => prepared.get(v) as never, all: (v) => prepared.all(v) as never, run };
  if (read !== undefined) stmt.raw();
  return {
    get(values = {}) {
      const row = stmt.get(bind(values));
      return (row === undefined || read === undefined ? row : read(row as unknown[])) as never;
    },
    all(values = {}) {
      const rows = stmt.all(bind(values));
      return (read === undefined ? rows : rows.map((row) => read(row as unknown[]))) as never;
    },
    run,
  };
}

/** Puts values where the placeholders are. Throws where one has none. */
function binder(params: readonly unknown[]): (values: Values) => unknown[] {
  const slots = params.map(slotOf);
  return (values) => {
    const bound: unknown[] = [];
    for (const { name, constant, encode } of slots) {
      const value = name === null ? constant : values[name];
      if (value === undefined) throw new TypeError(`No value for the placeholder ${name}`);
      bound.push(value === null || encode === null ? value : encode(value));
    }
    return bound;
  };
}

interface Slot {
  readonly name: string | null;
  readonly constant: unknown;
  readonly encode: ((value: unknown) => unknown) | null;
}

function slotOf(param: unknown): Slot {
  if (is(param, Placeholder)) return { name: param.name, constant: null, encode: null };
  if (!is(param, Param) || !is(param.value, Placeholder))
    return { name: null, constant: param, encode: null };
  const { encoder } = param;
  const isPlain = encoder.mapToDriverValue === Column.prototype.mapToDriverValue;
  const encode = isPlain ? null : (value: unknown) => encoder.mapToDriverValue(value);
  return { name: param.value.name, constant: null, encode };
}

/** Makes an object of a row of values, or null where drizzle has to. */
function reader(fields: readonly Field[]): ((row: unknown[]) => Record<string, unknown>) | null {
  const columns = fields.map(({ path, field }) => ({ name: path[0]!, decode: decoderOf(field) }));
  if (fields.some(({ path }) => path.length > 1) || columns.some(({ decode }) => decode === undefined))
    return null;
  return (row) => {
    const read: Record<string, unknown> = {};
    for (let i = 0; i < columns.length; i++) {
      const { name, decode } = columns[i]!;
      const value = row[i];
      read[name] = value === null || !decode ? value : decode(value);
    }
    return read;
  };
}

/** How a selected field is read: null as it is, undefined where only drizzle knows. */
function decoderOf(field: unknown): ((value: unknown) => unknown) | null | undefined {
  if (is(field, Column)) {
    const isPlain = field.mapFromDriverValue === Column.prototype.mapFromDriverValue;
    return isPlain ? null : (value) => field.mapFromDriverValue(value);
  }
  if (!is(field, SQL)) return undefined;
  const { decoder } = field as unknown as { decoder: DriverValueDecoder<unknown, unknown> };
  return decoder.mapFromDriverValue === noopDecoder.mapFromDriverValue
    ? null
    : (value) => decoder.mapFromDriverValue(value);
}
