import { z } from 'zod';
import { organisationNameSchema } from '../conference/vocabulary.ts';
import { idSchema } from '../core/ids.ts';
import { languageSchema } from '../core/language.ts';
import { refusalKind } from '../core/refusal.ts';
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

export const linkUnknown = refusalKind('link-unknown', {
  status: 404,
  title: { sv: 'Länken gäller inte', en: 'The link does not work' },
  detail: () => ({
    sv: 'Länken är fel skriven, ersatt av en ny eller borttagen. Be arrangören om en ny länk.',
    en: 'The link is mistyped, replaced by a newer one or removed. Ask the organiser for a new link.',
  }),
  example: undefined,
});

export const linkUsed = refusalKind('link-used', {
  status: 410,
  title: { sv: 'Länken är redan använd', en: 'The link has been used' },
  detail: () => ({
    sv: 'Inloggningslänken fungerar en gång. Skapa en ny med kommandot npm run verkstad -- sign-in-link.',
    en: 'The sign-in link works once. Make a new one with the command npm run verkstad -- sign-in-link.',
  }),
  example: undefined,
});

export const linkExpired = refusalKind('link-expired', {
  status: 410,
  title: { sv: 'Länken är för gammal', en: 'The link is too old' },
  detail: () => ({
    sv: 'Tiden för inloggningslänken har gått ut. Skapa en ny med kommandot npm run verkstad -- sign-in-link.',
    en: 'The sign-in link has expired. Make a new one with the command npm run verkstad -- sign-in-link.',
  }),
  example: undefined,
});

export const mailTaken = refusalKind<{ mail: string }>('duplicate', {
  status: 409,
  title: { sv: 'Finns redan', en: 'Already there' },
  detail: ({ mail }) => ({
    sv: `En deltagare med adressen ${mail} finns redan. Ändra den i stället.`,
    en: `An attendee with the address ${mail} is there already. Edit that one instead.`,
  }),
  example: { mail: 'karin.ek@example.org' },
});

/** What can be wrong with one pasted row; named so that screens can say it. */
export const rowProblems = [
  'name-missing',
  'name-invalid',
  'mail-invalid',
  'organisation-invalid',
  'mail-twice',
  'already-there',
  'too-many-columns',
] as const;
export type RowProblem = (typeof rowProblems)[number];

export const importRefused = refusalKind<{ rows: { row: number; problem: RowProblem }[] }>('import-refused', {
  status: 422,
  title: { sv: 'Listan gick inte att läsa in', en: 'The list could not be imported' },
  detail: ({ rows }) => ({
    sv: `Rad ${rows.map((r) => r.row).join(', ')} behöver rättas. Ingenting har sparats.`,
    en: `Row ${rows.map((r) => r.row).join(', ')} needs correcting. Nothing has been saved.`,
  }),
  facts: ({ rows }) => ({ rows }),
  example: { rows: [{ row: 2, problem: 'mail-invalid' }] },
});

export const importInUse = refusalKind<{ names: string[] }>('import-in-use', {
  status: 409,
  title: { sv: 'Inläsningen går inte att ångra', en: 'The import cannot be undone' },
  detail: ({ names }) => ({
    sv: `${names.slice(0, 3).join(', ')}${names.length > 3 ? ` och ${names.length - 3} till` : ''} har redan valt eller önskat. Ta bort dem var för sig i stället.`,
    en: `${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''} have already chosen or wished. Remove them one at a time instead.`,
  }),
  example: { names: ['Karin Ek'] },
});
