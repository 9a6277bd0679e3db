import { seededRandom } from '../../../shared/core/random.ts';
import type { Objective } from '../../../shared/planning/plan.ts';
import { Annealing } from './annealing.ts';
import { leastRanks } from './bounds.ts';
import { shareOf, type Budget } from './budget.ts';
import { measureOf } from './measure.ts';
import { PassBranching } from './pass-branching.ts';
import type { Problem } from './problem.ts';
import { TimetableSearch } from './search.ts';
import type { SearchHelper } from './search-helper.ts';
import type { Seats, Timetable } from './seats.ts';
import { isPartitioned, SetPartition } from './set-partition.ts';
import { constructTimetable, demandOf, seatEveryPass } from './timetable.ts';

/** Of iterations, half are the helper's; of time, both have all. */
const shareOfSearcher = (budget: Budget): Budget => (budget.counted ? shareOf(budget, 0.5) : budget);

/** People times passes from which it pays to draft several timetables and begin with the most promising. */
const manySeats = 3000;

/** Of Adams and of D'Hondt, for how often a workshop is given. */
const divisors = [0, 0, 0, 1];

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
export async function searchJointly(
  problem: Problem,
  objective: Objective,
  budget: Budget,
  seed: number,
  report: Report,
  start: Found | null = null,
  help: ((start: Found) => SearchHelper | null) | null = null,
): Promise<readonly Timetable[] | null> {
  const random = seededRandom(seed);
  const search = new TimetableSearch(problem, measureOf(problem, objective), seed);
  const demand = demandOf(problem);
  const hurry = (): boolean => budget.spent();
  const giveUp = (): boolean => budget.overdrawn();
  let begun = start !== null;
  if (start) search.resume(start);
  if (!begun && problem.N * problem.P >= manySeats) {
    const drafts = divisors.map((divisor) => constructTimetable(problem, demand, random, divisor));
    const drafting = shareOf(budget, 0.4);
    const costOf = (timetable: Timetable): number =>
      drafting.spent() ? Infinity : search.estimate(timetable, () => drafting.spent());
    begun = drafts
      .filter((timetable) => timetable !== null)
      .map((timetable) => ({ timetable, cost: costOf(timetable) }))
      .sort((x, y) => (x.cost === y.cost ? 0 : x.cost - y.cost))
      .some(({ timetable }) => !giveUp() && search.begin(timetable, hurry, giveUp));
  }
  for (let tries = 0; !begun && tries < 300 && !budget.spent(); tries++) {
    const timetable = constructTimetable(problem, demand, random);
    budget.work(1);
    begun =
      timetable !== null &&
      (search.begin(timetable, hurry, giveUp) ||
        (seatEveryPass(problem, timetable, random, 4000) && search.begin(timetable, hurry, giveUp)));
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
  const annealing = new Annealing(search, objective, report);
  annealing.tell();
  if (partition) {
    await annealing.run(80, 3, 0.3, budget);
    if (partition.solve(annealing.told, search.workshopPrices(), budget, report)) return [];
  }
  const branching = objective === 'ranks' ? PassBranching.of(problem) : null;
  if (branching) {
    await annealing.run(300, 6, 0.3, budget);
    const left = settleSmall(branching, leastRanks(problem), () => annealing.told, budget, {
      ...report,
      plan: (found, value) => annealing.offer(found, value),
    });
    if (left) return left;
  }
  const helper = help?.(search.best) ?? null;
  try {
    await annealing.rounds(
      helper ? shareOfSearcher(budget) : budget,
      seed,
      helper ? 'none' : 'between',
      helper,
    );
  } finally {
    helper?.stop();
  }
  return null;
}

/**
 * Asks for a plan below a target that rises by one (iterative deepening): far below the optimum little is left to look into, and
 * what is found on the way lowers the value. Returns what is open when the target meets the value; null where that would take too long.
 */
function settleSmall(
  branching: PassBranching,
  least: number,
  value: () => number,
  budget: Budget,
  report: Report,
): readonly Timetable[] | null {
  for (let target = Math.min(least + 1, value()); ; target = Math.min(target + 1, value())) {
    const below = (): number => Math.min(target, value());
    const survivors = branching.survivors(target, budget, 2000);
    if (!survivors) return null;
    const open: Timetable[] = [];
    for (const { bound, masks } of survivors) {
      if (bound >= below() || open.length > 200) break;
      const left = branching.settle(masks, below, budget, report);
      if (!left) return null;
      open.push(...left);
    }
    if (open.length === 0) report.bound(below());
    if (below() < target) continue;
    if (target >= value()) return open.length > 200 ? null : open;
  }
}
