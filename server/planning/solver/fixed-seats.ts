import { seededRandom } from '../../../shared/core/random.ts';
import type { Objective } from '../../../shared/planning/plan.ts';
import { Allocation } from './allocation.ts';
import type { Budget } from './budget.ts';
import type { MaySit } from './exact-model.ts';
import { measureOf } from './measure.ts';
import { manyPeople } from './options.ts';
import type { Problem } from './problem.ts';
import type { Timetable } from './seats.ts';
import type { Report } from './strategy.ts';
import { TightSeats } from './tight-seats.ts';

/** How many people are seated anew in the rounds that look for a better plan. */
const kicks = [0.1, 1, 0.3, 0.05];

/** Rounds of prices alone, at most, before plans are made. */
const learningRounds = 8;

/** Prices are rounded up from these fractions on: they are learnt from below, so mostly from less than a half. */
const roundings = [0.2, 0.4, 0.3, 0.5, 0.1];

/** Up to so many people, seats that meet the prices are tried as soon as these prove more than before. */
export const fewPeople = 3000;

/**
 * Prices rise by this much, divided by the people, for each person over the seats: less than the steps between whole prices, so that it only
 * says which of the equally good seats to take, and everybody follows those who have chosen.
 */
const gentle = 15;

/** What is known when the prices of a fixed timetable have been learnt, for an exact method to go on with. */
export interface SeatPrices {
  /** By cell. */
  readonly price: Float64Array;
  /** The lower bound that they prove. */
  readonly bound: number;
  readonly allocation: Allocation;
}

/**
 * Seats for a fixed timetable: prices, then plans, in turn until they meet or nothing moves any more. Returns the prices where they
 * say what an exact method need not look at; null where they prove nothing.
 */
export function allocateFixed(
  problem: Problem,
  objective: Objective,
  budget: Budget,
  seed: number,
  report: Report,
): SeatPrices | null {
  const { P, W } = problem;
  const timetable = fixedTimetable(problem);
  if (!timetable) return null;
  const allocation = new Allocation(problem, measureOf(problem, objective));
  const random = seededRandom(seed);
  const { seating } = allocation;
  const provable = objective === 'ranks' && !mayLeaveOut(problem);
  seating.setTimetable(timetable);
  let best = Infinity;
  let price: Float64Array = new Float64Array(P * W);
  let bound = -Infinity;
  const learnt = new Float64Array(P * W);
  const stop = (): boolean => budget.spent();
  const giveUp = (): boolean => budget.overdrawn();
  const keep = (): boolean => {
    if (seating.value >= best - 1e-9) return false;
    best = seating.value;
    report.plan({ timetable, seats: seating.held }, best);
    return true;
  };
  const many = problem.N >= manyPeople;
  // Best responses take long where costs are not additive.
  const slow = many || (objective !== 'ranks' && problem.N > fewPeople);
  const hurry = (): boolean => slow && budget.spent();
  /** Whether the seats, once they fit, are a better plan. */
  const mend = (): boolean => {
    if (!allocation.repair(stop, giveUp)) return false;
    const better = many && keep();
    allocation.repairLinked(stop);
    return keep() || better;
  };
  const few = problem.N <= fewPeople;
  const visits = few ? 6 : Math.max(2, Math.min(8, Math.round(180_000 / problem.N)));
  const step = few ? 0.2 : 0.1;
  const fall = few ? 1 : many ? 3 : 0.3;
  // Rounds in which whole prices prove no more, before no more is expected of them.
  const settled = few ? 3 : 2;
  // Rounds without a better bound or plan before the prices have said what they can.
  const patience = 6 + Math.min(60, 24_000 / problem.N);
  for (let round = 0, idle = 0, steady = 0, fits = 0; idle < patience; round++) {
    idle++;
    allocation.shuffle(random);
    const learning = provable ? steady < settled : round === 0;
    if (learning) {
      allocation.price.set(learnt);
      allocation.learnPrices(visits, step / 2 ** Math.min(round, 5), stop, fall);
      learnt.set(allocation.price);
    }
    if (learning && provable) {
      const { whole, proven } = roundPrices(allocation, learnt, few ? roundings : [0.5]);
      const risen = proven > bound + 1e-6;
      steady = proven >= bound && !risen ? steady + 1 : 0;
      if (Math.max(proven, allocation.bound) > bound + 1e-3) idle = 0;
      if (proven >= bound) [bound, price] = [proven, whole];
      if (allocation.bound > bound) [bound, price] = [allocation.bound, learnt.slice()];
      report.bound(Math.ceil(bound - 1e-6));
      if (report.proven()) break;
      if (few && risen && price === whole) {
        const tight = new TightSeats(allocation, price, random);
        if (!tight.fit(budget)) return null;
        if (tight.meetsPrices && keep() && report.proven()) break;
      }
      // Half-learnt prices make poor plans; with very many people the first plan comes first.
      if (steady < settled && round < learningRounds && !many && !budget.spent()) continue;
      allocation.price.set(price);
    }
    if (provable && fits < 3 && (steady >= settled || round >= learningRounds || many)) {
      fits++;
      if (many) {
        if (!allocation.respond(6, gentle / problem.N, 1, hurry)) return null;
        if (hurry()) break;
        if (mend()) idle = 0;
      } else {
        const tight = new TightSeats(allocation, price, random);
        if (!tight.fit(budget)) return null;
        if (tight.meetsPrices ? keep() : mend()) idle = 0;
      }
      budget.work(1);
      if (report.proven() || budget.spent()) break;
      continue;
    }
    if (best < Infinity) allocation.release(kicks[idle % kicks.length]!);
    const pressure = 0.02 + 0.05 * (idle % 3);
    if (!allocation.respond(many ? 4 : 8, pressure, 1.4, hurry)) return null;
    // Somebody may have no seats yet.
    if (hurry()) break;
    if (mend()) idle = 0;
    budget.work(1);
    if (report.proven() || budget.spent()) break;
  }
  return provable ? { price, bound, allocation } : null;
}

