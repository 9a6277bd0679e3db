import type { Instance } from '../../../shared/planning/instance.ts';
import { Allocation } from './allocation.ts';
import { shareOf, type Budget } from './budget.ts';
import { keepsRules } from './fixed-seats.ts';
import { heavy, measureOf } from './measure.ts';
import type { Problem } from './problem.ts';
import type { Timetable } from './seats.ts';
import type { Found, Report } from './strategy.ts';
import { fitsPass, timesGiven } from './timetable.ts';
import { fewestWhoMove, keepMostInRooms } from './who-stays.ts';

/** Outweighs any number of people who move. */
const shortage = 2 ** 46;

/**
 * Plans near the previous one, for when one fact has changed: what can stay stays, sessions that cannot are put where the fewest people
 * have to move, then pairs of slots are exchanged as long as that moves fewer. Each timetable is judged from the previous seats: those
 * who lose one take the best that is left, exchange paths repair the rest. Local search by steepest descent; the bounds of how many move
 * come from rooms pass by pass, then from a model of timetables alone.
 */
export class FewestChanges {
  private readonly problem: Problem;
  private readonly allocation: Allocation;
  private readonly budget: Budget;
  private best: { found: Found; value: number } | null = null;
  private readonly report: Pick<Report, 'plan' | 'bound'>;

  /** The bound that it reports is of how many move. */
  constructor(problem: Problem, budget: Budget, report: Pick<Report, 'plan' | 'bound'>) {
    this.problem = problem;
    this.allocation = new Allocation(problem, measureOf(problem, 'changes'));
    this.budget = budget;
    this.report = report;
  }

  /** Searches from the previous timetable, and from the one in which most could stay; false where neither could be mended. */
  async search(): Promise<boolean> {
    const timetable = this.previousTimetable();
    const before = timetable.slice();
    const inRooms = before.slice();
    const least = keepMostInRooms(this.problem, inRooms);
    this.report.bound(least);
    for (const start of [inRooms, timetable]) {
      const mended = this.problem.fixed || this.mend(start);
      if (mended && keepsRules(this.problem, start)) this.keep(start);
    }
    if (this.moved > least) {
      const model = await fewestWhoMove(this.problem, before, shareOf(this.budget, 0.85));
      if (model) this.report.bound(model.moved);
      if (model?.timetable) this.keep(model.timetable);
    }
    if (!this.best) return false;
    if (this.problem.fixed) return this.best.value < shortage;
    for (let improved = true; improved && !this.budget.spent();) {
      improved = false;
      const from = this.best.found.timetable.slice();
      for (const candidate of this.exchanges(from)) {
        if (this.budget.spent()) break;
        if (this.keep(candidate)) improved = true;
      }
    }
    return this.best.value < shortage;
  }

  /** People who move in the best plan so far; more than there are where somebody has no seats in it. */
  private get moved(): number {
    return Math.floor((this.best?.value ?? Infinity) / heavy);
  }

  /** Sessions of the previous timetable that may still be as they were. */
  private previousTimetable(): Timetable {
    const { problem } = this;
    const { P, W, R, slotSeats, maxOfferings, instance } = problem;
    const timetable = new Int16Array(P * W).fill(-1);
    const used = new Uint8Array(P * R);
    const given = new Int32Array(W);
    for (const { p, w, r } of placesIn(instance)) {
      const cell = p * W + w;
      if (slotSeats[cell * R + r]! < 0 || used[p * R + r]) continue;
      if (given[w]! >= maxOfferings[w]! || !fitsPass(problem, timetable, p, w)) continue;
      timetable[cell] = r;
      used[p * R + r] = 1;
      given[w]!++;
    }
    return timetable;
  }

  /** Puts sessions that have to be given and are not where they cost least, one after another. */
  private mend(timetable: Timetable): boolean {
    const { P, W, R, must, minOfferings } = this.problem;
    for (let w = 0; w < W; w++) {
      for (let p = 0; p < P; p++) {
        if (must[p * W + w] && timetable[p * W + w]! < 0 && !this.place(timetable, w, [p])) return false;
      }
      const all = Array.from({ length: P }, (_, p) => p);
      while (timesGiven(this.problem, timetable, w) < minOfferings[w]!)
        if (!this.place(timetable, w, all)) return false;
    }
    return R > 0;
  }

