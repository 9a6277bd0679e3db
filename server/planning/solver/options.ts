import { AssignmentSolver } from './assignment.ts';
import type { Seating } from './seating.ts';

/** Steps of the depth-first search before it is left to the Hungarian method. */
const patience = 400;

/** Steps of the search where costs are not additive, before the best seats found so far will do. */
const longPatience = 4000;

/** From so many people on, a search per person takes too long. */
export const manyPeople = 10_000;

/** More than any sum of ranks and prices of one person. */
const compelling = 1e5;

/**
 * The best seats for one person when every session has a price: a small assignment of workshops to passes, by depth-first
 * search with bounds; where that grows and costs are additive, by the Hungarian method; where they are not, what is found in so many steps. Only the cheapest P sessions of a pass can matter where ranks alone count, since the other passes can block
 * at most P − 1 of them.
 */
export class BestOption {
  private readonly seating: Seating;
  /** The workshop of each pass in the best seats found, −1 for none. */
  readonly choice: Int16Array;
  private readonly candidates: Int16Array;
  private readonly reduced: Float64Array;
  private readonly counts: Int32Array;
  private readonly rest: Float64Array;
  /** By place in `order`: the least points that it and those after it can have. */
  private readonly restPoints: Float64Array;
  private readonly order: Int32Array;
  private readonly current: Int16Array;
  private best = Infinity;
  private owed = 0;
  private freeAfter: Int32Array;
  private steps = 0;
  private readonly assignment: AssignmentSolver;
  /** By workshop: its column in the assignment, −1 for none. */
  private readonly columnOf: Int32Array;
  private readonly columns: Int32Array;
  private readonly costs: Float64Array;
  /** The best seats come as an assignment at once. */
  private readonly atOnce: boolean;
  /** Dual values of the assignment: by pass, and by column. */
  private readonly passDual: Float64Array;
  private readonly columnDual: Float64Array;
  private readonly slack: Float64Array;
  private readonly way: Int32Array;
  private readonly rowOf: Int32Array;
  private readonly seen: Uint8Array;

  constructor(seating: Seating) {
    const { P, W, N } = seating.problem;
    this.seating = seating;
    this.atOnce = seating.measure.additive && N >= manyPeople;
    this.passDual = new Float64Array(P);
    this.columnDual = new Float64Array(P * P + P);
    this.slack = new Float64Array(P * P + P);
    this.way = new Int32Array(P * P + P);
    this.rowOf = new Int32Array(P * P + P);
    this.seen = new Uint8Array(P * P + P);
    this.choice = new Int16Array(P);
    this.current = new Int16Array(P);
    this.candidates = new Int16Array(P * W);
    this.reduced = new Float64Array(P * W);
    this.counts = new Int32Array(P);
    this.order = new Int32Array(P);
    this.rest = new Float64Array(P + 1);
    this.restPoints = new Float64Array(P + 1);
    this.freeAfter = new Int32Array(P + 1);
    this.assignment = new AssignmentSolver(P * P + P);
    this.columnOf = new Int32Array(W).fill(-1);
    this.columns = new Int32Array(P * P + P);
    this.costs = new Float64Array(P * (P * P + P));
  }

