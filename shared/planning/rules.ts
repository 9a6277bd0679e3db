import { hasReached } from '../conference/rules.ts';
import type { Stage } from '../conference/stages.ts';
import type { Refusal } from '../core/refusal.ts';
import { nothingToPlan, picksWouldMove, planNotDone, planRunning, planStale } from './refusals.ts';

/** Why no plan can be computed now, or null. `running` is the number of the plan that is being computed, if any. */
export function whyNotRun(facts: {
  readonly running: number | null;
  readonly passes: number;
  readonly rooms: number;
  readonly workshops: number;
  readonly attendees: number;
}): Refusal | null {
  if (facts.running !== null) return planRunning({ number: facts.running });
  const missing = (['passes', 'rooms', 'workshops', 'attendees'] as const).find((what) => facts[what] === 0);
  return missing ? nothingToPlan({ missing }) : null;
}

/** A plan as the question of publishing it sees it. */
export interface PublishablePlan {
  readonly number: number;
  readonly objective: string;
  /** Whether it has a timetable and seats to write. */
  readonly complete: boolean;
  /** What has been done to its facts since it was computed, as audit actions; null: they stand. */
  readonly changesSince: readonly string[] | null;
  /** Attendees whose seats it changes. */
  readonly moved: number;
}

/**
 * Why a plan may not be published, or null. From the stage picks on people have chosen for themselves, so only a plan that was
 * computed to move as few of them as possible may be.
 */
export function whyNotPublish(plan: PublishablePlan, stage: Stage): Refusal | null {
  if (!plan.complete) return planNotDone({ number: plan.number });
  if (plan.changesSince) return planStale({ number: plan.number, changes: [...plan.changesSince] });
  if (hasReached(stage, 'picks') && plan.objective !== 'changes')
    return picksWouldMove({ moved: plan.moved });
  return null;
}

/** How many of the worst served a plan names. */
export const mostWorstServed = 20;
