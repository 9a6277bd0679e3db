import { largestRegret } from '../../../shared/planning/figures.ts';
import { seededRandom, type Random } from '../../../shared/core/random.ts';
import { Allocation } from './allocation.ts';
import type { Budget } from './budget.ts';
import { LinearModel, minimise, type Term } from './linear-model.ts';
import { measureOf } from './measure.ts';
import { manyPeople } from './options.ts';
import type { Problem } from './problem.ts';
import { SetLister, someOf, type SeatSets } from './seat-sets.ts';
import type { Seats, Timetable } from './seats.ts';
import { SetPrices } from './set-prices.ts';
import { TightSeats } from './tight-seats.ts';

/** Sets looked at between two looks at what the prices prove, the first step, and by how much steps fall. */
const roundOfSets = 4e5;
const firstStep = 0.4;
const fall = 1.3;

/** Rounds in which prices prove no more, before seats are tried that fit them; then they begin again with long steps. */
const settled = [1, 3, 6];

/** Sets of everybody together that are still worth a model for HiGHS. */
const mostColumns = 30_000;

export interface FairReport {
  readonly plan: (seats: Seats) => void;
  /** Lower bounds: people at the largest regret there can be or more, at the next or more, and so on. */
  readonly atLeast: (counts: readonly number[]) => void;
}

/**
 * Leximin on regret in one timetable, level by level: first the smallest regret that nobody need be above, then the fewest people at
 * it, then the fewest at the next. Everybody chooses among their listed sets of seats. At each level a set costs 1 or nothing, prices
 * prove how few there can be, and what is not best at these prices is in no plan that has so few (complementary slackness): the
 * next level chooses from what is left, and sessions with a price have to be full. That is lexicographic linear programming, one optimal face
 * after another. Seats that fit prove a level; where none are found, HiGHS decides it among what the prices leave.
 */
export class FairSeats {
  private readonly allocation: Allocation;
  private readonly lister: SetLister;
  /** The least regret of everybody, as if alone. */
  private readonly least: Int32Array;
  private readonly random: Random;
  private readonly seed: number;
  private readonly budget: Budget;
  private readonly report: FairReport;
  /** By cell: it is full in every plan that is still of interest. */
  private readonly full: Uint8Array;
  /** By regret: how many people are at it in the best plan, once that is known. */
  private readonly counts: number[];
  /** The best seats so far: those above the present level have what is best for them. */
  private readonly best: Int16Array;

  private constructor(
    allocation: Allocation,
    lister: SetLister,
    least: Int32Array,
    budget: Budget,
    seed: number,
    report: FairReport,
  ) {
    const { problem } = allocation;
    this.allocation = allocation;
    this.lister = lister;
    this.least = least;
    this.budget = budget;
    this.seed = seed;
    this.report = report;
    this.random = seededRandom(seed);
    this.full = new Uint8Array(problem.P * problem.W);
    this.counts = Array.from({ length: largestRegret(problem.instance) + 1 }, () => 0);
    this.best = new Int16Array(problem.N * problem.P);
    for (const regret of least) this.counts[regret]!++;
  }

  /** The best seats in a timetable without min sizes, reported as they are found. True when they are proven. */
  static async seat(
    problem: Problem,
    timetable: Timetable,
    budget: Budget,
    seed: number,
    report: FairReport,
  ): Promise<boolean> {
    if (problem.N >= manyPeople || problem.minSize.some((least) => least > 0)) return false;
    const allocation = new Allocation(problem, measureOf(problem, 'ranks'));
    allocation.seating.setTimetable(timetable);
    const lister = new SetLister(allocation.seating);
    const least = lister.least();
    return least !== null && new FairSeats(allocation, lister, least, budget, seed, report).run();
  }