  /** The least cost plus prices of the seats owed; Infinity where there are none. The seats are in `choice`. */
  find(a: number, price: Float64Array): number {
    const { seating } = this;
    const { P, W, can, pinned, rank, personStride, passStride } = seating.problem;
    const { additive, weight, points } = seating.measure;
    this.owed = seating.owed(a);
    let passes = 0;
    let fixedPoints = 0;
    this.current.fill(-1);
    for (let p = 0; p < P; p++) {
      const slot = a * P + p;
      const open = can[slot] === 1 && seating.busy[slot] === 0 && pinned[slot]! > -2;
      if (!open) {
        // Pinned to a seat that cannot be held: nothing will do.
        if (pinned[slot]! >= 0 || pinned[slot] === -3) return Infinity;
        if (points) fixedPoints += points[slot * (W + 1) + W]!;
        continue;
      }
      const keep = additive ? P : W;
      const first = passes * W;
      let count = 0;
      const pin = pinned[slot]!;
      const base = a * personStride + p * passStride;
      for (const w of seating.given[p]!) {
        if (pin >= 0 && pin !== w) continue;
        const cost = weight * rank[base + w]! + price[p * W + w]!;
        if (count === keep && cost >= this.reduced[first + count - 1]!) continue;
        let k = count < keep ? count++ : count - 1;
        const mine = points ? points[slot * (W + 1) + w]! : 0;
        const isAfter = (at: number): boolean =>
          this.reduced[at]! > cost ||
          (points !== null &&
            this.reduced[at] === cost &&
            points[slot * (W + 1) + this.candidates[at]!]! > mine);
        while (k > 0 && isAfter(first + k - 1)) {
          this.reduced[first + k] = this.reduced[first + k - 1]!;
          this.candidates[first + k] = this.candidates[first + k - 1]!;
          k--;
        }
        this.reduced[first + k] = cost;
        this.candidates[first + k] = w;
      }
      this.counts[passes] = count;
      this.order[passes] = p;
      passes++;
    }
    if (this.atOnce && passes <= 30) return this.assignAtOnce(a, passes);
    this.rest[passes] = 0;
    this.restPoints[passes] = 0;
    const spare = passes > this.owed;
    for (let k = passes - 1; k >= 0; k--) {
      const least = this.counts[k]! > 0 ? this.reduced[k * W]! : Infinity;
      this.rest[k] = this.rest[k + 1]! + (spare ? Math.min(0, least) : least);
      this.freeAfter[k] = passes - k;
      this.restPoints[k] = this.restPoints[k + 1]! + this.leastPoints(a, k, spare);
    }
    this.freeAfter[passes] = 0;
    this.best = Infinity;
    this.steps = additive ? patience : longPatience;
    this.descend(a, 0, passes, 0, 0, fixedPoints);
    return additive && this.steps < 0 ? this.assign(a, passes) : this.best;
  }

  /** The least points of a pass, where it may be left without a seat or not. */
  private leastPoints(a: number, k: number, spare: boolean): number {
    const { measure, problem } = this.seating;
    const { P, W } = problem;
    if (!measure.points) return 0;
    const base = (a * P + this.order[k]!) * (W + 1);
    let least = spare || this.counts[k] === 0 ? measure.points[base + W]! : Infinity;
    for (let i = 0; i < this.counts[k]!; i++)
      least = Math.min(least, measure.points[base + this.candidates[k * W + i]!]!);
    return least;
  }

  /** The same by the Hungarian method: passes to different workshops, and as many passes without a seat as must be. */
  private assign(a: number, passes: number): number {
    const { P, pinned } = this.seating.problem;
    const { columnOf, columns, costs, choice, order } = this;
    const width = P * P + P;
    const without = passes - this.owed;
    let count = without;
    costs.fill(Infinity);
    for (let k = 0; k < passes; k++) {
      if (pinned[a * P + order[k]!]! < 0) costs.fill(-compelling, k * width, k * width + without);
      count = this.enterCandidates(k, width, count);
    }
    for (let column = without; column < count; column++) columnOf[columns[column]!] = -1;
    choice.fill(-1);
    const worth = this.assignment.solve(passes, count, (row, column) => -costs[row * width + column]!);
    if (worth === -Infinity) return Infinity;
    let seats = 0;
    for (let k = 0; k < passes; k++) {
      const column = this.assignment.column[k]!;
      if (column < without) continue;
      choice[order[k]!] = columns[column]!;
      seats++;
    }
    return seats === this.owed ? without * compelling - worth : Infinity;
  }

  /** Enters the cost of every candidate of a pass, with a column for each workshop that has none yet. Returns how many columns there are. */
  private enterCandidates(k: number, width: number, before: number): number {
    const { W } = this.seating.problem;
    const { columnOf, columns, costs, counts, candidates, reduced } = this;
    let count = before;
    for (let i = 0; i < counts[k]!; i++) {
      const w = candidates[k * W + i]!;
      if (columnOf[w]! < 0) {
        columns[count] = w;
        columnOf[w] = count++;
      }
      costs[k * width + columnOf[w]!] = reduced[k * W + i]!;
    }
    return count;
  }

