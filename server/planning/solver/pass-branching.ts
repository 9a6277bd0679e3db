import { Allocation } from './allocation.ts';
import { AssignmentSolver } from './assignment.ts';
import type { Budget } from './budget.ts';
import { measureOf } from './measure.ts';
import type { Problem } from './problem.ts';
import type { Timetable } from './seats.ts';
import type { Report } from './strategy.ts';

/** More sets per pass than this are not branched over, nor more choices of them. */
const mostSets = 600;
const mostNodes = 300_000;

/** Rooms for the workshops of a pass, in their order, and the seats that they have there. */
interface RoomsOfPass {
  readonly rooms: number[];
  readonly seats: number[];
}

/**
 * Small days on which workshops may be repeated: depth-first search over what each pass offers, pass by pass. A node's bound lets
 * everybody take the best of the passes decided and of everything that could be in the others; a leaf's bound adds prices of
 * the seats, the rooms sold to the highest worth. What no bound rules out is left to the caller as timetables without rooms.
 */
export class PassBranching {
  private readonly problem: Problem;
  private readonly allocation: Allocation;
  private readonly rooms: AssignmentSolver;
  private readonly sets: number[][];
  private readonly direction: Float64Array;
  private readonly trial: Float64Array;
  private readonly bestTrial: Float64Array;
  private readonly seats: Int32Array;
  private readonly none: Float64Array;

  private constructor(problem: Problem, sets: number[][]) {
    const { P, W, R } = problem;
    this.problem = problem;
    this.allocation = new Allocation(problem, measureOf(problem, 'ranks'));
    this.rooms = new AssignmentSolver(R + 1);
    this.sets = sets;
    this.direction = new Float64Array(P * W);
    this.trial = new Float64Array(P * W);
    this.bestTrial = new Float64Array(P * W);
    this.seats = new Int32Array(P * W);
    this.none = new Float64Array(P * W);
  }

  /** The most sets that a pass can hold. */
  get breadth(): number {
    return Math.max(...this.sets.map((list) => list.length));
  }

  /** Null where the problem is too large for it, or people may leave passes free. */
  static of(problem: Problem): PassBranching | null {
    const { P, W, N, can, picks, fixed } = problem;
    if (fixed || W > 30 || P > 4) return null;
    for (let a = 0; a < N; a++) {
      let free = 0;
      for (let p = 0; p < P; p++) free += can[a * P + p]!;
      if (picks[a]! < free) return null;
    }
    // Somebody pinned to a seat while they could present would rule out what is not decided yet.
    if (
      problem.presentingPeople
        .flat()
        .some((a) => problem.pinned.subarray(a * P, (a + 1) * P).some((pin) => pin !== -1))
    ) {
      return null;
    }
    const sets: number[][] = [];
    for (let p = 0; p < P; p++) {
      const list = setsOf(problem, p);
      if (!list) return null;
      sets.push(list);
    }
    return new PassBranching(problem, sets);
  }