  private async run(): Promise<boolean> {
    const start = this.begin();
    if (!start) return false;
    let { sets } = start;
    for (let level = start.level; level > 0; level--) {
      const prices = new SetPrices(
        sets,
        (regret) => regret === level,
        this.allocation.problem,
        this.allocation.seating.seats,
        this.full,
      );
      const count = this.settle(prices, sets, level) ?? (await this.decide(prices, sets, level));
      if (count === null) return false;
      this.counts[level] = count;
      this.tell(level);
      const spare = count - prices.bound;
      sets = bestAt(prices, sets, spare);
      for (const cell of this.full.keys()) if (isBought(prices, cell, spare)) this.full[cell] = 1;
    }
    return true;
  }

  /** The smallest regret that nobody need be above who has better seats at all, and what everybody may hold then. */
  private begin(): { level: number; sets: SeatSets } | null {
    const { least, lister, allocation, full } = this;
    for (let level = 0; level < this.counts.length && !this.budget.spent(); level++) {
      const sets = lister.within((a) => Math.max(level, least[a]!));
      if (!sets) return null;
      // Having no seats stands for a larger regret.
      const prices = new SetPrices(sets, () => false, allocation.problem, allocation.seating.seats, full, 1);
      let fits = false;
      for (let round = 1; round <= 4 && prices.bound < 1e-6 && !fits; round++) {
        prices.learn(6, 0.2 / 2 ** round, this.random);
        this.budget.work(1);
        if (prices.bound < 1e-6 && round % 2 === 0) fits = this.fit(sets, null);
      }
      if (fits) {
        this.keep();
        return { level, sets };
      }
      if (level + 1 < this.counts.length) this.tell(level + 1, Math.ceil(prices.bound - 1e-6));
    }
    return null;
  }

  /** How few people can be at a level, where prices prove it and seats are found that show it. */
  private settle(prices: SetPrices, sets: SeatSets, level: number): number | null {
    const visits = Math.max(5, Math.min(20, Math.round(roundOfSets / sets.regret.length)));
    for (const patience of settled) {
      for (let round = 0, idle = 0; idle < patience && !this.budget.spent(); round++) {
        idle = prices.learn(visits, firstStep / fall ** round, this.random) ? 0 : idle + 1;
        this.budget.work(1);
        if (this.atLevel(level) <= leastCount(prices)) return leastCount(prices);
      }
      if (this.budget.spent()) return null;
      if (this.fit(bestAt(prices, sets, 0), prices)) this.keepBetter(level);
      if (this.atLevel(level) <= leastCount(prices)) return leastCount(prices);
    }
    return null;
  }

  /** The same by HiGHS, among the sets that cost no more than what is left between prices and the best seats so far. */
  private async decide(prices: SetPrices, sets: SeatSets, level: number): Promise<number | null> {
    const { P, N } = this.allocation.problem;
    const most = this.atLevel(level);
    const some = bestAt(prices, sets, most - prices.bound);
    const { first, choices, regret } = some;
    this.tell(level, leastCount(prices) - this.counts[level]!);
    if (regret.length > mostColumns || this.budget.spent()) return null;
    const linear = this.modelOf(some);
    const start = new Float64Array(regret.length);
    for (let a = 0; a < N; a++) {
      for (let set = first[a]!; set < first[a + 1]!; set++) {
        const held = choices.subarray(set * P, (set + 1) * P);
        if (held.every((w, p) => w === this.best[a * P + p])) start[set] = 1;
      }
    }
    for (let above = level + 1; above < this.counts.length; above++) {
      linear.row(-Infinity, this.counts[above]!, termsAt(above, regret));
    }
    const { seed, budget } = this;
    const result = await minimise(linear, termsAt(level, regret), budget, { seed, start, nearlyWhole: true });
    if (Number.isFinite(result.bound)) this.tell(level, Math.min(result.bound, most) - this.counts[level]!);
    if (result.values.length > 0) {
      const { seating } = this.allocation;
      result.values.forEach((x, set) => {
        if (x < 0.5) return;
        const a = ownerOf(first, set);
        for (let p = 0; p < P; p++) seating.put(a, p, -1);
        for (let p = 0; p < P; p++) seating.put(a, p, choices[set * P + p]!);
      });
      this.keepBetter(level);
    }
    return result.status === 'optimal' ? result.value : null;
  }

