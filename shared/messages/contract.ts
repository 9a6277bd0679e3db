import { z } from 'zod';
import { conferenceParams } from '../conference/contract.ts';
import { endpoint } from '../core/endpoint.ts';
import { idSchema } from '../core/ids.ts';
import { notFound } from '../core/refusals.ts';
import { languageSchema } from '../core/vocabulary.ts';
import { tokenSchema } from '../people/vocabulary.ts';
import { noMailServer, nothingToChoose, programmeHidden } from './refusals.ts';
import { letterRulesSchema, letterSchema, letterStateSchema, postSchema } from './vocabulary.ts';

const letterParams = conferenceParams.extend({ letterId: idSchema });

export const outboxSchema = z.strictObject({
  items: z.array(letterSchema),
  /** Letters in the state asked for. */
  total: z.int(),
  counts: z.strictObject({
    waiting: z.int(),
    sent: z.int(),
    failed: z.int(),
    handled: z.int(),
    lapsed: z.int(),
  }),
  post: postSchema,
  rules: letterRulesSchema,
  /** How many a letter to many would reach. */
  audience: z.strictObject({
    attendees: z.int(),
    withoutMail: z.int(),
    uninvited: z.int(),
    /** Who could choose or wish now and has not; null while nothing is open. */
    undecided: z.int().nullable(),
  }),
});
export type Outbox = z.infer<typeof outboxSchema>;

/** Pages of 100, the newest first. */
export const listLetters = endpoint({
  name: 'listLetters',
  summary: 'The outbox of a conference, a state and a page at a time, and how its letters are getting out',
  method: 'GET',
  path: '/api/conferences/:slug/letters',
  action: 'see letters',
  params: conferenceParams,
  query: z.strictObject({
    state: letterStateSchema.default('waiting'),
    offset: z.int().min(0).default(0),
  }),
  out: outboxSchema,
});

const readSchema = z.strictObject({
  /** Null where what it would have said is no longer so. */
  content: z.strictObject({ subject: z.string(), text: z.string() }).nullable(),
});

export const readLetter = endpoint({
  name: 'readLetter',
  summary: 'What a letter says, as it would be sent now',
  method: 'GET',
  path: '/api/conferences/:slug/letters/:letterId',
  action: 'see letters',
  params: letterParams,
  out: readSchema,
});

export const showLetter = endpoint({
  name: 'showLetter',
  summary: 'The same as a page, as mail programs show it',
  method: 'GET',
  path: '/api/conferences/:slug/letters/:letterId/page',
  action: 'see letters',
  params: letterParams,
  produces: 'text/html',
});

/** Letters that an organiser sends to many. */
export const bulkLetterSchema = z.enum(['invitation', 'nudge']);

export const previewLetter = endpoint({
  name: 'previewLetter',
  summary: 'A letter to many as a page, to an invented attendee',
  method: 'GET',
  path: '/api/conferences/:slug/letter-previews/:letter',
  action: 'see letters',
  params: conferenceParams.extend({ letter: bulkLetterSchema }),
  query: z.strictObject({ language: languageSchema }),
  produces: 'text/html',
  refusals: [nothingToChoose],
});

export const sendLetters = endpoint({
  name: 'sendLetters',
  summary: 'Write a letter to many: the invitation to those without one or to all, or a reminder to choose',
  method: 'POST',
  path: '/api/conferences/:slug/letters',
  action: 'send letters',
  params: conferenceParams,
  body: z.strictObject({
    letter: bulkLetterSchema,
    /** The invitation to those too who have had one; nobody gets two within an hour. */
    again: z.boolean().default(false),
  }),
  out: z.strictObject({ written: z.int() }),
  refusals: [programmeHidden, nothingToChoose],
});

/** Left out: every letter that has failed. */
const someLetters = z.strictObject({ letters: z.array(idSchema).min(1).max(1000).optional() });

export const retryLetters = endpoint({
  name: 'retryLetters',
  summary: 'Try failed letters again, some or all',
  method: 'POST',
  path: '/api/conferences/:slug/letter-retries',
  action: 'send letters',
  params: conferenceParams,
  body: someLetters,
  out: z.strictObject({ retried: z.int() }),
  refusals: [noMailServer],
});

export const handleLetters = endpoint({
  name: 'handleLetters',
  summary: 'Note that waiting or failed letters have been seen to by hand',
  method: 'POST',
  path: '/api/conferences/:slug/handled-letters',
  action: 'send letters',
  params: conferenceParams,
  body: z.strictObject({
    letters: z.array(idSchema).min(1).max(1000).optional(),
    /** Where no letters are named: all of this state. */
    state: z.enum(['waiting', 'failed']).default('waiting'),
  }),
  out: z.strictObject({ handled: z.int() }),
});

/** Name, mail, subject, text and personal link. */
export const exportLetters = endpoint({
  name: 'exportLetters',
  summary: 'The letters that wait or failed, with their text and personal links, as CSV',
  method: 'GET',
  path: '/api/conferences/:slug/letters.csv',
  action: 'export links',
  params: conferenceParams,
  query: z.strictObject({ state: z.enum(['waiting', 'failed']).default('waiting') }),
  produces: 'text/csv',
});

export const editLetterRules = endpoint({
  name: 'editLetterRules',
  summary: 'Say which letters Verkstad writes by itself, and where answers go',
  method: 'PATCH',
  path: '/api/conferences/:slug/letter-rules',
  action: 'send letters',
  params: conferenceParams,
  body: letterRulesSchema.partial(),
  out: letterRulesSchema,
});

const reminderParams = z.strictObject({ attendeeId: idSchema, token: tokenSchema });
const reminderSchema = z.strictObject({ conference: z.string(), host: z.string(), reminders: z.boolean() });

/** The link under a letter; it needs no session, and can do nothing else. */
export const getReminders = endpoint({
  name: 'getReminders',
  summary: 'Whether an attendee gets reminders, by the link under one',
  method: 'GET',
  path: '/api/reminders/:attendeeId/:token',
  action: 'read public programme',
  params: reminderParams,
  out: reminderSchema,
  refusals: [notFound],
});

export const chooseReminders = endpoint({
  name: 'chooseReminders',
  summary: 'Turn reminders off or on, by the link under one',
  method: 'PUT',
  path: '/api/reminders/:attendeeId/:token',
  action: 'read public programme',
  params: reminderParams,
  body: z.strictObject({ reminders: z.boolean() }),
  out: reminderSchema,
  refusals: [notFound],
});
