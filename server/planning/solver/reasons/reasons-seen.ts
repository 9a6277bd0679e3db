import type { Reason } from '../../../../shared/planning/no-plan-reasons.ts';
import { startBudget, type Budget } from '../budget.ts';
import type { Problem } from '../problem.ts';
import { whyNoPlan, type Findings } from './why-no-plan.ts';

/** Seconds that looking for reasons may take, beside those of the plan. */
const patience = 0.9;

/** Reasons that counting and matching see at once, before anything is searched; null where they see none. */
export async function reasonsAtOnce(
  problem: Problem,
  { counted }: Budget,
): Promise<readonly Reason[] | null> {
  const budget = startBudget(counted ? { iterations: 1e6 } : { seconds: patience });
  const { reasons } = await whyNoPlan(problem.instance, budget, { thorough: false, problem });
  return reasons.length > 0 ? reasons : null;
}

/** What the exact model of the requirements finds when the search has found no plan: why there is none, or where one is. */
export function onReflection(problem: Problem, plan: Budget): Promise<Findings> {
  const seconds = Math.max(patience, plan.secondsLeft() / 2);
  const budget = startBudget(plan.counted ? { iterations: 1e6 } : { seconds });
  return whyNoPlan(problem.instance, budget, { thorough: true, problem });
}

const contradiction: Reason = {
  code: 'timetable',
  message: {
    sv: 'Alla regler och låsningar kan inte gälla samtidigt.',
    en: 'All rules and pins cannot hold together.',
  },
  requirements: [],
};

/** Reasons for what is known to have no plan. */
export async function whyNothing(problem: Problem, budget: Budget): Promise<readonly Reason[]> {
  const { reasons } = await onReflection(problem, budget);
  return reasons.length > 0 ? reasons : [contradiction];
}
