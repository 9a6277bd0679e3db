import type { Allocation, Session } from './instance.ts';

/** What a plan can be asked to be best at. Values are minimised; lists compare entry by entry. */
export const objectives = ['ranks', 'fair', 'top', 'served', 'changes', 'lottery'] as const;
export type Objective = (typeof objectives)[number];

/**
 * What a plan is refined by among plans of equal value, in the order given: even rooms, fewest people moved, fewest sessions, fewest pairs of
 * colleagues in one session, or most of them.
 */
export const refinements = ['fill', 'changes', 'sessions', 'spread', 'together'] as const;
export type Refinement = (typeof refinements)[number];

/** A number (`ranks`) or a list that compares lexicographically. */
export type Value = number | readonly number[];

/** A timetable with everybody's seats. */
export interface PlanDraft {
  readonly sessions: readonly Session[];
  readonly allocation: Allocation;
}

/**
 * A checked plan with what it is worth. `bound` is never above `value`; `proven` says that nothing is better. A `lottery` is drawn and has
 * nothing to be best at: value, bound and gap are null.
 */
export interface Plan extends PlanDraft {
  readonly objective: Objective;
  readonly value: Value | null;
  readonly bound: Value | null;
  /** (value − bound) / |bound| on the first entry that differs; 0 when proven. */
  readonly gap: number | null;
  readonly proven: boolean;
}

/** Negative where a is better than b, 0 where they are worth the same. */
export function compareValues(a: Value, b: Value): number {
  if (typeof a === 'number' || typeof b === 'number') return Number(a) - Number(b);
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** How far a value is from its bound: (value − bound) / |bound| on the first entry that differs. */
export function gapBetween(value: Value, bound: Value): number {
  const values = typeof value === 'number' ? [value] : value;
  const bounds = typeof bound === 'number' ? [bound] : bound;
  for (let i = 0; i < values.length; i++) {
    const v = values[i] ?? 0;
    const b = bounds[i] ?? 0;
    if (v !== b) return (v - b) / Math.max(1, Math.abs(b));
  }
  return 0;
}
