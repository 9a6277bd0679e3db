import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, real, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core';
import type { PlanFigures, PlanPrice } from '../../shared/planning/vocabulary.ts';
import { planObjectives, planStates, planTimetables } from '../../shared/planning/vocabulary.ts';
import { conferences } from '../conference/tables.ts';
import { attendees } from '../people/tables.ts';
import { passes, rooms, workshops } from '../programme/tables.ts';

/** A session of a plan; workshop, pass and room are public ids, the code is as it was when the plan was computed. */
export interface StoredSession {
  readonly workshop: string;
  readonly code: string;
  readonly pass: string;
  readonly room: string;
  readonly seats: number;
  readonly taken: number;
  /** How many wished for the workshop first, and how many at all. */
  readonly first: number;
  readonly wished: number;
}

/** Seats by attendee and pass: the workshop's public id. */
export type StoredAllocation = Record<string, Record<string, string>>;

/** By attendee, workshops that they missed by the draw alone. Ids are public ids. */
export type StoredDraws = Record<string, string[]>;

/**
 * What the organiser has decided that every plan must respect: a workshop in a pass, in a room or both, or one attendee's seat in a pass
 * (without a workshop: no seat then).
 */
export const pins = sqliteTable(
  'pins',
  {
    id: text().primaryKey(),
    conferenceId: text('conference_id')
      .notNull()
      .references(() => conferences.id),
    attendeeId: text('attendee_id'),
    workshopId: text('workshop_id'),
    passId: text('pass_id'),
    roomId: text('room_id'),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    index('pins_of_conference').on(t.conferenceId),
    index('pins_of_attendee').on(t.attendeeId),
    check(
      'pin_says_something',
      sql`CASE WHEN ${t.attendeeId} IS NULL
        THEN ${t.workshopId} IS NOT NULL AND (${t.passId} IS NOT NULL OR ${t.roomId} IS NOT NULL)
        ELSE ${t.passId} IS NOT NULL AND ${t.roomId} IS NULL END`,
    ),
    foreignKey({
      columns: [t.conferenceId, t.attendeeId],
      foreignColumns: [attendees.conferenceId, attendees.id],
    }).onDelete('cascade'),
    foreignKey({
      columns: [t.conferenceId, t.workshopId],
      foreignColumns: [workshops.conferenceId, workshops.id],
    }).onDelete('cascade'),
    foreignKey({
      columns: [t.conferenceId, t.passId],
      foreignColumns: [passes.conferenceId, passes.id],
    }).onDelete('cascade'),
    foreignKey({
      columns: [t.conferenceId, t.roomId],
      foreignColumns: [rooms.conferenceId, rooms.id],
    }).onDelete('cascade'),
  ],
);

/** A computed plan. It belongs to one revision of the conference; when facts change it is stale. */
export const plans = sqliteTable(
  'plans',
  {
    id: text().primaryKey(),
    conferenceId: text('conference_id')
      .notNull()
      .references(() => conferences.id),
    number: integer().notNull(),
    state: text({ enum: planStates }).notNull(),
    objective: text({ enum: planObjectives }).notNull(),
    timetable: text({ enum: planTimetables }).notNull(),
    seed: integer().notNull(),
    /** The conference's revision the plan was computed from. */
    revision: integer().notNull(),
    createdAt: integer('created_at').notNull(),
    seconds: real(),
    value: text({ mode: 'json' }).$type<number | number[]>(),
    bound: text({ mode: 'json' }).$type<number | number[]>(),
    gap: real(),
    proven: integer({ mode: 'boolean' }).notNull().default(false),
    figures: text({ mode: 'json' }).$type<PlanFigures>(),
    sessions: text({ mode: 'json' }).$type<StoredSession[]>(),
    allocation: text({ mode: 'json' }).$type<StoredAllocation>(),
    /** Of a plan with fewest changes: the seats that were held when it was computed and that it changes. */
    replaced: text({ mode: 'json' }).$type<StoredAllocation>(),
    draws: text({ mode: 'json' }).$type<StoredDraws>(),
    /** What each pin and closed room costs, once that has been measured. */
    prices: text({ mode: 'json' }).$type<PlanPrice[]>(),
    reasons: text({ mode: 'json' }).$type<{ sv: string; en: string }[]>(),
    publishedAt: integer('published_at'),
  },
  (t) => [
    unique('plan_in_conference').on(t.conferenceId, t.id),
    unique('one_plan_per_number').on(t.conferenceId, t.number),
    /** Which plan is published is asked at every choice: answered from here, past the long texts of the row. */
    index('published_plans').on(t.conferenceId, t.publishedAt, t.number, t.id),
  ],
);
