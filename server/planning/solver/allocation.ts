import type { Random } from '../../../shared/core/random.ts';
import { Exchange } from './exchange.ts';
import { LinkedExchange } from './linked-exchange.ts';
import type { Measure } from './measure.ts';
import { BestOption, manyPeople } from './options.ts';
import type { Problem } from './problem.ts';
import { Seating } from './seating.ts';

/**
 * Seats for one timetable by Lagrangian prices. The seats of every session get a price; each person then takes the best seats
 * that the prices allow, and the sum less what the seats are worth is a true lower bound (Held & Karp's relaxation). Prices
 * are learnt person by person (incremental subgradient, Nedić & Bertsekas 2001) and polished with Polyak steps. A plan
 * follows by best responses to prices that rise with the load (augmented Lagrangian), then by exchange paths.
 */
export class Allocation {
  readonly problem: Problem;
  readonly seating: Seating;
  readonly exchange: Exchange;
  readonly option: BestOption;
  /** The best prices known, by cell, and the bound they prove for the timetable they were learnt in. */
  readonly price: Float64Array;
  bound = -Infinity;
  private readonly trial: Float64Array;
  /** What people took at the prices last asked about, by cell. */
  readonly demand: Int32Array;
  private readonly direction: Float64Array;
  private readonly order: Int32Array;
  private readonly choice: Int16Array;
  private readonly pinnedSeats: readonly number[];

  constructor(problem: Problem, measure: Measure) {
    const { P, W, N } = problem;
    this.problem = problem;
    this.seating = new Seating(problem, measure);
    this.exchange = new Exchange(this.seating);
    this.option = new BestOption(this.seating);
    this.price = new Float64Array(P * W);
    this.trial = new Float64Array(P * W);
    this.demand = new Int32Array(P * W);
    this.direction = new Float64Array(P * W);
    this.order = Int32Array.from({ length: N }, (_, a) => a);
    this.choice = new Int16Array(P);
    this.pinnedSeats = [...problem.pinned.keys()].filter((slot) => problem.pinned[slot]! >= 0);
  }

  /** Fisher–Yates over the order in which people are visited. */
  shuffle(random: Random): void {
    const { order } = this;
    for (let i = order.length - 1; i > 0; i--) {
      const j = random.integer(i + 1);
      const swapped = order[i]!;
      order[i] = order[j]!;
      order[j] = swapped;
    }
  }

  /** Learns prices from where they stand: `rounds` visits of everybody, steps falling from `step`, the faster the larger `fall` is. */
  learnPrices(rounds: number, step: number, stop: () => boolean = () => false, fall = 0.3): void {
    const { P, W, N } = this.problem;
    const { seats } = this.seating;
    const cells = this.cells();
    const { trial } = this;
    // Falling prices are cheaper to work out for several people at a time, and where there are very many it makes no difference.
    const every = N >= manyPeople ? 16 : 1;
    trial.set(this.price);
    for (let round = 0; round < rounds && !stop(); round++) {
      const up = step / (1 + fall * round);
      let visited = 0;
      for (const a of this.order) {
        if ((++visited & 1023) === 0 && stop()) break;
        if (this.option.find(a, trial) === Infinity) continue;
        for (let p = 0; p < P; p++) {
          const w = this.option.choice[p]!;
          if (w >= 0) trial[p * W + w]! += up;
        }
        if (visited % every > 0) continue;
        const down = up * every;
        for (const cell of cells) trial[cell] = Math.max(0, trial[cell]! - (down * seats[cell]!) / N);
      }
    }
    this.bound = -Infinity;
    this.offer(trial);
  }

  /** Raises the bound by Polyak steps towards a target (a value that is known to be reachable). */
  polishPrices(iterations: number, target: number): void {
    const { seats } = this.seating;
    const cells = this.cells();
    const { trial, direction, demand } = this;
    trial.set(this.price);
    direction.fill(0);
    let pace = 1;
    let idle = 0;
    for (let k = 0; k < iterations; k++) {
      const reached = this.boundAt(trial);
      if (reached > this.bound) {
        this.bound = reached;
        this.price.set(trial);
        idle = 0;
      } else if (++idle > 4) {
        pace /= 2;
        idle = 0;
        trial.set(this.price);
        direction.fill(0);
        this.boundAt(trial);
      }
      if (Math.ceil(this.bound - 1e-6) >= target) return;
      let norm = 0;
      for (const cell of cells) {
        const slope = 0.6 * direction[cell]! + demand[cell]! - seats[cell]!;
        direction[cell] = slope;
        if (trial[cell]! > 0 || slope > 0) norm += slope ** 2;
      }
      if (norm === 0) return;
      const step = (pace * (target - reached)) / norm;
      for (const cell of cells) trial[cell] = Math.max(0, trial[cell]! + step * direction[cell]!);
    }
  }

