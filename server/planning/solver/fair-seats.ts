import { largestRegret } from '../../../shared/planning/figures.ts';
import { compareValues } from '../../../shared/planning/plan.ts';
import { seededRandom, type Random } from '../../../shared/core/random.ts';
import { Allocation } from './allocation.ts';
import type { Budget } from './budget.ts';
import type { LinearResult } from './linear-model.ts';
import { measureOf } from './measure.ts';
import { manyPeople } from './options.ts';
import type { Problem } from './problem.ts';
import { SetLister, someOf, type SeatSets } from './seat-sets.ts';
import type { Seats, Timetable } from './seats.ts';
import type { Found } from './strategy.ts';
import { SetModel } from './set-model.ts';
import { SetPrices } from './set-prices.ts';
import { TightSeats } from './tight-seats.ts';

/** Sets looked at between two looks at what the prices prove, the first step, and by how much steps fall. */
const roundOfSets = 2e6;
const firstStep = 0.4;
const fall = 1.3;

/** Rounds in which prices prove no more, before seats are tried that fit them; then they begin again with long steps; at most so many. */
const settled = [1, 4];
const mostRounds = 25;

/** Sets of everybody together that are still worth a model for HiGHS. */
const mostColumns = 30_000;

/** Sets of everybody together in a linear relaxation, where there are more than are best for somebody. */
const mostRelaxed = 15_000;

/** By how much the prices learnt may be short of the best. */
const likelyGap = 3;

/** One level, with what everybody may hold and which sessions are full before it is looked into. */
interface Stage {
  readonly level: number;
  readonly sets: SeatSets;
  readonly full: Uint8Array;
  readonly prices: SetPrices;
}

