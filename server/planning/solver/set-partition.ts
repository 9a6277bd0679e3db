import { AssignmentSolver } from './assignment.ts';
import type { Budget } from './budget.ts';
import { PassSets } from './pass-sets.ts';
import type { Problem } from './problem.ts';
import type { Report } from './strategy.ts';

/** More sets than this are not enumerated. */
const mostSets = 200_000;

/** Rounds of better bounds between attempts to branch; the last attempt goes to the end. */
const lastRound = 7;

/**
 * The day where every workshop is given once: passes meet only in how the workshops are divided among them, so the optimum is a
 * set partition with f(S) as costs. Bounds of f for every set, multipliers per workshop that rule out most of them (Lagrangian
 * relaxation of the partition), then branching on the first workshop without a pass; f is computed only for what remains.
 */
export function isPartitioned(problem: Problem): boolean {
  const { P, W, N, can, picks, pinned, minOfferings, maxOfferings, fixed } = problem;
  if (fixed || W > 30 || problem.byPass.includes(1) || pinned.some((pin) => pin !== -1)) return false;
  for (let w = 0; w < W; w++) if (minOfferings[w] !== 1 || maxOfferings[w] !== 1) return false;
  for (let a = 0; a < N; a++) {
    let free = 0;
    for (let p = 0; p < P; p++) free += can[a * P + p]!;
    if (picks[a]! < free) return false;
  }
  return true;
}

export class SetPartition {
  private readonly problem: Problem;
  private readonly kinds: PassSets[];
  /** What covering a workshop is worth. */
  private readonly multiplier: Float64Array;
  /** By kind: the least reduced cost of its sets. */
  private readonly least: Float64Array;
  bound = 0;

  private constructor(problem: Problem, kinds: PassSets[]) {
    this.problem = problem;
    this.kinds = kinds;
    this.multiplier = new Float64Array(problem.W);
    this.least = new Float64Array(kinds.length);
  }

  /** Null where there are too many sets. */
  static of(problem: Problem): SetPartition | null {
    const kinds: PassSets[] = [];
    let count = 0;
    for (const passes of alikePasses(problem)) {
      const masks = possibleSets(problem, passes[0]!, mostSets - count);
      if (!masks) return null;
      count += masks.length;
      kinds.push(new PassSets(problem, passes, masks));
    }
    return new SetPartition(problem, kinds);
  }

  /** Proves the optimum below a value already reached, reporting better plans and bounds on the way; false when interrupted. */
  solve(value: number, prices: Float64Array, budget: Budget, report: Report): boolean {
    let best = value;
    for (const kind of this.kinds) {
      kind.startPrices(prices);
      for (let i = 0; i < kind.masks.length; i++) {
        kind.raise(i, 2, Infinity);
        if ((i & 255) === 255) {
          budget.work(16);
          if (budget.spent()) return false;
        }
      }
    }
    this.startMultipliers();
    const better = (found: number): void => {
      best = found;
    };
    for (let round = 0; ; round++) {
      this.raiseMultipliers(best, 200);
      report.bound(Math.min(best, Math.ceil(this.bound - 1e-6)));
      const patience = round < lastRound ? 2000 * 4 ** round : Infinity;
      if (Math.ceil(this.bound - 1e-6) >= best || this.branch(best, patience, budget, better, report)) {
        report.bound(best);
        return true;
      }
      if (
        budget.spent() ||
        report.proven() ||
        round === lastRound ||
        !this.raiseBounds(best, 4 + 2 * round, budget)
      )
        return false;
    }
  }

  /** Better bounds for every set that the multipliers do not rule out; false when interrupted. */
  private raiseBounds(value: number, iterations: number, budget: Budget): boolean {
    let raised = 0;
    for (const [k, kind] of this.kinds.entries()) {
      for (let i = 0; i < kind.masks.length; i++) {
        const needed = this.neededToRuleOut(k, i, value);
        if (kind.lower[i]! >= needed) continue;
        kind.raise(i, iterations, needed);
        if ((++raised & 255) !== 255) continue;
        budget.work(16);
        if (budget.spent()) return false;
      }
    }
    return true;
  }

  /** The bound at which a set cannot be part of anything better than `value`. */
  private neededToRuleOut(k: number, i: number, value: number): number {
    const kind = this.kinds[k]!;
    const reduced = kind.lower[i]! - this.worth(kind.masks[i]!);
    const total = this.bound - this.least[k]! + reduced;
    return kind.lower[i]! + Math.max(0, Math.ceil(value - total - 1e-6));
  }

  private worth(mask: number): number {
    let sum = 0;
    for (let rest = mask; rest !== 0; rest &= rest - 1)
      sum += this.multiplier[31 - Math.clz32(rest & -rest)]!;
    return sum;
  }

