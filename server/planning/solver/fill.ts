import type { Objective } from '../../../shared/planning/plan.ts';
import { Allocation } from './allocation.ts';
import type { Budget } from './budget.ts';
import { measureOf } from './measure.ts';
import { manyPeople } from './options.ts';
import type { Problem } from './problem.ts';
import type { Found } from './strategy.ts';
import { isSearchable } from './strategy.ts';

/** One unit of the objective outweighs whatever evenness can be had. */
const unit = 2 ** 22;

/**
 * Evens out how full the sessions are, in the same timetable and at no cost in the objective: Σ round((100 · taken / seats)²) falls
 * along exchange paths that cost nobody anything in sum, and by people who take their workshops in other passes. Where every workshop
 * is given once this is a convex-cost flow and the result the most even there is. Null where nothing was found; the value comes with it
 * where it is a sum of ranks.
 */
export function evenFill(
  problem: Problem,
  objective: Objective,
  found: Found,
  budget: Budget,
): (Found & { readonly value: number | undefined }) | null {
  if (!isSearchable(problem, objective) || (problem.N >= manyPeople && budget.spent())) return null;
  const { P, W, N } = problem;
  const allocation = new Allocation(problem, measureOf(problem, objective));
  const { seating, exchange, option } = allocation;
  const { load, seats, least, held } = seating;
  seating.restore(found.timetable, found.seats);
  const price = new Float64Array(P * W);
  const fillAt = (cell: number, taken: number): number =>
    seats[cell]! > 0 ? Math.round((1e4 * taken ** 2) / seats[cell]! ** 2) : 0;
  const enter = (cell: number): number =>
    load[cell]! < seats[cell]! ? fillAt(cell, load[cell]! + 1) - fillAt(cell, load[cell]!) : Infinity;
  const leave = (cell: number): number =>
    load[cell]! > least[cell]! ? fillAt(cell, load[cell]!) - fillAt(cell, load[cell]! - 1) : -Infinity;

  /** Somebody with several passes changes some of them at once. */
  const rearrange = (a: number): boolean => {
    let now = seating.costNow(a);
    for (let p = 0; p < P; p++) {
      for (const w of seating.given[p]!) price[p * W + w] = enter(p * W + w) / unit;
      const w = held[a * P + p]!;
      if (w < 0) continue;
      price[p * W + w] = leave(p * W + w) / unit;
      now += price[p * W + w]!;
    }
    if (!(now > -Infinity && option.find(a, price) < now - 0.5 / unit)) return false;
    const choice = option.choice.slice();
    for (let p = 0; p < P; p++) if (held[a * P + p] !== choice[p]) seating.put(a, p, -1);
    for (let p = 0; p < P; p++) seating.put(a, p, choice[p]!);
    return true;
  };

  let moves = 0;
  for (let moved = true; moved && !budget.overdrawn();) {
    moved = false;
    while (!budget.overdrawn() && exchange.balance(unit, enter, leave)) {
      moved = true;
      moves++;
    }
    for (let a = 0; a < N; a++) {
      if ((a & 63) === 63 && budget.overdrawn()) break;
      if (!rearrange(a)) continue;
      moved = true;
      moves++;
    }
  }
  if (moves === 0) return null;
  const value = objective === 'ranks' ? seating.value : undefined;
  return { timetable: seating.timetable, seats: seating.held, value };
}
