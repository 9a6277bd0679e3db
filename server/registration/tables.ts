import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  unique,
} from 'drizzle-orm/sqlite-core';
import { pickSources } from '../../shared/registration/vocabulary.ts';
import { conferences } from '../conference/tables.ts';
import { attendees } from '../people/tables.ts';
import { passes, rooms, sessions, workshops } from '../programme/tables.ts';

/** The seats of a session and how many are taken: the last line of defence against selling one twice. */
export const sessionSeats = sqliteTable(
  'session_seats',
  {
    sessionId: text('session_id')
      .primaryKey()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    conferenceId: text('conference_id')
      .notNull()
      .references(() => conferences.id),
    seats: integer().notNull(),
    taken: integer().notNull().default(0),
  },
  (t) => [
    index('seats_of_conference').on(t.conferenceId),
    check('taken_within_seats', sql`${t.taken} BETWEEN 0 AND ${t.seats}`),
  ],
);

/**
 * At most one seat per attendee and pass, never the same workshop twice; pass and workshop are the session's own. The table lies in the order
 * of its key, and triggers keep the workshops apart (migration 0011): each index that a pick is entered in is another page to write.
 */
export const picks = sqliteTable(
  'picks',
  {
    conferenceId: text('conference_id').notNull(),
    attendeeId: text('attendee_id').notNull(),
    passId: text('pass_id').notNull(),
    sessionId: text('session_id').notNull(),
    workshopId: text('workshop_id').notNull(),
    source: text({ enum: pickSources }).notNull(),
    at: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.attendeeId, t.passId] }),
    index('picks_of_session').on(t.sessionId, t.at),
    foreignKey({
      columns: [t.conferenceId, t.attendeeId],
      foreignColumns: [attendees.conferenceId, attendees.id],
    }),
    foreignKey({
      columns: [t.conferenceId, t.sessionId, t.passId, t.workshopId],
      foreignColumns: [sessions.conferenceId, sessions.id, sessions.passId, sessions.workshopId],
    }),
  ],
);

/** Why a free seat was not given to someone who waited for it, told to them once. */
export interface PassedOver {
  readonly at: number;
  readonly code: string;
  readonly reason: { readonly sv: string; readonly en: string };
}

/**
 * Queues. `ticket` grows for ever and orders them: no clock decides who was first. `rank` is the attendee's own order of what they
 * wait for in a pass, 1 first.
 */
export const waitlist = sqliteTable(
  'waitlist',
  {
    ticket: integer().primaryKey({ autoIncrement: true }),
    conferenceId: text('conference_id').notNull(),
    attendeeId: text('attendee_id').notNull(),
    passId: text('pass_id').notNull(),
    sessionId: text('session_id').notNull(),
    workshopId: text('workshop_id').notNull(),
    at: integer().notNull(),
    rank: integer().notNull().default(1),
    passedOver: text('passed_over', { mode: 'json' }).$type<PassedOver>(),
  },
  (t) => [
    unique('once_in_each_queue').on(t.attendeeId, t.sessionId),
    index('queue_of_session').on(t.sessionId, t.ticket),
    foreignKey({
      columns: [t.conferenceId, t.attendeeId],
      foreignColumns: [attendees.conferenceId, attendees.id],
    }),
    foreignKey({
      columns: [t.conferenceId, t.sessionId, t.passId, t.workshopId],
      foreignColumns: [sessions.conferenceId, sessions.id, sessions.passId, sessions.workshopId],
    }),
  ],
);

