import { Allocation } from './allocation.ts';
import { AssignmentSolver } from './assignment.ts';
import { measureOf } from './measure.ts';
import type { Problem } from './problem.ts';

/**
 * What a pass is worth with a given set of workshops: f(S) is a transportation problem once the rooms are chosen. Bounds of f by
 * prices per workshop, the rooms sold to the highest worth; f itself by branching over the rooms, every way of theirs that
 * the prices do not rule out solved by exchange paths. For problems where all hold a seat in every pass they can.
 */
export class PassSets {
  readonly problem: Problem;
  /** Passes that are alike in everything; the first stands for all. */
  readonly passes: readonly number[];
  readonly masks: Int32Array;
  /** A whole number that f(S) is never below; f(S) itself where `exact`. */
  readonly lower: Int32Array;
  readonly exact: Uint8Array;
  private readonly size: number;
  private readonly price: Float64Array;
  private readonly members: Int32Array;
  /** By workshop and person: the rank, contiguous by workshop. */
  private readonly columns: Float64Array[];
  /** People who can come in this pass. */
  private readonly comers: Int32Array;
  private readonly rooms: AssignmentSolver;
  private readonly seats: Int32Array;
  private readonly load: Int32Array;
  private readonly direction: Float64Array;
  private readonly trial: Float64Array;
  private readonly cheapest: Float64Array;
  private readonly where: Uint8Array;
  private readonly away: number[] = [];
  private readonly allocation: Allocation;

  constructor(problem: Problem, passes: readonly number[], masks: readonly number[]) {
    const { N, W, R, P, can } = problem;
    const p = passes[0]!;
    this.problem = problem;
    this.passes = passes;
    this.masks = Int32Array.from(masks);
    this.lower = new Int32Array(masks.length);
    this.exact = new Uint8Array(masks.length);
    this.size = R;
    this.price = new Float64Array(masks.length * R);
    this.members = new Int32Array(masks.length * R).fill(-1);
    masks.forEach((mask, i) => {
      let k = 0;
      for (let w = 0; w < W; w++) if (mask & (1 << w)) this.members[i * R + k++] = w;
    });
    this.comers = Int32Array.from({ length: N }, (_, a) => a).filter((a) => can[a * P + p] === 1);
    this.columns = Array.from({ length: W }, (_, w) =>
      Float64Array.from(
        this.comers,
        (a) => problem.rank[a * problem.personStride + p * problem.passStride + w]!,
      ),
    );
    this.rooms = new AssignmentSolver(R + 1);
    this.seats = new Int32Array(R);
    this.load = new Int32Array(R);
    this.direction = new Float64Array(R);
    this.trial = new Float64Array(R);
    this.cheapest = new Float64Array(this.comers.length);
    this.where = new Uint8Array(this.comers.length);
    this.allocation = new Allocation(problem, measureOf(problem, 'ranks'));
  }

  /** Begins the prices of every set from prices per workshop. */
  startPrices(byWorkshop: Float64Array): void {
    for (let i = 0; i < this.members.length; i++) {
      const w = this.members[i]!;
      this.price[i] = w < 0 ? 0 : byWorkshop[w]!;
    }
  }

  /** Raises the bound of set i by up to so many Polyak steps, no further than the target needs. */
  raise(i: number, iterations: number, target: number): void {
    const { size, trial, direction, price, load, seats } = this;
    if (this.exact[i]) return;
    const base = i * size;
    let count = 0;
    while (count < size && this.members[base + count]! >= 0) count++;
    for (let k = 0; k < count; k++) {
      trial[k] = price[base + k]!;
      direction[k] = 0;
    }
    let best = -Infinity;
    let pace = 1;
    for (let step = 0; step < iterations; step++) {
      const reached = this.boundAt(base, count);
      if (reached > best) {
        best = reached;
        for (let k = 0; k < count; k++) price[base + k] = trial[k]!;
      } else pace *= 0.7;
      if (Math.ceil(reached - 1e-6) >= target) break;
      let norm = 0;
      for (let k = 0; k < count; k++) {
        const slope = 0.4 * direction[k]! + load[k]! - seats[k]!;
        direction[k] = slope;
        if (trial[k]! > 0 || slope > 0) norm += slope ** 2;
      }
      if (norm === 0) break;
      const length = (pace * Math.max(1, Math.min(target, reached * 1.05) - reached)) / norm;
      for (let k = 0; k < count; k++) trial[k] = Math.max(0, trial[k]! + length * direction[k]!);
    }
    this.lower[i] = Math.max(this.lower[i]!, Math.ceil(best - 1e-6));
  }

