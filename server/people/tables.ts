import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  index,
  integer,
  sqliteTable,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';
import { languages } from '../../shared/core/language.ts';
import { conferences, hosts, organisations } from '../conference/tables.ts';

export const organisers = sqliteTable(
  'organisers',
  {
    id: text().primaryKey(),
    hostId: text('host_id')
      .notNull()
      .references(() => hosts.id),
    name: text().notNull(),
    mail: text().notNull(),
  },
  (t) => [unique('one_organiser_per_mail').on(t.hostId, t.mail)],
);

export const attendees = sqliteTable(
  'attendees',
  {
    id: text().primaryKey(),
    conferenceId: text('conference_id')
      .notNull()
      .references(() => conferences.id),
    name: text().notNull(),
    mail: text(),
    organisationId: text('organisation_id').references(() => organisations.id),
    language: text({ enum: languages }).notNull(),
    /** The personal link is derived from the key and this version; only its SHA-256 is kept, for lookup. */
    linkVersion: integer('link_version').notNull().default(1),
    linkHash: text('link_hash').notNull().unique(),
    /** The next version's, once its link has been mailed: whoever opens it makes it the only one. */
    nextLinkHash: text('next_link_hash').unique(),
    calendarVersion: integer('calendar_version').notNull().default(1),
    calendarHash: text('calendar_hash').notNull().unique(),
    importId: text('import_id'),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    unique('attendee_in_conference').on(t.conferenceId, t.id),
    uniqueIndex('one_attendee_per_mail')
      .on(t.conferenceId, sql`lower(${t.mail})`)
      .where(sql`${t.mail} IS NOT NULL`),
    index('attendees_by_name').on(t.conferenceId, t.name),
  ],
);

export const presenters = sqliteTable(
  'presenters',
  {
    id: text().primaryKey(),
    conferenceId: text('conference_id')
      .notNull()
      .references(() => conferences.id),
    name: text().notNull(),
    affiliation: text().notNull().default(''),
    /** The attendee who is the same person. */
    attendeeId: text('attendee_id'),
  },
  (t) => [
    unique('presenter_in_conference').on(t.conferenceId, t.id),
    unique('one_presenter_per_attendee').on(t.attendeeId),
    foreignKey({
      columns: [t.conferenceId, t.attendeeId],
      foreignColumns: [attendees.conferenceId, attendees.id],
    }),
  ],
);

/** One-time sign-in links of organisers; only the hash of the secret is kept. */
export const signInLinks = sqliteTable('sign_in_links', {
  hash: text().primaryKey(),
  organiserId: text('organiser_id')
    .notNull()
    .references(() => organisers.id),
  expiresAt: integer('expires_at').notNull(),
  usedAt: integer('used_at'),
});

/** Sessions of browsers, of an attendee or of an organiser; only the hash of the cookie is kept. */
export const signIns = sqliteTable(
  'sign_ins',
  {
    hash: text().primaryKey(),
    attendeeId: text('attendee_id').references(() => attendees.id, { onDelete: 'cascade' }),
    organiserId: text('organiser_id').references(() => organisers.id),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
  },
  (t) => [
    index('sign_ins_of_attendee').on(t.attendeeId),
    check('one_person_signed_in', sql`(${t.attendeeId} IS NULL) <> (${t.organiserId} IS NULL)`),
  ],
);

export const attendeeImports = sqliteTable(
  'attendee_imports',
  {
    id: text().primaryKey(),
    conferenceId: text('conference_id')
      .notNull()
      .references(() => conferences.id),
    at: integer().notNull(),
    undoneAt: integer('undone_at'),
  },
  (t) => [index('imports_of_conference').on(t.conferenceId)],
);
