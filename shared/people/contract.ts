import { z } from 'zod';
import { conferenceParams } from '../conference/contract.ts';
import { hostUnknown } from '../conference/refusals.ts';
import { organisationNameSchema } from '../conference/vocabulary.ts';
import { endpoint } from '../core/endpoint.ts';
import { idSchema, slugSchema } from '../core/ids.ts';
import { languageSchema } from '../core/vocabulary.ts';
import { notFound } from '../core/refusals.ts';
import { slugOf } from '../core/slug.ts';
import { mailSchema } from '../core/text.ts';
import {
  importRefused,
  linkExpired,
  linkUsed,
  mailTaken,
  organiserKnown,
  organiserUnknown,
} from './refusals.ts';
import { attendeeSchema, personNameSchema, rowProblems, tokenSchema } from './vocabulary.ts';

const attendeeParams = conferenceParams.extend({ attendeeId: idSchema });

/** Who is signed in; the cookie is the only credential a browser holds. */
export const sessionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('anyone') }),
  z.strictObject({
    kind: z.literal('attendee'),
    name: z.string(),
    conference: slugSchema,
  }),
  z.strictObject({ kind: z.literal('organiser'), name: z.string(), host: z.string() }),
]);
export type SignedIn = z.infer<typeof sessionSchema>;

export const getSession = endpoint({
  name: 'getSession',
  summary: 'Who is signed in',
  method: 'GET',
  path: '/api/session',
  action: 'read public programme',
  out: sessionSchema,
});

export const openPersonalLink = endpoint({
  name: 'openPersonalLink',
  summary: 'Exchange a personal link for a session cookie',
  method: 'POST',
  path: '/api/session/attendee',
  action: 'read public programme',
  body: z.strictObject({ token: tokenSchema }),
  out: z.strictObject({ conference: slugSchema, name: z.string(), language: languageSchema }),
  refusals: [notFound],
});

export const signInOrganiser = endpoint({
  name: 'signInOrganiser',
  summary: 'Spend a one-time sign-in link and receive a session cookie',
  method: 'POST',
  path: '/api/session/organiser',
  action: 'read public programme',
  body: z.strictObject({ token: tokenSchema }),
  out: z.strictObject({ name: z.string(), host: z.string() }),
  refusals: [linkUsed, linkExpired],
});

/** Only the operator, at the command line: whoever can open the socket in the data folder. */
export const makeSignInLink = endpoint({
  name: 'makeSignInLink',
  summary: 'Make a one-time sign-in link for an organiser; where there is only one, nobody needs to be named',
  method: 'POST',
  path: '/api/operator/sign-in-links',
  action: 'let organisers in',
  body: z.strictObject({ mail: mailSchema.optional(), host: slugSchema.optional() }),
  out: z.strictObject({ link: z.string(), name: z.string(), host: z.string() }),
  refusals: [organiserUnknown],
});

/** The way into an installation with nothing in it; only the operator's, as above. */
export const addOrganiser = endpoint({
  name: 'addOrganiser',
  summary:
    'Add an organiser, with the host where nobody has that name yet, and make their one-time sign-in link',
  method: 'POST',
  path: '/api/operator/organisers',
  action: 'let organisers in',
  body: z.strictObject({
    name: personNameSchema,
    mail: mailSchema,
    /** The host's name; left out: the only host there is. */
    host: organisationNameSchema.refine((name) => slugOf(name) !== '', { error: 'slug' }).optional(),
  }),
  out: z.strictObject({ link: z.string(), name: z.string(), host: z.string() }),
  refusals: [hostUnknown, organiserKnown],
});

/** The answer tells nothing of whether anybody has the address. The old link works until the new one is opened. */
export const askForLink = endpoint({
  name: 'askForLink',
  summary: 'Have a new personal link mailed to the address one is registered with',
  method: 'POST',
  path: '/api/link-requests',
  action: 'ask for own link',
  body: z.strictObject({
    mail: mailSchema.meta({ examples: ['karin.ek@example.org'] }),
    /** Left out: every conference that the address is registered at. */
    conference: slugSchema.optional(),
  }),
  status: 202,
});

