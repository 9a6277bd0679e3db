import { and, asc, eq, gt, lt, sql } from 'drizzle-orm';
import type { Change } from '../change.ts';
import { type Db, statement } from '../statement.ts';
import { idempotency } from '../tables.ts';

/** A write that may be sent again: whose, to which call, under which key, and what it asked for. */
export interface Attempt {
  readonly actorKey: string;
  readonly route: string;
  readonly key: string;
  readonly bodyHash: Buffer;
  /** Whether another connection may have answered it: the calls that have names. */
  readonly isNamed: boolean;
}

/** An answer as it was kept. */
export interface Answered {
  readonly bodyHash: Buffer;
  readonly answer: string;
  readonly at: number;
}

/** Answers that are learnt in one go: some milliseconds. */
const sliceAnswers = 2000;

/**
 * Where the answers lie that a connection knows of, the oldest first, and up to which id it knows them all. Some may have been undone or
 * erased since, so the row itself is asked whose it is.
 */
interface Known {
  readonly places: Map<string, number>;
  upTo: number;
}

/** Keys have no spaces. */
const nameOf = ({ actorKey, route, key }: Pick<Attempt, 'actorKey' | 'route' | 'key'>): string =>
  `${actorKey} ${route} ${key}`;

const answerAt = statement((db) =>
  db
    .select()
    .from(idempotency)
    .where(eq(idempotency.id, sql.placeholder('id')))
    .prepare(),
);

/** The names are put together here: a text made of others in memory holds them all. */
const answersBetween = statement((db) =>
  db
    .select({
      id: idempotency.id,
      name: sql<string>`${idempotency.actorKey} || ' ' || ${idempotency.route} || ' ' || ${idempotency.key}`,
    })
    .from(idempotency)
    .where(and(gt(idempotency.id, sql.placeholder('after')), lt(idempotency.id, sql.placeholder('before'))))
    .orderBy(asc(idempotency.id))
    .limit(sliceAnswers)
    .prepare(),
);

const oldestAnswer = statement((db) =>
  db.select({ id: idempotency.id }).from(idempotency).orderBy(asc(idempotency.id)).limit(1).prepare(),
);

const insertAnswer = statement((db) =>
  db
    .insert(idempotency)
    .values({
      actorKey: sql.placeholder('actorKey'),
      route: sql.placeholder('route'),
      key: sql.placeholder('key'),
      bodyHash: sql.placeholder('bodyHash'),
      answer: sql.placeholder('answer'),
      at: sql.placeholder('at'),
    })
    .prepare(),
);

/** The answer that an attempt's key was given before, or null. */
export function earlierAnswer(change: Change, attempt: Attempt): Answered | null {
  const { db, others } = change;
  if (attempt.isNamed && !others.areKnown) {
    while (!learnAnswers(db, others.ownFrom));
    others.areKnown = true;
  }
  const name = nameOf(attempt);
  const id = knownTo(db).places.get(name);
  if (id === undefined) return null;
  const row = answerAt(db).get({ id });
  return row && nameOf(row) === name ? row : null;
}

/** Keeps the answer that a key was given; whoever calls has looked for an earlier one. */
export function keepAnswer(change: Change, attempt: Attempt, answer: string): void {
  const { db, others, now: at } = change;
  const { actorKey, route, key, bodyHash } = attempt;
  const id = Number(insertAnswer(db).run({ actorKey, route, key, bodyHash, answer, at }).lastInsertRowid);
  const known = knownTo(db);
  note(known, nameOf(attempt), id);
  others.ownFrom = Math.min(others.ownFrom, id);
  if (others.areKnown)
    change.afterCommit(() => {
      known.upTo = Math.max(known.upTo, id);
    });
}

const knownOn = new WeakMap<Db, Known>();

function knownTo(db: Db): Known {
  const known = knownOn.get(db) ?? { places: new Map<string, number>(), upTo: 0 };
  knownOn.set(db, known);
  return known;
}

/**
 * Learns where some of the answers lie that were given since it was asked last, and forgets those that are gone; true once it knows all.
 * In the middle of a transaction `before` keeps out the connection's own, which may be undone and must not count as known.
 */
export function learnAnswers(db: Db, before = Infinity): boolean {
  const known = knownTo(db);
  const rows = answersBetween(db).all({
    after: known.upTo,
    before: Math.min(before, Number.MAX_SAFE_INTEGER),
  });
  for (const { id, name } of rows) note(known, name, id);
  known.upTo = rows.at(-1)?.id ?? known.upTo;
  if (rows.length === sliceAnswers) return false;
  const oldest = oldestAnswer(db).get()?.id ?? Infinity;
  for (const [name, id] of known.places) {
    if (id >= oldest) break;
    known.places.delete(name);
  }
  return true;
}

function note({ places }: Known, name: string, id: number): void {
  places.delete(name);
  places.set(name, id);
}
