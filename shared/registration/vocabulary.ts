import { z } from 'zod';
import { idSchema } from '../core/ids.ts';
import { instantSchema, sentenceSchema } from '../core/vocabulary.ts';
import { workshopCodeSchema } from '../programme/vocabulary.ts';

/** How a pick came about. */
export const pickSources = ['attendee', 'waitlist', 'swap', 'plan', 'organiser'] as const;
export type PickSource = (typeof pickSources)[number];

export const pickSchema = z.strictObject({
  pass: idSchema,
  session: idSchema,
  source: z.enum(pickSources),
});
export type Pick = z.infer<typeof pickSchema>;

/** A place in a queue. `position` counts from 1 within the session; those of one pass are in the order in which they are wanted. */
export const waitingSchema = z.strictObject({
  pass: idSchema,
  session: idSchema,
  position: z.int().min(1),
  /** When a seat was free and the attendee could not have it, and why; null: never yet. */
  passedOver: z.strictObject({ at: instantSchema, code: z.string(), reason: sentenceSchema }).nullable(),
});
export type Waiting = z.infer<typeof waitingSchema>;

/** Workshop codes, most wanted first. */
export const wishesSchema = z.array(workshopCodeSchema).max(50);

/** A time of day where the conference is, `08:30`. */
export const timeOfDaySchema = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u)
  .meta({ examples: ['08:30'] });

/** An attendee's offer to give their seat of a pass for another's in the same pass, to whoever they hand its id; sessions by id. */
export const swapOfferSchema = z.strictObject({
  id: idSchema,
  pass: idSchema,
  gives: idSchema,
  wants: idSchema,
  expiresAt: instantSchema,
});
export type SwapOffer = z.infer<typeof swapOfferSchema>;