/** Of letters and of the calendar; the screen's language is the browser's own. */
export const chooseLanguage = endpoint({
  name: 'chooseLanguage',
  summary: 'Choose the language of my letters and my calendar',
  method: 'PUT',
  path: '/api/conferences/:slug/me/language',
  action: 'change own language',
  params: conferenceParams,
  body: z.strictObject({ language: languageSchema }),
  out: z.strictObject({ language: languageSchema }),
});

export const signOut = endpoint({
  name: 'signOut',
  summary: 'End the session',
  method: 'DELETE',
  path: '/api/session',
  action: 'read public programme',
  out: sessionSchema,
});

/** Pages of 100; `search` matches name, mail and organisation. */
export const listAttendees = endpoint({
  name: 'listAttendees',
  summary: 'The attendees, a page at a time, by name',
  method: 'GET',
  path: '/api/conferences/:slug/attendees',
  action: 'see people',
  params: conferenceParams,
  query: z.strictObject({
    search: z.string().max(120).default(''),
    offset: z.int().min(0).default(0),
  }),
  out: z.strictObject({ items: z.array(attendeeSchema), total: z.int() }),
});

const attendeeBody = z.strictObject({
  name: personNameSchema,
  mail: mailSchema.nullable(),
  organisation: organisationNameSchema.nullable(),
  language: languageSchema,
  presenterId: idSchema.nullable(),
});

export const addAttendee = endpoint({
  name: 'addAttendee',
  summary: 'Add one attendee',
  method: 'POST',
  path: '/api/conferences/:slug/attendees',
  action: 'edit people',
  params: conferenceParams,
  body: attendeeBody.partial().required({ name: true }),
  out: attendeeSchema,
  refusals: [mailTaken],
});

export const editAttendee = endpoint({
  name: 'editAttendee',
  summary: 'Change an attendee; what is left out stays as it is',
  method: 'PATCH',
  path: '/api/conferences/:slug/attendees/:attendeeId',
  action: 'edit people',
  params: attendeeParams,
  body: attendeeBody.partial(),
  out: attendeeSchema,
  refusals: [mailTaken],
});

export const importRowSchema = z.strictObject({
  row: z.int().min(1),
  name: z.string(),
  mail: z.string().nullable(),
  organisation: z.string().nullable(),
  problem: z.enum(rowProblems).nullable(),
});
export type ImportRow = z.infer<typeof importRowSchema>;

/** The pasted text: one person a line, columns by tab, semicolon or comma; with or without a header line. */
const pastedText = z.string().min(1).max(2_000_000);

export const previewAttendees = endpoint({
  name: 'previewAttendees',
  summary: 'Read a pasted list and say what would be added; nothing is saved',
  method: 'POST',
  path: '/api/conferences/:slug/attendee-imports/preview',
  action: 'edit people',
  params: conferenceParams,
  body: z.strictObject({ text: pastedText }),
  out: z.strictObject({
    rows: z.array(importRowSchema),
    toAdd: z.int(),
    alreadyThere: z.int(),
    wrong: z.int(),
    newOrganisations: z.array(z.string()),
  }),
  bodyLimit: 4 * 1024 * 1024,
});

export const importAttendees = endpoint({
  name: 'importAttendees',
  summary: 'Add everybody of a pasted list who is not there already, all or nobody',
  method: 'POST',
  path: '/api/conferences/:slug/attendee-imports',
  action: 'edit people',
  params: conferenceParams,
  body: z.strictObject({ text: pastedText }),
  /** `importId` is what can be undone; null where everybody was there already. */
  out: z.strictObject({ importId: idSchema.nullable(), added: z.int(), alreadyThere: z.int() }),
  refusals: [importRefused],
  bodyLimit: 4 * 1024 * 1024,
});

/** A new link kills the old one at once. */
export const renewPersonalLink = endpoint({
  name: 'renewPersonalLink',
  summary: "Make a new personal link for an attendee; the old one and the attendee's sessions end",
  method: 'POST',
  path: '/api/conferences/:slug/attendees/:attendeeId/link',
  action: 'export links',
  params: attendeeParams,
  out: z.strictObject({ link: z.string() }),
});

export const exportLinks = endpoint({
  name: 'exportLinks',
  summary: 'Name, mail, organisation and personal link of every attendee as CSV',
  method: 'GET',
  path: '/api/conferences/:slug/links.csv',
  action: 'export links',
  params: conferenceParams,
  produces: 'text/csv',
});
