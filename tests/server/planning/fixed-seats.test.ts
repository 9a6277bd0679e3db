import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { type InstanceFile, readInstance } from '../../../shared/planning/instance.ts';
import { startBudget } from '../../../server/planning/solver/budget.ts';
import { allocateFixed } from '../../../server/planning/solver/fixed-seats.ts';
import { compileProblem } from '../../../server/planning/solver/problem.ts';

const day = (seed: number): InstanceFile =>
  JSON.parse(
    execFileSync(
      process.execPath,
      ['tests/support/planning/generate.mjs', '--fixed', '1', '--tightness', '.8', '--seed', `${seed}`],
      { encoding: 'utf8' },
    ),
  ) as InstanceFile;

// The sums of ranks are those that HiGHS proves; rounded to the nearest, the prices prove one less.
test.each([
  [3, 1358],
  [10, 1449],
  [12, 1261],
])('whole prices alone prove the best seats of 200 people, day %i', (seed, optimum) => {
  const problem = compileProblem(readInstance(day(seed)));
  let value = Infinity;
  let bound = -Infinity;
  allocateFixed(problem, 'ranks', startBudget({ iterations: 20 }), 1, {
    plan: (_, found) => {
      value = found;
    },
    bound: (known) => {
      bound = known;
    },
    proven: () => bound >= value,
  });
  expect([bound, value]).toEqual([optimum, optimum]);
});
