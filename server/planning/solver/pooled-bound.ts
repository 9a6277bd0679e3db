import type { Budget } from './budget.ts';
import type { Problem } from './problem.ts';

/**
 * A lower bound of the sum of ranks over every timetable. The passes are forgotten: people take different workshops, and the
 * seats of a workshop are those of all its sessions together. Prices per workshop (Lagrangian relaxation, Polyak steps)
 * separate the people, who each take their cheapest workshops, from the timetable, which sells the most valuable seats: a
 * transportation problem of workshops and rooms.
 */
export class PooledBound {
  readonly problem: Problem;
  bound = -Infinity;
  /** Prices of a seat in each workshop that prove the bound. */
  readonly price: Float64Array;
  private readonly trial: Float64Array;
  private readonly direction: Float64Array;
  private readonly demand: Float64Array;
  private readonly sales: SeatSales;
  private readonly least: Int32Array;
  private readonly cheapest: Float64Array;
  private readonly which: Int32Array;
  private pace = 1;
  private idle = 0;

  constructor(problem: Problem) {
    const { W, P } = problem;
    this.problem = problem;
    this.price = new Float64Array(W);
    this.trial = new Float64Array(W);
    this.direction = new Float64Array(W);
    this.demand = new Float64Array(W);
    this.sales = new SeatSales(problem);
    this.least = leastSeatsOwed(problem);
    this.cheapest = new Float64Array(P);
    this.which = new Int32Array(P);
  }

  /** Raises the bound by Polyak steps towards a value that is known to be reachable. */
  raise(iterations: number, target: number, budget: Budget): void {
    const { W } = this.problem;
    const { trial, direction, demand, sales } = this;
    for (let k = 0; k < iterations && !budget.spent(); k++) {
      const reached = this.boundAt(trial);
      if (reached > this.bound + 1e-9) {
        this.bound = reached;
        this.price.set(trial);
        this.idle = 0;
      } else if (++this.idle > 8) {
        this.pace = Math.max(this.pace / 2, 1e-4);
        this.idle = 0;
        trial.set(this.price);
        direction.fill(0);
        this.boundAt(trial);
      }
      if (Math.ceil(this.bound - 1e-3) >= target) return;
      let norm = 0;
      for (let w = 0; w < W; w++) {
        direction[w] = 0.7 * direction[w]! + demand[w]! - sales.sold[w]!;
        if (trial[w]! > 0 || direction[w]! > 0) norm += direction[w]! ** 2;
      }
      if (norm === 0) return;
      const step = (this.pace * Math.max(0.5, target - reached)) / norm;
      for (let w = 0; w < W; w++) trial[w] = Math.max(0, trial[w]! + step * direction[w]!);
    }
  }

  private boundAt(price: Float64Array): number {
    // What the paths may have missed by rounding is given away.
    return this.peopleAt(price) - this.sales.best(price) - slack * this.problem.P * this.problem.R;
  }

  /** Everybody takes the cheapest different workshops, as many as they are owed at least. */
  private peopleAt(price: Float64Array): number {
    const { N, W, rank, personStride } = this.problem;
    const { cheapest, which, demand } = this;
    demand.fill(0);
    let total = 0;
    for (let a = 0; a < N; a++) {
      const owed = this.least[a]!;
      const base = a * personStride;
      let count = 0;
      for (let w = 0; w < W; w++) {
        const cost = rank[base + w]! + price[w]!;
        if (count === owed && (owed === 0 || cost >= cheapest[owed - 1]!)) continue;
        let k = count < owed ? count++ : owed - 1;
        while (k > 0 && cheapest[k - 1]! > cost) {
          cheapest[k] = cheapest[k - 1]!;
          which[k] = which[k - 1]!;
          k--;
        }
        cheapest[k] = cost;
        which[k] = w;
      }
      for (let k = 0; k < count; k++) {
        total += cheapest[k]!;
        demand[which[k]!]!++;
      }
    }
    return total;
  }
}

/** By person: the seats owed at least, in whatever passes they come to present. */
export function leastSeatsOwed(problem: Problem): Int32Array {
  const { P, N, can, picks, presentingPeople, maxOfferings } = problem;
  const presents = new Int32Array(N);
  presentingPeople.forEach((people, w) => {
    for (const a of people) presents[a]! += maxOfferings[w]!;
  });
  return Int32Array.from({ length: N }, (_, a) => {
    let free = -presents[a]!;
    for (let p = 0; p < P; p++) free += can[a * P + p]!;
    return Math.max(0, Math.min(picks[a]!, free));
  });
}

/** What rooms can be used for, all passes together. */
export interface RoomUses {
  /** By workshop · R + room: the seats, −1 where never possible; and in how many passes it is possible. */
  readonly seats: Int32Array;
  readonly times: Int32Array;
  /** By room: passes in which it can be used. */
  readonly uses: Int32Array;
  /** By workshop: offerings. */
  readonly least: Int32Array;
  readonly most: Int32Array;
}

