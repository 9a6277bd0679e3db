import { asc, eq, gt, sql } from 'drizzle-orm';
import { type Change, whatStands } from '../change.ts';
import { type Db, statement } from '../statement.ts';
import { idempotency } from '../tables.ts';

/** A write that may be sent again: whose, to which call, under which key, and what it asked for. */
export interface Attempt {
  readonly actorKey: string;
  readonly route: string;
  readonly key: string;
  readonly bodyHash: Buffer;
}

/** An answer as it was kept. */
export interface Answered {
  readonly bodyHash: Buffer;
  readonly answer: string;
  readonly at: number;
}

/**
 * Where the answers lie that a connection knows of, the oldest first, and up to which id it knows them all. Some may have been undone or
 * erased since, so the row itself is asked whose it is.
 */
interface Known {
  readonly places: Map<string, number>;
  upTo: number;
}

type Named = Pick<Attempt, 'actorKey' | 'route' | 'key'>;

/** Keys have no spaces. */
const nameOf = ({ actorKey, route, key }: Named): string => `${actorKey} ${route} ${key}`;

const answerAt = statement((db) =>
  db
    .select()
    .from(idempotency)
    .where(eq(idempotency.id, sql.placeholder('id')))
    .prepare(),
);

const answersAfter = statement((db) =>
  db
    .select({
      id: idempotency.id,
      actorKey: idempotency.actorKey,
      route: idempotency.route,
      key: idempotency.key,
    })
    .from(idempotency)
    .where(gt(idempotency.id, sql.placeholder('id')))
    .orderBy(asc(idempotency.id))
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
  const name = nameOf(attempt);
  const id = knownTo(change).places.get(name);
  if (id === undefined) return null;
  const row = answerAt(change.db).get({ id });
  return row && nameOf(row) === name ? row : null;
}

/** Keeps the answer that a key was given; whoever calls has looked for an earlier one. */
export function keepAnswer(change: Change, attempt: Attempt, answer: string): void {
  const { actorKey, route, key, bodyHash } = attempt;
  const kept = insertAnswer(change.db).run({ actorKey, route, key, bodyHash, answer, at: change.now });
  const id = Number(kept.lastInsertRowid);
  const known = knownOn.get(change.db)!;
  note(known, nameOf(attempt), id);
  change.afterCommit(() => {
    known.upTo = Math.max(known.upTo, id);
  });
}

const knownOn = new WeakMap<Db, Known>();

/** Only another connection adds what this one does not know, so it looks once in each turn, before it has written there itself. */
function knownTo({ db, turn }: Change): Known {
  return whatStands({ standing: turn }, 'answers', () => {
    const known = knownOn.get(db) ?? { places: new Map(), upTo: 0 };
    knownOn.set(db, known);
    catchUp(db, known);
    return known;
  });
}

function catchUp(db: Db, known: Known): void {
  for (const row of answersAfter(db).all({ id: known.upTo })) {
    note(known, nameOf(row), row.id);
    known.upTo = row.id;
  }
  const oldest = oldestAnswer(db).get()?.id ?? Infinity;
  for (const [name, id] of known.places) {
    if (id >= oldest) break;
    known.places.delete(name);
  }
}

function note({ places }: Known, name: string, id: number): void {
  places.delete(name);
  places.set(name, id);
}
