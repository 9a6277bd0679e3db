import type { Random } from '../../../shared/core/random.ts';
import type { Allocation } from './allocation.ts';
import type { Budget } from './budget.ts';

/** Best choices of one person that are told apart; more than these are hardly ever needed. */
const mostChoices = 200;

/** Choices of one person looked at before one of them is made. */
const fewChoices = 12;

/** People of a session looked at before one of them changes. */
const sample = 40;

/** Choices of everybody. */
export interface ListedChoices {
  /** By person: where their choices begin. */
  readonly first: Int32Array;
  /** By choice · P + pass: the workshop, −1 for none. */
  readonly choices: Int16Array;
}

/**
 * Seats that meet their prices. A plan is the best there is where everybody has seats that are best for them at the prices, no
 * session is overfull and every session with a price is full (complementary slackness). Everybody is put on such a choice, then
 * people of sessions that do not fit change between their equally good choices, mostly so that the misfit falls (min-conflicts,
 * Minton et al. 1992). For costs of ranks alone.
 */
export class TightSeats {
  private readonly allocation: Allocation;
  private readonly price: Float64Array;
  private readonly random: Random;
  private readonly first: Int32Array;
  private readonly choices: Int16Array;
  /** By cell: choices that hold it, and by choice whose it is. */
  private readonly withCell: number[][];
  private readonly owner: Int32Array;
  /** By person: the step in which they last changed. */
  private readonly changed: Int32Array;
  private misfit = Infinity;

  /** `listed`: choices that are known already, in the same order as here. */
  constructor(
    allocation: Allocation,
    price: Float64Array,
    random: Random,
    listed: ListedChoices | null = null,
  ) {
    const { N, P, W } = allocation.problem;
    this.allocation = allocation;
    this.price = price;
    this.random = random;
    const { first, choices } = listed ?? this.listAll();
    this.first = first;
    this.choices = choices;
    this.owner = new Int32Array(choices.length / P);
    this.withCell = Array.from({ length: P * W }, () => []);
    this.changed = new Int32Array(N).fill(-1000);
    for (let a = 0; a < N; a++) {
      for (let choice = this.first[a]!; choice < this.first[a + 1]!; choice++) {
        this.owner[choice] = a;
        for (let p = 0; p < P; p++) {
          const w = this.choices[choice * P + p]!;
          if (w >= 0) this.withCell[p * W + w]!.push(choice);
        }
      }
    }
  }

  /**
   * Changes one person at a time, until everything fits or nothing has come of it for long; everybody is left with a best choice.
   * False where there are no seats for somebody.
   */
  fit(budget: Budget): boolean {
    const { N, W } = this.allocation.problem;
    const { given, seats, load } = this.allocation.seating;
    for (let a = 0; a < N; a++) {
      if (this.first[a] === this.first[a + 1]) return false;
      this.take(this.nearest(a));
    }
    const cells = given.flatMap((list, p) => list.map((w) => p * W + w));
    this.misfit = 0;
    for (const cell of cells) this.misfit += this.misfitOf(cell);
    const wrong: number[] = [];
    let least = this.misfit;
    for (let step = 0, idle = 0; idle < 4 * N && this.misfit > 0; step++, idle++) {
      if ((step & 1023) === 1023 && budget.spent()) break;
      wrong.length = 0;
      for (const cell of cells) if (this.misfitOf(cell) > 0) wrong.push(cell);
      const cell = this.random.pick(wrong);
      const choice = load[cell]! > seats[cell]! ? this.whoLeaves(cell, step) : this.whoEnters(cell, step);
      if (choice < 0) continue;
      const a = this.owner[choice]!;
      this.misfit += this.change(a, choice);
      this.changed[a] = step;
      this.take(choice);
      if (this.misfit >= least) continue;
      least = this.misfit;
      idle = 0;
    }
    return true;
  }

  /** Nothing is overfull, nor below its min size, and every session with a price is full, so that there are no better seats. */
  get meetsPrices(): boolean {
    const { load, least } = this.allocation.seating;
    return this.misfit === 0 && least.every((min, cell) => load[cell]! >= min);
  }

  private listAll(): ListedChoices {
    const { N, P } = this.allocation.problem;
    const first = new Int32Array(N + 1);
    const found: number[] = [];
    for (let a = 0; a < N; a++) {
      this.list(a, found);
      first[a + 1] = found.length / P;
    }
    return { first, choices: Int16Array.from(found) };
  }

