import type { Facts, RuleId } from './constraints.ts';

/**
 * The hard facts of an instance as things that somebody has said and can take back. Where no plan exists, a reason names the few of
 * them that contradict each other; each belongs to a rule of the checker.
 */
const ruleOf = {
  pin: 'pin-holds',
  closed: 'room-open',
  absent: 'seat-possible',
  wished: 'seat-possible',
  passes: 'pass-allowed',
  requires: 'room-has-features',
  scheduled: 'fixed-timetable',
  'at-most': 'offered-as-often-as-agreed',
  presents: 'presenter-in-one-place',
  'max-size': 'seats-enough',
  reserved: 'seats-enough',
  'min-size': 'large-enough-to-run',
  together: 'group-together',
  'at-least': 'offered-as-often-as-agreed',
  owed: 'seats-owed',
  capacity: 'seats-enough',
  'never-twice': 'never-twice',
} as const satisfies Record<string, RuleId>;

export type RequirementKind = keyof typeof ruleOf;

/** The kinds from what is most easily changed to what hardly can be. */
export const requirementKinds = Object.keys(ruleOf) as RequirementKind[];

/** One requirement, or several of a kind that only count together ("61 people are owed a seat each"). */
export interface Requirement {
  readonly kind: RequirementKind;
  readonly rule: RuleId;
  /** What it says, thing by thing, as ids. */
  readonly about: readonly Facts[];
}

export const requirement = (kind: RequirementKind, about: readonly Facts[]): Requirement => ({
  kind,
  rule: ruleOf[kind],
  about,
});
