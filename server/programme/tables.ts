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
import { languages } from '../../shared/core/language.ts';
import type { Feature } from '../../shared/programme/features.ts';
import { plenaryKinds } from '../../shared/programme/vocabulary.ts';
import { conferences, organisations } from '../conference/tables.ts';
import { attendees, presenters } from '../people/tables.ts';

const conferenceId = () =>
  text('conference_id')
    .notNull()
    .references(() => conferences.id);

export const passes = sqliteTable(
  'passes',
  {
    id: text().primaryKey(),
    conferenceId: conferenceId(),
    name: text().notNull(),
    startsAt: integer('starts_at').notNull(),
    endsAt: integer('ends_at').notNull(),
  },
  (t) => [
    unique('pass_in_conference').on(t.conferenceId, t.id),
    unique('one_pass_per_name').on(t.conferenceId, t.name),
    check('pass_ends_after_start', sql`${t.endsAt} > ${t.startsAt}`),
  ],
);

/** Passes in which an attendee cannot come. */
export const absences = sqliteTable(
  'absences',
  {
    conferenceId: conferenceId(),
    attendeeId: text('attendee_id').notNull(),
    passId: text('pass_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.attendeeId, t.passId] }),
    foreignKey({
      columns: [t.conferenceId, t.attendeeId],
      foreignColumns: [attendees.conferenceId, attendees.id],
    }).onDelete('cascade'),
    foreignKey({
      columns: [t.conferenceId, t.passId],
      foreignColumns: [passes.conferenceId, passes.id],
    }).onDelete('cascade'),
  ],
);

export const rooms = sqliteTable(
  'rooms',
  {
    id: text().primaryKey(),
    conferenceId: conferenceId(),
    name: text().notNull(),
    capacity: integer().notNull(),
    features: text({ mode: 'json' }).$type<Feature[]>().notNull().default([]),
    position: integer().notNull(),
  },
  (t) => [
    unique('room_in_conference').on(t.conferenceId, t.id),
    unique('one_room_per_name').on(t.conferenceId, t.name),
    check('room_capacity_not_negative', sql`${t.capacity} >= 0`),
  ],
);

export const roomClosures = sqliteTable(
  'room_closures',
  {
    conferenceId: conferenceId(),
    roomId: text('room_id').notNull(),
    passId: text('pass_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.roomId, t.passId] }),
    foreignKey({
      columns: [t.conferenceId, t.roomId],
      foreignColumns: [rooms.conferenceId, rooms.id],
    }).onDelete('cascade'),
    foreignKey({
      columns: [t.conferenceId, t.passId],
      foreignColumns: [passes.conferenceId, passes.id],
    }).onDelete('cascade'),
  ],
);

export const workshops = sqliteTable(
  'workshops',
  {
    id: text().primaryKey(),
    conferenceId: conferenceId(),
    code: text().notNull(),
    title: text().notNull(),
    summary: text().notNull().default(''),
    language: text({ enum: languages }).notNull(),
    topics: text({ mode: 'json' }).$type<string[]>().notNull().default([]),
    requires: text({ mode: 'json' }).$type<Feature[]>().notNull().default([]),
    minSize: integer('min_size').notNull().default(0),
    maxSize: integer('max_size'),
    reserved: integer().notNull().default(0),
    minOfferings: integer('min_offerings').notNull().default(1),
    maxOfferings: integer('max_offerings').notNull().default(1),
    position: integer().notNull(),
  },
  (t) => [
    unique('workshop_in_conference').on(t.conferenceId, t.id),
    unique('one_workshop_per_code').on(t.conferenceId, t.code),
    check(
      'workshop_sizes',
      sql`${t.minSize} >= 0 AND (${t.maxSize} IS NULL OR ${t.maxSize} >= ${t.minSize})`,
    ),
    check('workshop_offerings', sql`${t.minOfferings} >= 0 AND ${t.maxOfferings} >= ${t.minOfferings}`),
    check('workshop_reserved_not_negative', sql`${t.reserved} >= 0`),
  ],
);

export const workshopPresenters = sqliteTable(
  'workshop_presenters',
  {
    conferenceId: conferenceId(),
    workshopId: text('workshop_id').notNull(),
    presenterId: text('presenter_id').notNull(),
    position: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workshopId, t.presenterId] }),
    index('workshops_of_presenter').on(t.presenterId),
    foreignKey({
      columns: [t.conferenceId, t.workshopId],
      foreignColumns: [workshops.conferenceId, workshops.id],
    }).onDelete('cascade'),
    foreignKey({
      columns: [t.conferenceId, t.presenterId],
      foreignColumns: [presenters.conferenceId, presenters.id],
    }),
  ],
);

