import { seededRandom } from '../../../shared/core/random.ts';
import { checkPlan } from '../../../shared/planning/constraints.ts';
import { figuresOf, measureIn, valueOf } from '../../../shared/planning/figures.ts';
import { compareValues, type Objective, type Refinement, type Value } from '../../../shared/planning/plan.ts';
import { standingsOf } from '../../../shared/planning/standings.ts';
import type { Budget } from './budget.ts';
import { evenFill } from './fill.ts';
import { FreeSteps } from './free-steps.ts';
import { walkPlateau } from './plateau-walk.ts';
import type { Problem } from './problem.ts';
import { draftOf } from './seats.ts';
import { isSearchable, type Found } from './strategy.ts';

type SearchedObjective = Exclude<Objective, 'lottery'>;

/** A plan that is refined, with its value where that is known already. */
export interface Refined extends Found {
  readonly value?: Value | undefined;
}

/** Steps of a walk per seat, and at most where no clock ends it. */
const stepsPerSeat = 5000;
const mostSteps = 5e6;

/** Of the time that a refinement has, what the walk may take before paths straighten what it leaves. */
const walking = 0.7;

/** Seconds per seat that it takes to begin. */
const beginning = 3e-6;

/**
 * Refines a plan at no cost in its value, by one refinement after another, none of which costs anything of what those before it have
 * reached. They share the time. Each result is given to `take`.
 */
export function refineInTurn(
  problem: Problem,
  objective: SearchedObjective,
  refine: readonly Refinement[],
  budget: Budget,
  seed: number,
  take: (improve: (found: Found) => Refined | null) => void,
): void {
  refine.forEach((last, i) => {
    const order = refine.slice(0, i + 1);
    if (last === 'changes') take((found) => previousPlan(problem, objective, order, found));
    take((found) =>
      last === 'fill' && i === 0 && isSearchable(problem, objective)
        ? evenFill(problem, objective, found, budget)
        : refineOnce(problem, objective, order, found, budget, seed, refine.length - i),
    );
  });
}

/** By the last refinement of the order; `left` refinements share the time. Null where nothing was found. */
function refineOnce(
  problem: Problem,
  objective: SearchedObjective,
  order: readonly Refinement[],
  found: Found,
  budget: Budget,
  seed: number,
  left: number,
): Found | null {
  const { P, N, byPass } = problem;
  const seats = N * P;
  if (seats === 0 || (order.at(-1) === 'changes' && !problem.previous)) return null;
  // Wishing pass by pass, what is missing counts as well, which costs of seats do not know.
  if (byPass.includes(1) && (objective === 'fair' || objective === 'top')) return null;
  const seconds = budget.secondsLeft() / left;
  if (seconds < seats * beginning && seats > 10_000) return null;
  const steps = new FreeSteps(problem, objective, order, found);
  const end = budget.secondsLeft() - seconds;
  const stop = (): boolean => budget.overdrawn() || (end > 0 && budget.secondsLeft() <= end);
  steps.swapPasses();
  if (order.length > 1 || order[0] !== 'fill') {
    const most = seats * stepsPerSeat;
    let walked = 0;
    walkPlateau(steps.seats, seededRandom(seed), (more) => {
      walked += more;
      const done = walked / (budget.counted ? Math.min(most, mostSteps) : most);
      const used = budget.counted ? 0 : 1 - (budget.secondsLeft() - end) / seconds;
      return budget.overdrawn() ? 1 : Math.max(done, used / walking);
    });
  }
  steps.descend(stop);
  return steps.refined();
}

/** The previous plan itself, where it still keeps every rule and is no worse, the refinements before `changes` included. */
function previousPlan(
  problem: Problem,
  objective: SearchedObjective,
  order: readonly Refinement[],
  found: Found,
): Found | null {
  const { instance, previous, P, W } = problem;
  if (!instance.previous || !previous || previous.includes(-2)) return null;
  const cells = new Map(
    instance.passes.flatMap((pass, p) =>
      instance.workshops.map((workshop, w) => [`${pass.id} ${workshop.id}`, p * W + w]),
    ),
  );
  const rooms = new Map(instance.rooms.map(({ id }, r) => [id, r]));
  const timetable = new Int16Array(P * W).fill(-1);
  for (const { pass, workshop, room } of instance.fixed ?? instance.previous.sessions)
    timetable[cells.get(`${pass} ${workshop}`) ?? -1] = rooms.get(room) ?? -1;
  const before = { timetable, seats: previous.slice() };
  const draft = draftOf(problem, timetable, before.seats);
  if (checkPlan(instance, draft).length > 0) return null;
  const now = draftOf(problem, found.timetable, found.seats);
  const measures = (plan: typeof draft): number[] => {
    const figures = figuresOf(instance, plan);
    return order.map((refinement) => measureIn(figures, refinement));
  };
  const value = (plan: typeof draft): Value => valueOf(standingsOf(instance, plan), objective)!;
  const difference = compareValues(value(draft), value(now)) || compareValues(measures(draft), measures(now));
  return difference < 0 ? before : null;
}
