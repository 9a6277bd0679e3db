import { manyPeople } from './options.ts';
import type { Seating } from './seating.ts';
import { cycleAmong, pathTo } from './shortest-paths.ts';

/** People who can change between two sessions at the same least cost, of whom so many are remembered where there are very many. */
const mostAlike = 16;

/**
 * Seats exchanged along paths: an arc from one session to another is the cheapest person who can change between them, so a
 * path moves one person per step and shifts one seat from its start to its end. Overfull sessions are drained along shortest paths
 * (successive shortest paths) and negative cycles are cancelled (Klein 1967), with Bellman–Ford on the sessions: the graph has
 * as many nodes as a pass has sessions, however many people there are. Exact where every workshop is given once; elsewhere
 * "never twice" ties the passes together and the result is a good plan, not always the best.
 */
export class Exchange {
  private readonly seating: Seating;
  /** Somebody holds fewer seats than the passes they are free in, and may move a seat between passes. */
  readonly flexible: boolean;
  private readonly stride: number;
  private readonly cost: Float64Array;
  private readonly who: Int32Array;
  /** By arc: how many people are as cheap as the cheapest, and who they are; null where each path moves one person per step. */
  private readonly alike: { readonly count: Uint8Array; readonly who: Int32Array } | null;
  private readonly distance: Float64Array;
  private readonly parent: Int32Array;
  private readonly mark: Int32Array;

  constructor(seating: Seating) {
    const { P, W, N, can, picks } = seating.problem;
    this.seating = seating;
    this.flexible = false;
    for (let a = 0; a < N; a++) {
      let free = 0;
      for (let p = 0; p < P; p++) free += can[a * P + p]!;
      if (picks[a]! < free) this.flexible = true;
    }
    this.stride = this.flexible ? P * W : W;
    this.cost = new Float64Array(P * W * this.stride);
    this.who = new Int32Array(P * W * this.stride);
    const arcs = P * W * this.stride;
    this.alike =
      N >= manyPeople && !this.flexible && seating.measure.additive
        ? { count: new Uint8Array(arcs), who: new Int32Array(arcs * mostAlike) }
        : null;
    this.distance = new Float64Array(P * W);
    this.parent = new Int32Array(P * W);
    this.mark = new Int32Array(P * W);
  }

  /** Brings every session within its seats and up to its least size; false where no path does, or given up. */
  settle(giveUp: () => boolean = () => false): boolean {
    return this.blocks().every((block) => this.drain(block, giveUp) && this.fill(block));
  }

  /** Cancels negative cycles and paths until none is left, or told to stop. */
  improve(stop: () => boolean = () => false): void {
    for (const block of this.blocks()) while (!stop() && this.cancel(block));
  }

  /**
   * What one more person in each session would cost at least: the distance to a free seat. At an optimum of one pass
   * these are optimal prices of the seats.
   */
  prices(out: Float64Array): void {
    const { seats, load } = this.seating;
    out.fill(0);
    for (const block of this.blocks()) {
      for (const cell of block) {
        this.refresh(cell);
        out[cell] = load[cell]! < seats[cell]! ? 0 : Infinity;
      }
      for (let round = 0, changed = true; changed && round < block.length; round++) {
        changed = false;
        for (const from of block) {
          for (const to of block) {
            const through = this.arc(from, to) + out[to]!;
            if (through < out[from]! - 1e-9) {
              out[from] = through;
              changed = true;
            }
          }
        }
      }
      let highest = 0;
      for (const cell of block) if (out[cell]! < Infinity) highest = Math.max(highest, out[cell]!);
      for (const cell of block) out[cell] = Math.max(0, Math.min(out[cell]!, highest));
    }
  }

  /**
   * One path that lowers unit · cost + what its end gains by a person who enters − what its start loses by one who leaves;
   * false where there is none. Infinite gains and losses forbid.
   */
  balance(unit: number, enter: (cell: number) => number, leave: (cell: number) => number): boolean {
    for (const block of this.blocks()) {
      const cycle = this.search(block, (cell) => -leave(cell) / unit);
      let end = cycle;
      let best = -0.5 / unit;
      for (const cell of cycle < 0 ? block : []) {
        const total = this.parent[cell]! < 0 ? Infinity : this.distance[cell]! + enter(cell) / unit;
        if (total >= best) continue;
        best = total;
        end = cell;
      }
      if (end >= 0 && this.apply(pathTo(this.parent, end))) return true;
    }
    return false;
  }