  /** The Lagrangian bound at the prices in `trial`. */
  private boundAt(base: number, count: number): number {
    this.findAway(base, count);
    const total = this.costOfPeople(base, count);
    const sold = this.sell(base, count);
    if (sold === -Infinity) return 1e6;
    return total - sold;
  }

  /** What people cost together if all take the cheapest at the prices in `trial`, seats included; what they take is left in `load`. */
  private costOfPeople(base: number, count: number): number {
    const { members, trial, load, comers } = this;
    load.fill(0);
    let total = 0;
    const { cheapest, where } = this;
    const people = comers.length;
    cheapest.fill(Infinity);
    for (let k = 0; k < count; k++) {
      const column = this.columns[members[base + k]!]!;
      const price = trial[k]!;
      for (let i = 0; i < people; i++) {
        const cost = column[i]! + price;
        if (cost < cheapest[i]!) {
          cheapest[i] = cost;
          where[i] = k;
        }
      }
    }
    for (let i = 0; i < people; i++) {
      total += cheapest[i]!;
      load[where[i]!]!++;
    }
    for (const i of this.away) {
      total -= cheapest[i]!;
      load[where[i]!]!--;
    }
    return total;
  }

  /** Whether prices show, within some Polyak steps from those given, that no seats in these rooms cost less than the target. */
  private costsAtLeast(
    base: number,
    count: number,
    rooms: Int32Array,
    prices: Float64Array,
    target: number,
  ): boolean {
    const { trial, direction, load, members } = this;
    const seats = Array.from(rooms, (r, k) => this.seatsOf(members[base + k]!, r));
    trial.set(prices);
    direction.fill(0);
    let pace = 1;
    let best = -Infinity;
    for (let step = 0; step < 30; step++) {
      let reached = this.costOfPeople(base, count);
      for (let k = 0; k < count; k++) reached -= trial[k]! * seats[k]!;
      if (Math.ceil(reached - 1e-6) >= target) return true;
      if (reached > best) best = reached;
      else pace *= 0.8;
      let norm = 0;
      for (let k = 0; k < count; k++) {
        const slope = 0.4 * direction[k]! + load[k]! - seats[k]!;
        direction[k] = slope;
        if (trial[k]! > 0 || slope > 0) norm += slope ** 2;
      }
      if (norm === 0) return false;
      const length = (pace * (target - reached)) / norm;
      for (let k = 0; k < count; k++) trial[k] = Math.max(0, trial[k]! + length * direction[k]!);
    }
    return false;
  }

  /** The highest worth of the seats at the prices in `trial`, over the ways of the rooms that seat all who come. */
  private sell(base: number, count: number): number {
    const { members, trial, seats, rooms } = this;
    const size = this.size;
    const needed = this.comers.length - this.away.length;
    const sold = rooms.solve(count, size, (k, r) => {
      const n = this.seatsOf(members[base + k]!, r);
      return n < 0 ? -Infinity : n * trial[k]!;
    });
    if (sold === -Infinity) return sold;
    let total = 0;
    for (let k = 0; k < count; k++) total += seats[k] = this.seatsOf(members[base + k]!, rooms.column[k]!);
    if (total >= needed) return sold;
    return this.sellToAll(base, count, needed);
  }

  /** The same where few ways of the rooms hold everybody: all of them are tried, as far as more worth and enough seats can be hoped for. */
  private sellToAll(base: number, count: number, needed: number): number {
    const { members, trial, seats, size } = this;
    const there = Array.from({ length: count * size }, (_, at) =>
      this.seatsOf(members[base + Math.floor(at / size)]!, at % size),
    );
    // The most that the sessions from k on can still bring.
    const mostPlaces = new Float64Array(count + 1);
    const mostWorth = new Float64Array(count + 1);
    for (let k = count - 1; k >= 0; k--) {
      const most = Math.max(0, ...there.slice(k * size, (k + 1) * size));
      mostPlaces[k] = mostPlaces[k + 1]! + most;
      mostWorth[k] = mostWorth[k + 1]! + most * trial[k]!;
    }
    let best = -Infinity;
    const chosen = new Int32Array(count);
    const descend = (k: number, taken: number, worth: number, places: number): void => {
      if (places + mostPlaces[k]! < needed || worth + mostWorth[k]! <= best) return;
      if (k === count) {
        best = worth;
        seats.set(chosen);
        return;
      }
      for (let r = 0; r < size; r++) {
        const n = there[k * size + r]!;
        if (n < 0 || taken & (1 << r)) continue;
        chosen[k] = n;
        descend(k + 1, taken | (1 << r), worth + n * trial[k]!, places + n);
      }
    };
    descend(0, 0, 0, 0);
    return best;
  }

