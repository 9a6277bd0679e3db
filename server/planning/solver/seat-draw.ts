import { startBudget, type Budget } from './budget.ts';
import { companions } from './companions.ts';
import { modelSize, solveExactly } from './exact-model.ts';
import type { Problem } from './problem.ts';
import type { Seats, Timetable } from './seats.ts';

/** Models with more columns than this are not asked whether seats are left for everybody. */
const largest = 30_000;

/** Nodes of HiGHS per question: counted and not timed, so that the answer is the same on every machine. */
const nodes = 2000;

/**
 * Serial dictatorship over a fixed timetable (Satterthwaite and Sonnenschein 1981): each in turn takes the seats with the least sum of
 * ranks among those that leave everybody the seats owed. `seats` is at all times a plan that keeps every rule; what is decided is
 * locked. A wish is tried by locking it and mending the plan along shortest exchange paths of people who are still undecided; where
 * that does not succeed, the exact model says whether it can be done. Seats outside the wishes are all worth the same, so they stay
 * undecided to the end, and make way for others.
 */
export class SeatDraw {
  readonly seats: Seats;
  private readonly problem: Problem;
  private readonly budget: Budget;
  /** By cell: seats, −1 where nothing is given. */
  private readonly capacity: Int32Array;
  /** By cell: the fewest who may be seated there. */
  private readonly floor: Int32Array;
  private readonly load: Int32Array;
  private readonly lockedLoad: Int32Array;
  private readonly locked: Uint8Array;
  private readonly undecided: Set<number>[];
  private readonly owed: Uint16Array;
  private readonly presents: readonly (readonly number[])[];
  private readonly overlapping: ReadonlyMap<number, readonly number[]>;
  /** By person · P + pass: the others who must hold the same there, and the person. */
  private readonly together: ReadonlyMap<number, readonly number[]>;
  /** Whose wishes no model needs to see: only whether there are seats. */
  private readonly flatRank: Uint16Array;
  /** What was changed, to take it back: place, what was held, whether it was locked. */
  private readonly log: [place: number, held: number, locked: number][] = [];

  /** `seats` keeps every rule in the timetable, whose sessions are all run. */
  constructor(problem: Problem, timetable: Timetable, seats: Seats, budget: Budget) {
    const { P, W, R, N } = problem;
    this.problem = problem;
    this.budget = budget;
    this.seats = seats.slice();
    this.capacity = Int32Array.from(timetable, (room, cell) =>
      room < 0 ? -1 : problem.slotSeats[cell * R + room]!,
    );
    this.floor = Int32Array.from(timetable, (room, cell) => (room < 0 ? 0 : problem.minSize[cell % W]!));
    this.load = new Int32Array(P * W);
    this.lockedLoad = new Int32Array(P * W);
    this.locked = new Uint8Array(N * P);
    this.undecided = Array.from({ length: P * W }, () => new Set());
    const overlapping = new Map<number, number[]>();
    for (const [x, y] of problem.overlaps) {
      overlapping.set(x, [...(overlapping.get(x) ?? []), y]);
      overlapping.set(y, [...(overlapping.get(y) ?? []), x]);
    }
    this.overlapping = overlapping;
    const presents: number[][] = Array.from({ length: N }, () => []);
    problem.presentingPeople.forEach((people, w) => {
      for (let p = 0; p < P; p++)
        if (this.capacity[p * W + w]! >= 0) for (const a of people) presents[a]!.push(p * W + w);
    });
    this.presents = presents;
    this.owed = Uint16Array.from(presents, (own, a) => {
      let free = 0;
      for (let p = 0; p < P; p++)
        if (problem.can[a * P + p] && !own.some((cell) => Math.floor(cell / W) === p)) free++;
      return Math.min(problem.picks[a]!, free);
    });
    this.together = companions(problem);
    this.flatRank = problem.rank.slice();
    for (let a = 0; a < N; a++) {
      if (!problem.byPass[a])
        this.flatRank.fill(problem.unlisted[a]!, a * problem.personStride, (a + 1) * problem.personStride);
    }
    for (let place = 0; place < N * P; place++) {
      const held = this.seats[place]!;
      const pin = problem.pinned[place]!;
      if (held >= 0) {
        this.load[this.cellAt(place, held)]!++;
        this.undecided[this.cellAt(place, held)]!.add(Math.floor(place / P));
      }
      if (pin !== -1) this.lock(place);
    }
    this.log.length = 0;
  }

