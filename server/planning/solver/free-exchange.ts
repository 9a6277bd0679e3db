import type { RefinedSeats } from './refined-seats.ts';
import { cycleAmong, pathTo } from './shortest-paths.ts';

/**
 * Exchange paths in one pass that are judged by the objective first and by refinements among equals: an arc from one session to another is the
 * person who can change between them at the least of both. Lexicographic pairs add up and compare like numbers, so shortest paths and
 * negative cycles (Bellman–Ford) are found as ever. What an arc says of colleagues and of the previous plan holds for one change alone;
 * a path is kept only where all its changes together make the plan better.
 */
export class FreeExchange {
  private readonly seats: RefinedSeats;
  /** What a unit of each refinement weighs against those after it; last, a seat that differs from the previous plan. */
  private readonly weights: readonly number[];
  private readonly fillWeight: number;
  private readonly passes: Pass[] = [];

  constructor(seats: RefinedSeats) {
    this.seats = seats;
    this.weights = weightsOf(seats);
    const fill = seats.order.indexOf('fill');
    this.fillWeight = fill < 0 ? 0 : this.weights[fill]!;
    this.replan();
  }

  /** Begins anew with the timetable as it is. */
  replan(): void {
    const { W } = this.seats.problem;
    this.passes.length = 0;
    this.seats.seating.stale.fill(1);
    for (const given of this.seats.seating.given) {
      const n = given.length;
      this.passes.push({
        cells: given.map((w) => this.passes.length * W + w),
        cost: new Float64Array(n * n),
        worth: new Float64Array(n * n),
        who: new Int32Array(n * n).fill(-1),
        banned: new Uint8Array(n * n),
        distance: new Float64Array(n),
        distanceWorth: new Float64Array(n),
        parent: new Int32Array(n),
        mark: new Int32Array(n),
      });
    }
  }

  /** One path or cycle in a pass that makes the plan better; false where there is none. */
  improve(p: number): boolean {
    const { seats, fillWeight } = this;
    const { load, least } = seats.seating;
    const pass = this.passes[p]!;
    const startsAt = (cell: number): number =>
      load[cell]! > least[cell]! ? -fillWeight * seats.filled(cell, 0) : Infinity;
    pass.banned.fill(0);
    for (let tries = 0, anew = false; tries < patience; tries++) {
      const end = this.search(p, startsAt, [0, 0]);
      if (end >= 0) {
        const steps = pathTo(pass.parent, end);
        seats.begin();
        this.apply(p, steps);
        if (seats.isBetter()) return true;
        seats.undo();
        if (anew) pass.banned[steps[0]! * pass.cells.length + steps[1]!] = 1;
      } else if (anew) return false;
      // Arcs know of their own sessions when they are out of date, not of colleagues in others.
      if (!anew) for (const cell of pass.cells) seats.seating.stale[cell] = 1;
      anew = true;
    }
    return false;
  }

  /** Moves people along the best path from an overfull session, or one that is given up, to a free seat; false where there is none. */
  drain(p: number, from: number): boolean {
    const pass = this.passes[p]!;
    pass.banned.fill(0);
    const end = this.search(p, (cell) => (cell === from ? 0 : Infinity), [Infinity, Infinity]);
    if (end < 0) return false;
    const steps = pathTo(pass.parent, end);
    if (pass.cells[steps[0]!] !== from || steps.at(-1) === steps[0]) return false;
    this.apply(p, steps);
    return true;
  }

  private apply(p: number, steps: readonly number[]): void {
    const { seats } = this;
    const { W } = seats.problem;
    const pass = this.passes[p]!;
    const n = pass.cells.length;
    const movers = steps
      .slice(1)
      .map((to, k) => [pass.who[steps[k]! * n + to]!, pass.cells[to]! % W] as const);
    for (const [a, w] of movers) seats.put(a, p, w);
  }