  /** The least that it costs when somebody changes between two sessions of a pass; Infinity where nobody can. */
  arcCost(p: number, from: number, to: number): number {
    const { W } = this.seating.problem;
    this.refresh(p * W + from);
    return this.arc(p * W + from, p * W + to);
  }

  /** Who that is. */
  arcPerson(p: number, from: number, to: number): number {
    const { W } = this.seating.problem;
    return this.person(p * W + from, p * W + to);
  }

  /** Cells between which somebody can change: those of one pass, or all of them. */
  private blocks(): number[][] {
    const { W } = this.seating.problem;
    const passes = this.seating.given.map((given, p) => given.map((w) => p * W + w));
    return this.flexible ? [passes.flat()] : passes;
  }

  private arc(from: number, to: number): number {
    return this.cost[from * this.stride + (this.flexible ? to : to % this.seating.problem.W)]!;
  }

  private person(from: number, to: number): number {
    return this.who[from * this.stride + (this.flexible ? to : to % this.seating.problem.W)]!;
  }

  /** Computes the arcs out of a cell anew where its holders changed. */
  private refresh(cell: number): void {
    const { seating } = this;
    if (!seating.stale[cell]) return;
    seating.stale[cell] = 0;
    const { P, W, pinned, rank, personStride, passStride } = seating.problem;
    const { weight, points, penalty, penaltyStride } = seating.measure;
    const { held, busy } = seating;
    const { can } = seating.problem;
    const p = Math.floor(cell / W);
    const u = cell % W;
    const row = cell * this.stride;
    this.cost.fill(Infinity, row, row + this.stride);
    const holders = seating.holders[cell]!;
    for (let i = seating.load[cell]! - 1; i >= 0; i--) {
      const a = holders[i]!;
      const slot = a * P + p;
      if (pinned[slot] !== -1) continue;
      const mine = rank[a * personStride + p * passStride + u]!;
      const here = a * penaltyStride;
      const before = seating.points[a]!;
      for (let q = this.flexible ? 0 : p; q < (this.flexible ? P : p + 1); q++) {
        const target = a * P + q;
        if (q !== p && (held[target] !== -1 || !can[target] || busy[target] || pinned[target] !== -1))
          continue;
        const base = a * personStride + q * passStride;
        const column = row + (this.flexible ? q * W : 0);
        const given = seating.given[q]!;
        for (let k = given.length - 1; k >= 0; k--) {
          const v = given[k]!;
          let cost = weight * (rank[base + v]! - mine);
          if (points) {
            let after = before + points[target * (W + 1) + v]!;
            if (q === p) after -= points[slot * (W + 1) + u]!;
            else {
              after +=
                points[slot * (W + 1) + W]! - points[slot * (W + 1) + u]! - points[target * (W + 1) + W]!;
            }
            cost += penalty[here + after]! - penalty[here + before]!;
          }
          if (cost >= this.cost[column + v]! && !(this.alike && this.isAlike(column + v, cost))) continue;
          if (v === u ? q === p : holdsElsewhere(held, a * P, P, p, v)) continue;
          if (this.alike) this.remember(this.alike, column + v, cost, a);
          this.cost[column + v] = cost;
          this.who[column + v] = a;
        }
      }
    }
  }

  private isAlike(arc: number, cost: number): boolean {
    return cost === this.cost[arc] && this.alike !== null && this.alike.count[arc]! < mostAlike;
  }

  private remember(
    { count, who }: NonNullable<Exchange['alike']>,
    arc: number,
    cost: number,
    a: number,
  ): void {
    if (cost < this.cost[arc]!) count[arc] = 0;
    who[arc * mostAlike + count[arc]!] = a;
    count[arc]!++;
  }

  /** Shortest paths, every cell a start at its own distance (Infinity: none); a negative cycle ends it and one of its nodes is returned, else −1. */
  private search(block: readonly number[], startsAt: (cell: number) => number): number {
    const { distance, parent } = this;
    for (const cell of block) {
      this.refresh(cell);
      distance[cell] = startsAt(cell);
      parent[cell] = -1;
    }
    for (let round = 0, changed = true; changed; round++) {
      changed = false;
      for (const from of block) {
        const d = distance[from]!;
        if (d === Infinity) continue;
        const row = from * this.stride;
        for (const to of block) {
          const column = this.flexible ? to : to % this.seating.problem.W;
          const through = d + this.cost[row + column]!;
          if (through < distance[to]! - 1e-9) {
            distance[to] = through;
            parent[to] = from;
            changed = true;
          }
        }
      }
      if (changed && round > 1) {
        const cycle = cycleAmong(block, parent, this.mark);
        if (cycle >= 0) return cycle;
      }
    }
    return -1;
  }

