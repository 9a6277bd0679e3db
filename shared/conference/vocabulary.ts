import { z } from 'zod';
import { idSchema, slugSchema } from '../core/ids.ts';
import { languageSchema } from '../core/language.ts';
import { refusalKind } from '../core/refusal.ts';
import { lineSchema, paragraphSchema } from '../core/text.ts';
import { instantSchema, timeZoneSchema } from '../core/time.ts';

/** The stages of a conference, in order. A small conference may skip some. */
export const stages = ['draft', 'ideas', 'wishes', 'planning', 'picks', 'onsite', 'over'] as const;
export type Stage = (typeof stages)[number];
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

export const slugTaken = refusalKind<{ slug: string }>('slug-taken', {
  status: 409,
  title: { sv: 'Adressen är upptagen', en: 'The address is taken' },
  detail: ({ slug }) => ({
    sv: `Det finns redan en konferens med adressen ”${slug}”. Välj en annan.`,
    en: `There is already a conference at “${slug}”. Choose another.`,
  }),
  example: { slug: 'utsikt-ar-insikt' },
});

export const windowBackwards = refusalKind('window-backwards', {
  status: 422,
  title: { sv: 'Fönstret stänger innan det öppnar', en: 'The window closes before it opens' },
  detail: () => ({
    sv: 'Stängningstiden måste ligga efter öppningstiden.',
    en: 'The closing time must come after the opening time.',
  }),
  example: undefined,
});

export const stageBackwards = refusalKind<{ from: Stage; to: Stage }>('stage-backwards', {
  status: 409,
  title: { sv: 'Skedet går inte att backa dit', en: 'The stage cannot go back there' },
  detail: ({ from, to }) => ({
    sv: `Konferensen är i skedet ${from} och det finns redan val. Därför går det inte att gå tillbaka till ${to}.`,
    en: `The conference is at the stage ${from} and there are picks already, so it cannot go back to ${to}.`,
  }),
  example: { from: 'picks', to: 'draft' },
});
