import { expect, test } from 'vitest';
import { readInstance } from '../../../shared/planning/instance.ts';
import { runPlan } from '../../../server/planning/solver/run.ts';
import type { PlanProgress } from '../../../server/planning/solver/solve.ts';

const ids = (letter: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${letter}${i + 1}`);
const instance = readInstance({
  passes: ids('P', 3).map((id) => ({ id })),
  rooms: ids('R', 4).map((id) => ({ id, capacity: 12 })),
  workshops: ids('W', 9).map((id) => ({ id })),
  attendees: ids('A', 40).map((id, i) => ({
    id,
    wishes: [0, 1, 2, 3].map((k) => `W${((i * 5 + k * 3 + (k >> 1)) % 9) + 1}`),
  })),
});

test('a plan is made in a thread of its own and tells how it goes', async () => {
  const told: PlanProgress[] = [];
  const outcome = await runPlan(
    instance,
    { iterations: 300 },
    { onProgress: (progress) => told.push(progress) },
  );
  expect(outcome.kind).toBe('plan');
  expect(told.some(({ value }) => value !== null)).toBe(true);
});

test('a cancelled run hands out what it has', async () => {
  const controller = new AbortController();
  const outcome = await runPlan(
    instance,
    { seconds: 600, objective: 'fair' },
    {
      signal: controller.signal,
      onProgress: ({ value }) => {
        if (value !== null) controller.abort();
      },
    },
  );
  expect(outcome.kind).toBe('plan');
});
