import type { Reason } from '../../../../shared/planning/no-plan-reasons.ts';
import { startBudget, type Budget } from '../budget.ts';
import type { Problem } from '../problem.ts';
import { whyNoPlan } from './why-no-plan.ts';

/** Seconds that looking for reasons may take, beside those of the plan. */
const patience = 0.9;

/** Reasons that counting and matching see at once, before anything is searched; null where they see none. */
export async function reasonsAtOnce(
  problem: Problem,
  { counted }: Budget,
): Promise<readonly Reason[] | null> {
  return reasonsWithin(problem, counted ? {} : { seconds: patience }, false);
}

/** Reasons by the exact model too, for when no plan has been found; null where none is proven. */
export async function reasonsOnReflection(
  problem: Problem,
  budget: Budget,
): Promise<readonly Reason[] | null> {
  return reasonsWithin(
    problem,
    budget.counted ? {} : { seconds: Math.max(patience, budget.secondsLeft() / 2) },
    true,
  );
}

async function reasonsWithin(
  problem: Problem,
  { seconds }: { seconds?: number },
  thorough: boolean,
): Promise<readonly Reason[] | null> {
  const budget = startBudget(seconds === undefined ? { iterations: 1e6 } : { seconds });
  const reasons = await whyNoPlan(problem.instance, budget, { thorough, problem });
  return reasons.length > 0 ? reasons : null;
}