  private startMultipliers(): void {
    const { W } = this.problem;
    const sum = new Float64Array(W);
    const count = new Float64Array(W);
    for (const kind of this.kinds) {
      for (let i = 0; i < kind.masks.length; i++) {
        const mask = kind.masks[i]!;
        let size = 0;
        for (let rest = mask; rest !== 0; rest &= rest - 1) size++;
        for (let w = 0; w < W; w++) {
          if (!(mask & (1 << w))) continue;
          sum[w]! += kind.lower[i]! / size;
          count[w]!++;
        }
      }
    }
    for (let w = 0; w < W; w++) this.multiplier[w] = sum[w]! / Math.max(1, count[w]!);
    this.bound = this.boundAt(this.multiplier, null);
  }

  private boundAt(multiplier: Float64Array, cover: Float64Array | null): number {
    const { W } = this.problem;
    const kept = this.multiplier.slice();
    this.multiplier.set(multiplier);
    let total = 0;
    for (let w = 0; w < W; w++) total += multiplier[w]!;
    cover?.fill(0);
    this.kinds.forEach((kind, k) => {
      let least = Infinity;
      let which = -1;
      for (let i = 0; i < kind.masks.length; i++) {
        const reduced = kind.lower[i]! - this.worth(kind.masks[i]!);
        if (reduced >= least) continue;
        least = reduced;
        which = i;
      }
      this.least[k] = least;
      total += least * kind.passes.length;
      if (!cover || which < 0) return;
      for (let w = 0; w < W; w++) if (kind.masks[which]! & (1 << w)) cover[w]! += kind.passes.length;
    });
    this.multiplier.set(kept);
    return total;
  }

  private raiseMultipliers(value: number, iterations: number): void {
    const { W } = this.problem;
    const trial = this.multiplier.slice();
    const direction = new Float64Array(W);
    const cover = new Float64Array(W);
    let pace = 1;
    let idle = 0;
    this.bound = this.boundAt(this.multiplier, null);
    for (let step = 0; step < iterations; step++) {
      const reached = this.boundAt(trial, cover);
      if (reached > this.bound) {
        this.bound = reached;
        this.multiplier.set(trial);
        idle = 0;
      } else if (++idle > 6) {
        pace /= 2;
        idle = 0;
        trial.set(this.multiplier);
        direction.fill(0);
        this.boundAt(trial, cover);
      }
      let norm = 0;
      for (let w = 0; w < W; w++) {
        direction[w] = 0.5 * direction[w]! + 1 - cover[w]!;
        norm += direction[w]! ** 2;
      }
      if (norm < 1e-9 || pace < 1e-3) break;
      const length = (pace * Math.max(0.5, Math.min(value, 1.05 * reached) - reached)) / norm;
      for (let w = 0; w < W; w++) trial[w]! += length * direction[w]!;
    }
    this.bound = this.boundAt(this.multiplier, null);
  }

  /** Depth-first search over partitions whose bounds leave room for something better; false where it ran out of patience. */
  private branch(
    value: number,
    patience: number,
    budget: Budget,
    better: (value: number) => void,
    report: Report,
  ): boolean {
    const { P, W, N } = this.problem;
    let best = value;
    const all = W === 31 ? 0x7fffffff : (1 << W) - 1;
    const lists = this.kinds.map((kind, k) => {
      const byFirst: number[][] = Array.from({ length: W }, () => []);
      for (let i = 0; i < kind.masks.length; i++) {
        if (kind.lower[i]! >= this.neededToRuleOut(k, i, best)) continue;
        for (let w = 0; w < W; w++) if (kind.masks[i]! & (1 << w)) byFirst[w]!.push(i);
      }
      const reduced = (i: number): number => kind.lower[i]! - this.worth(kind.masks[i]!);
      for (const list of byFirst) list.sort((x, y) => reduced(x) - reduced(y));
      return byFirst;
    });
    const left = this.kinds.map((kind) => kind.passes.length);
    const chosen: { k: number; i: number }[] = [];
    let nodes = 0;

    const complete = (): void => {
      // The sets are solved one at a time; the first that rules the partition out ends it.
      let total = 0;
      for (const { k, i } of chosen) total += this.kinds[k]!.lower[i]!;
      const answers: Int32Array[] = [];
      for (const { k, i } of chosen) {
        const kind = this.kinds[k]!;
        const others = total - kind.lower[i]!;
        const limit = best - others;
        const cached = this.solved.get(kind)?.get(i);
        if (!cached) {
          nodes += 100;
          budget.work(20);
          if (budget.spent()) return;
        }
        const { value: f, rooms } = cached ?? kind.solve(i, limit);
        if (!cached && kind.exact[i]) this.remember(kind, i, f, rooms);
        total = others + Math.min(f, Math.max(limit, kind.lower[i]!));
        if (total >= best) return;
        answers.push(rooms);
      }
      best = total;
      better(best);
      const timetable = new Int16Array(P * W).fill(-1);
      const seats = new Int16Array(N * P).fill(-1);
      const used = this.kinds.map(() => 0);
      chosen.forEach(({ k, i }, n) => {
        const kind = this.kinds[k]!;
        kind.seatsFor(i, answers[n]!, kind.passes[used[k]!++]!, timetable, seats);
      });
      report.plan({ timetable, seats }, best);
    };

    const descend = (uncovered: number, cost: number): boolean => {
      if (uncovered === 0) {
        if (left.every((n, k) => n === 0 || this.kinds[k]!.masks.includes(0))) complete();
        return true;
      }
      if (++nodes > patience || report.proven()) return false;
      if ((nodes & 63) === 63) budget.work(1);
      if (budget.spent()) return false;
      const w = 31 - Math.clz32(uncovered & -uncovered);
      let rest = this.worth(uncovered);
      left.forEach((n, k) => {
        rest += n * this.least[k]!;
      });
      for (const [k, kind] of this.kinds.entries()) {
        if (left[k] === 0) continue;
        left[k]!--;
        for (const i of lists[k]![w]!) {
          const mask = kind.masks[i]!;
          const reduced = kind.lower[i]! - this.worth(mask);
          if (Math.ceil(cost + rest - this.least[k]! + reduced - 1e-6) >= best) {
            // Sorted by what the bounds were: those that follow are no better unless theirs have risen less.
            continue;
          }
          if ((mask & uncovered) !== mask) continue;
          chosen.push({ k, i });
          const fine = descend(uncovered & ~mask, cost + kind.lower[i]!);
          chosen.pop();
          if (!fine) {
            left[k]!++;
            return false;
          }
        }
        left[k]!++;
      }
      return true;
    };
    return descend(all, 0);
  }

