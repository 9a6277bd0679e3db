import { z } from 'zod';
import { idSchema, slugSchema } from '../core/ids.ts';
import { languageSchema } from '../core/vocabulary.ts';
import { lineSchema, paragraphSchema } from '../core/text.ts';
import { stages } from './stages.ts';
import { instantSchema, timeZoneSchema } from '../core/vocabulary.ts';

export const stageSchema = z.enum(stages);

export const organisationNameSchema = lineSchema(120).meta({ examples: ['Region Skåne'] });

export const windowSchema = z.strictObject({
  opensAt: instantSchema.nullable(),
  closesAt: instantSchema.nullable(),
});

/** What the organiser has decided about choosing. */
export const rulesSchema = z.strictObject({
  picksPerAttendee: z
    .int()
    .min(1)
    .max(20)
    .meta({ examples: [3] }),
  /** How many wishes people are advised to rank. */
  advisedWishes: z
    .int()
    .min(1)
    .max(50)
    .meta({ examples: [6] }),
  /** Whether presenters and attendees may see who else comes to a workshop. */
  presentersSeeNames: z.boolean(),
});
export type ConferenceRules = z.infer<typeof rulesSchema>;

export const conferenceSchema = z.strictObject({
  id: idSchema,
  slug: slugSchema,
  name: lineSchema(120).meta({ examples: ['Utsikt är insikt'] }),
  tagline: paragraphSchema(300),
  host: z.strictObject({ slug: slugSchema, name: z.string() }),
  timeZone: timeZoneSchema,
  language: languageSchema,
  stage: stageSchema,
  published: z.boolean(),
  rules: rulesSchema,
  windows: z.strictObject({ wishes: windowSchema, picks: windowSchema }),
  retentionDays: z
    .int()
    .min(1)
    .max(731)
    .meta({ examples: [90] }),
});
/** A conference as the API answers it. */
export type Conference = z.infer<typeof conferenceSchema>;