export const workshopOrganisations = sqliteTable(
  'workshop_organisations',
  {
    conferenceId: conferenceId(),
    workshopId: text('workshop_id').notNull(),
    organisationId: text('organisation_id')
      .notNull()
      .references(() => organisations.id),
    position: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workshopId, t.organisationId] }),
    foreignKey({
      columns: [t.conferenceId, t.workshopId],
      foreignColumns: [workshops.conferenceId, workshops.id],
    }).onDelete('cascade'),
  ],
);

/** The passes a workshop may run in; none kept means all. */
export const workshopPasses = sqliteTable(
  'workshop_passes',
  {
    conferenceId: conferenceId(),
    workshopId: text('workshop_id').notNull(),
    passId: text('pass_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workshopId, t.passId] }),
    foreignKey({
      columns: [t.conferenceId, t.workshopId],
      foreignColumns: [workshops.conferenceId, workshops.id],
    }).onDelete('cascade'),
    foreignKey({
      columns: [t.conferenceId, t.passId],
      foreignColumns: [passes.conferenceId, passes.id],
    }).onDelete('cascade'),
  ],
);

/** A workshop in a pass in a room. `uid` and `sequence` are its identity in every calendar (RFC 5545). */
export const sessions = sqliteTable(
  'sessions',
  {
    id: text().primaryKey(),
    conferenceId: conferenceId(),
    workshopId: text('workshop_id').notNull(),
    passId: text('pass_id').notNull(),
    roomId: text('room_id').notNull(),
    uid: text().notNull().unique(),
    sequence: integer().notNull().default(0),
    changedAt: integer('changed_at').notNull(),
  },
  (t) => [
    unique('one_session_per_room_and_pass').on(t.conferenceId, t.roomId, t.passId),
    unique('one_session_per_workshop_and_pass').on(t.conferenceId, t.workshopId, t.passId),
    /** What a pick refers to, so that its pass and workshop are the session's. */
    unique('session_identity').on(t.conferenceId, t.id, t.passId, t.workshopId),
    foreignKey({
      columns: [t.conferenceId, t.workshopId],
      foreignColumns: [workshops.conferenceId, workshops.id],
    }),
    foreignKey({
      columns: [t.conferenceId, t.passId],
      foreignColumns: [passes.conferenceId, passes.id],
    }),
    foreignKey({
      columns: [t.conferenceId, t.roomId],
      foreignColumns: [rooms.conferenceId, rooms.id],
    }),
  ],
);

/** A session that was taken away after people could have it in their calendars: shown there as cancelled until the conference is over. */
export const cancelledSessions = sqliteTable(
  'cancelled_sessions',
  {
    uid: text().primaryKey(),
    conferenceId: conferenceId(),
    workshopId: text('workshop_id').notNull(),
    title: text().notNull(),
    place: text().notNull(),
    startsAt: integer('starts_at').notNull(),
    endsAt: integer('ends_at').notNull(),
    sequence: integer().notNull(),
    changedAt: integer('changed_at').notNull(),
  },
  (t) => [index('cancelled_in_conference').on(t.conferenceId)],
);

/** The same for an item for everybody. */
export const cancelledPlenaries = sqliteTable(
  'cancelled_plenaries',
  {
    uid: text().primaryKey(),
    conferenceId: conferenceId(),
    title: text().notNull(),
    place: text().notNull(),
    startsAt: integer('starts_at').notNull(),
    endsAt: integer('ends_at').notNull(),
    sequence: integer().notNull(),
    changedAt: integer('changed_at').notNull(),
  },
  (t) => [index('cancelled_plenaries_of_conference').on(t.conferenceId)],
);

export const plenaries = sqliteTable(
  'plenaries',
  {
    id: text().primaryKey(),
    conferenceId: conferenceId(),
    kind: text({ enum: plenaryKinds }).notNull(),
    title: text().notNull(),
    summary: text().notNull().default(''),
    place: text().notNull().default(''),
    startsAt: integer('starts_at').notNull(),
    endsAt: integer('ends_at').notNull(),
    uid: text().notNull().unique(),
    sequence: integer().notNull().default(0),
    changedAt: integer('changed_at').notNull(),
  },
  (t) => [
    index('plenaries_of_conference').on(t.conferenceId, t.startsAt),
    check('plenary_ends_after_start', sql`${t.endsAt} > ${t.startsAt}`),
  ],
);