  /** The cheapest way to give a workshop once more in one of the passes: in an empty slot, or in that of another that goes elsewhere or is given often enough. */
  private place(timetable: Timetable, w: number, passes: readonly number[]): boolean {
    const { P, W, R, must, minOfferings } = this.problem;
    let least = Infinity;
    let best: Timetable | null = null;
    const offer = (candidate: Timetable): void => {
      const value = this.judge(candidate);
      if (value >= least) return;
      least = value;
      best = candidate;
    };
    for (const p of passes) {
      for (let r = 0; r < R; r++) {
        const there = occupant(this.problem, timetable, p, r);
        const moved = timetable.slice();
        if (there >= 0) moved[p * W + there] = -1;
        if (!this.put(moved, p, w, r)) continue;
        if (there < 0) {
          offer(moved);
          continue;
        }
        if (!must[p * W + there] && timesGiven(this.problem, moved, there) >= minOfferings[there]!)
          offer(moved);
        for (let q = 0; q < P; q++) {
          for (let s = 0; s < R; s++) {
            if (occupant(this.problem, moved, q, s) >= 0) continue;
            const both = moved.slice();
            if (this.put(both, q, there, s)) offer(both);
          }
        }
      }
    }
    if (!best) return false;
    timetable.set(best);
    return true;
  }

  private put(timetable: Timetable, p: number, w: number, r: number): boolean {
    const { W, R, slotSeats } = this.problem;
    if (slotSeats[(p * W + w) * R + r]! < 0 || !fitsPass(this.problem, timetable, p, w)) return false;
    timetable[p * W + w] = r;
    return true;
  }

  /** Every exchange of what two slots hold that keeps the rules. */
  private *exchanges(timetable: Timetable): Iterable<Timetable> {
    const { P, R, W, must } = this.problem;
    for (let a = 0; a < P * R; a++) {
      for (let b = a + 1; b < P * R; b++) {
        const [p, r, q, s] = [Math.floor(a / R), a % R, Math.floor(b / R), b % R];
        const w = occupant(this.problem, timetable, p, r);
        const x = occupant(this.problem, timetable, q, s);
        if (w === x) continue;
        if (p !== q && ((w >= 0 && must[p * W + w]) || (x >= 0 && must[q * W + x]))) continue;
        const next = timetable.slice();
        if (w >= 0) next[p * W + w] = -1;
        if (x >= 0) next[q * W + x] = -1;
        if ((w < 0 || this.put(next, q, w, s)) && (x < 0 || this.put(next, p, x, r))) yield next;
      }
    }
  }

  private keep(timetable: Timetable): boolean {
    const value = this.judge(timetable);
    if (value >= (this.best?.value ?? Infinity)) return false;
    const { seating } = this.allocation;
    this.best = { value, found: { timetable: timetable.slice(), seats: seating.held.slice() } };
    if (value < shortage) this.report.plan(this.best.found, value);
    return true;
  }

  /** What a timetable costs from the previous seats, and `shortage` for everybody who has no room in it; Infinity where that is not known. */
  private judge(timetable: Timetable): number {
    const { P, W, N, previous } = this.problem;
    const { seating } = this.allocation;
    this.budget.work(1);
    seating.setTimetable(timetable);
    for (let a = 0; a < N; a++) {
      for (let p = 0; p < P; p++) if (seating.held[a * P + p] !== previous![a * P + p]) seating.put(a, p, -1);
    }
    for (let a = 0; a < N; a++) {
      for (let p = 0; p < P; p++) {
        const w = previous![a * P + p]!;
        if (w < 0 || timetable[p * W + w]! < 0 || !seating.mayHold(a, p, w)) continue;
        if (!seating.held.subarray(a * P, (a + 1) * P).includes(w)) seating.put(a, p, w);
      }
    }
    if (!this.allocation.reseat(0.1)) return Infinity;
    if (this.allocation.repair()) return seating.value;
    let over = 0;
    for (let cell = 0; cell < P * W; cell++) {
      if (timetable[cell]! >= 0) over += Math.max(0, seating.load[cell]! - seating.seats[cell]!);
    }
    return over > 0 ? seating.value + over * shortage : Infinity;
  }
}

function occupant({ P, W }: Problem, timetable: Timetable, p: number, r: number): number {
  if (p >= P) return -1;
  for (let w = 0; w < W; w++) if (timetable[p * W + w] === r) return w;
  return -1;
}

function placesIn({ passes, rooms, workshops, fixed, previous }: Instance): {
  p: number;
  w: number;
  r: number;
}[] {
  const index = (list: readonly { id: string }[]): Map<string, number> =>
    new Map(list.map(({ id }, i) => [id, i]));
  const [passOf, roomOf, workshopOf] = [index(passes), index(rooms), index(workshops)];
  return (fixed ?? previous?.sessions ?? []).flatMap(({ pass, room, workshop }) => {
    const [p, r, w] = [passOf.get(pass), roomOf.get(room), workshopOf.get(workshop)];
    return p === undefined || r === undefined || w === undefined ? [] : [{ p, r, w }];
  });
}