export function roomUses({ P, W, R, slotSeats, minOfferings, maxOfferings, must }: Problem): RoomUses {
  const seats = new Int32Array(W * R).fill(-1);
  const times = new Int32Array(W * R);
  const uses = new Int32Array(R);
  const passes = new Int32Array(W);
  const pinned = new Int32Array(W);
  for (let p = 0; p < P; p++) {
    const open = new Uint8Array(R);
    for (let w = 0; w < W; w++) {
      let possible = 0;
      for (let r = 0; r < R; r++) {
        const n = slotSeats[(p * W + w) * R + r]!;
        if (n < 0) continue;
        open[r] = 1;
        possible = 1;
        times[w * R + r]!++;
        seats[w * R + r] = Math.max(seats[w * R + r]!, n);
      }
      passes[w]! += possible;
      pinned[w]! += must[p * W + w]!;
    }
    for (let r = 0; r < R; r++) uses[r]! += open[r]!;
  }
  const most = Int32Array.from({ length: W }, (_, w) => Math.min(maxOfferings[w]!, passes[w]!));
  const least = Int32Array.from({ length: W }, (_, w) =>
    Math.min(most[w]!, Math.max(minOfferings[w]!, pinned[w]!)),
  );
  return { seats, times, uses, least, most };
}

/** Sums of prices closer than this are the same; far above rounding at `duty`, far below what a bound can show. */
const slack = 1e-6;

/** The most valuable seats that a timetable can sell, passes forgotten: how often each workshop uses each room. */
class SeatSales {
  /** Seats sold by workshop in the last answer. */
  readonly sold: Float64Array;
  private readonly W: number;
  private readonly R: number;
  /** Seats by workshop · R + room, −1 where never possible. */
  private readonly seats: Int32Array;
  private readonly uses: Int32Array;
  private readonly least: Int32Array;
  private readonly most: Int32Array;
  private readonly flow: Int32Array;

  constructor(problem: Problem) {
    const { W, R } = problem;
    this.W = W;
    this.R = R;
    this.flow = new Int32Array(W * R);
    this.sold = new Float64Array(W);
    const { seats, uses, least, most } = roomUses(problem);
    this.seats = seats;
    this.uses = uses;
    this.least = least;
    this.most = most;
  }

  /** Successive longest paths; workshops that must be given are placed first in value, whatever they earn. */
  best(price: Float64Array): number {
    const { W, R, seats, uses, least, most, flow, sold } = this;
    flow.fill(0);
    const used = new Int32Array(W);
    const taken = new Int32Array(R);
    const reach = new Float64Array(W);
    const arrive = new Float64Array(R);
    const from = new Int32Array(R);
    const back = new Int32Array(W);
    const duty = 1e6;
    for (;;) {
      for (let w = 0; w < W; w++) {
        reach[w] = used[w]! < most[w]! ? (used[w]! < least[w]! ? duty : 0) : -Infinity;
        back[w] = -1;
      }
      arrive.fill(-Infinity);
      for (let changed = true, round = 0; changed && round <= W + R; round++) {
        changed = false;
        for (let w = 0; w < W; w++) {
          if (reach[w] === -Infinity) continue;
          for (let r = 0; r < R; r++) {
            const n = seats[w * R + r]!;
            if (n < 0 || flow[w * R + r]! >= uses[r]!) continue;
            const through = reach[w]! + price[w]! * n;
            if (through > arrive[r]! + slack) {
              arrive[r] = through;
              from[r] = w;
              changed = true;
            }
          }
        }
        for (let r = 0; r < R; r++) {
          if (arrive[r] === -Infinity) continue;
          for (let w = 0; w < W; w++) {
            if (flow[w * R + r] === 0) continue;
            const through = arrive[r]! - price[w]! * seats[w * R + r]!;
            if (through > reach[w]! + slack) {
              reach[w] = through;
              back[w] = r;
              changed = true;
            }
          }
        }
      }
      let end = -1;
      for (let r = 0; r < R; r++) if (taken[r]! < uses[r]! && (end < 0 || arrive[r]! > arrive[end]!)) end = r;
      if (end < 0 || arrive[end]! < -slack) break;
      taken[end]!++;
      for (let r = end, steps = 0; ;) {
        // Rounding could close a chain into a ring: then nothing is claimed.
        if (++steps > W + R) return Infinity;
        const w = from[r]!;
        flow[w * R + r]!++;
        if (back[w]! < 0) {
          used[w]!++;
          break;
        }
        r = back[w]!;
        flow[w * R + r]!--;
      }
    }
    let value = 0;
    for (let w = 0; w < W; w++) {
      sold[w] = 0;
      for (let r = 0; r < R; r++) sold[w]! += flow[w * R + r]! * Math.max(0, seats[w * R + r]!);
      value += sold[w]! * price[w]!;
    }
    return value;
  }
}