  private readonly solved = new Map<PassSets, Map<number, { value: number; rooms: Int32Array }>>();

  private remember(kind: PassSets, i: number, value: number, rooms: Int32Array): void {
    const known = this.solved.get(kind) ?? new Map<number, { value: number; rooms: Int32Array }>();
    known.set(i, { value, rooms });
    this.solved.set(kind, known);
  }
}

/** Passes in which everything is the same, together. */
function alikePasses({ P, W, R, N, slotSeats, must, can }: Problem): number[][] {
  const kinds = new Map<string, number[]>();
  for (let p = 0; p < P; p++) {
    const who: number[] = [];
    for (let a = 0; a < N; a++) if (!can[a * P + p]) who.push(a);
    const key = JSON.stringify([
      [...slotSeats.subarray(p * W * R, (p + 1) * W * R)],
      [...must.subarray(p * W, (p + 1) * W)],
      who,
    ]);
    kinds.set(key, [...(kinds.get(key) ?? []), p]);
  }
  return [...kinds.values()];
}

/** Sets of workshops that a pass can hold: presenters apart, what must be there there, enough seats for those who come. */
function possibleSets(problem: Problem, p: number, most: number): number[] | null {
  const { P, W, R, N, slotSeats, must, can, sharePresenter, presentingPeople } = problem;
  let comers = 0;
  for (let a = 0; a < N; a++) comers += can[a * P + p]!;
  const open = Array.from({ length: R }, (_, r) => r).filter((r) =>
    Array.from({ length: W }, (_, w) => slotSeats[(p * W + w) * R + r]!).some((n) => n >= 0),
  );
  const largest = open
    .map((r) => Math.max(...Array.from({ length: W }, (_, w) => slotSeats[(p * W + w) * R + r]!)))
    .sort((x, y) => y - x);
  const enough: number[] = [0];
  for (const seats of largest) enough.push(enough.at(-1)! + seats);
  const masks: number[] = [];
  const rooms = new AssignmentSolver(R + 1);
  /** Whether some choice of rooms seats so many. */
  const seatsAll = (mask: number, people: number): boolean => {
    const members: number[] = [];
    for (let w = 0; w < W; w++) if (mask & (1 << w)) members.push(w);
    const most = rooms.solve(members.length, R, (k, r) => {
      const seats = slotSeats[(p * W + members[k]!) * R + r]!;
      return seats < 0 ? -Infinity : seats;
    });
    return most >= people;
  };
  const descend = (w: number, mask: number, size: number, away: number): boolean => {
    if (masks.length > most) return false;
    if (w === W) {
      if (
        size >= Math.max(1, W - (P - 1) * R) &&
        enough[size]! >= comers - away &&
        seatsAll(mask, comers - away)
      ) {
        masks.push(mask);
      }
      return true;
    }
    if (!must[p * W + w] && !descend(w + 1, mask, size, away)) return false;
    const possible = slotSeats.subarray((p * W + w) * R, (p * W + w + 1) * R).some((n) => n >= 0);
    if (!possible || size >= open.length) return true;
    for (let v = 0; v < w; v++) if (mask & (1 << v) && sharePresenter[v * W + w]) return true;
    return descend(w + 1, mask | (1 << w), size + 1, away + presentingPeople[w]!.length);
  };
  return descend(0, 0, 0, 0) ? masks : null;
}
