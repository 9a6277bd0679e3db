import type { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { seededRandom } from '../../../shared/core/random.ts';
import { readInstance } from '../../../shared/planning/instance.ts';
import { solve } from '../../../server/planning/solver/solve.ts';

const ids = (letter: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${letter}${i + 1}`);
const random = seededRandom(3);
/** Large enough for a second thread: its plan is not proven within the test's patience. */
const large = readInstance({
  passes: ids('P', 3).map((id) => ({ id })),
  rooms: [40, 38, 31, 27, 22, 20, 18].map((capacity, r) => ({ id: `R${r + 1}`, capacity })),
  workshops: ids('W', 13).map((id) => ({ id })),
  attendees: ids('A', 180).map((id) => ({
    id,
    wishes: random
      .shuffle(ids('W', 13).map((w, i) => ({ w, worth: random.next() ** (1 + i / 4) })))
      .sort((x, y) => y.worth - x.worth)
      .slice(0, 5)
      .map(({ w }) => w),
  })),
});

const killed = (): void => {
  process.once('worker', (worker: Worker) => setTimeout(() => void worker.terminate(), 200));
};

test('two threads give the same plan for the same iterations', async () => {
  const started: Worker[] = [];
  const count = (worker: Worker): number => started.push(worker);
  process.on('worker', count);
  const plan = () => solve(large, { iterations: 3000, seed: 2, objective: 'fair', refine: [] });
  const [one, other] = [await plan(), await plan()];
  process.off('worker', count);
  expect(started).toHaveLength(2);
  expect(one.kind).toBe('plan');
  expect(other).toEqual(one);
});

test('a search that loses its second thread still hands out its plan', async () => {
  killed();
  expect(await solve(large, { seconds: 3 })).toMatchObject({ kind: 'plan' });
});

test('where the plan depends on the second thread, losing it is an error', async () => {
  killed();
  await expect(solve(large, { iterations: 40_000 })).rejects.toThrow('a searching thread ended');
});
