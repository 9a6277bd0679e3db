import type { Budget } from './budget.ts';
import { LinearModel, minimise, type Term } from './linear-model.ts';
import { leastSeatsOwed, roomUses } from './pooled-bound.ts';
import type { Problem } from './problem.ts';

/** Wishes for a workshop and rooms of workshops, together, that are still worth a model. */
const mostColumns = 12_000;

/**
 * The pooled bound with whole rooms, as a mixed-integer model for HiGHS: passes are forgotten, but a workshop has so many rooms
 * of such a size, each of them whole. People take different workshops; what nobody wished for is counted together. Null where it is
 * too large, or nothing was learnt.
 */
export async function pooledModelBound(
  problem: Problem,
  budget: Budget,
  seed: number,
): Promise<number | null> {
  const { W, N, rank, personStride, unlisted } = problem;
  const owed = leastSeatsOwed(problem);
  const linear = new LinearModel();
  const { taken, most } = addRooms(linear, problem);
  const all: Term[] = taken.flat();
  const ranks: Term[] = [];
  for (let a = 0; a < N; a++) {
    if (owed[a] === 0) continue;
    const mine: Term[] = [];
    const take = (most: number, cost: number): Term => {
      const term: Term = [linear.share(0, most), 1];
      mine.push(term);
      all.push(term);
      ranks.push([term[0], cost]);
      return term;
    };
    let listed = 0;
    for (let w = 0; w < W; w++) {
      const place = rank[a * personStride + w]!;
      if (place >= unlisted[a]! || most[w] === 0) continue;
      taken[w]!.push(take(1, place));
      listed++;
    }
    take(Math.min(owed[a]!, W - listed), unlisted[a]!);
    linear.row(owed[a]!, owed[a]!, mine);
    if (linear.cost.length > mostColumns) return null;
  }
  for (const terms of taken) linear.row(-Infinity, 0, terms);
  linear.row(-Infinity, 0, all);
  const { status, bound } = await minimise(linear, ranks, budget, { seed });
  return status === 'infeasible' || !Number.isFinite(bound) ? null : bound;
}

/** Columns for how often a workshop has a room, with their rules; by workshop the seats that it has, as terms to take from, and offerings at most. */
export function addRooms(linear: LinearModel, problem: Problem): { taken: Term[][]; most: Int32Array } {
  const { P, W, R, sharedPresenters } = problem;
  const { seats, uses, least, most, times } = roomUses(problem);
  const room = (w: number, r: number): number => w * R + r;
  for (let w = 0; w < W; w++) for (let r = 0; r < R; r++) linear.column(0, times[room(w, r)]!);
  const offered = (w: number): Term[] => Array.from({ length: R }, (_, r): Term => [room(w, r), 1]);
  for (let w = 0; w < W; w++) linear.row(least[w]!, most[w]!, offered(w));
  for (const given of sharedPresenters) linear.row(0, P, given.flatMap(offered));
  for (let r = 0; r < R; r++)
    linear.row(
      0,
      uses[r]!,
      Array.from({ length: W }, (_, w): Term => [room(w, r), 1]),
    );
  const taken = Array.from({ length: W }, (_, w) =>
    Array.from({ length: R }, (_none, r): Term => [room(w, r), -Math.max(0, seats[room(w, r)]!)]),
  );
  return { taken, most };
}