  /** Lets a person take the best seats there still are for them. */
  async takeTurn(a: number): Promise<void> {
    const { W, byPass, unlisted } = this.problem;
    const owed = this.owed[a]!;
    const worst = unlisted[a]!;
    const taken = this.count(a, true);
    const wishes = this.wishesOf(a);
    const best: { saved: number; cells: readonly number[] } = { saved: 0, cells: [] };
    /** The most that wishes from a place of the list on could save with that many seats more. */
    const atMost = (from: number, more: number): number => {
      let saved = 0;
      const seen = new Set<number>();
      for (let i = from; i < wishes.length && seen.size < more; i++) {
        const { rank, cell } = wishes[i]!;
        const kind = byPass[a] ? Math.floor(cell / W) : cell % W;
        if (seen.has(kind)) continue;
        seen.add(kind);
        saved += worst - rank;
      }
      return saved;
    };
    const choose = async (from: number, chosen: readonly number[], saved: number): Promise<void> => {
      if (saved > best.saved) Object.assign(best, { saved, cells: chosen });
      for (let i = from; i < wishes.length && taken + chosen.length < owed; i++) {
        if (saved + atMost(i, owed - taken - chosen.length) <= best.saved || this.budget.spent()) return;
        const { rank, cell } = wishes[i]!;
        const mark = this.log.length;
        if (await this.decide(a, cell)) await choose(i + 1, [...chosen, cell], saved + worst - rank);
        this.undo(mark);
      }
    };
    await choose(0, [], 0);
    for (const cell of best.cells) await this.decide(a, cell);
    this.close(a, taken + best.cells.length >= owed || byPass[a] === 1);
    this.log.length = 0;
  }

  /** Wishes that are in reach, from the best down; of equal ones first where most seats are left, then in the earliest pass. */
  private wishesOf(a: number): { readonly rank: number; readonly cell: number }[] {
    const { P, W, rank, personStride, passStride, unlisted } = this.problem;
    const wishes: { rank: number; cell: number }[] = [];
    for (let cell = 0; cell < P * W; cell++) {
      const p = Math.floor(cell / W);
      const wished = rank[a * personStride + p * passStride + (cell % W)]!;
      if (wished < unlisted[a]! && !this.locked[a * P + p] && this.mayTake(a, cell))
        wishes.push({ rank: wished, cell });
    }
    const left = (cell: number): number => this.capacity[cell]! - this.lockedLoad[cell]!;
    return wishes.sort((x, y) => x.rank - y.rank || left(y.cell) - left(x.cell) || x.cell - y.cell);
  }

  /** After a turn: the passes that nothing can come in any more. Somebody by pass who leaves one to itself leaves it for their group too. */
  private close(a: number, complete: boolean): void {
    const { P } = this.problem;
    if (!complete) return;
    for (let p = 0; p < P; p++) {
      for (const member of this.together.get(a * P + p) ?? [a]) this.lock(member * P + p);
    }
  }

  /** Locks a seat, and changes what is undecided until every rule holds again; false, with the plan in disorder, where that cannot be. */
  private async decide(a: number, cell: number): Promise<boolean> {
    const { P, W } = this.problem;
    const p = Math.floor(cell / W);
    if (this.locked[a * P + p]) return this.seats[a * P + p] === cell % W;
    const members = this.together.get(a * P + p) ?? [a];
    for (const member of members) {
      if (this.locked[member * P + p] || !this.mayTake(member, cell)) return false;
      if (this.count(member, true) >= this.owed[member]!) return false;
    }
    if (this.lockedLoad[cell]! + members.length > this.capacity[cell]!) return false;
    const mark = this.log.length;
    if (this.seatByExchange(members, cell)) return true;
    this.undo(mark);
    return this.seatByModel(members, cell);
  }

  private seatByExchange(members: readonly number[], cell: number): boolean {
    const { P, W, byPass } = this.problem;
    const p = Math.floor(cell / W);
    const left = new Set<number>();
    for (const a of members) {
      const place = a * P + p;
      for (let q = 0; q < P; q++) {
        const held = this.seats[a * P + q]!;
        if (held < 0 || (q === p && held === cell % W)) continue;
        const clashes = q === p || held === cell % W || this.overlap(q * W + held, cell);
        if (!clashes) continue;
        if (q !== p && this.together.has(a * P + q)) return false;
        left.add(q * W + held);
        this.hold(a * P + q, -1);
      }
      if (this.seats[place] !== cell % W) {
        if (this.count(a) >= this.owed[a]!) {
          const given = this.lastUndecided(a, p);
          if (given === null) return false;
          left.add(given * W + this.seats[a * P + given]!);
          this.hold(a * P + given, -1);
        }
        this.hold(place, cell % W);
      }
      this.lock(place);
    }
    while (this.load[cell]! > this.capacity[cell]!) if (this.relieve([cell]) === null) return false;
    for (const a of members) {
      while (!byPass[a] && this.count(a) < this.owed[a]!) if (!this.seatAnywhere(a)) return false;
    }
    for (const empty of left) {
      while (this.load[empty]! < this.floor[empty]!) if (!this.fillUp(empty)) return false;
    }
    return true;
  }