  private modelOf({ first, choices }: SeatSets): LinearModel {
    const { P, W } = this.allocation.problem;
    const { seats } = this.allocation.seating;
    const linear = new LinearModel();
    const takers = Array.from(seats, (): Term[] => []);
    for (let a = 0; a + 1 < first.length; a++) {
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
      if (terms.length > 0) linear.row(this.full[cell] ? seats[cell]! : -Infinity, seats[cell]!, terms);
    });
    return linear;
  }

  /** Whether seats are found that everybody may hold, every session with a price full. */
  private fit(sets: SeatSets, prices: SetPrices | null): boolean {
    const { allocation, random, budget, full } = this;
    const mustBeFull = Float64Array.from(full, (is, cell) =>
      is || (prices && isBought(prices, cell, 0)) ? 1 : 0,
    );
    const tight = new TightSeats(allocation, mustBeFull, random, () => false, sets);
    return tight.fit(budget) && tight.meetsPrices;
  }

  private keep(): void {
    const { held } = this.allocation.seating;
    this.best.set(held);
    this.report.plan(held);
  }

  /** Keeps the seats held if fewer people are at a level and no more above it. */
  private keepBetter(level: number): void {
    const { held } = this.allocation.seating;
    const now = this.peopleAt(held);
    const before = this.peopleAt(this.best);
    for (let above = this.counts.length - 1; above > level; above--) if (now[above]! > before[above]!) return;
    if (now[level]! < before[level]!) this.keep();
  }

  /** People at a level in the best seats so far. */
  private atLevel(level: number): number {
    return this.peopleAt(this.best)[level]!;
  }

  private peopleAt(seats: Seats): number[] {
    const { allocation, lister } = this;
    const { N, P } = allocation.problem;
    const counts = this.counts.map(() => 0);
    for (let a = 0; a < N; a++) {
      let sum = -lister.ideal[a]!;
      for (let p = 0; p < P; p++) {
        const w = seats[a * P + p]!;
        if (w >= 0) sum += allocation.seating.rank(a, p, w);
      }
      counts[sum]!++;
    }
    return counts;
  }

  /** Reports what is known of everything from a level on, where there are `more` people than `counts` says. */
  private tell(level: number, more = 0): void {
    const atLeast: number[] = [];
    let people = 0;
    for (let at = this.counts.length - 1; at > 0; at--) {
      if (at >= level) people += this.counts[at]!;
      if (at === level) people += more;
      atLeast.push(people);
    }
    this.report.atLeast(atLeast);
  }
}

const leastCount = (prices: SetPrices): number => Math.ceil(prices.bound - 1e-6);

/** Whether a session has a price, beyond what is left between prices and value, so that it is full. */
const isBought = (prices: SetPrices, cell: number, spare: number): boolean =>
  Math.abs(prices.price[cell]!) > spare + 1e-6;

/** Sets that cost their people no more than `spare` above the best. */
const bestAt = (prices: SetPrices, sets: SeatSets, spare: number): SeatSets => {
  let person = -1;
  let limit = 0;
  return someOf(sets, (a, set) => {
    if (a !== person) [person, limit] = [a, prices.leastOf(a) + spare + 1e-6];
    return prices.costOf(set) <= limit;
  });
};

const termsAt = (level: number, regret: Uint16Array): Term[] =>
  [...regret.keys()].filter((set) => regret[set] === level).map((set): Term => [set, 1]);

/** Whose set it is, by bisection. */
function ownerOf(first: Int32Array, set: number): number {
  let [low, high] = [0, first.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (first[middle]! <= set) low = middle;
    else high = middle;
  }
  return low;
}