  private seatsOf(w: number, r: number): number {
    const { W, R, slotSeats } = this.problem;
    return slotSeats[(this.passes[0]! * W + w) * R + r]!;
  }

  /** Those who come but present something of the set: they hold no seat beside it. */
  private findAway(base: number, count: number): void {
    this.away.length = 0;
    for (let k = 0; k < count; k++) {
      for (const a of this.problem.presentingPeople[this.members[base + k]!]!) {
        const i = this.comers.indexOf(a);
        if (i >= 0 && !this.away.includes(i)) this.away.push(i);
      }
    }
  }

  /** f(S) and its rooms, or Infinity where nobody can be seated so; branches over rooms with the set's own prices. */
  solve(i: number, limit: number): { value: number; rooms: Int32Array } {
    const { size, members, trial, price } = this;
    const base = i * size;
    this.raise(i, 30, limit);
    let count = 0;
    while (count < size && members[base + count]! >= 0) count++;
    for (let k = 0; k < count; k++) trial[k] = price[base + k]!;
    const people = this.boundAt(base, count) + this.sell(base, count);
    const prices = trial.slice();
    const ways: { bound: number; rooms: Int32Array }[] = [];
    const rooms = new Int32Array(count);
    const seated = this.comers.length - this.away.length;
    const descend = (k: number, taken: number, sold: number, total: number): void => {
      if (k === count) {
        if (total >= seated) ways.push({ bound: people - sold, rooms: rooms.slice() });
        return;
      }
      for (let r = 0; r < size; r++) {
        const n = this.seatsOf(members[base + k]!, r);
        if (n < 0 || taken & (1 << r)) continue;
        rooms[k] = r;
        descend(k + 1, taken | (1 << r), sold + n * prices[k]!, total + n);
      }
    };
    descend(0, 0, 0, 0);
    ways.sort((x, y) => x.bound - y.bound);
    let value = Infinity;
    let chosen: Int32Array = new Int32Array(count);
    for (const way of ways) {
      const target = Math.min(value, limit);
      if (Math.ceil(way.bound - 1e-6) >= target) break;
      if (this.costsAtLeast(base, count, way.rooms, prices, target)) continue;
      const reached = this.valueWith(base, count, way.rooms);
      if (reached >= value) continue;
      value = reached;
      chosen = way.rooms;
    }
    // At or above the limit it does not matter by how much.
    if (value <= limit) this.exact[i] = 1;
    this.lower[i] = Math.max(this.lower[i]!, Math.min(value, limit));
    return { value, rooms: chosen };
  }

  /** The optimum of the pass for given rooms: everybody at their best, then exchange paths. */
  private valueWith(base: number, count: number, rooms: Int32Array): number {
    const { P, W } = this.problem;
    const { seating, exchange } = this.allocation;
    const p = this.passes[0]!;
    const timetable = new Int16Array(P * W).fill(-1);
    for (let k = 0; k < count; k++) timetable[p * W + this.members[base + k]!] = rooms[k]!;
    seating.setTimetable(timetable);
    for (const a of this.comers) {
      if (seating.busy[a * P + p]) continue;
      let best = -1;
      for (const w of seating.given[p]!)
        if (best < 0 || seating.rank(a, p, w) < seating.rank(a, p, best)) best = w;
      seating.put(a, p, best);
    }
    if (!exchange.settle()) return Infinity;
    exchange.improve();
    return seating.value;
  }

  /** The seats of the last plan that `solve` valued, for people in this pass. */
  seatsFor(i: number, rooms: Int32Array, p: number, timetable: Int16Array, seats: Int16Array): void {
    const { P, W, N } = this.problem;
    const base = i * this.size;
    let count = 0;
    while (count < this.size && this.members[base + count]! >= 0) count++;
    this.valueWith(base, count, rooms);
    const own = this.passes[0]!;
    for (let k = 0; k < count; k++) timetable[p * W + this.members[base + k]!] = rooms[k]!;
    for (let a = 0; a < N; a++) seats[a * P + p] = this.allocation.seating.held[a * P + own]!;
  }
}