  /** The last pass in which a seat of the person is undecided and theirs alone. */
  private lastUndecided(a: number, but: number): number | null {
    const { P } = this.problem;
    for (let p = P - 1; p >= 0; p--) {
      const place = a * P + p;
      if (p !== but && this.seats[place]! >= 0 && !this.locked[place] && !this.together.has(place)) return p;
    }
    return null;
  }

  private seatAnywhere(a: number): boolean {
    const { P, W } = this.problem;
    const possible: number[] = [];
    for (let cell = 0; cell < P * W; cell++) if (this.canSit(a, cell, -1)) possible.push(cell);
    const free = possible.find((cell) => this.load[cell]! < this.capacity[cell]!);
    if (free !== undefined) {
      this.hold(a * P + Math.floor(free / W), free % W);
      return true;
    }
    const reached = this.relieve(possible);
    if (reached === null || !this.canSit(a, reached, -1)) return false;
    this.hold(a * P + Math.floor(reached / W), reached % W);
    return true;
  }

  /** Moves undecided people along a shortest path so that one of the full cells has one person less; answers which, null where none can. */
  private relieve(from: readonly number[]): number | null {
    const { P, W } = this.problem;
    const cameBy = new Map<number, { readonly person: number; readonly from: number } | null>();
    for (const cell of from) cameBy.set(cell, null);
    const queue = [...from];
    for (const cell of queue) {
      const pass = Math.floor(cell / W);
      for (const person of this.undecided[cell]!) {
        if (this.together.has(person * P + pass)) continue;
        for (let to = 0; to < P * W; to++) {
          if (cameBy.has(to) || !this.canSit(person, to, cell)) continue;
          cameBy.set(to, { person, from: cell });
          queue.push(to);
          if (this.load[to]! < this.capacity[to]!) return this.walkBack(cameBy, to);
        }
      }
    }
    return null;
  }

  private walkBack(
    cameBy: ReadonlyMap<number, { readonly person: number; readonly from: number } | null>,
    end: number,
  ): number | null {
    const { P, W } = this.problem;
    let cell = end;
    for (let step = cameBy.get(cell); step; step = cameBy.get(cell)) {
      const { person, from } = step;
      // Somebody may be met twice on a path, and be in the way of themselves.
      if (this.seats[person * P + Math.floor(from / W)] !== from % W || !this.canSit(person, cell, from))
        return null;
      this.hold(person * P + Math.floor(from / W), -1);
      this.hold(person * P + Math.floor(cell / W), cell % W);
      cell = from;
    }
    return cell;
  }

  /** Moves one undecided person to a session that would be too small to be run. */
  private fillUp(cell: number): boolean {
    const { P, W } = this.problem;
    for (const [other, people] of this.undecided.entries()) {
      if (other === cell || this.load[other]! <= this.floor[other]!) continue;
      for (const person of people) {
        if (this.together.has(person * P + Math.floor(other / W)) || !this.canSit(person, cell, other))
          continue;
        this.hold(person * P + Math.floor(other / W), -1);
        this.hold(person * P + Math.floor(cell / W), cell % W);
        return true;
      }
    }
    return false;
  }

  /** Asks the exact model for a plan with what is decided and this too. */
  private async seatByModel(members: readonly number[], cell: number): Promise<boolean> {
    const { problem } = this;
    const { P, W, R } = problem;
    const pinned = problem.pinned.slice();
    for (let place = 0; place < pinned.length; place++) {
      if (this.locked[place]) pinned[place] = this.seats[place]! >= 0 ? this.seats[place]! : -2;
    }
    for (const a of members) pinned[a * P + Math.floor(cell / W)] = cell % W;
    const slotSeats = problem.slotSeats.slice();
    for (let slot = 0; slot < slotSeats.length; slot++)
      if (this.capacity[Math.floor(slot / R)]! < 0) slotSeats[slot] = -1;
    const must = Uint8Array.from(this.capacity, (seats) => (seats >= 0 ? 1 : 0));
    const asked: Problem = { ...problem, pinned, slotSeats, must, rank: this.flatRank };
    if (modelSize(asked) > largest) return false;
    const counted = startBudget({ iterations: nodes, cancelled: () => this.budget.spent() });
    const { plan } = await solveExactly(asked, 'ranks', [], counted, 1);
    if (!plan) return false;
    for (let place = 0; place < pinned.length; place++) {
      if (this.seats[place] !== plan.seats[place]) this.hold(place, plan.seats[place]!);
    }
    for (const a of members) this.lock(a * P + Math.floor(cell / W));
    return true;
  }

