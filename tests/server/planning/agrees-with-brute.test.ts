import { describe, expect, test } from 'vitest';
import { readInstance } from '../../../shared/planning/instance.ts';
import { objectives } from '../../../shared/planning/plan.ts';
import { solve } from '../../../server/planning/solver/solve.ts';
import { brute } from '../../support/planning/brute.mjs';
import { check } from '../../support/planning/plan-check.mjs';
import { smallInstance } from '../../support/planning/small-instances.ts';

/** SOLVER_SEEDS=1-2000 tries more instances than the suite has time for. */
const [first = 1, last = 40] = (process.env['SOLVER_SEEDS'] ?? '').split('-').filter(Boolean).map(Number);

describe.each(objectives.filter((name) => name !== 'lottery'))('the plan for %s', (objective) => {
  test(`is the best there is, on random instances ${first} to ${last}`, async () => {
    for (let seed = first; seed <= last; seed++) {
      const file = smallInstance(seed);
      const truth = brute(file, { objective });
      const outcome = await solve(readInstance(file), { objective, seconds: 20, seed });
      if (!truth) {
        expect(outcome.kind, `seed ${seed}`).toBe('infeasible');
        continue;
      }
      if (outcome.kind !== 'plan') expect.fail(`seed ${seed}: ${outcome.kind}`);
      expect(check(file, outcome.plan).violations, `seed ${seed}`).toEqual([]);
      expect(outcome.plan.value, `seed ${seed}`).toEqual(truth.value);
      expect(outcome.plan.proven, `seed ${seed}`).toBe(true);
    }
  });
});
