import { z } from 'zod';
import { organisationNameSchema } from '../conference/vocabulary.ts';
import { idSchema } from '../core/ids.ts';
import { languageSchema } from '../core/vocabulary.ts';
import { lineSchema, mailSchema } from '../core/text.ts';

export const personNameSchema = lineSchema(120).meta({ examples: ['Karin Ek'] });

/** An attendee as the organiser sees one. */
export const attendeeSchema = z.strictObject({
  id: idSchema,
  name: personNameSchema,
  mail: mailSchema.nullable().meta({ examples: ['karin.ek@example.org'] }),
  organisation: organisationNameSchema.nullable(),
  language: languageSchema,
  /** The presenter who is the same person, if any. */
  presenterId: idSchema.nullable(),
});
export type Attendee = z.infer<typeof attendeeSchema>;

/** A presenter of the public programme: name and affiliation as printed. */
export const presenterSchema = z.strictObject({
  id: idSchema,
  name: personNameSchema,
  affiliation: lineSchema(200, 0).meta({ examples: ['Region Skåne'] }),
  attendeeId: idSchema.nullable(),
});
export type Presenter = z.infer<typeof presenterSchema>;

/** A personal token: 32 characters of base64url. Never stored, only derived; see the design of tokens. */
export const tokenSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{20,64}$/u)
  .meta({ examples: ['qv3JmB0m8cWlqQpX0m3y2Qz9yq4cF1sT'] });

/** What can be wrong with one pasted row; named so that screens can say it. */
export const rowProblems = [
  'name-missing',
  'name-invalid',
  'mail-in-name',
  'mail-invalid',
  'organisation-invalid',
  'mail-twice',
  'already-there',
  'too-many-columns',
] as const;
export type RowProblem = (typeof rowProblems)[number];
