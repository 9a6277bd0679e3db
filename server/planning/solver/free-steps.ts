import type { Objective, Refinement } from '../../../shared/planning/plan.ts';
import { FreeExchange } from './free-exchange.ts';
import type { Problem } from './problem.ts';
import { RefinedSeats } from './refined-seats.ts';
import type { Found } from './strategy.ts';

/**
 * Steps that make a plan better in a refinement at no cost in the objective nor in the refinements before it: exchange paths and cycles in
 * every pass, people who change several passes at once while others make way, whole passes that change places, sessions that all can leave.
 */
export class FreeSteps {
  seats: RefinedSeats;
  /** Steps taken. */
  count = 0;
  private exchange: FreeExchange;
  private readonly problem: Problem;
  private readonly order: readonly Refinement[];
  private readonly objective: Objective;

  constructor(problem: Problem, objective: Objective, order: readonly Refinement[], found: Found) {
    this.problem = problem;
    this.order = order;
    this.objective = objective;
    this.seats = new RefinedSeats(problem, objective, order, found);
    this.exchange = new FreeExchange(this.seats);
  }

  /** What has come of the steps; null where it is no better. */
  refined(): Found | null {
    this.seats.begin();
    const { timetable, held } = this.seats.seating;
    return (this.seats.total.find((x) => x !== 0) ?? 0) < 0 ? { timetable, seats: held } : null;
  }

  /** Steps until none is left, or told to stop. */
  descend(stop: () => boolean): void {
    const { P, N } = this.problem;
    for (let before = -1; before < this.count && !stop();) {
      before = this.count;
      this.swapPasses();
      for (let p = 0; p < P; p++) while (!stop() && this.exchange.improve(p)) this.count++;
      for (let a = 0; a < N && !stop(); a++) if (this.rearrange(a)) this.count++;
      if (this.order.includes('sessions')) this.dropSessions(stop);
    }
  }

  /** Somebody changes two passes or more at once, and paths make room where they enter. */
  private rearrange(a: number): boolean {
    const { P } = this.problem;
    const { seats } = this;
    const { held } = seats.seating;
    const mine = held.subarray(a * P, (a + 1) * P);
    if (this.order.includes('changes') && seats.differing[a]! > 0) {
      const before = Array.from(mine, (_, p) => this.problem.previous?.[a * P + p] ?? -1);
      if (this.tryAll(a, before)) return true;
    }
    for (let p = 0; p < P; p++) {
      for (let q = p + 1; q < P; q++) {
        if (mine[p] === mine[q] || !this.isWorthwhile(a, p, q)) continue;
        const wanted = Array.from(mine);
        [wanted[p], wanted[q]] = [wanted[q]!, wanted[p]!];
        if (this.tryAll(a, wanted)) return true;
      }
    }
    return false;
  }

  /** Whether to change what two passes hold could be better for a refinement at all. */
  private isWorthwhile(a: number, p: number, q: number): boolean {
    const { seats, problem } = this;
    const { P, W } = problem;
    const { held } = seats.seating;
    const [u, v] = [held[a * P + p]!, held[a * P + q]!];
    const there = (pass: number, w: number): number => (w < 0 ? 0 : seats.colleaguesAt(a, pass * W + w));
    return this.order.some((refinement) => {
      switch (refinement) {
        case 'fill':
          return true;
        case 'changes':
          return seats.differing[a]! > 0;
        case 'sessions':
          return false;
        case 'spread':
          return there(p, u) > 1 || there(q, v) > 1;
        case 'together':
          return seats.organisation[a]! >= 0 && (there(q, u) > 0 || there(p, v) > 0);
      }
    });
  }

  /** Puts somebody where they are wanted; kept where that makes the plan better. */
  private tryAll(a: number, wanted: readonly number[]): boolean {
    const { seats, exchange } = this;
    const { P, W } = this.problem;
    const { held, load, seats: room, least, given, stale } = seats.seating;
    const passes = wanted.flatMap((w, p) => (w === held[a * P + p] ? [] : [p]));
    if (
      passes.length === 0 ||
      wanted.filter(isSeat).length !== held.subarray(a * P, (a + 1) * P).filter(isSeat).length
    )
      return false;
    for (const p of passes)
      if (seats.stays[a * P + p] || (wanted[p] !== -1 && !given[p]!.includes(wanted[p]!))) return false;
    seats.begin();
    for (const p of passes) seats.put(a, p, -1);
    let possible = true;
    for (const p of passes) {
      const w = wanted[p]!;
      if (w < 0 || !possible) continue;
      possible = seats.maySit(a, p, w);
      if (possible) seats.put(a, p, w);
    }
    for (const p of passes) {
      seats.stays[a * P + p] = 1;
      const cell = p * W + wanted[p]!;
      if (possible && wanted[p]! >= 0 && load[cell]! > room[cell]!) possible = exchange.drain(p, cell);
    }
    for (const p of passes) {
      seats.stays[a * P + p] = 0;
      if (held[a * P + p]! >= 0) stale[p * W + held[a * P + p]!] = 1;
    }
    possible &&= passes.every((p) => given[p]!.every((w) => load[p * W + w]! >= least[p * W + w]!));
    if (possible && seats.isBetter()) {
      seats.begin();
      return true;
    }
    seats.undo();
    return false;
  }

