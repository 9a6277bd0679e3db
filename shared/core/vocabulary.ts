import { z } from 'zod';
import { languages } from './language.ts';
import { isTimeZone } from './time.ts';

/** Shapes of the words that every area uses. The words themselves and their rules import no zod, so that browsers need not fetch it. */

export const languageSchema = z.enum(languages);

export const sentenceSchema = z.strictObject({ sv: z.string(), en: z.string() });

/** ISO 8601 in UTC, as the API answers. */
export const instantSchema = z.iso.datetime().meta({ examples: ['2026-12-12T08:30:00.000Z'] });

/** Local date and time without zone, as an organiser types it; the conference's zone gives it meaning. */
export const localDateTimeSchema = z.iso
  .datetime({ local: true })
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/u)
  .refine((time) => /^2\d{3}-/u.test(time), { error: 'year' })
  .meta({ examples: ['2026-12-12T09:30'] });

export const timeZoneSchema = z
  .string()
  .max(60)
  .refine(isTimeZone, { error: 'time-zone' })
  .meta({ examples: ['Europe/Stockholm'] });
