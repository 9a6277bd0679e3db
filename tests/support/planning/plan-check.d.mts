import type { PlanDraft } from '../../../shared/planning/plan.ts';

export function check(
  instance: unknown,
  solution: PlanDraft,
): { feasible: boolean; violations: string[]; objective: Record<string, unknown> & { fill: number } };
