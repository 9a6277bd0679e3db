import type { Budget } from './budget.ts';
import { LinearModel, minimise, rowDuals, type LinearResult, type Term } from './linear-model.ts';
import type { Problem } from './problem.ts';
import type { SeatSets } from './seat-sets.ts';
import type { Seats } from './seats.ts';

/** Everybody chooses one of their sets of seats: a mixed-integer model for HiGHS with a column per set. */
export class SetModel {
  private readonly problem: Problem;
  private readonly sets: SeatSets;
  private readonly linear = new LinearModel();
  /** By cell: its row. */
  private readonly rowOf = new Map<number, number>();

  /** `seats` and `full` by cell: −1 where not given; 1 where every seat is taken. */
  constructor(problem: Problem, sets: SeatSets, seats: Int32Array, full: Uint8Array) {
    const { P, W, N } = problem;
    const { first, choices } = sets;
    const { linear } = this;
    this.problem = problem;
    this.sets = sets;
    const takers = Array.from(seats, (): Term[] => []);
    for (let a = 0; a < N; a++) {
      const mine: Term[] = [];
      for (let set = first[a]!; set < first[a + 1]!; set++) {
        const term: Term = [linear.column(0, 1), 1];
        mine.push(term);
        for (let p = 0; p < P; p++) {
          const w = choices[set * P + p]!;
          if (w >= 0) takers[p * W + w]!.push(term);
        }
      }
      linear.row(1, 1, mine);
    }
    takers.forEach((terms, cell) => {
      if (seats[cell]! < 0) return;
      this.rowOf.set(cell, linear.rowLower.length);
      linear.row(full[cell] ? seats[cell]! : -Infinity, seats[cell]!, terms);
    });
  }

  /** At most so many people at a regret. */
  limit(regret: number, people: number): void {
    this.linear.row(-Infinity, people, this.peopleAt(regret));
  }

  /** Prices of seats, by cell and 0 for no seat, where the linear relaxation has fewest people at a regret; null where there are none. */
  async prices(regret: number, budget: Budget): Promise<Float64Array | null> {
    const duals = await rowDuals(this.linear, this.peopleAt(regret), budget);
    if (!duals) return null;
    const price = new Float64Array(this.problem.P * this.problem.W + 1);
    for (const [cell, row] of this.rowOf) price[cell] = -duals[row]!;
    return price;
  }

  /** The fewest people at a regret; `start` are seats to begin from. */
  async fewest(regret: number, budget: Budget, seed: number, start: Seats): Promise<LinearResult> {
    const { first, choices } = this.sets;
    const { P, N } = this.problem;
    const from = new Float64Array(choices.length / P);
    for (let a = 0; a < N; a++) {
      for (let set = first[a]!; set < first[a + 1]!; set++) {
        const held = choices.subarray(set * P, (set + 1) * P);
        if (held.every((w, p) => w === start[a * P + p])) from[set] = 1;
      }
    }
    const options = { seed, nearlyWhole: true, start: from };
    return minimise(this.linear, this.peopleAt(regret), budget, options);
  }

  /** The seats of a solution. */
  seatsOf(values: Float64Array): Int16Array {
    const { first, choices } = this.sets;
    const { P, N } = this.problem;
    const seats = new Int16Array(N * P).fill(-1);
    for (let a = 0; a < N; a++) {
      for (let set = first[a]!; set < first[a + 1]!; set++) {
        if (values[set]! > 0.5) seats.set(choices.subarray(set * P, (set + 1) * P), a * P);
      }
    }
    return seats;
  }

  private peopleAt(regret: number): Term[] {
    const terms: Term[] = [];
    this.sets.regret.forEach((of, set) => {
      if (of === regret) terms.push([set, 1]);
    });
    return terms;
  }
}