  /**
   * Timetables (a set of workshops per pass) that may have a plan below `value`, best bounds first; null when interrupted or when
   * there are more than `most`.
   */
  survivors(value: number, budget: Budget, most: number): { bound: number; masks: number[] }[] | null {
    const { P, W, R, slotSeats, minOfferings, maxOfferings } = this.problem;
    const { seating } = this.allocation;
    const anyRoom = (cell: number): number => {
      for (let r = 0; r < R; r++) if (slotSeats[cell * R + r]! >= 0) return r;
      return -1;
    };
    const open = new Int16Array(P * W).map((_, cell) => anyRoom(cell));
    const timetable = open.slice();
    const offered = new Int32Array(W);
    const masks = Array.from({ length: P }, () => 0);
    const found: { bound: number; masks: number[] }[] = [];
    let complete = true;
    let nodes = 0;
    const same = Array.from({ length: P }, (_, p) => p > 0 && this.alike(p, p - 1));

    const descend = (p: number, first: number): void => {
      const list = this.sets[p]!;
      for (let i = same[p] ? first : 0; i < list.length && complete; i++) {
        budget.work(1);
        if (++nodes > mostNodes || budget.spent()) complete = false;
        const mask = list[i]!;
        let fits = true;
        for (let w = 0; w < W; w++) {
          if (mask & (1 << w)) offered[w]!++;
          if (offered[w]! > maxOfferings[w]! || offered[w]! + P - 1 - p < minOfferings[w]!) fits = false;
        }
        masks[p] = mask;
        for (let w = 0; w < W; w++) {
          timetable[p * W + w] = mask & (1 << w) ? open[p * W + w]! : -1;
        }
        if (fits) {
          seating.setTimetable(timetable);
          const loose = this.allocation.boundAt(this.none);
          if (loose < value && p + 1 < P) descend(p + 1, i);
          else if (loose < value) {
            this.trial.fill(0);
            const bound = this.leafBound(value, timetable, 0);
            if (bound < value) found.push({ bound, masks: [...masks] });
            if (found.length > most) complete = false;
          }
        }
        for (let w = 0; w < W; w++) if (mask & (1 << w)) offered[w]!--;
      }
      for (let w = 0; w < W; w++) timetable[p * W + w] = open[p * W + w]!;
    };
    descend(0, 0);
    return complete ? found.sort((x, y) => x.bound - y.bound) : null;
  }

  /**
   * Looks into one survivor: every way of its rooms that prices do not rule out is seated. Returns the timetables left between
   * bound and value; better plans are reported, and the value to beat follows them.
   */
  settle(masks: readonly number[], value: () => number, budget: Budget, report: Report): Timetable[] | null {
    const { P, W } = this.problem;
    const { allocation } = this;
    const { seating } = allocation;
    const timetable = new Int16Array(P * W).fill(-1);
    const lists = masks.map((mask) => Array.from({ length: W }, (_, w) => w).filter((w) => mask & (1 << w)));
    lists.forEach((list, p) => {
      for (const w of list) timetable[p * W + w] = 0;
    });
    seating.setTimetable(timetable);
    const open: Timetable[] = [];
    /** Rooms are decided pass by pass, with prices of their own at every node. */
    const descend = (p: number, prices: Float64Array): boolean => {
      budget.work(1);
      if (budget.spent()) return false;
      if (p === P) {
        allocation.price.set(prices);
        if (this.seat(timetable, value, report)) open.push(timetable.slice());
        return true;
      }
      const list = lists[p]!;
      for (const rooms of this.roomsByWorth(p, list, prices)) {
        list.forEach((w, k) => {
          timetable[p * W + w] = rooms[k]!;
        });
        this.trial.set(prices);
        if (this.leafBound(value(), timetable, p + 1) >= value()) continue;
        if (!descend(p + 1, this.bestTrial.slice())) return false;
      }
      return true;
    };
    this.trial.fill(0);
    this.leafBound(value(), timetable, 0);
    return descend(0, this.bestTrial.slice()) ? open : null;
  }

  /**
   * The ways to give the workshops of a pass rooms, the seats of highest worth first; of ways with the same seats only one, and none
   * that another beats in every workshop.
   */
  private roomsByWorth(p: number, list: readonly number[], prices: Float64Array): number[][] {
    const { W } = this.problem;
    const worth = ({ seats }: RoomsOfPass): number =>
      seats.reduce((sum, n, k) => sum + n * prices[p * W + list[k]!]!, 0);
    return this.roomsFor(p, list)
      .map((way) => ({ way, sold: worth(way) }))
      .sort((x, y) => y.sold - x.sold)
      .map(({ way }) => way.rooms);
  }

  private readonly ways = new Map<string, RoomsOfPass[]>();

