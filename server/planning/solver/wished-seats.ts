import { checkPlan } from '../../../shared/planning/constraints.ts';
import type { Budget } from './budget.ts';
import { companions } from './companions.ts';
import { LinearModel, minimise, type LinearResult, type Term } from './linear-model.ts';
import type { Problem } from './problem.ts';
import { SeatDraw } from './seat-draw.ts';
import { draftOf, type Seats, type Timetable } from './seats.ts';

/**
 * The lottery of a festival: a fixed timetable whose sessions are all run, seats only where they were wished for pass by pass. Nobody is
 * owed a seat, so the model needs only wished seats, and a group in a pass is one column: as many seats of a session, or none.
 */
export class WishedSeats {
  readonly timetable: Timetable;
  private readonly problem: Problem;
  private readonly linear = new LinearModel();
  /** By column: who sits where. */
  private readonly columns: { readonly members: readonly number[]; readonly cell: number }[] = [];
  private readonly capacity: Int32Array;
  /** By person: a column that says whether they have a seat; −1 where they can have none. */
  private readonly served: Int32Array;
  private readonly overlapping = new Map<number, Set<number>>();

  /** Null where there is more to an instance than that. */
  static of(problem: Problem): WishedSeats | null {
    const { P, W, R, N, must, byPass, pinned, slotSeats } = problem;
    if (!problem.fixed || N === 0 || byPass.includes(0) || pinned.includes(-3)) return null;
    const timetable = new Int16Array(P * W).fill(-1);
    for (let slot = 0; slot < P * W * R; slot++)
      if (slotSeats[slot]! >= 0) timetable[Math.floor(slot / R)] = slot % R;
    const uncertain = timetable.some((room, cell) => room >= 0 !== (must[cell] === 1));
    return uncertain || timetable.some((room, cell) => room >= 0 && problem.minSize[cell % W]! > 0)
      ? null
      : new WishedSeats(problem, timetable);
  }

  private constructor(problem: Problem, timetable: Timetable) {
    this.problem = problem;
    this.timetable = timetable;
    const { R, N } = problem;
    this.capacity = Int32Array.from(timetable, (room, cell) =>
      room < 0 ? -1 : problem.slotSeats[cell * R + room]!,
    );
    this.served = new Int32Array(N).fill(-1);
    for (const [x, y] of problem.overlaps) {
      this.overlapping.set(x, (this.overlapping.get(x) ?? new Set()).add(y));
      this.overlapping.set(y, (this.overlapping.get(y) ?? new Set()).add(x));
    }
    const mine = this.addColumns();
    this.addSessions();
    for (let a = 0; a < N; a++) this.addPerson(a, mine[a]!);
  }

  /** How many columns the model has. */
  get size(): number {
    return this.linear.cost.length;
  }

  /** Columns of every person's possible seats. */
  private addColumns(): number[][] {
    const { P, W, N, pinned } = this.problem;
    const busy = this.busyCells();
    const together = companions(this.problem);
    const mine: number[][] = Array.from({ length: N }, () => []);
    for (let a = 0; a < N; a++) {
      for (let p = 0; p < P; p++) {
        const members = together.get(a * P + p) ?? [a];
        if (members[0] !== a) continue;
        const pins = members.map((member) => pinned[member * P + p]!).filter((pin) => pin !== -1);
        const own: Term[] = [];
        for (let cell = p * W; cell < (p + 1) * W; cell++) {
          if (this.capacity[cell]! < members.length || pins.some((pin) => pin !== cell % W)) continue;
          if (!members.every((member) => this.isWished(member, cell) && !busy[member]?.has(cell))) continue;
          const column = this.linear.column(0, 1);
          this.columns.push({ members, cell });
          own.push([column, 1]);
          for (const member of members) mine[member]!.push(column);
        }
        const held = pins.some((pin) => pin >= 0);
        if (own.length > 1 || held) this.linear.row(held ? 1 : 0, 1, own);
      }
    }
    return mine;
  }