  /** Moves one person per step; false, with nothing moved, where a step has become impossible. */
  private apply(cells: readonly number[]): boolean {
    const { seating } = this;
    const { P, W } = seating.problem;
    const moves: [a: number, from: number, to: number][] = [];
    for (let i = 0; i + 1 < cells.length; i++)
      moves.push([this.person(cells[i]!, cells[i + 1]!), cells[i]!, cells[i + 1]!]);
    if (this.flexible && new Set(moves.map(([a]) => a)).size < moves.length) return false;
    for (const [a, from, to] of moves) {
      const p = Math.floor(from / W);
      const q = Math.floor(to / W);
      if (p !== q) seating.put(a, p, -1);
      seating.put(a, q, to % W);
    }
    return moves.length > 0 && P > 0;
  }

  /** The same steps again, up to `most` times, by people who are as cheap as those who have just moved. */
  private applyAgain(cells: readonly number[], most: number): void {
    const { seating, alike } = this;
    if (!alike) return;
    const { P, W } = seating.problem;
    const { held } = seating;
    const next = new Int32Array(cells.length);
    const movers = new Int32Array(cells.length);
    for (let times = 0; times < most; times++) {
      for (let i = 0; i + 1 < cells.length; i++) {
        const [from, to] = [cells[i]!, cells[i + 1]! % W];
        const p = Math.floor(from / W);
        const arc = from * this.stride + to;
        let mover = -1;
        while (mover < 0 && next[i]! < alike.count[arc]!) {
          const a = alike.who[arc * mostAlike + next[i]!]!;
          next[i]!++;
          if (held[a * P + p] === from % W && !holdsElsewhere(held, a * P, P, p, to)) mover = a;
        }
        if (mover < 0) return;
        movers[i] = mover;
      }
      for (let i = 0; i + 1 < cells.length; i++) {
        seating.put(movers[i]!, Math.floor(cells[i]! / W), cells[i + 1]! % W);
      }
    }
  }

  private drain(block: readonly number[], giveUp: () => boolean): boolean {
    const { seats, load } = this.seating;
    for (;;) {
      if (giveUp()) return false;
      if (!block.some((cell) => load[cell]! > seats[cell]!)) return true;
      const cycle = this.search(block, (cell) => (load[cell]! > seats[cell]! ? 0 : Infinity));
      let end = cycle;
      if (cycle < 0) {
        for (const cell of block) {
          if (load[cell]! < seats[cell]! && (end < 0 || this.distance[cell]! < this.distance[end]!))
            end = cell;
        }
        if (end < 0 || this.distance[end] === Infinity) return false;
      }
      const steps = pathTo(this.parent, end);
      if (!this.apply(steps)) return false;
      const start = steps[0]!;
      if (cycle < 0) this.applyAgain(steps, Math.min(load[start]! - seats[start]!, seats[end]! - load[end]!));
    }
  }

  private fill(block: readonly number[]): boolean {
    const { least, load } = this.seating;
    for (;;) {
      const short = block.find((cell) => load[cell]! < least[cell]!);
      if (short === undefined) return true;
      const cycle = this.search(block, (cell) => (load[cell]! > least[cell]! ? 0 : Infinity));
      if (cycle < 0 && this.distance[short] === Infinity) return false;
      if (!this.apply(pathTo(this.parent, cycle < 0 ? short : cycle))) return false;
    }
  }

  private cancel(block: readonly number[]): boolean {
    const { seating } = this;
    const { seats, least, load } = seating;
    const cycle = this.search(block, (cell) => (load[cell]! > least[cell]! ? 0 : Infinity));
    let end = cycle;
    if (cycle < 0) {
      for (const cell of block) {
        const better = this.distance[cell]! < (end < 0 ? -1e-9 : this.distance[end]!);
        if (load[cell]! < seats[cell]! && better) end = cell;
      }
      if (end < 0) return false;
    }
    const before = seating.value;
    const steps = pathTo(this.parent, end);
    if (!this.apply(steps) || seating.value >= before - 1e-9) return false;
    const start = steps[0]!;
    this.applyAgain(
      steps,
      cycle < 0 ? Math.min(load[start]! - least[start]!, seats[end]! - load[end]!) : mostAlike,
    );
    return true;
  }
}

const holdsElsewhere = (held: Int16Array, base: number, P: number, except: number, w: number): boolean => {
  for (let q = 0; q < P; q++) if (q !== except && held[base + q] === w) return true;
  return false;
};
