import { z } from 'zod';
import { organisationNameSchema } from '../conference/vocabulary.ts';
import { idSchema } from '../core/ids.ts';
import { languageSchema } from '../core/vocabulary.ts';
import { lineSchema, paragraphSchema } from '../core/text.ts';
import { instantSchema } from '../core/vocabulary.ts';
import { presenterSchema } from '../people/vocabulary.ts';
import { features } from './features.ts';

const featuresSchema = z.array(z.enum(features)).max(features.length);

export const workshopCodeSchema = lineSchema(8)
  .refine((code) => /^[\p{L}\p{N}-]+$/u.test(code), { error: 'characters' })
  .meta({ examples: ['W3'] });

export const passSchema = z.strictObject({
  id: idSchema,
  name: lineSchema(60).meta({ examples: ['Pass 1'] }),
  startsAt: instantSchema,
  endsAt: instantSchema,
});
export type Pass = z.infer<typeof passSchema>;

const roomCapacity = z
  .int()
  .min(0)
  .max(100_000)
  .meta({ examples: [60] });

export const roomSchema = z.strictObject({
  id: idSchema,
  name: lineSchema(60).meta({ examples: ['Vättern'] }),
  capacity: roomCapacity,
  features: featuresSchema,
  /** Passes in which the room is closed. */
  closed: z.array(idSchema).max(50),
});
export type Room = z.infer<typeof roomSchema>;

/** What a workshop is about, in the organiser's words, so that people find theirs among many. */
export const topicSchema = lineSchema(40).meta({ examples: ['Innovation'] });

export const workshopSchema = z.strictObject({
  id: idSchema,
  code: workshopCodeSchema,
  title: lineSchema(200).meta({ examples: ['Folkhälsa och tillväxt'] }),
  summary: paragraphSchema(4000),
  language: languageSchema,
  presenters: z.array(presenterSchema).max(60),
  organisations: z.array(organisationNameSchema).max(40),
  topics: z.array(topicSchema).max(8),
  /** Features its room must have. */
  requires: featuresSchema,
  minSize: z.int().min(0).max(100_000),
  maxSize: z.int().min(0).max(100_000).nullable(),
  /** Seats of each session that nobody can choose. */
  reserved: z.int().min(0).max(100_000),
  minOfferings: z.int().min(0).max(50),
  maxOfferings: z.int().min(1).max(50),
  /** The passes it may run in; empty: all. */
  passes: z.array(idSchema).max(50),
});
export type Workshop = z.infer<typeof workshopSchema>;

/** A workshop in a pass in a room. `seats` can be chosen; `taken` of them are. */
export const sessionSchema = z.strictObject({
  id: idSchema,
  workshop: idSchema,
  pass: idSchema,
  room: idSchema,
  seats: z.int(),
  taken: z.int(),
});
export type Session = z.infer<typeof sessionSchema>;

/** A session as the programme knows it; how many of its seats are taken is registration's to know. */
export const placedSessionSchema = sessionSchema.omit({ taken: true });
export type PlacedSession = z.infer<typeof placedSessionSchema>;

export const plenaryKinds = ['talk', 'break', 'meal', 'gathering'] as const;
export type PlenaryKind = (typeof plenaryKinds)[number];

export const plenarySchema = z.strictObject({
  id: idSchema,
  kind: z.enum(plenaryKinds),
  title: lineSchema(200).meta({ examples: ['14 framgångsfaktorer för regional utveckling'] }),
  summary: paragraphSchema(4000),
  place: lineSchema(60, 0),
  startsAt: instantSchema,
  endsAt: instantSchema,
});
export type Plenary = z.infer<typeof plenarySchema>;