  /**
   * The cheapest of every pass where these differ, and shortest augmenting paths for the passes whose cheapest is taken already
   * (Jonker and Volgenant 1987). As many passes as must stay without a seat have a column each that costs nothing, less than any seat.
   */
  private assignAtOnce(a: number, passes: number): number {
    const { P, W, pinned } = this.seating.problem;
    const { columnOf, columns, costs, choice, counts, candidates, reduced, order } = this;
    const { passDual, columnDual, slack, way, rowOf, seen } = this;
    const width = P * P + P;
    const without = passes - this.owed;
    if (without < 0) return Infinity;
    let count = without;
    for (let k = 0; k < passes; k++) {
      costs.fill(Infinity, k * width, (k + 1) * width);
      if (pinned[a * P + order[k]!]! < 0) costs.fill(0, k * width, k * width + without);
      count = this.enterCandidates(k, width, count);
    }
    columnDual.fill(0, 0, count);
    rowOf.fill(-1, 0, count);
    let waiting = 0;
    let idle = 0;
    for (let k = 0; k < passes; k++) {
      const mayIdle = without > 0 && pinned[a * P + order[k]!]! < 0;
      passDual[k] = mayIdle ? 0 : counts[k]! > 0 ? reduced[k * W]! : Infinity;
      const cheapest = counts[k]! > 0 ? columnOf[candidates[k * W]!]! : -1;
      const column = !mayIdle ? cheapest : idle < without ? idle++ : -1;
      if (column >= 0 && rowOf[column]! < 0) rowOf[column] = k;
      else waiting |= 1 << k;
    }
    let complete = true;
    for (let k = 0; complete && k < passes; k++) {
      if ((waiting & (1 << k)) === 0) continue;
      slack.fill(Infinity, 0, count);
      seen.fill(0, 0, count);
      let row = k;
      let from = -1;
      let length = 0;
      let end = -1;
      while (end < 0) {
        let next = -1;
        for (let j = 0; j < count; j++) {
          if (seen[j]) continue;
          const through = length + costs[row * width + j]! - passDual[row]! - columnDual[j]!;
          if (through < slack[j]!) {
            slack[j] = through;
            way[j] = from;
          }
          if (slack[j]! < Infinity && (next < 0 || slack[j]! < slack[next]!)) next = j;
        }
        if (next < 0) break;
        length = slack[next]!;
        seen[next] = 1;
        from = next;
        if (rowOf[next]! < 0) end = next;
        else row = rowOf[next]!;
      }
      complete = end >= 0;
      if (!complete) break;
      for (let j = 0; j < count; j++) {
        if (!seen[j] || j === end) continue;
        passDual[rowOf[j]!]! += length - slack[j]!;
        columnDual[j]! -= length - slack[j]!;
      }
      passDual[k]! += length;
      for (let j = end; j >= 0;) {
        const before = way[j]!;
        rowOf[j] = before < 0 ? k : rowOf[before]!;
        j = before;
      }
    }
    choice.fill(-1);
    let best = complete && rowOf.subarray(0, without).every((k) => k >= 0) ? 0 : Infinity;
    for (let j = without; j < count; j++) {
      const w = columns[j]!;
      columnOf[w] = -1;
      const k = rowOf[j]!;
      if (k < 0) continue;
      choice[order[k]!] = w;
      best += costs[k * width + j]!;
    }
    return best;
  }

  private descend(a: number, k: number, passes: number, cost: number, seats: number, points: number): void {
    const { seating } = this;
    const { penalty, penaltyStride } = seating.measure;
    if (--this.steps < 0 && (seating.measure.additive || this.best < Infinity)) return;
    // Penalties rise with points.
    const least = this.rest[k]! + penalty[a * penaltyStride + points + this.restPoints[k]!]!;
    if (cost + least >= this.best - 1e-12) return;
    if (k === passes) {
      if (seats !== this.owed) return;
      this.best = cost + penalty[a * penaltyStride + points]!;
      this.choice.set(this.current);
      return;
    }
    const { W, P, pinned } = seating.problem;
    const p = this.order[k]!;
    const table = seating.measure.points;
    const base = (a * P + p) * (W + 1);
    if (seats < this.owed) {
      const beside = cost + this.rest[k + 1]! + penalty[a * penaltyStride + points + this.restPoints[k]!]!;
      for (let i = 0; i < this.counts[k]!; i++) {
        // Candidates come cheapest first: those that follow are no better.
        if (beside + this.reduced[k * W + i]! >= this.best - 1e-12) break;
        const w = this.candidates[k * W + i]!;
        let taken = false;
        for (let j = 0; j < k; j++) if (this.current[this.order[j]!] === w) taken = true;
        if (taken) continue;
        this.current[p] = w;
        const next = table ? points + table[base + w]! : points;
        this.descend(a, k + 1, passes, cost + this.reduced[k * W + i]!, seats + 1, next);
      }
      this.current[p] = -1;
    }
    if (pinned[a * P + p]! < 0 && seats + this.freeAfter[k + 1]! >= this.owed) {
      this.descend(a, k + 1, passes, cost, seats, table ? points + table[base + W]! : points);
    }
  }
}
