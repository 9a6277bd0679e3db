import { checkPlan, sentenceOf } from '../../../shared/planning/constraints.ts';
import { figuresOf, valueOf, type Figures } from '../../../shared/planning/figures.ts';
import type { Instance } from '../../../shared/planning/instance.ts';
import {
  compareValues,
  gapBetween,
  type Objective,
  type Plan,
  type Refinement,
  type Value,
} from '../../../shared/planning/plan.ts';
import { standingsOf } from '../../../shared/planning/standings.ts';
import { boundOf } from './bounds.ts';
import { startBudget } from './budget.ts';
import { solveExactly } from './exact-model.ts';
import { compileProblem } from './problem.ts';
import { draftOf } from './seats.ts';

export interface PlanOptions {
  readonly objective?: Objective | undefined;
  /** Refinements in order; `fill` where nothing is said. */
  readonly refine?: readonly Refinement[] | undefined;
  /** The time limit; 10 where neither seconds nor iterations are given. */
  readonly seconds?: number | undefined;
  /** Work limit in place of seconds: no clock is read and the same input gives the same plan. */
  readonly iterations?: number | undefined;
  readonly seed?: number | undefined;
}

/** What the search knows so far. */
export interface PlanProgress {
  readonly value: Value | null;
  readonly bound: Value | null;
  readonly gap: number | null;
  /** What it is doing, as a word of a closed list. */
  readonly trying: 'reading' | 'exact' | 'timetables' | 'seats' | 'fill';
}

/** Why no plan exists: each reason is a set of facts that cannot all hold. */
export interface Reason {
  readonly code: string;
  readonly message: { readonly sv: string; readonly en: string };
}

export interface FoundPlan extends Plan {
  /** From the parsed instance to the checked plan; absent when no clock was read. */
  readonly seconds?: number;
  readonly figures: Figures;
}

export type PlanOutcome =
  | { readonly kind: 'plan'; readonly plan: FoundPlan }
  | { readonly kind: 'infeasible'; readonly reasons: readonly Reason[] }
  | { readonly kind: 'nothing-found' };

export interface PlanHooks {
  readonly onProgress?: ((progress: PlanProgress) => void) | undefined;
  readonly cancelled?: (() => boolean) | undefined;
}

/** Plans an instance in this thread. Throws where a plan would break a rule: such a plan is never handed out. */
export async function solve(
  instance: Instance,
  options: PlanOptions = {},
  hooks: PlanHooks = {},
): Promise<PlanOutcome> {
  const counted = options.iterations !== undefined;
  const started = counted ? 0 : performance.now();
  const objective = options.objective ?? 'ranks';
  if (objective === 'lottery') throw new RangeError('lottery is drawn, not searched');
  if (objective === 'changes' && !instance.previous) {
    throw new RangeError('changes: there is no previous plan to change');
  }
  const problem = compileProblem(instance);
  const budget = startBudget({
    seconds: options.seconds,
    iterations: options.iterations,
    cancelled: hooks.cancelled,
  });
  hooks.onProgress?.({ value: null, bound: null, gap: null, trying: 'exact' });
  const result = await solveExactly(
    problem,
    objective,
    options.refine ?? ['fill'],
    budget,
    options.seed ?? 1,
  );
  if (result.status === 'infeasible') {
    return {
      kind: 'infeasible',
      reasons: [
        {
          code: 'no-plan-exists',
          message: {
            sv: 'Alla regler och låsningar kan inte gälla samtidigt.',
            en: 'All rules and pins cannot hold together.',
          },
        },
      ],
    };
  }
  if (!result.plan) return { kind: 'nothing-found' };
  const draft = draftOf(problem, result.plan.timetable, result.plan.seats);
  const violations = checkPlan(instance, draft);
  if (violations.length > 0) {
    throw new Error(
      `a plan was refused: ${violations
        .slice(0, 3)
        .map((v) => sentenceOf(v, 'en'))
        .join(' ')}`,
    );
  }
  const value = valueOf(standingsOf(instance, draft), objective)!;
  const known = boundOf(problem, objective, result.bound);
  const proven = result.status === 'optimal' || compareValues(known, value) >= 0;
  const bound = proven ? value : known;
  const plan: Plan = {
    ...draft,
    objective,
    value,
    bound,
    gap: proven ? 0 : gapBetween(value, bound),
    proven,
  };
  hooks.onProgress?.({ value, bound, gap: plan.gap, trying: 'exact' });
  const figures = figuresOf(instance, draft);
  if (counted) return { kind: 'plan', plan: { ...plan, figures } };
  const seconds = Math.round(performance.now() - started) / 1000;
  return { kind: 'plan', plan: { ...plan, seconds, figures } };
}
