import type { Objective } from '../../../shared/planning/plan.ts';
import { idealSum } from '../../../shared/planning/standings.ts';
import type { Problem } from './problem.ts';

/**
 * What a person's seats cost: weight · Σ ranks + penalty[Σ points], where every seat, and every pass without one, has points.
 * One form for all objectives that the search minimises as a single number:
 * ranks has no points; fair has the ranks themselves, under a steep convex penalty; top counts seats outside the top;
 * changes counts passes that differ from the previous plan.
 */
export interface Measure {
  readonly objective: Objective;
  /** Costs of ranks alone: no points, penalties all 0. */
  readonly additive: boolean;
  readonly weight: number;
  /** points[(person · P + pass) · (W + 1) + workshop], index W for no seat; null without points. */
  readonly points: Uint16Array | null;
  /** penalty[person · penaltyStride + points]. */
  readonly penalty: Float64Array;
  readonly penaltyStride: number;
}

/** Lexicographic objectives become one number; this much of the second entry never outweighs one of the first. */
export const heavy = 2 ** 24;

export function measureOf(problem: Problem, objective: Objective): Measure {
  const { P, W, N } = problem;
  const plain = {
    objective,
    additive: true,
    weight: 1,
    points: null,
    penalty: new Float64Array(1),
    penaltyStride: 0,
  };
  if (objective === 'ranks' || objective === 'lottery' || objective === 'served') return plain;
  const points = new Uint16Array(N * P * (W + 1));
  let most = P;
  for (let a = 0; a < N; a++) {
    const owed = seatsWanted(problem, a);
    for (let p = 0; p < P; p++) {
      const base = (a * P + p) * (W + 1);
      for (let w = 0; w <= W; w++) points[base + w] = pointsOf(problem, objective, a, p, w, owed);
    }
    if (objective === 'fair') most = Math.max(most, (problem.unlisted[a] ?? 0) * P);
  }
  const stride = objective === 'fair' ? most + 1 : P + 1;
  const penalty = new Float64Array(N * stride);
  for (let a = 0; a < N; a++) {
    const ideal = idealSum(problem.instance.attendees[a]!, seatsWanted(problem, a));
    for (let s = 0; s < stride; s++) {
      penalty[a * stride + s] =
        objective === 'fair' ? 4 ** Math.min(24, Math.max(0, s - ideal)) : s > 0 ? heavy : 0;
    }
  }
  return {
    objective,
    additive: false,
    weight: objective === 'fair' ? 0 : 1,
    points,
    penalty,
    penaltyStride: stride,
  };
}

/** Seats owed when the person does not present. */
export function seatsWanted({ P, can, picks }: Problem, a: number): number {
  let wanted = 0;
  for (let p = 0; p < P; p++) wanted += can[a * P + p] ?? 0;
  return Math.min(picks[a] ?? 0, wanted);
}

function pointsOf(
  problem: Problem,
  objective: Objective,
  a: number,
  p: number,
  w: number,
  owed: number,
): number {
  const { W, unlisted, previous, P } = problem;
  const missing = unlisted[a] ?? 0;
  if (objective === 'changes') return (previous?.[a * P + p] ?? -1) === (w === W ? -1 : w) ? 0 : 1;
  if (w === W) return 0;
  const rank = problem.rank[a * problem.personStride + p * problem.passStride + w] ?? 0;
  if (objective === 'fair') return rank;
  return rank < missing && rank <= owed ? 0 : 1;
}
