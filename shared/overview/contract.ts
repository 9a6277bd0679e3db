import { z } from 'zod';
import { conferenceParams } from '../conference/contract.ts';
import { conferenceSchema } from '../conference/vocabulary.ts';
import { endpoint } from '../core/endpoint.ts';
import { idSchema, slugSchema } from '../core/ids.ts';
import { instantSchema, languageSchema } from '../core/vocabulary.ts';
import { importInUse } from '../people/refusals.ts';
import { presenterSchema } from '../people/vocabulary.ts';
import {
  passSchema,
  plenarySchema,
  roomSchema,
  sessionSchema,
  workshopSchema,
} from '../programme/vocabulary.ts';

const publicConferenceSchema = conferenceSchema.omit({ id: true, retentionDays: true });

const publicListItemSchema = publicConferenceSchema
  .pick({ slug: true, name: true, tagline: true, host: true, timeZone: true, language: true, stage: true })
  .extend({ startsAt: instantSchema.nullable(), endsAt: instantSchema.nullable() });

export const listConferences = endpoint({
  name: 'listConferences',
  summary: 'Published conferences',
  method: 'GET',
  path: '/api/conferences',
  action: 'read public programme',
  out: z.strictObject({ items: z.array(publicListItemSchema) }),
});

export const getConference = endpoint({
  name: 'getConference',
  summary: 'One published conference with its passes, rules and windows',
  method: 'GET',
  path: '/api/conferences/:slug',
  action: 'read public programme',
  params: z.strictObject({ slug: slugSchema }),
  out: publicConferenceSchema.extend({
    passes: z.array(passSchema),
    /** The server's clock, so that a page can tell whether a window is open. */
    now: instantSchema,
  }),
});

const publicWorkshopSchema = workshopSchema
  .omit({ presenters: true })
  .extend({ presenters: z.array(presenterSchema.pick({ name: true, affiliation: true })) })
  .pick({
    id: true,
    code: true,
    title: true,
    summary: true,
    language: true,
    presenters: true,
    organisations: true,
    topics: true,
  });

export const programmeSchema = z.strictObject({
  passes: z.array(passSchema),
  rooms: z.array(roomSchema.pick({ id: true, name: true, capacity: true, features: true })),
  workshops: z.array(publicWorkshopSchema),
  sessions: z.array(sessionSchema),
  plenaries: z.array(plenarySchema),
});
/** The public programme; sessions refer by id. */
export type Programme = z.infer<typeof programmeSchema>;

/** How the public programme can be read. */
export const programmeViews = ['pass', 'room', 'topic'] as const;
export type ProgrammeView = (typeof programmeViews)[number];

/** For people, so it is drawn outside the form of the API: a browser is told in a page that nothing is there. */
export const readProgrammePage = endpoint({
  name: 'readProgrammePage',
  summary: 'The public programme as a page that needs no JavaScript',
  method: 'GET',
  path: '/c/:slug',
  action: 'read public programme',
  params: z.strictObject({ slug: slugSchema }),
  query: z.strictObject({ lang: languageSchema.optional(), by: z.enum(programmeViews).optional() }),
  produces: 'text/html',
  validators: ['ETag'],
});

export const getProgramme = endpoint({
  name: 'getProgramme',
  summary: 'The public programme',
  method: 'GET',
  path: '/api/conferences/:slug/programme',
  action: 'read public programme',
  params: z.strictObject({ slug: slugSchema }),
  out: programmeSchema,
  validators: ['ETag'],
});

export const followSeats = endpoint({
  name: 'followSeats',
  summary: 'Taken seats as server-sent events named seats: [{session, taken}], resumable by Last-Event-ID',
  method: 'GET',
  path: '/api/conferences/:slug/seats',
  action: 'read public programme',
  params: z.strictObject({ slug: slugSchema }),
  produces: 'text/event-stream',
});

/** A few seconds old at most. Sessions that nobody waits for are left out. */
export const getQueues = endpoint({
  name: 'getQueues',
  summary: 'How many wait for each session',
  method: 'GET',
  path: '/api/conferences/:slug/queues',
  action: 'read public programme',
  params: z.strictObject({ slug: slugSchema }),
  out: z.strictObject({ items: z.array(z.strictObject({ session: idSchema, waiting: z.int() })) }),
});

/** Only the operator: whoever can open the socket in the data folder. Counted since the server started. */
export const getWrites = endpoint({
  name: 'getWrites',
  summary: 'How much the server has written, in how many commits, and what waits',
  method: 'GET',
  path: '/api/operator/writes',
  action: 'watch the server',
  out: z.strictObject({
    commands: z.int(),
    /** Commits: commands that arrive together share one. */
    groups: z.int(),
    /** Commands that have arrived and are not written yet. */
    waiting: z.int(),
  }),
});

/** The organiser's board: everything of the programme, at one moment. */
export const boardSchema = z.strictObject({
  conference: conferenceSchema,
  passes: z.array(passSchema),
  rooms: z.array(roomSchema),
  workshops: z.array(workshopSchema.extend({ wishedFirst: z.int(), wished: z.int() })),
  sessions: z.array(sessionSchema.extend({ waiting: z.int() })),
  plenaries: z.array(plenarySchema),
  counts: z.strictObject({
    attendees: z.int(),
    /** Attendees with a ballot. */
    ballots: z.int(),
    /** Attendees with all the seats they may have. */
    complete: z.int(),
    picks: z.int(),
  }),
});
export type Board = z.infer<typeof boardSchema>;

export const getBoard = endpoint({
  name: 'getBoard',
  summary: "The organiser's whole programme with seats taken and demand",
  method: 'GET',
  path: '/api/conferences/:slug/board',
  action: 'see conference',
  params: conferenceParams,
  out: boardSchema,
});

export const eraseAttendee = endpoint({
  name: 'eraseAttendee',
  summary: 'Erase a person: seats are freed, queues move, links and calendar stop, nothing of theirs is kept',
  method: 'DELETE',
  path: '/api/conferences/:slug/attendees/:attendeeId',
  action: 'erase people',
  params: conferenceParams.extend({ attendeeId: idSchema }),
  out: z.strictObject({ erased: idSchema, seatsFreed: z.int() }),
});

export const undoImport = endpoint({
  name: 'undoImport',
  summary: 'Take back a whole import of attendees, as long as none of them has chosen or wished',
  method: 'DELETE',
  path: '/api/conferences/:slug/attendee-imports/:importId',
  action: 'edit people',
  params: conferenceParams.extend({ importId: idSchema }),
  out: z.strictObject({ removed: z.int() }),
  refusals: [importInUse],
});