/** An attendee's ranked wishes, rank 1 first. */
export const wishes = sqliteTable(
  'wishes',
  {
    conferenceId: text('conference_id').notNull(),
    attendeeId: text('attendee_id').notNull(),
    rank: integer().notNull(),
    workshopId: text('workshop_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.attendeeId, t.rank] }),
    unique('each_workshop_wished_once').on(t.attendeeId, t.workshopId),
    index('wishes_of_conference').on(t.conferenceId),
    check('rank_from_one', sql`${t.rank} >= 1`),
    foreignKey({
      columns: [t.conferenceId, t.attendeeId],
      foreignColumns: [attendees.conferenceId, attendees.id],
    }).onDelete('cascade'),
    foreignKey({
      columns: [t.conferenceId, t.workshopId],
      foreignColumns: [workshops.conferenceId, workshops.id],
    }).onDelete('cascade'),
  ],
);

/** From what time of the day (`08:30`, where the conference is) no queue moves an attendee; who has said nothing has no row. */
export const moveLimits = sqliteTable(
  'move_limits',
  {
    attendeeId: text('attendee_id').primaryKey(),
    conferenceId: text('conference_id').notNull(),
    time: text().notNull(),
  },
  (t) => [
    foreignKey({
      columns: [t.conferenceId, t.attendeeId],
      foreignColumns: [attendees.conferenceId, attendees.id],
    }).onDelete('cascade'),
  ],
);

/** Swaps that attendees offer each other: at most one for each seat, and gone as soon as its owner leaves that seat. */
export const swapOffers = sqliteTable(
  'swap_offers',
  {
    id: text().primaryKey(),
    conferenceId: text('conference_id').notNull(),
    attendeeId: text('attendee_id').notNull(),
    passId: text('pass_id').notNull(),
    gives: text()
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    wants: text()
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    expiresAt: integer('expires_at').notNull(),
  },
  (t) => [
    unique('one_offer_for_each_seat').on(t.attendeeId, t.passId),
    index('offers_of_session').on(t.gives),
    index('offers_for_session').on(t.wants),
    foreignKey({
      columns: [t.conferenceId, t.attendeeId],
      foreignColumns: [attendees.conferenceId, attendees.id],
    }).onDelete('cascade'),
  ],
);

/** How often an attendee left a session of their own will lately, counted from `since`. */
export const departures = sqliteTable(
  'departures',
  {
    conferenceId: text('conference_id').notNull(),
    attendeeId: text('attendee_id').notNull(),
    sessionId: text('session_id')
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    times: integer().notNull(),
    since: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.attendeeId, t.sessionId] }),
    index('departures_of_session').on(t.sessionId),
    foreignKey({
      columns: [t.conferenceId, t.attendeeId],
      foreignColumns: [attendees.conferenceId, attendees.id],
    }).onDelete('cascade'),
  ],
);

/** Sessions that were cancelled, and where they stood: what undoing needs. */
export const cancellations = sqliteTable(
  'cancellations',
  {
    id: text().primaryKey(),
    conferenceId: text('conference_id')
      .notNull()
      .references(() => conferences.id),
    workshopId: text('workshop_id')
      .notNull()
      .references(() => workshops.id, { onDelete: 'cascade' }),
    passId: text('pass_id')
      .notNull()
      .references(() => passes.id, { onDelete: 'cascade' }),
    roomId: text('room_id')
      .notNull()
      .references(() => rooms.id, { onDelete: 'cascade' }),
    at: integer().notNull(),
  },
  (t) => [index('cancellations_of_conference').on(t.conferenceId)],
);

/** Who had a seat in a cancelled session, or waited for one, in this order. */
export const cancelledSeats = sqliteTable(
  'cancelled_seats',
  {
    cancellationId: text('cancellation_id')
      .notNull()
      .references(() => cancellations.id, { onDelete: 'cascade' }),
    conferenceId: text('conference_id').notNull(),
    attendeeId: text('attendee_id').notNull(),
    place: integer().notNull(),
    /** How the seat had come about; null: they waited for one. */
    source: text({ enum: pickSources }),
  },
  (t) => [
    primaryKey({ columns: [t.cancellationId, t.attendeeId] }),
    index('cancelled_seats_of_attendee').on(t.attendeeId),
    foreignKey({
      columns: [t.conferenceId, t.attendeeId],
      foreignColumns: [attendees.conferenceId, attendees.id],
    }).onDelete('cascade'),
  ],
);