  /** The choices of a person that are best at the prices, in random order. */
  private list(a: number, found: number[]): void {
    const { seating, option, problem } = this.allocation;
    const { P, W, can, pinned } = problem;
    const best = option.find(a, this.price);
    if (best === Infinity) return;
    const owed = seating.owed(a);
    const open: number[] = [];
    const least: number[] = [];
    const ways: { w: number; cost: number }[][] = [];
    for (const [p, here] of seating.given.entries()) {
      const pin = pinned[a * P + p]!;
      if (can[a * P + p] !== 1 || seating.busy[a * P + p] || pin < -1) continue;
      const list = this.random
        .shuffle(here)
        .filter((w) => pin < 0 || pin === w)
        .map((w) => ({ w, cost: seating.rank(a, p, w) + this.price[p * W + w]! }))
        .sort((x, y) => x.cost - y.cost);
      open.push(p);
      ways.push(list);
      least.push(list[0]?.cost ?? Infinity);
    }
    const spare = open.length > owed;
    const rest = new Float64Array(open.length + 1);
    for (let k = open.length - 1; k >= 0; k--)
      rest[k] = rest[k + 1]! + (spare ? Math.min(0, least[k]!) : least[k]!);
    const current = new Int16Array(P).fill(-1);
    const limit = best + 1e-6;
    // One is known already, should the search for them run out of patience.
    const known = option.choice.slice();
    found.push(...known);
    let left = mostChoices;
    let patience = 6000;
    const descend = (k: number, cost: number, seatsHeld: number): void => {
      if (left === 0 || --patience < 0 || cost + rest[k]! > limit) return;
      if (k === open.length) {
        if (seatsHeld !== owed || current.every((w, p) => w === known[p])) return;
        left--;
        for (const w of current) found.push(w);
        return;
      }
      const p = open[k]!;
      if (seatsHeld < owed) {
        for (const { w, cost: own } of ways[k]!) {
          if (cost + own + rest[k + 1]! > limit) break;
          if (current.includes(w)) continue;
          current[p] = w;
          descend(k + 1, cost + own, seatsHeld + 1);
          current[p] = -1;
        }
      }
      if (pinned[a * P + p]! < 0 && seatsHeld + open.length - k - 1 >= owed) descend(k + 1, cost, seatsHeld);
    };
    descend(0, 0, 0);
  }

  /** The choice that shares most with what the person holds. */
  private nearest(a: number): number {
    const { P } = this.allocation.problem;
    const { held } = this.allocation.seating;
    let most = -1;
    let which = -1;
    for (let choice = this.first[a]!; choice < this.first[a + 1]!; choice++) {
      let same = 0;
      for (let p = 0; p < P; p++) if (this.choices[choice * P + p] === held[a * P + p]) same++;
      if (same > most) [most, which] = [same, choice];
    }
    return which;
  }

  private misfitOf(cell: number): number {
    const { seats, load } = this.allocation.seating;
    const over = load[cell]! - seats[cell]!;
    return over > 0 ? over : this.price[cell]! > 1e-6 ? -over : 0;
  }

  /** By how much the misfit rises when a person changes. */
  private change(a: number, choice: number): number {
    const { P, W } = this.allocation.problem;
    const { held, load, seats } = this.allocation.seating;
    let change = 0;
    for (let p = 0; p < P; p++) {
      const from = held[a * P + p]!;
      const to = this.choices[choice * P + p]!;
      if (from === to) continue;
      if (from >= 0) {
        const cell = p * W + from;
        if (load[cell]! > seats[cell]!) change--;
        else if (this.price[cell]! > 1e-6) change++;
      }
      if (to >= 0) {
        const cell = p * W + to;
        if (load[cell]! >= seats[cell]!) change++;
        else if (this.price[cell]! > 1e-6) change--;
      }
    }
    return change;
  }

  private whoLeaves(cell: number, step: number): number {
    const { P, W } = this.allocation.problem;
    const { holders, load } = this.allocation.seating;
    const p = Math.floor(cell / W);
    const count = load[cell]!;
    const start = this.random.integer(count);
    const judge = new Judge(this.random);
    for (let i = 0; i < Math.min(count, sample); i++) {
      const a = holders[cell]![(start + i) % count]!;
      const choices = this.first[a + 1]! - this.first[a]!;
      const from = this.random.integer(choices);
      for (let k = 0; k < Math.min(choices, fewChoices); k++) {
        const choice = this.first[a]! + ((from + k) % choices);
        if (this.choices[choice * P + p] !== cell % W) this.judge(judge, a, choice, step);
      }
    }
    return judge.choice;
  }

  private whoEnters(cell: number, step: number): number {
    const { P, W } = this.allocation.problem;
    const { held } = this.allocation.seating;
    const p = Math.floor(cell / W);
    const list = this.withCell[cell]!;
    if (list.length === 0) return -1;
    const start = this.random.integer(list.length);
    const judge = new Judge(this.random);
    for (let i = 0; i < Math.min(list.length, sample); i++) {
      const choice = list[(start + i) % list.length]!;
      const a = this.owner[choice]!;
      if (held[a * P + p] !== cell % W) this.judge(judge, a, choice, step);
    }
    return judge.choice;
  }

  private judge(judge: Judge, a: number, choice: number, step: number): void {
    const change = this.change(a, choice);
    // Whoever has just changed rests, or two would change places for ever.
    if (change >= 0 && step - this.changed[a]! < 10 + this.random.integer(10)) return;
    judge.consider(choice, change);
  }

  private take(choice: number): void {
    const { P } = this.allocation.problem;
    const { seating } = this.allocation;
    const a = this.owner[choice]!;
    for (let p = 0; p < P; p++) {
      const w = this.choices[choice * P + p]!;
      if (seating.held[a * P + p] !== w) seating.put(a, p, w);
    }
  }
}

/** The best of what is considered, one of them by lot. */
class Judge {
  choice = -1;
  private least = Infinity;
  private alike = 0;
  private readonly random: Random;

  constructor(random: Random) {
    this.random = random;
  }

  consider(choice: number, change: number): void {
    if (change > this.least) return;
    if (change < this.least) {
      this.least = change;
      this.alike = 0;
    }
    if (this.random.next() * ++this.alike < 1) this.choice = choice;
  }
}