/** The learnt prices as whole numbers, rounded in the way that proves most. */
function roundPrices(
  allocation: Allocation,
  learnt: Float64Array,
  from: readonly number[],
): { whole: Float64Array; proven: number } {
  let whole = learnt;
  let proven = -Infinity;
  for (const fraction of from) {
    const rounded = learnt.map((price) => Math.floor(price + 1 - fraction));
    const reached = allocation.boundAt(rounded);
    if (reached > proven) [whole, proven] = [rounded, reached];
  }
  return { whole, proven };
}

/**
 * Who may sit where in a plan of a value below `value`: at the prices, anything that costs a person more than the gap is out
 * (reduced-cost fixing). Null where more than `most` seats are left to choose from.
 */
export function seatsWorthATry(
  { price, allocation }: SeatPrices,
  value: number,
  most: number,
): MaySit | null {
  const { problem, seating, option } = allocation;
  const { P, W, N } = problem;
  const spare = value - 1 - allocation.boundAt(price);
  const least = new Float64Array(P);
  /** The least that a person's seats cost with this one among them. */
  const costWith = (a: number, p: number, w: number): number => {
    const pin = problem.pinned[a * P + p]!;
    problem.pinned[a * P + p] = w;
    const cost = option.find(a, price);
    problem.pinned[a * P + p] = pin;
    return cost;
  };
  const possible = new Set<number>();
  for (let a = 0; a < N; a++) {
    const best = option.find(a, price);
    const costAt = (p: number, w: number): number => seating.rank(a, p, w) + price[p * W + w]!;
    for (let p = 0; p < P; p++) {
      least[p] = Infinity;
      for (const w of seating.given[p]!) {
        if (seating.mayHold(a, p, w)) least[p] = Math.min(least[p]!, costAt(p, w));
      }
    }
    const owed = seating.owed(a);
    for (let p = 0; p < P; p++) {
      // The seats owed in other passes cost at least this, whatever is held there.
      const others = least.filter((x, q) => q !== p && x < Infinity).sort();
      const beside = others.subarray(0, Math.max(0, owed - 1)).reduce((sum, x) => sum + x, 0);
      for (const w of seating.given[p]!) {
        if (!seating.mayHold(a, p, w) || costAt(p, w) + beside > best + spare + 1e-6) continue;
        if (costWith(a, p, w) > best + spare + 1e-6) continue;
        possible.add(a * P * W + p * W + w);
        if (possible.size > most) return null;
      }
    }
  }
  return (a, cell) => possible.has(a * P * W + cell);
}

/** The timetable of a problem that leaves no other, as everything would run; null where that breaks a rule. */
export function fixedTimetable(problem: Problem): Timetable | null {
  const { P, W, R, slotSeats } = problem;
  const timetable = new Int16Array(P * W).fill(-1);
  for (let cell = 0; cell < P * W; cell++) {
    for (let r = 0; r < R; r++) if (slotSeats[cell * R + r]! >= 0) timetable[cell] = r;
  }
  return keepsRules(problem, timetable) ? timetable : null;
}

/** Sessions of a fixed timetable with a min size may be left out, which prices do not know. */
const mayLeaveOut = (problem: Problem): boolean =>
  problem.fixed && problem.minSize.some((least) => least > 0);

/** Whether rooms and presenters are in one place, and workshops given as often as they should be, if everything runs. */
export function keepsRules(problem: Problem, timetable: Timetable): boolean {
  const { P, W, R, sharePresenter, must, slotSeats, minOfferings, maxOfferings } = problem;
  for (let w = 0; w < W; w++) {
    let times = 0;
    for (let p = 0; p < P; p++) if (timetable[p * W + w]! >= 0) times++;
    if (times < minOfferings[w]! || times > maxOfferings[w]!) return false;
  }
  for (let p = 0; p < P; p++) {
    const rooms = new Set<number>();
    const given: number[] = [];
    for (let w = 0; w < W; w++) {
      const cell = p * W + w;
      const room = timetable[cell]!;
      if (room < 0) {
        if (must[cell]) return false;
        continue;
      }
      if (slotSeats[cell * R + room]! < 0 || rooms.has(room)) return false;
      if (given.some((v) => sharePresenter[v * W + w])) return false;
      rooms.add(room);
      given.push(w);
    }
  }
  return true;
}
