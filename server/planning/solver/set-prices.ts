import type { Random } from '../../../shared/core/random.ts';
import type { Problem } from './problem.ts';
import type { SeatSets } from './seat-sets.ts';

/** Prices are rounded up from these fractions on; of some of them the best is kept. */
const roundings = [0.2, 0.4, 0.3, 0.5, 0.1, 0.6, 0.8, 0.7, 0.9];

/** Falling prices are worked out for several people at a time. */
const together = 8;

/**
 * Prices of seats where everybody chooses among listed sets (Lagrangian relaxation of the seats; the bound is that of the linear relaxation
 * over sets, at best). A set costs 1 or nothing, so the best prices are mostly whole numbers again.
 */
export class SetPrices {
  private readonly first: Int32Array;
  /** By set: what it costs without prices; by set · P + pass: the cell, after all others for no seat. */
  private readonly cost: Uint8Array;
  private readonly held: Int32Array;
  /** Prices that prove `bound`, by cell and 0 for no seat. */
  price: Float64Array;
  bound = -Infinity;
  private readonly P: number;
  /** Cells that are given. */
  private readonly cells: readonly number[];
  private readonly seats: Int32Array;
  /** By cell: it is full in every plan that counts, so that its price may be below nothing. */
  private readonly full: Uint8Array;
  private readonly instead: number;
  private readonly learnt: Float64Array;
  private readonly order: number[];

  /** `instead` is what it costs to have no seats at all, Infinity where that cannot be. */
  constructor(
    { first, choices, regret }: SeatSets,
    costs: (regret: number) => boolean,
    { P, W }: Problem,
    seats: Int32Array,
    full: Uint8Array,
    instead = Infinity,
  ) {
    this.P = P;
    this.first = first;
    this.cost = new Uint8Array(regret.length);
    for (let set = 0; set < regret.length; set++) this.cost[set] = costs(regret[set]!) ? 1 : 0;
    this.held = new Int32Array(choices.length);
    for (let k = 0; k < choices.length; k++) {
      const w = choices[k]!;
      this.held[k] = w < 0 ? P * W : (k % P) * W + w;
    }
    this.seats = seats;
    this.full = full;
    this.instead = instead;
    this.cells = [...seats.keys()].filter((cell) => seats[cell]! >= 0);
    this.price = new Float64Array(seats.length + 1);
    this.learnt = new Float64Array(seats.length + 1);
    this.order = Array.from({ length: first.length - 1 }, (_, a) => a);
    this.bound = this.boundAt(this.price);
  }

  /** Some visits of everybody (incremental subgradient, Nedić & Bertsekas 2001), then the prices rounded. Whether they prove more. */
  learn(visits: number, step: number, random: Random, stop: () => boolean): boolean {
    const { P, learnt, cells, seats, full, held } = this;
    const order = random.shuffle(this.order);
    const before = this.bound;
    for (let visit = 0; visit < visits && !stop(); visit++) {
      const up = step / (1 + visit);
      const down = (up * together) / order.length;
      for (let i = 0; i < order.length; i++) {
        const set = this.choice(order[i]!, learnt);
        if (set >= 0) for (let k = set * P; k < (set + 1) * P; k++) learnt[held[k]!]! += up;
        if (i % together > 0) continue;
        for (const cell of cells) {
          const price = learnt[cell]! - down * seats[cell]!;
          learnt[cell] = full[cell] || price > 0 ? price : 0;
        }
      }
      // Where somebody has no seat, nobody pays.
      learnt[seats.length] = 0;
    }
    for (const fraction of roundings) this.offer(learnt.map((price) => Math.floor(price + 1 - fraction)));
    this.offer(learnt.slice());
    return this.bound > before + 1e-3;
  }

  /** Prices learnt elsewhere, as they are and as whole numbers. */
  consider(price: Float64Array): void {
    const { full, learnt } = this;
    for (const cell of this.cells) learnt[cell] = full[cell] ? price[cell]! : Math.max(0, price[cell]!);
    this.offer(learnt.map(Math.round));
    this.offer(learnt.slice());
  }

  /** What a set costs at the prices that prove the bound. */
  costOf(set: number): number {
    return this.costAt(set, this.price);
  }

  /** What the person's best set costs at the prices that prove the bound. */
  leastOf(a: number): number {
    const set = this.choice(a, this.price);
    return set < 0 ? this.instead : this.costOf(set);
  }

  /** What the last of so many best sets of a person costs, Infinity where there are not so many. */
  limitOf(a: number, most: number): number {
    const first = this.first[a]!;
    const count = this.first[a + 1]! - first;
    if (count <= most) return Infinity;
    return Float64Array.from({ length: count }, (_, i) => this.costOf(first + i)).sort()[most - 1]!;
  }

  private costAt(set: number, price: Float64Array): number {
    const { P, held } = this;
    let cost = this.cost[set]!;
    for (let k = set * P; k < (set + 1) * P; k++) cost += price[held[k]!]!;
    return cost;
  }

  /** The best set of a person, −1 for no seats at all. */
  private choice(a: number, price: Float64Array): number {
    const { first } = this;
    let best = -1;
    let least = this.instead;
    for (let set = first[a]!; set < first[a + 1]!; set++) {
      const cost = this.costAt(set, price);
      if (cost >= least) continue;
      least = cost;
      best = set;
    }
    return best;
  }

  private offer(price: Float64Array): void {
    const bound = this.boundAt(price);
    if (bound <= this.bound + 1e-9) return;
    this.bound = bound;
    this.price = price;
  }

  private boundAt(price: Float64Array): number {
    let bound = 0;
    for (let a = 0; a < this.order.length; a++) {
      const set = this.choice(a, price);
      bound += set < 0 ? this.instead : this.costAt(set, price);
    }
    for (const cell of this.cells) bound -= price[cell]! * this.seats[cell]!;
    return bound;
  }
}
