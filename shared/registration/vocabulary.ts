import { z } from 'zod';
import { idSchema } from '../core/ids.ts';
import { workshopCodeSchema } from '../programme/vocabulary.ts';

/** How a pick came about. */
export const pickSources = ['attendee', 'waitlist', 'plan', 'organiser'] as const;
export type PickSource = (typeof pickSources)[number];

export const pickSchema = z.strictObject({
  pass: idSchema,
  session: idSchema,
  source: z.enum(pickSources),
});
export type Pick = z.infer<typeof pickSchema>;

/** A place in a queue. `position` counts from 1 within the session. */
export const waitingSchema = z.strictObject({
  pass: idSchema,
  session: idSchema,
  position: z.int().min(1),
});
export type Waiting = z.infer<typeof waitingSchema>;

/** Workshop codes, most wanted first. */
export const wishesSchema = z.array(workshopCodeSchema).max(50);