  /** The end of the best path below a limit, or a cell of a negative cycle; −1 where there is none. */
  private search(p: number, startsAt: (cell: number) => number, below: readonly [number, number]): number {
    const { seats } = this;
    const pass = this.passes[p]!;
    const { cells, cost, worth, distance, distanceWorth, parent, mark, banned } = pass;
    const n = cells.length;
    for (let i = 0; i < n; i++) {
      if (seats.seating.stale[cells[i]!]) this.refresh(p, i);
      const start = startsAt(cells[i]!);
      distance[i] = start === Infinity ? Infinity : 0;
      distanceWorth[i] = start;
      parent[i] = -1;
    }
    for (let round = 0, changed = true; changed; round++) {
      changed = false;
      for (let i = 0; i < n; i++) {
        const d = distance[i]!;
        if (d === Infinity) continue;
        const e = distanceWorth[i]!;
        for (let j = 0; j < n; j++) {
          const through = d + cost[i * n + j]!;
          if (through > distance[j]! || through === Infinity || banned[i * n + j]) continue;
          const throughWorth = e + worth[i * n + j]!;
          if (through === distance[j] && throughWorth >= distanceWorth[j]!) continue;
          distance[j] = through;
          distanceWorth[j] = throughWorth;
          parent[j] = i;
          changed = true;
        }
      }
      if (changed && round > 1) {
        const cycle = cycleAmong(cells.keys(), parent, mark);
        if (cycle >= 0) return cycle;
      }
    }
    const { load, seats: room } = seats.seating;
    let end = -1;
    let [least, leastWorth] = below;
    for (let i = 0; i < n; i++) {
      const cell = cells[i]!;
      if (parent[i]! < 0 || load[cell]! >= room[cell]!) continue;
      const total = distance[i]!;
      const totalWorth = distanceWorth[i]! + this.fillWeight * seats.filled(cell, 1);
      if (total > least || (total === least && totalWorth >= leastWorth)) continue;
      [end, least, leastWorth] = [i, total, totalWorth];
    }
    return end;
  }

  /** Who can change from a cell to every other at the least. */
  private refresh(p: number, i: number): void {
    const { seats, weights } = this;
    const { problem, seating, order } = seats;
    const { P, W } = problem;
    const { points, penalty, penaltyStride, weight } = seating.measure;
    const pass = this.passes[p]!;
    const { cells, cost, worth, who } = pass;
    const n = cells.length;
    const from = cells[i]!;
    const u = from % W;
    seating.stale[from] = 0;
    cost.fill(Infinity, i * n, (i + 1) * n);
    who.fill(-1, i * n, (i + 1) * n);
    const holders = seating.holders[from]!;
    for (let k = 0; k < seating.load[from]!; k++) {
      const a = holders[k]!;
      const slot = a * P + p;
      if (seats.stays[slot]) continue;
      const was = problem.previous?.[slot] ?? -1;
      const rank = seating.rank(a, p, u);
      const before = seating.points[a]!;
      const elsewhere = seats.differing[a]! - Number(was !== u);
      const leaves = 1 - seats.colleaguesAt(a, from);
      for (let j = 0; j < n; j++) {
        if (j === i) continue;
        const v = cells[j]! % W;
        let price = weight * (seating.rank(a, p, v) - rank);
        if (points) {
          const after = before + points[slot * (W + 1) + v]! - points[slot * (W + 1) + u]!;
          price += penalty[a * penaltyStride + after]! - penalty[a * penaltyStride + before]!;
        }
        if (price > cost[i * n + j]!) continue;
        let extra = 0;
        for (let m = 0; m < order.length; m++) {
          const one = order[m];
          if (one === 'spread') extra += weights[m]! * (leaves + seats.colleaguesAt(a, cells[j]!));
          else if (one === 'together') extra -= weights[m]! * (leaves + seats.colleaguesAt(a, cells[j]!));
          else if (one === 'changes')
            extra +=
              weights[m]! * (Number(elsewhere + Number(was !== v) > 0) - Number(seats.differing[a]! > 0));
        }
        extra += weights[order.length]! * (Number(was !== v) - Number(was !== u));
        if (price === cost[i * n + j] && extra >= worth[i * n + j]!) continue;
        if (!seats.maySit(a, p, v)) continue;
        cost[i * n + j] = price;
        worth[i * n + j] = extra;
        who[i * n + j] = a;
      }
    }
  }
}

/** Paths tried in vain before a pass is left as it is. */
const patience = 24;

/** The sessions of a pass, the best change between every two of them, and what a search for paths needs. */
interface Pass {
  readonly cells: readonly number[];
  readonly cost: Float64Array;
  readonly worth: Float64Array;
  readonly who: Int32Array;
  /** Changes that looked better than they were. */
  readonly banned: Uint8Array;
  readonly distance: Float64Array;
  readonly distanceWorth: Float64Array;
  readonly parent: Int32Array;
  readonly mark: Int32Array;
}

/** Powers of two, each more than all that later refinements can change along a path. */
function weightsOf({ order, members, problem, seating }: RefinedSeats): number[] {
  const longest = 1 + Math.max(0, ...seating.given.map((given) => given.length));
  const largest = members.reduce((most, people) => Math.max(most, people.length), 1);
  const fullest = seating.seats.reduce((least, seats) => (seats > 0 ? Math.min(least, seats) : least), 1e4);
  const most = {
    fill: 8e4 / fullest,
    changes: longest,
    sessions: 0,
    spread: longest * largest,
    together: longest * largest,
  };
  const weights = [order.includes('changes') && problem.previous ? 1 : 0];
  let sum = 2 * longest * weights[0]!;
  for (const refinement of order.toReversed()) {
    const weight = 2 ** Math.ceil(Math.log2(1 + sum));
    weights.unshift(weight);
    sum += weight * most[refinement];
  }
  return weights;
}
