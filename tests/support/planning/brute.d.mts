import type { InstanceFile } from '../../../shared/planning/instance.ts';
import type { Plan } from '../../../shared/planning/plan.ts';

export function brute(
  instance: InstanceFile,
  options?: { objective?: string; refine?: string[]; limit?: number; first?: string },
): Plan | null;