export interface FairReport {
  readonly plan: (found: Found) => void;
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
    const stages: Stage[] = [];
    let { sets } = start;
    for (let level = start.level; level > 0; level--) {
      const stage = { level, sets, full: this.full.slice(), prices: this.pricesOf(sets, level) };
      stages.push(stage);
      if (!(await this.settle(stage))) return false;
      this.counts[level] = leastCount(stage.prices);
      sets = this.pass(stage);
      while (level === 1 && !this.isReached(1)) {
        // All levels are possible by themselves, in parts of people at least; whether they are together is for HiGHS to say.
        if (await this.fitWhole(sets)) break;
        const open = stages.findIndex((one) => !this.isReached(one.level));
        stages.length = open + 1;
        const count = await this.decide(stages[open]!);
        if (count === null) return false;
        level = stages[open]!.level;
        this.counts[level] = count;
        sets = this.pass(stages[open]!);
      }
    }
    return true;
  }

  private pricesOf(sets: SeatSets, level: number): SetPrices {
    const { problem, seating } = this.allocation;
    return new SetPrices(sets, (regret) => regret === level, problem, seating.seats, this.full);
  }

  /** What is left for the next level where a level has as many people as `counts` says. */
  private pass({ level, sets, full, prices }: Stage): SeatSets {
    this.tell(level);
    const spare = this.counts[level]! - prices.bound;
    this.full.set(full);
    for (const cell of full.keys()) if (isBought(prices, cell, spare)) this.full[cell] = 1;
    return bestAt(prices, sets, spare);
  }

  /** The smallest regret that nobody need be above who has better seats at all, and what everybody may hold then. */
  private begin(): { level: number; sets: SeatSets } | null {
    const { least, lister, allocation, full } = this;
    const stop = (): boolean => this.budget.spent();
    for (let level = 0; level < this.counts.length && !stop(); level++) {
      const sets = lister.within((a) => Math.max(level, least[a]!));
      if (!sets) return null;
      // Having no seats stands for a larger regret.
      const prices = new SetPrices(sets, () => false, allocation.problem, allocation.seating.seats, full, 1);
      let fits = false;
      for (let round = 1; round <= 4 && prices.bound < 1e-6 && !fits && !stop(); round++) {
        prices.learn(6, 0.2 / 2 ** round, this.random, stop);
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

  /** Learns how few people can be at a level, until seats show it or prices prove no more. False where the time is over. */
  private async settle({ level, sets, prices }: Stage): Promise<boolean> {
    const { budget } = this;
    const visits = Math.max(5, Math.min(20, Math.round(roundOfSets / sets.regret.length)));
    for (const patience of settled) {
      for (let round = 0, idle = 0; idle < patience && round < mostRounds && !budget.spent(); round++) {
        idle = prices.learn(visits, firstStep / fall ** round, this.random, () => budget.spent())
          ? 0
          : idle + 1;
        budget.work(1);
        this.tell(level, leastCount(prices) - this.counts[level]!);
        if (this.isReached(level, leastCount(prices))) return true;
      }
      if (budget.spent()) return false;
      if (this.shows(level, prices, sets)) return true;
    }
    if (sets.regret.length > mostColumns) return true;
    if ((await this.relax(level, prices, sets)) && this.shows(level, prices, sets)) return true;
    return !budget.spent();
  }

  /** Whether seats are found that have as few people at a level as prices prove. */
  private shows(level: number, prices: SetPrices, sets: SeatSets): boolean {
    if (this.fit(bestAt(prices, sets, 0), prices)) this.keepBetter();
    return this.isReached(level, leastCount(prices));
  }

  /** Prices at which the linear relaxation has fewest people at a level, among everybody's best sets. Whether they prove more. */
  private async relax(level: number, prices: SetPrices, sets: SeatSets): Promise<boolean> {
    const { allocation, full, budget } = this;
    const before = leastCount(prices);
    const some = bestAt(prices, sets, likelyGap, Math.ceil(mostRelaxed / allocation.problem.N));
    const model = new SetModel(allocation.problem, some, allocation.seating.seats, full);
    const found = await model.prices(level, budget);
    if (found) prices.consider(found);
    budget.work(1);
    return leastCount(prices) > before;
  }

  /** Whether HiGHS finds whole seats that have as many people at every level as `counts` says. */
  private async fitWhole(sets: SeatSets): Promise<boolean> {
    if (sets.regret.length > mostColumns || this.budget.spent()) return false;
    const result = await this.fewest(1, sets, this.full);
    return result.status !== 'unknown' && this.isReached(1);
  }

  /** How few people can be at a level, by HiGHS, among the sets that cost no more than what is left between prices and the best seats. */
  private async decide({ level, sets, full, prices }: Stage): Promise<number | null> {
    const most = this.peopleAt(this.best)[level]!;
    const some = bestAt(prices, sets, most - prices.bound);
    if (some.regret.length > mostColumns || this.budget.spent()) return null;
    const result = await this.fewest(level, some, full);
    if (Number.isFinite(result.bound)) this.tell(level, Math.min(result.bound, most) - this.counts[level]!);
    return result.status === 'optimal' ? result.value : null;
  }

  private async fewest(level: number, sets: SeatSets, full: Uint8Array): Promise<LinearResult> {
    const { allocation, budget, seed } = this;
    const { problem, seating } = allocation;
    const model = new SetModel(problem, sets, seating.seats, full);
    for (let above = level + 1; above < this.counts.length; above++) model.limit(above, this.counts[above]!);
    const result = await model.fewest(level, budget, seed, this.best);
    budget.work(1);
    if (result.values.length > 0) {
      seating.restore(seating.timetable.slice(), model.seatsOf(result.values));
      this.keepBetter();
    }
    return result;
  }

  /** Whether seats are found that everybody may hold, every session with a price full. */
  private fit(sets: SeatSets, prices: SetPrices | null): boolean {
    const { allocation, random, budget, full } = this;
    const mustBeFull = Float64Array.from(full, (is, cell) =>
      is || (prices && isBought(prices, cell, 0)) ? 1 : 0,
    );
    const tight = new TightSeats(allocation, mustBeFull, random, sets);
    return tight.fit(budget) && tight.meetsPrices;
  }

  private keep(): void {
    const { held } = this.allocation.seating;
    this.best.set(held);
    this.report.plan({ timetable: this.allocation.seating.timetable, seats: held });
  }

  /** Keeps the seats held if they are fairer than the best so far. */
  private keepBetter(): void {
    const now = this.peopleAt(this.allocation.seating.held).toReversed();
    if (compareValues(now, this.peopleAt(this.best).toReversed()) < 0) this.keep();
  }

  /** Whether the best seats so far have no more people at a level than that, and at every level above what `counts` says. */
  private isReached(level: number, count = this.counts[level]!): boolean {
    const now = this.peopleAt(this.best);
    return now.every((people, at) => at < level || people <= (at === level ? count : this.counts[at]!));
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

/** Sets that cost their people no more than `spare` above the best; of each person about `most`, the best. */
const bestAt = (prices: SetPrices, sets: SeatSets, spare: number, most = Infinity): SeatSets => {
  let person = -1;
  let limit = 0;
  let left = 0;
  return someOf(sets, (a, set) => {
    if (a !== person) {
      [person, limit] = [a, Math.min(prices.leastOf(a) + spare, prices.limitOf(a, most))];
      left = most;
    }
    const cost = prices.costOf(set);
    return cost <= limit + 1e-6 && (left-- > 0 || cost < limit - 1e-6);
  });
};
