import { expect, test } from 'vitest';
import { readInstance } from '../../../shared/planning/instance.ts';
import { startBudget } from '../../../server/planning/solver/budget.ts';
import { compileProblem } from '../../../server/planning/solver/problem.ts';
import { allocateFixed } from '../../../server/planning/solver/fixed-seats.ts';
import { isSearchable, searchJointly } from '../../../server/planning/solver/strategy.ts';
import { brute } from '../../support/planning/brute.mjs';
import { smallInstance } from '../../support/planning/small-instances.ts';

/** SOLVER_SEEDS=1-2000 tries more instances than the suite has time for. */
const [first = 1, last = 60] = (process.env['SOLVER_SEEDS'] ?? '').split('-').filter(Boolean).map(Number);

test(`a search claims no bound above the optimum and nothing proven that is not, instances ${first} to ${last}`, async () => {
  let proven = 0;
  for (let seed = first; seed <= last; seed++) {
    const file = smallInstance(seed);
    const problem = compileProblem(readInstance(file));
    if (!isSearchable(problem, 'ranks')) continue;
    const truth = brute(file);
    let best = Infinity;
    let bound = -Infinity;
    const report = {
      plan: (_: unknown, value: number) => {
        best = Math.min(best, value);
      },
      bound: (known: number) => {
        bound = Math.max(bound, known);
      },
      proven: () => bound >= best,
    };
    const budget = startBudget({ iterations: 4000 });
    const open = problem.fixed
      ? (allocateFixed(problem, 'ranks', budget, seed, report), null)
      : await searchJointly(problem, 'ranks', budget, seed, report);
    if (!truth) {
      expect(best, `seed ${seed}`).toBe(Infinity);
      continue;
    }
    expect(best, `seed ${seed}`).toBeGreaterThanOrEqual(Number(truth.value));
    expect(bound, `seed ${seed}`).toBeLessThanOrEqual(Number(truth.value));
    if (bound >= best || open?.length === 0) {
      expect(best, `seed ${seed}`).toBe(truth.value);
      proven++;
    }
  }
  expect(proven).toBeGreaterThan((last - first) / 10);
});
