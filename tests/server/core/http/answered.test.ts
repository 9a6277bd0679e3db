import Database, { type Database as Sqlite } from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Change, type Others, unknownOthers } from '../../../../server/core/change.ts';
import type { Db } from '../../../../server/core/statement.ts';
import { type Attempt, earlierAnswer, keepAnswer } from '../../../../server/core/http/answered.ts';
import { testStore } from '../../../support/database.ts';

/** What the two connections of a server do, one at a time: groups of writes under keys, committed or lost; the first one also erases a person and sweeps the oldest answers. */
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('group' as const),
      who: fc.constantFrom(0 as const, 1 as const),
      keys: fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 4 }),
      lost: fc.boolean(),
    }),
  },
  fc.record({ kind: fc.constant('erase' as const), person: fc.integer({ min: 0, max: 2 }) }),
  fc.record({ kind: fc.constant('sweep' as const), rows: fc.integer({ min: 1, max: 4 }) }),
);

/** From this on keys are of calls that only the first connection answers. */
const firstUnnamed = 6;

/** Every third key is of the same person. */
const attemptOf = (key: number): Attempt => ({
  actorKey: `attendee:${key % 3}`,
  route: 'takeSeat',
  key: `key-${key}`,
  bodyHash: Buffer.of(key),
  isNamed: key < firstUnnamed,
});

test('a key has the answer that is stored under it, whoever wrote it, and whatever was lost or erased', () => {
  const file = testStore().folder.database;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const connections = [new Database(file), new Database(file)] as const;
      const others: readonly Others[] = [unknownOthers(), unknownOthers()];
      const hooks: (() => void)[] = [];
      const changes = connections.map((sqlite, who) => changeOn(sqlite, others[who]!, hooks));
      const [first] = connections;
      first.exec('DELETE FROM idempotency');
      let stored = new Map<number, string>();
      let written = 0;
      try {
        for (const did of steps) {
          if (did.kind === 'group') {
            const [change, sqlite] = [changes[did.who]!, connections[did.who]];
            const after = new Map(stored);
            sqlite.exec('BEGIN IMMEDIATE');
            for (const key of did.keys) {
              if (did.who === 1 && key >= firstUnnamed) continue;
              const earlier = earlierAnswer(change, attemptOf(key))?.answer;
              expect(earlier).toBe(after.get(key));
              if (earlier !== undefined) continue;
              const answer = `answer ${written++}`;
              keepAnswer(change, attemptOf(key), answer);
              after.set(key, answer);
            }
            sqlite.exec(did.lost ? 'ROLLBACK' : 'COMMIT');
            if (!did.lost) stored = after;
            for (const hook of hooks.splice(0)) if (!did.lost) hook();
          } else {
            const gone =
              did.kind === 'erase'
                ? first.prepare('DELETE FROM idempotency WHERE actor_key = ?').run(`attendee:${did.person}`)
                : first
                    .prepare(
                      'DELETE FROM idempotency WHERE id IN (SELECT id FROM idempotency ORDER BY id LIMIT ?)',
                    )
                    .run(did.rows);
            if (gone.changes > 0) stored = storedIn(first);
          }
          // The first begins anew with every group, the second when the first may have written.
          Object.assign(others[0]!, unknownOthers());
          if (did.kind !== 'group' || did.who === 0) Object.assign(others[1]!, unknownOthers());
        }
      } finally {
        for (const connection of connections) connection.close();
      }
    }),
    { numRuns: 300, seed: 20261122 },
  );
});

function changeOn(sqlite: Sqlite, others: Others, hooks: (() => void)[]): Change {
  const afterCommit: Change['afterCommit'] = (hook) => void hooks.push(hook);
  return { db: drizzle(sqlite) as Db, now: 0, others, afterCommit } as unknown as Change;
}

function storedIn(sqlite: Sqlite): Map<number, string> {
  const rows = sqlite.prepare('SELECT key, answer FROM idempotency').all() as {
    key: string;
    answer: string;
  }[];
  return new Map(rows.map(({ key, answer }) => [Number(key.slice('key-'.length)), answer]));
}
