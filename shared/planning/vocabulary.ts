import { z } from 'zod';
import { idSchema } from '../core/ids.ts';
import { instantSchema, sentenceSchema } from '../core/vocabulary.ts';
import { workshopCodeSchema } from '../programme/vocabulary.ts';

export const planStates = ['running', 'done', 'infeasible', 'failed', 'cancelled'] as const;
export type PlanState = (typeof planStates)[number];

/** The objectives an organiser can ask for; their values are defined in docs/solver.md. */
export const planObjectives = ['ranks', 'fair', 'top', 'changes', 'lottery'] as const;
export type PlanObjective = (typeof planObjectives)[number];

/** `free`: pass, room and seats are decided together. `kept`: only the seats, in the timetable as it stands. */
export const planTimetables = ['free', 'kept'] as const;
export type PlanTimetable = (typeof planTimetables)[number];

const measure = z.union([z.number(), z.array(z.number())]);

/** What people understand of a plan. Counts are of seats or of attendees, as named. */
export const planFiguresSchema = z.strictObject({
  /** Those who cast wishes; `profile` and what stands after it are about them. */
  attendees: z.int(),
  /** All seats given, also to those without wishes. */
  seats: z.int(),
  /** Seats by rank: index 0 is the first wish; the last entry is unlisted workshops. */
  profile: z.array(z.int()),
  firstWish: z.int(),
  allTopPicks: z.int(),
  worstRegret: z.int(),
  /** The attendees at the worst regret, at most `mostWorstServed` of them. */
  worstServed: z.array(z.strictObject({ name: z.string(), ranks: z.array(z.int().nullable()) })),
  fillMin: z.number(),
  fillMax: z.number(),
  /** Against what is published now: attendees whose seats differ, and sessions that differ. */
  movedAttendees: z.int(),
  movedSessions: z.int(),
});
export type PlanFigures = z.infer<typeof planFiguresSchema>;

export const plannedSessionSchema = z.strictObject({
  workshop: workshopCodeSchema,
  pass: idSchema,
  room: idSchema,
  taken: z.int(),
  seats: z.int(),
});

export const planSummarySchema = z.strictObject({
  id: idSchema,
  number: z.int().min(1),
  state: z.enum(planStates),
  objective: z.enum(planObjectives),
  timetable: z.enum(planTimetables),
  /** Of the draw: between plans that are worth the same, and of a lottery the order of the turns. */
  seed: z.int(),
  createdAt: instantSchema,
  seconds: z.number().nullable(),
  value: measure.nullable(),
  bound: measure.nullable(),
  gap: z.number().nullable(),
  proven: z.boolean(),
  publishedAt: instantSchema.nullable(),
  /** The facts a plan was computed from have changed since: it can be looked at but not published. */
  stale: z.boolean(),
});
export type PlanSummary = z.infer<typeof planSummarySchema>;

/** Something decided by hand that every plan must respect: a workshop's pass, room or both; or one attendee's seat in a pass. */
export const pinSchema = z.strictObject({
  id: idSchema,
  workshop: idSchema.nullable(),
  pass: idSchema.nullable(),
  room: idSchema.nullable(),
  attendee: z.strictObject({ id: idSchema, name: z.string() }).nullable(),
});
export type Pin = z.infer<typeof pinSchema>;

/** Somebody whose seats a plan changes against what stands now; workshops by code, null for no seat. */
export const planMoveSchema = z.strictObject({
  name: z.string(),
  organisation: z.string().nullable(),
  seats: z.array(
    z.strictObject({
      pass: idSchema,
      from: workshopCodeSchema.nullable(),
      to: workshopCodeSchema.nullable(),
      reason: sentenceSchema,
    }),
  ),
});
export type PlanMove = z.infer<typeof planMoveSchema>;

/**
 * What it would cost to put a session or a workshop in one place of the timetable, everybody seated anew by their wishes. Where seats are
 * held the question is who must move; `better` and `worse` count those who get seats that they want more or less.
 */
export const moveCostSchema = z.strictObject({
  pass: idSchema,
  room: idSchema,
  moved: z.int(),
  better: z.int(),
  worse: z.int(),
  /** Seats that nothing is left for. */
  missing: z.int(),
  /** The sum of ranks there less the sum now: above 0 it is worse for people together. */
  cost: z.int(),
  /** Those who get it worse, the hardest hit first, at most ten: what they have and what they would have, by code. */
  people: z.array(
    z.strictObject({
      name: z.string(),
      from: z.array(workshopCodeSchema),
      to: z.array(workshopCodeSchema),
    }),
  ),
});
export type MoveCost = z.infer<typeof moveCostSchema>;

/** What was decided by hand, and can be priced: a pin or a room's closing. */
export const decisionSchema = z.union([
  z.strictObject({ kind: z.literal('pin'), pin: idSchema }),
  z.strictObject({ kind: z.literal('closed'), room: idSchema, pass: idSchema }),
]);

/**
 * What one decision costs a plan: the same facts without it, planned again. Counts are of attendees, seen from the plan without it:
 * `better` would get seats that they want more, `worse` seats that they want less.
 */
export const planPriceSchema = z.strictObject({
  of: decisionSchema,
  what: sentenceSchema,
  /** The plan's value less the value without, on the first entry that differs; 0: it costs nothing. */
  cost: z.number(),
  better: z.int(),
  worse: z.int(),
  /** The plan without it is the best there is: the price is exact. Otherwise it is at least this. */
  exact: z.boolean(),
});
export type PlanPrice = z.infer<typeof planPriceSchema>;

export const planSchema = planSummarySchema.extend({
  figures: planFiguresSchema.nullable(),
  sessions: z.array(plannedSessionSchema),
  /** Why there is no plan, in words; empty where there is one. */
  reasons: z.array(sentenceSchema),
  /** What has changed since it was computed, thing by thing, the latest first; empty where it is not stale. */
  changes: z.array(sentenceSchema),
  /** What every pin and every closed room costs; null: not measured. */
  prices: z.array(planPriceSchema).nullable(),
});
export type Plan = z.infer<typeof planSchema>;

/** What a plan gives one attendee, why those seats, and why wishes ahead of the worst of them were not met. */
export const planPersonSchema = z.strictObject({
  id: idSchema,
  name: z.string(),
  organisation: z.string().nullable(),
  seats: z.array(
    z.strictObject({
      pass: idSchema,
      workshop: workshopCodeSchema,
      /** Its place in the wishes; null: not wished for. */
      rank: z.int().nullable(),
      reason: sentenceSchema,
    }),
  ),
  reasons: z.array(z.strictObject({ workshop: workshopCodeSchema, reason: sentenceSchema })),
});
export type PlanPerson = z.infer<typeof planPersonSchema>;

/** One step of a running plan, as the screen follows it. */
export const planProgressSchema = z.strictObject({
  state: z.enum(planStates),
  seconds: z.number(),
  value: measure.nullable(),
  bound: measure.nullable(),
  gap: z.number().nullable(),
  trying: z.string(),
});
export type PlanProgress = z.infer<typeof planProgressSchema>;
