import type { Measure } from './measure.ts';
import type { Problem } from './problem.ts';
import type { Seats, Timetable } from './seats.ts';

/**
 * Everybody's seats in one timetable, with the loads of the sessions, under change. Moves keep every personal rule (never
 * twice, passes, pins, presenting); seats may be overfull in between, which `exchange.ts` repairs. Wishes pass by pass, groups
 * and overlapping sessions are not known here.
 */
export class Seating {
  readonly problem: Problem;
  readonly measure: Measure;
  /** By cell: the room, −1 where not given. */
  readonly timetable: Timetable;
  /** By cell: seats and the least that it runs with; −1 where not given. */
  readonly seats: Int32Array;
  readonly least: Int32Array;
  /** By pass: workshops given, in order. */
  readonly given: number[][];
  /** By person · P + pass: presents then. */
  readonly busy: Uint8Array;
  readonly held: Seats;
  /** By person: points of all passes together. */
  readonly points: Int32Array;
  readonly load: Int32Array;
  /** By cell: who sits there; place[person · P + pass] is the position in the list. */
  readonly holders: Int32Array[];
  readonly place: Int32Array;
  /** By cell: holders changed since the exchange costs were computed. */
  readonly stale: Uint8Array;
  /** What the seats held cost. */
  value = 0;

  constructor(problem: Problem, measure: Measure) {
    const { P, W, N } = problem;
    this.problem = problem;
    this.measure = measure;
    this.timetable = new Int16Array(P * W).fill(-1);
    this.seats = new Int32Array(P * W).fill(-1);
    this.least = new Int32Array(P * W);
    this.given = Array.from({ length: P }, () => []);
    this.busy = new Uint8Array(N * P);
    this.held = new Int16Array(N * P).fill(-1);
    this.points = new Int32Array(N);
    this.load = new Int32Array(P * W);
    this.holders = Array.from({ length: P * W }, () => new Int32Array(8));
    this.place = new Int32Array(N * P);
    this.stale = new Uint8Array(P * W).fill(1);
    this.value = this.valueFromScratch();
  }

  /** Changes the timetable: seats in what is no longer given, or while presenting, are released. */
  setTimetable(timetable: Timetable): void {
    const { P, W, R, slotSeats, minSize, presentingPeople } = this.problem;
    for (let p = 0; p < P; p++) {
      let changed = false;
      for (let cell = p * W; cell < (p + 1) * W; cell++) {
        const room = timetable[cell] ?? -1;
        if (room === this.timetable[cell]) continue;
        const appears = room >= 0 !== (this.timetable[cell] ?? -1) >= 0;
        this.timetable[cell] = room;
        this.seats[cell] = room < 0 ? -1 : (slotSeats[cell * R + room] ?? -1);
        this.least[cell] = room < 0 ? 0 : (minSize[cell % W] ?? 0);
        if (!appears) continue;
        changed = true;
        for (const a of presentingPeople[cell % W] ?? []) this.busy[a * P + p] = 0;
        if (room < 0) this.empty(cell);
      }
      if (!changed) continue;
      const given = this.given[p]!;
      given.length = 0;
      for (let w = 0; w < W; w++) {
        if ((timetable[p * W + w] ?? -1) < 0) continue;
        given.push(w);
        for (const a of presentingPeople[w] ?? []) {
          this.put(a, p, -1);
          this.busy[a * P + p] = 1;
        }
      }
      this.stale.fill(1, p * W, (p + 1) * W);
    }
  }

  private empty(cell: number): void {
    const pass = Math.floor(cell / this.problem.W);
    while ((this.load[cell] ?? 0) > 0) this.put(this.holders[cell]![0]!, pass, -1);
  }

  /** Puts a person in a workshop of a pass, or in none (−1), whatever was held there before. */
  put(a: number, p: number, w: number): void {
    const { P, W } = this.problem;
    const slot = a * P + p;
    const before = this.held[slot]!;
    if (before === w) return;
    this.value -= this.costNow(a);
    if (before >= 0) {
      const cell = p * W + before;
      const list = this.holders[cell]!;
      const last = --this.load[cell]!;
      const mover = list[last]!;
      const at = this.place[slot]!;
      list[at] = mover;
      this.place[mover * P + p] = at;
      this.stale[cell] = 1;
    }
    if (w >= 0) {
      const cell = p * W + w;
      let list = this.holders[cell]!;
      const at = this.load[cell]!++;
      if (at === list.length) {
        const longer = new Int32Array(list.length * 2);
        longer.set(list);
        this.holders[cell] = list = longer;
      }
      list[at] = a;
      this.place[slot] = at;
      this.stale[cell] = 1;
    }
    const { points } = this.measure;
    if (points) {
      const base = slot * (W + 1);
      this.points[a]! += points[base + (w < 0 ? W : w)]! - points[base + (before < 0 ? W : before)]!;
    }
    this.held[slot] = w;
    this.value += this.costNow(a);
    // Other sessions of the person may now be left for this workshop, or no longer.
    for (let q = 0; q < P; q++) {
      const other = this.held[a * P + q]!;
      if (other >= 0) this.stale[q * W + other] = 1;
    }
  }

  /** Rank of a workshop for a person in a pass. */
  rank(a: number, p: number, w: number): number {
    const { rank, personStride, passStride } = this.problem;
    return rank[a * personStride + p * passStride + w]!;
  }

  /** Seats the person is owed in this timetable. */
  owed(a: number): number {
    const { P, can, picks } = this.problem;
    let free = 0;
    for (let p = 0; p < P; p++) if (can[a * P + p] && !this.busy[a * P + p]) free++;
    return Math.min(picks[a]!, free);
  }

  /** What the person's seats cost now. */
  costNow(a: number): number {
    const { P } = this.problem;
    const { weight, penalty, penaltyStride } = this.measure;
    let sum = 0;
    for (let p = 0; p < P; p++) {
      const w = this.held[a * P + p]!;
      if (w >= 0) sum += this.rank(a, p, w);
    }
    return weight * sum + penalty[a * penaltyStride + this.points[a]!]!;
  }

  private valueFromScratch(): number {
    let value = 0;
    const { P, W, N } = this.problem;
    const { points } = this.measure;
    for (let a = 0; a < N; a++) {
      let sum = 0;
      for (let p = 0; p < P; p++) {
        const w = this.held[a * P + p]!;
        sum += points?.[(a * P + p) * (W + 1) + (w < 0 ? W : w)] ?? 0;
      }
      this.points[a] = sum;
      value += this.costNow(a);
    }
    return value;
  }

  /** Whether a person may sit in a workshop of a pass, their other passes aside. */
  mayHold(a: number, p: number, w: number): boolean {
    const slot = a * this.problem.P + p;
    const pin = this.problem.pinned[slot]!;
    return this.problem.can[slot] === 1 && this.busy[slot] === 0 && (pin === -1 || pin === w);
  }

  /** Takes over seats and timetable of another seating of the same problem. */
  restore(timetable: Timetable, held: Seats): void {
    const { P, N } = this.problem;
    this.setTimetable(timetable);
    for (let a = 0; a < N; a++) {
      for (let p = 0; p < P; p++) if (this.held[a * P + p] !== held[a * P + p]) this.put(a, p, -1);
    }
    for (let a = 0; a < N; a++) {
      for (let p = 0; p < P; p++) this.put(a, p, held[a * P + p]!);
    }
  }
}
