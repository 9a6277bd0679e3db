import { integer, real, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core';
import type { PlanFigures } from '../../shared/planning/vocabulary.ts';
import { planObjectives, planStates } from '../../shared/planning/vocabulary.ts';
import { conferences } from '../conference/tables.ts';

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
    timetable: text({ enum: ['free', 'kept'] }).notNull(),
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
    /** Public ids. */
    sessions: text({ mode: 'json' }).$type<{ workshop: string; pass: string; room: string }[]>(),
    allocation: text({ mode: 'json' }).$type<Record<string, Record<string, string>>>(),
    reasons: text({ mode: 'json' }).$type<{ sv: string; en: string }[]>(),
    publishedAt: integer('published_at'),
  },
  (t) => [
    unique('plan_in_conference').on(t.conferenceId, t.id),
    unique('one_plan_per_number').on(t.conferenceId, t.number),
  ],
);