  private isWished(a: number, cell: number): boolean {
    const { P, W, can } = this.problem;
    return can[a * P + Math.floor(cell / W)] === 1 && this.rank(a, cell) < this.problem.unlisted[a]!;
  }

  private rank(a: number, cell: number): number {
    const { W, rank, personStride, passStride } = this.problem;
    return rank[a * personStride + Math.floor(cell / W) * passStride + (cell % W)]!;
  }

  /** By person who presents: cells in whose time they do. */
  private busyCells(): Set<number>[] {
    const { P, W } = this.problem;
    const busy: Set<number>[] = [];
    this.problem.presentingPeople.forEach((people, w) => {
      for (const a of people) {
        busy[a] ??= new Set();
        for (let p = 0; p < P; p++) {
          if (this.timetable[p * W + w]! < 0) continue;
          for (let v = 0; v < W; v++) busy[a].add(p * W + v);
          for (const cell of this.overlapping.get(p * W + w) ?? []) busy[a].add(cell);
        }
      }
    });
    return busy;
  }

  private addSessions(): void {
    const takers = new Map<number, Term[]>();
    this.columns.forEach(({ members, cell }, column) => {
      const here = takers.get(cell);
      if (here) here.push([column, members.length]);
      else takers.set(cell, [[column, members.length]]);
    });
    for (const [cell, terms] of takers) {
      const wanted = terms.reduce((sum, [, size]) => sum + size, 0);
      if (wanted > this.capacity[cell]!) this.linear.row(-Infinity, this.capacity[cell]!, terms);
    }
  }

  /** Never twice, nothing that overlaps, no more than so many; whether the person has a seat. */
  private addPerson(a: number, mine: readonly number[]): void {
    const { P, W, picks } = this.problem;
    if (mine.length === 0) return;
    const at = (column: number): number => this.columns[column]!.cell;
    const ones = (columns: readonly number[]): Term[] => columns.map((column): Term => [column, 1]);
    const sets: number[][] = [];
    for (const column of mine) {
      const [cell, others] = [at(column), this.overlapping.get(at(column))];
      if (!others) continue;
      // All of a later pass that one session overlaps exclude each other as well.
      for (let p = Math.floor(cell / W) + 1; p < P; p++) {
        const there = mine.filter((other) => Math.floor(at(other) / W) === p && others.has(at(other)));
        if (there.length > 0) sets.push([column, ...there]);
      }
    }
    const byWorkshop = new Map<number, number[]>();
    for (const column of mine) {
      const same = byWorkshop.get(at(column) % W);
      if (same) same.push(column);
      else byWorkshop.set(at(column) % W, [column]);
    }
    sets.push(...[...byWorkshop.values()].filter((same) => same.length > 1));
    for (const set of sets) this.linear.row(0, 1, ones(set));
    if (picks[a]! < new Set(mine.map((column) => Math.floor(at(column) / W))).size)
      this.linear.row(0, picks[a]!, ones(mine));
    const served = this.linear.column(0, 1);
    this.served[a] = served;
    this.linear.row(0, Infinity, [...ones(mine), [served, -1]]);
  }

  /** Everybody's best seat one by one, then what is left: a plan to begin with. Null where the pins alone break a rule. */
  async begin(budget: Budget): Promise<Seats | null> {
    const { N, pinned, instance } = this.problem;
    let seats: Seats = Int16Array.from(pinned, (pin) => Math.max(pin, -1));
    if (checkPlan(instance, draftOf(this.problem, this.timetable, seats)).length > 0) return null;
    for (const picks of [this.problem.picks.map((most) => Math.min(most, 1)), this.problem.picks]) {
      const kept = pinned.map((pin, place) => (seats[place]! >= 0 ? seats[place]! : pin));
      const draw = new SeatDraw({ ...this.problem, picks, pinned: kept }, this.timetable, seats, budget);
      for (let a = 0; a < N && !budget.spent(); a++) await draw.takeTurn(a);
      seats = draw.seats;
    }
    return seats;
  }

