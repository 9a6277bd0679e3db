import Database from 'better-sqlite3';
import { and, eq, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { blob, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type Db, statement } from '../../../server/core/statement.ts';

const notes = sqliteTable('notes', {
  id: text().primaryKey(),
  rank: integer().notNull(),
  done: integer({ mode: 'boolean' }),
  data: text({ mode: 'json' }).$type<{ readonly words: readonly string[] }>(),
  bytes: blob({ mode: 'buffer' }),
});

const insert = statement((db) =>
  db
    .insert(notes)
    .values({
      id: sql.placeholder('id'),
      rank: sql.placeholder('rank'),
      done: sql.placeholder('done'),
      data: sql.placeholder('data'),
      bytes: sql.placeholder('bytes'),
    })
    .prepare(),
);
const everything = statement((db) => db.select().from(notes).orderBy(notes.id).prepare());
const byId = statement((db) =>
  db
    .select()
    .from(notes)
    .where(eq(notes.id, sql.placeholder('id')))
    .prepare(),
);

const first = { id: 'a', rank: 1, done: true, data: { words: ['å', 'ä'] }, bytes: Buffer.from([0, 255]) };
const second = { id: 'b', rank: 2, done: false, data: { words: [] }, bytes: Buffer.from('b') };
const empty = { id: 'c', rank: 3, done: null, data: null, bytes: null };

function memory(): Db {
  const sqlite = new Database(':memory:');
  onTestFinished(() => void sqlite.close());
  sqlite.exec('create table notes (id text primary key, rank integer, done integer, data text, bytes blob)');
  return drizzle(sqlite);
}

describe('a statement', () => {
  let db: Db;
  beforeEach(() => {
    db = memory();
    for (const note of [first, second, empty]) insert(db).run(note);
  });

  it('writes and reads truth values, JSON, bytes and nothing as the schema says', () => {
    expect(everything(db).all()).toEqual([first, second, empty]);
    expect(byId(db).get({ id: 'c' })).toEqual(empty);
  });

  it('reads what drizzle reads', () => {
    expect(everything(db).all()).toEqual(db.select().from(notes).orderBy(notes.id).all());
  });

  it('finds nothing where nothing is', () => {
    expect(byId(db).get({ id: 'd' })).toBeUndefined();
  });

  it('puts one value in several places, beside values that are always the same', () => {
    const ranked = statement((d) =>
      d
        .select({ id: notes.id })
        .from(notes)
        .where(
          and(
            eq(notes.rank, sql.placeholder('rank')),
            eq(notes.done, true),
            sql`${sql.placeholder('rank')} < 2`,
          ),
        )
        .prepare(),
    );
    expect(ranked(db).all({ rank: 1 })).toEqual([{ id: 'a' }]);
    expect(ranked(db).all({ rank: 2 })).toEqual([]);
  });

  it('reads SQL of its own as it comes, or as it says', () => {
    const counted = statement((d) =>
      d
        .select({ plain: sql<number>`count(*)`, text: sql`count(*)`.mapWith(String) })
        .from(notes)
        .prepare(),
    );
    expect(counted(db).get()).toEqual({ plain: 3, text: '3' });
  });

  it('reads rows of two tables, of which a join may leave out one', () => {
    const pairs = statement((d) =>
      d
        .select({ id: notes.id, other: { id: others.id, of: others.of } })
        .from(notes)
        .leftJoin(others, eq(others.of, notes.id))
        .orderBy(notes.id)
        .limit(2)
        .prepare(),
    );
    db.run(sql`create table others (id text, "of" text)`);
    db.insert(others).values({ id: 'x', of: 'a' }).run();
    expect(pairs(db).all()).toEqual([
      { id: 'a', other: { id: 'x', of: 'a' } },
      { id: 'b', other: null },
    ]);
    expect(pairs(db).get()).toEqual({ id: 'a', other: { id: 'x', of: 'a' } });
  });

  it('says how many rows it changed, or returns them', () => {
    const raise = (d: Db) => d.update(notes).set({ rank: sql`${notes.rank} + 1` });
    const raised = statement((d) => raise(d).prepare());
    const returning = statement((d) => raise(d).returning({ id: notes.id, done: notes.done }).prepare());
    expect(raised(db).run().changes).toBe(3);
    expect(returning(db).all()).toEqual([first, second, empty].map(({ id, done }) => ({ id, done })));
  });

  it('refuses to run without the value of a placeholder', () => {
    expect(() => byId(db).get({ name: 'a' })).toThrow('No value for the placeholder id');
    expect(() => byId(db).get()).toThrow('No value for the placeholder id');
  });

  it('is made for each connection', () => {
    expect(everything(memory()).all()).toEqual([]);
    expect(everything(db)).toBe(everything(db));
  });
});

const others = sqliteTable('others', { id: text(), of: text() });
