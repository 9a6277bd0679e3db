import { seededRandom, type Random } from '../../../shared/core/random.ts';
import { Allocation } from './allocation.ts';
import type { Measure } from './measure.ts';
import type { Problem } from './problem.ts';
import type { Seats, Timetable } from './seats.ts';
import { drawMove, type Move } from './timetable.ts';

/**
 * Simulated annealing over timetables, everybody's seats carried along: a move changes a few sessions, those who lost a seat
 * answer to the prices, exchange paths repair the rest, and the new value decides. The prices of the seats follow the timetable.
 */
export class TimetableSearch {
  readonly problem: Problem;
  readonly best: { value: number; readonly timetable: Timetable; readonly seats: Seats };
  private readonly allocation: Allocation;
  private readonly random: Random;
  private readonly current: { value: number; readonly timetable: Timetable; readonly seats: Seats };
  private readonly candidate: Timetable;
  private readonly price: Float64Array;
  private sinceLearnt = 0;
  /** Everybody answers to a move, not only those who lost a seat. */
  thorough = false;

  constructor(problem: Problem, measure: Measure, seed: number) {
    const { P, W, N } = problem;
    this.problem = problem;
    this.allocation = new Allocation(problem, measure);
    this.random = seededRandom(seed);
    const empty = (): { value: number; timetable: Timetable; seats: Seats } => ({
      value: Infinity,
      timetable: new Int16Array(P * W).fill(-1),
      seats: new Int16Array(N * P).fill(-1),
    });
    this.best = empty();
    this.current = empty();
    this.candidate = new Int16Array(P * W);
    this.price = new Float64Array(P * W);
  }

  /** Begins anew from a timetable, with less care in a hurry; false where not everybody can be seated in it, or it gave up. */
  begin(
    timetable: Timetable,
    hurry: () => boolean = () => false,
    giveUp: () => boolean = () => false,
  ): boolean {
    const { allocation } = this;
    const { seating } = allocation;
    seating.setTimetable(timetable);
    allocation.shuffle(this.random);
    allocation.price.fill(0);
    allocation.learnPrices(8, 0.1, hurry);
    this.current.value = Infinity;
    const responses = hurry() ? 3 : 12;
    if (!allocation.respond(responses, 0.02, 1.5, giveUp) || giveUp()) return false;
    if (!allocation.repair(hurry, giveUp)) return false;
    this.keep();
    return true;
  }

  /** About what the best seats in a timetable cost, from below: near enough to choose between timetables. */
  estimate(timetable: Timetable, hurry: () => boolean): number {
    const { allocation } = this;
    allocation.seating.setTimetable(timetable);
    allocation.shuffle(this.random);
    allocation.price.fill(0);
    allocation.learnPrices(3, 0.1, hurry);
    return Math.max(allocation.bound, allocation.boundAt(allocation.price.map(Math.round)));
  }

  /** Begins with a plan that was found otherwise. */
  resume({ timetable, seats }: { readonly timetable: Timetable; readonly seats: Seats }): void {
    const { seating, price } = this.allocation;
    seating.restore(timetable, seats);
    price.fill(0);
    this.allocation.learnPrices(8, 0.1);
    seating.restore(timetable, seats);
    this.keep();
  }

  /** One move at a temperature (in units of the value); true where a new best plan was found. */
  step(temperature: number): boolean {
    const { allocation, current, random } = this;
    const { seating } = allocation;
    let move: Move | null = null;
    for (let tries = 0; !move && tries < 50; tries++)
      move = drawMove(this.problem, current.timetable, random);
    if (!move) return false;
    this.candidate.set(current.timetable);
    move.cells.forEach((cell, i) => {
      this.candidate[cell] = move.rooms[i]!;
    });
    this.price.set(allocation.price);
    this.carryPrices(move);
    seating.setTimetable(this.candidate);
    const limit = current.value - temperature * Math.log(1 - random.next());
    const possible =
      allocation.reseat(0.1) && (!this.thorough || allocation.respond(1, 0.1, 1)) && allocation.repair();
    if (!possible || seating.value > limit + 1e-9) {
      seating.restore(current.timetable, current.seats);
      allocation.price.set(this.price);
      return false;
    }
    const before = this.best.value;
    this.keep();
    if (++this.sinceLearnt >= 20) this.learn();
    return this.best.value < before;
  }

  /** The mean price of a seat in each workshop, over its sessions. */
  workshopPrices(): Float64Array {
    const { P, W } = this.problem;
    const { price, seating } = this.allocation;
    return Float64Array.from({ length: W }, (_, w) => {
      let sum = 0;
      let count = 0;
      for (let p = 0; p < P; p++) {
        if (seating.timetable[p * W + w]! < 0) continue;
        sum += price[p * W + w]!;
        count++;
      }
      return count > 0 ? sum / count : 0;
    });
  }

  /** Back to the best plan found. */
  rewind(): void {
    this.allocation.seating.restore(this.best.timetable, this.best.seats);
    this.keep();
  }

  /** New prices for the timetable as it has become, and seats that answer to them. */
  private learn(): void {
    const { allocation, current } = this;
    const { seating } = allocation;
    this.sinceLearnt = 0;
    allocation.shuffle(this.random);
    allocation.learnPrices(2, 0.05);
    const fine = allocation.respond(4, 0.05, 1.5) && allocation.repair();
    if (fine && seating.value <= current.value) this.keep();
    else seating.restore(current.timetable, current.seats);
  }

  private keep(): void {
    const { seating } = this.allocation;
    this.current.value = seating.value;
    this.current.timetable.set(seating.timetable);
    this.current.seats.set(seating.held);
    if (seating.value < this.best.value - 1e-9) this.saveBest();
  }

  private saveBest(): void {
    this.best.value = this.current.value;
    this.best.timetable.set(this.current.timetable);
    this.best.seats.set(this.current.seats);
  }

  /** A session that appears gets the mean price of its workshop's other sessions. */
  private carryPrices(move: Move): void {
    const { P, W } = this.problem;
    const { price } = this.allocation;
    for (const cell of move.cells) {
      if (this.candidate[cell]! < 0) continue;
      const w = cell % W;
      let sum = 0;
      let count = 0;
      for (let p = 0; p < P; p++) {
        if (this.current.timetable[p * W + w]! < 0) continue;
        sum += this.price[p * W + w]!;
        count++;
      }
      price[cell] = count > 0 ? sum / count : 0;
    }
  }
}
