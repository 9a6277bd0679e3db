import { seededRandom } from '../../../shared/core/random.ts';
import type { Objective } from '../../../shared/planning/plan.ts';
import type { Budget } from './budget.ts';
import { measureOf } from './measure.ts';
import { PooledBound } from './pooled-bound.ts';
import { PassBranching } from './pass-branching.ts';
import type { Problem } from './problem.ts';
import { TimetableSearch } from './search.ts';
import type { Seats, Timetable } from './seats.ts';
import { isPartitioned, SetPartition } from './set-partition.ts';
import { constructTimetable, demandOf, seatEveryPass } from './timetable.ts';

/** What a strategy has found: the best plan in numbers, and a bound of the sum of ranks where that is the objective. */
export interface Found {
  readonly timetable: Timetable;
  readonly seats: Seats;
}

export interface Report {
  readonly plan: (found: Found, value: number) => void;
  /** A lower bound of the objective's single number; only for `ranks`. */
  readonly bound: (bound: number) => void;
  /** Whether value and bound have met. */
  readonly proven: () => boolean;
}

/** Whether prices and exchange paths know everything that the instance asks for. */
export function isSearchable(problem: Problem, objective: Objective): boolean {
  const plain =
    problem.byPass.every((x) => x === 0) && problem.groups.length === 0 && problem.overlaps.length === 0;
  return plain && problem.P > 0 && problem.N > 0 && objective !== 'served' && objective !== 'lottery';
}

/**
 * Timetable, rooms and seats together: annealing with restarts and the pooled bound beside it; days that are small enough are
 * proven. Returns timetables that are all that is left to look into: whoever shows that none of them is better has proven the best,
 * or, where nothing was found, that there is no plan.
 */
export function searchJointly(
  problem: Problem,
  objective: Objective,
  budget: Budget,
  seed: number,
  report: Report,
  start: Found | null = null,
): readonly Timetable[] | null {
  const random = seededRandom(seed);
  const search = new TimetableSearch(problem, measureOf(problem, objective), seed);
  const demand = demandOf(problem);
  let begun = start !== null;
  if (start) search.resume(start);
  for (let tries = 0; !begun && tries < 300 && !budget.spent(); tries++) {
    const timetable = constructTimetable(problem, demand, random);
    budget.work(1);
    begun =
      timetable !== null &&
      (search.begin(timetable) ||
        (seatEveryPass(problem, timetable, random, 4000) && search.begin(timetable)));
  }
  const partition = objective === 'ranks' && isPartitioned(problem) ? SetPartition.of(problem) : null;
  if (!begun) {
    if (!partition) return null;
    // No timetable came to mind: the partition finds one, or shows that there is none.
    const beyond = 1 + problem.P * problem.unlisted.reduce((sum, rank) => sum + rank, 0);
    const first: Found[] = [];
    const finished = partition.solve(beyond, new Float64Array(problem.W), budget, {
      plan: (found) => first.push(found),
      bound: report.bound,
      proven: () => first.length > 0,
    });
    if (!first[0]) return finished ? [] : null;
    search.resume(first[0]);
  }
  let told = Infinity;
  const scale = objective === 'ranks' ? 1 : 3;
  const anneal = (steps: number, from: number, to: number): void => {
    for (let k = 0; k < steps && !budget.spent() && !report.proven(); k++) {
      search.step(from * (to / from) ** (k / steps));
      budget.work(1);
      if (k % 50 === 0) tell();
    }
    tell();
  };
  const tell = (): void => {
    if (search.best.value >= told) return;
    told = search.best.value;
    report.plan(search.best, told);
  };
  tell();
  if (partition) {
    anneal(400, 3, 0.3);
    if (partition.solve(told, search.workshopPrices(), budget, report)) return [];
  }
  const branching = objective === 'ranks' ? PassBranching.of(problem) : null;
  if (branching) {
    // A value that is one unit too high leaves many more cases open than it takes to find a better one.
    anneal(branching.breadth > 100 ? 5000 : 600, 6, 0.3);
    const left = settleSmall(branching, () => told, budget, {
      ...report,
      plan: (found, value) => {
        told = Math.min(told, value);
        report.plan(found, value);
      },
    });
    if (left) return left;
  }
  const pooled = objective === 'ranks' ? new PooledBound(problem) : null;
  const raise = (iterations: number): void => {
    if (!pooled) return;
    pooled.raise(iterations, search.best.value, budget);
    report.bound(Math.ceil(pooled.bound - 1e-3));
  };
  raise(30);
  const large = problem.P * problem.R > 40;
  for (let cycle = 0; !budget.spent() && !report.proven(); cycle++) {
    search.thorough = cycle > 0 && !large;
    anneal(1500 * 2 ** Math.min(cycle, 6), (large ? 3 : 8) * scale, 0.4 * scale);
    raise(100);
    if (cycle % 2 === 1) search.rewind();
  }
  return null;
}

/** Everything that pass sets leave open, looked into one by one; null where that would take too long. */
function settleSmall(
  branching: PassBranching,
  value: () => number,
  budget: Budget,
  report: Report,
): readonly Timetable[] | null {
  const survivors = branching.survivors(value(), budget, 2000);
  if (!survivors) return null;
  const open: Timetable[] = [];
  for (const { bound, masks } of survivors) {
    if (open.length === 0) report.bound(Math.min(bound, value()));
    if (bound >= value()) break;
    const left = branching.settle(masks, value, budget, report);
    if (!left) return null;
    open.push(...left);
    if (open.length > 200) return null;
  }
  if (open.length === 0) report.bound(value());
  return open;
}