  /**
   * Most people with a seat, then most first wishes, then most seats, as one sum: a first wish weighs more than all seats that could come
   * or go, a person more than all first wishes. `bound` holds what is known of the leading entries of the value.
   */
  async seatMost(
    start: Seats | null,
    budget: Budget,
    seed: number,
  ): Promise<{
    readonly status: LinearResult['status'];
    readonly seats: Seats | null;
    readonly bound: readonly number[];
  }> {
    const begun = start ? this.valuesOf(start) : undefined;
    const people = this.termsOfPeople(() => 1);
    const least = begun ? -worth(people, begun) : 0;
    const first = 1 + this.most(() => 1) - least;
    const person = 1 + first * this.most((a, cell) => (this.rank(a, cell) === 1 ? 1 : 0)) + first;
    const terms = [
      ...people.map(([column, factor]): Term => [column, factor * person]),
      ...this.termsOfSeats((a, cell) => 1 + (this.rank(a, cell) === 1 ? first : 0)),
    ];
    const { status, values, bound } = await minimise(this.linear, terms, budget, {
      seed,
      start: begun,
      nearlyWhole: true,
    });
    return {
      status,
      seats: values.length > 0 ? this.seatsOf(values) : null,
      bound: Number.isFinite(bound) ? [-Math.floor(-bound / person)] : [],
    };
  }

  /** The same with a memory: of those who would be given a first seat, as many lost draws as can be are made good before first wishes count. */
  async seatLosers(losses: readonly number[], start: Seats, budget: Budget, seed: number): Promise<Seats> {
    let values = this.valuesOf(start);
    const stages = [
      this.termsOfPeople(() => 1),
      this.termsOfPeople((a) => losses[a]!),
      this.termsOfSeats((a, cell) => (this.rank(a, cell) === 1 ? 1 : 0)),
      this.termsOfSeats(() => 1),
    ];
    for (const terms of stages) {
      const result = await minimise(this.linear, terms, budget, { seed, start: values });
      if (result.values.length > 0) values = result.values;
      if (result.status !== 'optimal') break;
      this.linear.row(-Infinity, result.value, terms);
    }
    return this.seatsOf(values);
  }

  /** The most that the sessions together could hold of something, each for itself. */
  private most(of: (a: number, cell: number) => number): number {
    const wanted = new Map<number, number>();
    for (const { members, cell } of this.columns) {
      const here = members.reduce((sum, a) => sum + of(a, cell), 0);
      wanted.set(cell, (wanted.get(cell) ?? 0) + here);
    }
    return [...wanted].reduce((sum, [cell, here]) => sum + Math.min(here, this.capacity[cell]!), 0);
  }

  private termsOfPeople(weight: (a: number) => number): Term[] {
    return [...this.served].flatMap((column, a): Term[] =>
      column >= 0 && weight(a) !== 0 ? [[column, -weight(a)]] : [],
    );
  }

  private termsOfSeats(weight: (a: number, cell: number) => number): Term[] {
    return this.columns.map(({ members, cell }, column): Term => [
      column,
      -members.reduce((sum, a) => sum + weight(a, cell), 0),
    ]);
  }

  private valuesOf(seats: Seats): Float64Array {
    const { P, W } = this.problem;
    const values = new Float64Array(this.linear.cost.length);
    this.columns.forEach(({ members, cell }, column) => {
      const place = members[0]! * P + Math.floor(cell / W);
      if (seats[place] !== cell % W) return;
      values[column] = 1;
      for (const a of members) values[this.served[a]!] = 1;
    });
    return values;
  }

  private seatsOf(values: Float64Array): Seats {
    const { P, W } = this.problem;
    const seats = this.none();
    this.columns.forEach(({ members, cell }, column) => {
      if (values[column]! < 0.5) return;
      for (const a of members) seats[a * P + Math.floor(cell / W)] = cell % W;
    });
    return seats;
  }

  private none(): Seats {
    return new Int16Array(this.problem.N * this.problem.P).fill(-1);
  }
}

const worth = (terms: readonly Term[], values: Float64Array): number =>
  terms.reduce((sum, [column, factor]) => sum + factor * values[column]!, 0);