  private roomsFor(p: number, list: readonly number[]): RoomsOfPass[] {
    const { W, R, slotSeats } = this.problem;
    const name = `${p}:${list.join()}`;
    const known = this.ways.get(name);
    if (known) return known;
    const different = new Map<string, RoomsOfPass>();
    const place = (rooms: number[], seats: number[]): void => {
      if (rooms.length === list.length) {
        const key = seats.join();
        if (!different.has(key)) different.set(key, { rooms, seats });
        return;
      }
      const cell = p * W + list[rooms.length]!;
      for (let r = 0; r < R; r++) {
        const n = slotSeats[cell * R + r]!;
        if (n >= 0 && !rooms.includes(r)) place([...rooms, r], [...seats, n]);
      }
    };
    place([], []);
    const all = [...different.values()];
    const beaten = (x: RoomsOfPass): boolean =>
      all.some((y) => y !== x && y.seats.every((n, k) => n >= x.seats[k]!));
    const best = all.length > 2000 ? all : all.filter((way) => !beaten(way));
    this.ways.set(name, best);
    return best;
  }

  /** Seats everybody in a timetable; whether something below the value is still possible. */
  private seat(timetable: Timetable, value: () => number, report: Report): boolean {
    const { allocation } = this;
    const { seating } = allocation;
    seating.setTimetable(timetable);
    allocation.bound = -Infinity;
    for (let round = 0; round < 8; round++) {
      allocation.polishPrices(20, value());
      if (Math.ceil(allocation.bound - 1e-6) >= value()) return false;
      if (!allocation.respond(12, 0.02 + 0.1 * (round % 4), 1.5)) return false;
      if (!allocation.repair()) continue;
      report.plan({ timetable, seats: seating.held }, seating.value);
      if (seating.value < value()) return true;
    }
    return true;
  }

  private alike(p: number, q: number): boolean {
    const { W, R, P, N, slotSeats, must, can, pinned } = this.problem;
    for (let i = 0; i < W * R; i++) if (slotSeats[p * W * R + i] !== slotSeats[q * W * R + i]) return false;
    for (let w = 0; w < W; w++) if (must[p * W + w] !== must[q * W + w]) return false;
    for (let a = 0; a < N; a++) {
      if (can[a * P + p] !== can[a * P + q] || pinned[a * P + p] !== pinned[a * P + q]) return false;
    }
    return true;
  }

  /**
   * The bound of the workshops that stand, rooms decided in the first passes and free in the others, by Polyak steps from `trial`.
   * The best prices are mostly whole (they are shortest paths), so the steps end at the whole numbers nearest to them.
   */
  private leafBound(value: number, timetable: Timetable, decided: number): number {
    const { trial, direction, bestTrial } = this;
    const { given } = this.allocation.seating;
    const { P, W } = this.problem;
    direction.fill(0);
    let best = -Infinity;
    let pace = 1;
    for (let step = 0; step < 25; step++) {
      const reached = this.boundAtTrial(timetable, decided);
      if (reached > best) {
        best = reached;
        bestTrial.set(trial);
      } else pace *= 0.7;
      if (Math.ceil(best - 1e-6) >= value) return Math.ceil(best - 1e-6);
      let norm = 0;
      for (let p = 0; p < P; p++) {
        for (const w of given[p]!) {
          const cell = p * W + w;
          const slope = 0.5 * direction[cell]! + this.allocation.demand[cell]! - this.seats[cell]!;
          direction[cell] = slope;
          if (trial[cell]! > 0 || slope > 0) norm += slope ** 2;
        }
      }
      if (norm === 0) break;
      const length = (pace * (value - reached)) / norm;
      for (let p = 0; p < P; p++) {
        for (const w of given[p]!)
          trial[p * W + w] = Math.max(0, trial[p * W + w]! + length * direction[p * W + w]!);
      }
      if (step !== 8 && step !== 16 && step !== 24) continue;
      const kept = trial.slice();
      for (let cell = 0; cell < trial.length; cell++) trial[cell] = Math.round(trial[cell]!);
      const whole = this.boundAtTrial(timetable, decided);
      if (whole > best) {
        best = whole;
        bestTrial.set(trial);
      }
      if (Math.ceil(best - 1e-6) >= value) break;
      trial.set(kept);
    }
    return Math.ceil(best - 1e-6);
  }

