import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core';
import { stages } from '../../shared/conference/stages.ts';
import { languages } from '../../shared/core/language.ts';

/** The network that owns conferences, member organisations and organisers. */
export const hosts = sqliteTable('hosts', {
  id: text().primaryKey(),
  slug: text().notNull().unique(),
  name: text().notNull(),
});

export const organisations = sqliteTable(
  'organisations',
  {
    id: text().primaryKey(),
    hostId: text('host_id')
      .notNull()
      .references(() => hosts.id),
    name: text().notNull(),
    /** The name as people compare it: lower case, single spaces. */
    sameName: text('same_name').notNull(),
  },
  (t) => [unique('one_organisation_per_name').on(t.hostId, t.sameName)],
);

/** All instants are milliseconds since 1970 UTC. */
export const conferences = sqliteTable(
  'conferences',
  {
    id: text().primaryKey(),
    hostId: text('host_id')
      .notNull()
      .references(() => hosts.id),
    slug: text().notNull().unique(),
    name: text().notNull(),
    tagline: text().notNull().default(''),
    timeZone: text('time_zone').notNull(),
    language: text({ enum: languages }).notNull(),
    stage: text({ enum: stages }).notNull().default('draft'),
    publishedAt: integer('published_at'),
    picksPerAttendee: integer('picks_per_attendee').notNull().default(3),
    advisedWishes: integer('advised_wishes').notNull().default(6),
    presentersSeeNames: integer('presenters_see_names', { mode: 'boolean' }).notNull().default(false),
    wishesOpenAt: integer('wishes_open_at'),
    wishesCloseAt: integer('wishes_close_at'),
    picksOpenAt: integer('picks_open_at'),
    picksCloseAt: integer('picks_close_at'),
    retentionDays: integer('retention_days').notNull().default(90),
    /** Counts every change of what a plan is computed from: programme, people, wishes, rules. */
    revision: integer().notNull().default(0),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    index('conferences_of_host').on(t.hostId),
    check('picks_per_attendee_positive', sql`${t.picksPerAttendee} >= 1`),
    check(
      'wishes_close_after_opening',
      sql`${t.wishesCloseAt} IS NULL OR ${t.wishesOpenAt} IS NULL OR ${t.wishesCloseAt} > ${t.wishesOpenAt}`,
    ),
    check(
      'picks_close_after_opening',
      sql`${t.picksCloseAt} IS NULL OR ${t.picksOpenAt} IS NULL OR ${t.picksCloseAt} > ${t.picksOpenAt}`,
    ),
  ],
);