  /** Passes that may exchange all that they hold do so where fewer people differ from the previous plan. */
  swapPasses(): void {
    const { P, W, R, N, fixed, previous, can, pinned, groups, must, slotSeats, byPass } = this.problem;
    if (
      fixed ||
      !previous ||
      !this.order.includes('changes') ||
      this.objective === 'changes' ||
      byPass.includes(1) ||
      groups.length > 0
    )
      return;
    const { timetable, held } = this.seats.seating;
    const isAlike = (p: number, q: number): boolean => {
      for (let a = 0; a < N; a++) {
        const [x, y] = [a * P + p, a * P + q];
        if (can[x] !== can[y] || pinned[x] !== -1 || pinned[y] !== -1) return false;
      }
      for (let w = 0; w < W; w++) {
        const [x, y] = [p * W + w, q * W + w];
        if (must[x] || must[y]) return false;
        for (const r of [timetable[x]!, timetable[y]!])
          if (r >= 0 && slotSeats[x * R + r] !== slotSeats[y * R + r]) return false;
      }
      return true;
    };
    for (let p = 0; p < P; p++) {
      for (let q = p + 1; q < P; q++) {
        const swapped = Array.from({ length: P }, (_, k) => (k === p ? q : k === q ? p : k));
        const differs = (a: number, at: (k: number) => number): boolean =>
          swapped.some((_, k) => held[a * P + at(k)] !== previous[a * P + k]);
        let more = 0;
        for (let a = 0; a < N; a++)
          more += Number(differs(a, (k) => swapped[k]!)) - Number(differs(a, (k) => k));
        if (more >= 0 || !isAlike(p, q)) continue;
        const found = {
          timetable: timetable.map((_, cell) => timetable[swapped[Math.floor(cell / W)]! * W + (cell % W)]!),
          seats: held.map((_, slot) => held[Math.floor(slot / P) * P + swapped[slot % P]!]!),
        };
        this.seats.begin();
        const { total } = this.seats;
        this.seats = new RefinedSeats(this.problem, this.objective, this.order, found);
        this.seats.total.set(total);
        this.seats.total[1 + this.order.indexOf('changes')]! += more;
        this.exchange = new FreeExchange(this.seats);
        this.count++;
        return this.swapPasses();
      }
    }
  }

  /** Leaves out sessions whose people can all sit elsewhere in the pass. */
  private dropSessions(stop: () => boolean): void {
    const { W, must, minOfferings, presentingPeople } = this.problem;
    const { seats, exchange } = this;
    const { timetable, load, seats: room, given } = seats.seating;
    const offered = (w: number): number => given.filter((here) => here.includes(w)).length;
    const cells = given
      .flatMap((here, p) => here.map((w) => p * W + w))
      .sort((x, y) => load[x]! - load[y]! || x - y);
    for (const cell of cells) {
      const [p, w] = [Math.floor(cell / W), cell % W];
      if (stop()) return;
      if (must[cell] || offered(w) <= minOfferings[w]!) continue;
      const others = given[p]!.filter((v) => v !== w);
      const free = others.reduce((sum, v) => sum + room[p * W + v]! - load[p * W + v]!, 0);
      // Who presents there would be owed a seat.
      if (free < load[cell]! || presentingPeople[w]!.some((a) => this.isOwedMore(a, p))) continue;
      seats.begin();
      while (load[cell]! > 0 && seats.costChange() <= 0 && exchange.drain(p, cell));
      seats.countSessions(-1);
      if (load[cell]! > 0 || !seats.isBetter()) {
        seats.undo();
        continue;
      }
      const without = timetable.slice();
      without[cell] = -1;
      seats.seating.setTimetable(without);
      seats.begin();
      exchange.replan();
      this.count++;
    }
  }

  private isOwedMore(a: number, p: number): boolean {
    const { P, can, picks } = this.problem;
    return can[a * P + p] === 1 && this.seats.seating.owed(a) < picks[a]!;
  }
}

const isSeat = (w: number): boolean => w !== -1;