  /** The bound at the prices in `trial`; the seats sold are left in `seats`. Infinity where the rooms do not do. */
  private boundAtTrial(timetable: Timetable, decided: number): number {
    const { P, W, R, slotSeats } = this.problem;
    const { trial, seats, allocation } = this;
    const { given } = allocation.seating;
    let reached = allocation.boundAt(trial, false);
    for (let p = 0; p < P; p++) {
      const list = given[p]!;
      if (p < decided) {
        for (const w of list) {
          const cell = p * W + w;
          const there = slotSeats[cell * R + timetable[cell]!]!;
          seats[cell] = there;
          reached -= there * trial[cell]!;
        }
        continue;
      }
      const slot = (k: number, r: number): number => slotSeats[(p * W + list[k]!) * R + r]!;
      const sold = this.rooms.solve(list.length, R, (k, r) =>
        slot(k, r) < 0 ? -Infinity : slot(k, r) * trial[p * W + list[k]!]!,
      );
      if (sold === -Infinity) return Infinity;
      reached -= sold;
      list.forEach((w, k) => {
        seats[p * W + w] = slot(k, this.rooms.column[k]!);
      });
    }
    return reached;
  }
}

/** The problem with its timetable decided. */
export function withTimetable(problem: Problem, timetable: Timetable): Problem {
  const { P, W, R } = problem;
  const slotSeats = problem.slotSeats.slice();
  for (let cell = 0; cell < P * W; cell++) {
    for (let r = 0; r < R; r++) if (timetable[cell] !== r) slotSeats[cell * R + r] = -1;
  }
  return { ...problem, slotSeats, must: Uint8Array.from(timetable, (room) => (room >= 0 ? 1 : 0)) };
}

function setsOf(problem: Problem, p: number): number[] | null {
  const { W, R, slotSeats, must, sharePresenter } = problem;
  const masks: number[] = [];
  const rooms = Array.from({ length: R }, (_, r) => r).filter((r) =>
    Array.from({ length: W }, (_, w) => slotSeats[(p * W + w) * R + r]!).some((n) => n >= 0),
  );
  const everywhere = moreIsNeverWorse(problem, p, rooms);
  /** Whether another workshop could be given as well, which would harm nobody. */
  const canGrow = (mask: number, size: number): boolean => {
    if (size >= rooms.length) return false;
    for (let w = 0; w < W; w++) {
      if (mask & (1 << w) || slotSeats[(p * W + w) * R + rooms[0]!]! < 0) continue;
      let fits = true;
      for (let v = 0; v < W; v++) if (mask & (1 << v) && sharePresenter[v * W + w]) fits = false;
      if (fits) return true;
    }
    return false;
  };
  const descend = (w: number, mask: number, size: number): boolean => {
    if (masks.length > mostSets) return false;
    if (w === W) {
      if (!everywhere || !canGrow(mask, size)) masks.push(mask);
      return true;
    }
    const possible = slotSeats.subarray((p * W + w) * R, (p * W + w + 1) * R).some((n) => n >= 0);
    let fits = possible && size < rooms.length;
    for (let v = 0; v < w; v++) if (mask & (1 << v) && sharePresenter[v * W + w]) fits = false;
    if (fits && !descend(w + 1, mask | (1 << w), size + 1)) return false;
    return must[p * W + w] === 1 || descend(w + 1, mask, size);
  };
  return descend(0, 0, 0) ? masks : null;
}

/** Whether one more session in a free room of a pass leaves every plan possible: only then are sets that can grow left out. */
function moreIsNeverWorse(problem: Problem, p: number, rooms: readonly number[]): boolean {
  const { P, W, R, slotSeats, maxOfferings, minSize, presentingPeople } = problem;
  for (let w = 0; w < W; w++) {
    if (maxOfferings[w]! < P || minSize[w]! > 0 || presentingPeople[w]!.length > 0) return false;
    const allowed = rooms.filter((r) => slotSeats[(p * W + w) * R + r]! >= 0).length;
    if (allowed > 0 && allowed < rooms.length) return false;
  }
  return true;
}