  /** Whether a seat may be decided for a person, as far as that person is concerned. */
  private mayTake(a: number, cell: number): boolean {
    if (!this.isAllowed(a, cell) || this.lockedLoad[cell]! >= this.capacity[cell]!) return false;
    return this.fits(a, cell, (place) => this.locked[place] === 1, -1);
  }

  /** Whether an undecided person could be moved from one cell (−1: has none to leave) to another, room aside. */
  private canSit(a: number, cell: number, from: number): boolean {
    const { P, W } = this.problem;
    const place = a * P + Math.floor(cell / W);
    if (this.locked[place] || this.together.has(place) || !this.isAllowed(a, cell)) return false;
    if (this.seats[place]! >= 0 && this.cellAt(place, this.seats[place]!) !== from) return false;
    return this.fits(a, cell, () => true, from);
  }

  /** Whether a cell goes together with the person's seats at the places that count. */
  private fits(a: number, cell: number, counts: (place: number) => boolean, but: number): boolean {
    const { P, W } = this.problem;
    for (let q = 0; q < P; q++) {
      const held = this.seats[a * P + q]!;
      if (held < 0 || q * W + held === but || !counts(a * P + q)) continue;
      if (held === cell % W || this.overlap(q * W + held, cell)) return false;
    }
    return true;
  }

  private isAllowed(a: number, cell: number): boolean {
    const { P, W, can, byPass, rank, personStride, passStride, unlisted } = this.problem;
    const p = Math.floor(cell / W);
    if (this.capacity[cell]! < 0 || !can[a * P + p]) return false;
    if (byPass[a] && rank[a * personStride + p * passStride + (cell % W)]! >= unlisted[a]!) return false;
    return this.presents[a]!.every((own) => Math.floor(own / W) !== p && !this.overlap(own, cell));
  }

  private readonly overlap = (x: number, y: number): boolean => this.overlapping.get(x)?.includes(y) ?? false;

  private cellAt(place: number, held: number): number {
    const { P, W } = this.problem;
    return (place % P) * W + held;
  }

  private count(a: number, decided = false): number {
    const { P } = this.problem;
    let count = 0;
    for (let place = a * P; place < (a + 1) * P; place++)
      if (this.seats[place]! >= 0 && (!decided || this.locked[place])) count++;
    return count;
  }

  private hold(place: number, next: number): void {
    const held = this.seats[place]!;
    this.log.push([place, held, this.locked[place]!]);
    this.replace(place, next);
  }

  private replace(place: number, next: number): void {
    const a = Math.floor(place / this.problem.P);
    const held = this.seats[place]!;
    if (held >= 0) {
      this.load[this.cellAt(place, held)]!--;
      this.undecided[this.cellAt(place, held)]!.delete(a);
    }
    this.seats[place] = next;
    if (next >= 0) {
      this.load[this.cellAt(place, next)]!++;
      this.undecided[this.cellAt(place, next)]!.add(a);
    }
  }

  private lock(place: number): void {
    if (this.locked[place]) return;
    const held = this.seats[place]!;
    this.log.push([place, held, 0]);
    this.locked[place] = 1;
    if (held < 0) return;
    this.lockedLoad[this.cellAt(place, held)]!++;
    this.undecided[this.cellAt(place, held)]!.delete(Math.floor(place / this.problem.P));
  }

  private undo(mark: number): void {
    while (this.log.length > mark) {
      const [place, held, locked] = this.log.pop()!;
      if (this.locked[place] && !locked) {
        this.locked[place] = 0;
        const now = this.seats[place]!;
        if (now >= 0) {
          this.lockedLoad[this.cellAt(place, now)]!--;
          this.undecided[this.cellAt(place, now)]!.add(Math.floor(place / this.problem.P));
        }
      }
      if (this.seats[place] !== held) this.replace(place, held);
    }
  }
}
