import { largestRegret } from '../../../shared/planning/figures.ts';
import type { Objective, Value } from '../../../shared/planning/plan.ts';
import { idealSum } from '../../../shared/planning/standings.ts';
import type { Problem } from './problem.ts';

/**
 * A lower bound of the value from what is known of its leading entries; entries that nothing is known about get what nobody can
 * be below. For `fair` the leading entries count people at the largest regret or more, then at the next or more, and so on.
 */
export function boundOf(problem: Problem, objective: Objective, leading: readonly number[]): Value {
  switch (objective) {
    case 'ranks':
    case 'lottery':
      return Math.max(leading[0] ?? 0, leastRanks(problem));
    case 'top':
      return [leading[0] ?? -problem.N, Math.max(leading[1] ?? 0, leastRanks(problem))];
    case 'changes':
      return [leading[0] ?? 0, Math.max(leading[1] ?? 0, leastRanks(problem))];
    case 'served':
      return [
        leading[0] ?? -problem.N,
        leading[1] ?? -problem.N * problem.P,
        leading[2] ?? -problem.N * problem.P,
      ];
    case 'fair': {
      const counts = Array.from({ length: largestRegret(problem.instance) + 1 }, () => 0);
      const start = counts.length - 1 - leading.length;
      leading.forEach((atLeast, i) => {
        if (start + i >= 0 && i < counts.length) counts[i] = atLeast - (leading[i - 1] ?? 0);
      });
      return counts;
    }
  }
}

/** The sum of ranks if everybody had the best seats there can be. */
export function leastRanks({ instance, P, N, can, picks, presentingPeople }: Problem): number {
  const presenting = new Set(presentingPeople.flat());
  let sum = 0;
  for (let a = 0; a < N; a++) {
    if (presenting.has(a)) continue;
    let wanted = 0;
    for (let p = 0; p < P; p++) wanted += can[a * P + p] ?? 0;
    sum += idealSum(instance.attendees[a]!, Math.min(picks[a] ?? 0, wanted));
  }
  return sum;
}