  /**
   * The Lagrangian bound of the present timetable at given prices; what people would take is left in `demand`. Without what
   * the seats are worth where the rooms are not decided.
   */
  boundAt(price: Float64Array, roomsDecided = true): number {
    const { P, W, N } = this.problem;
    const { demand, option } = this;
    demand.fill(0);
    let bound = 0;
    for (let a = 0; a < N; a++) {
      bound += option.find(a, price);
      for (let p = 0; p < P; p++) {
        const w = option.choice[p]!;
        if (w >= 0) demand[p * W + w]!++;
      }
    }
    if (!roomsDecided) return bound;
    for (const cell of this.cells()) bound -= price[cell]! * this.seating.seats[cell]!;
    return bound;
  }

  /** Keeps prices that prove a better bound. */
  private offer(price: Float64Array): void {
    const bound = this.boundAt(price);
    if (bound <= this.bound) return;
    this.bound = bound;
    this.price.set(price);
  }

  /**
   * Best responses to prices that rise by `pressure` with every person over the seats, everybody in turn, until nobody moves and
   * nothing is overfull, the rounds are spent or it is told to stop, perhaps with people who have no seats yet. False where somebody
   * cannot be seated at all.
   */
  respond(rounds: number, pressure: number, growth: number, stop: () => boolean = () => false): boolean {
    const { load, seats } = this.seating;
    const cells = this.cells();
    for (let round = 0; round < rounds; round++, pressure *= growth) {
      this.raisePrices(cells, pressure);
      let moves = 0;
      let visited = 0;
      for (const a of this.order) {
        if ((++visited & 1023) === 0 && stop()) return true;
        const moved = this.answer(a, pressure);
        if (moved === null) return false;
        if (moved) moves++;
      }
      if (moves === 0 && !cells.some((cell) => load[cell]! > seats[cell]!)) break;
    }
    return true;
  }

  /** Best responses of those alone who hold fewer seats than they are owed, or more. */
  reseat(pressure: number): boolean {
    const { seating } = this;
    this.raisePrices(this.cells(), pressure);
    for (const a of this.order) {
      if (this.seatsHeld(a) !== seating.owed(a) && this.answer(a, pressure) === null) return false;
    }
    return true;
  }

  private raisePrices(cells: readonly number[], pressure: number): void {
    for (const cell of cells) this.trial[cell] = this.priceUnder(cell, pressure);
  }

  private priceUnder(cell: number, pressure: number): number {
    const { load, seats } = this.seating;
    return Math.max(0, this.price[cell]! + pressure * (load[cell]! + 1 - seats[cell]!));
  }

  private seatsHeld(a: number): number {
    const { P } = this.problem;
    let count = 0;
    for (let p = 0; p < P; p++) if (this.seating.held[a * P + p]! >= 0) count++;
    return count;
  }

  /** One person takes the best seats at the prices in `trial`; whether they moved, null where there are no seats for them. */
  private answer(a: number, pressure: number): boolean | null {
    const { P, W } = this.problem;
    const { seating, trial, option, choice } = this;
    const { held } = seating;
    let now = seating.costNow(a);
    for (let p = 0; p < P; p++) {
      const w = held[a * P + p]!;
      if (w < 0) continue;
      trial[p * W + w] = Math.max(0, trial[p * W + w]! - pressure);
      now += trial[p * W + w]!;
    }
    const best = option.find(a, trial);
    const stays = best >= now - 1e-9 && this.seatsHeld(a) === seating.owed(a);
    choice.set(option.choice);
    for (let p = 0; p < P; p++) {
      const before = held[a * P + p]!;
      if (!stays && best < Infinity && before !== choice[p]) seating.put(a, p, -1);
      if (before >= 0) trial[p * W + before] = this.priceUnder(p * W + before, pressure);
    }
    if (best === Infinity) return null;
    if (stays) return false;
    for (let p = 0; p < P; p++) {
      const w = choice[p]!;
      if (w < 0 || held[a * P + p] === w) continue;
      seating.put(a, p, w);
      trial[p * W + w] = this.priceUnder(p * W + w, pressure);
    }
    return true;
  }

  /** Pins kept, within seats and least sizes, then as cheap as exchange paths make it until told to stop; false also where it gave up. */
  repair(stop?: () => boolean, giveUp?: () => boolean): boolean {
    const { pinned } = this.problem;
    const { held } = this.seating;
    for (const slot of this.pinnedSeats) if (held[slot] !== pinned[slot]) return false;
    if (!this.exchange.settle(giveUp)) return false;
    this.exchange.improve(stop);
    return true;
  }

  /** Exchange paths through two passes at once, where they are known to be right. */
  repairLinked(stop: () => boolean): void {
    const { seating, exchange, problem } = this;
    if (!seating.measure.additive || exchange.flexible || problem.minSize.some((least) => least > 0)) return;
    new LinkedExchange(seating, exchange).improve(stop);
  }

  /** The first people in order give up their seats, pins aside, to be seated anew. */
  release(share: number): void {
    const { P, N, pinned } = this.problem;
    for (const a of this.order.subarray(0, Math.ceil(N * share))) {
      for (let p = 0; p < P; p++) if (pinned[a * P + p] === -1) this.seating.put(a, p, -1);
    }
  }

  private cells(): number[] {
    const { W } = this.problem;
    return this.seating.given.flatMap((given, p) => given.map((w) => p * W + w));
  }
}
