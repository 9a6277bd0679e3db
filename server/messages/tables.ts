import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { conferences } from '../conference/tables.ts';
import { attendees } from '../people/tables.ts';
import { sessions } from '../programme/tables.ts';

/**
 * When and where those who have a seat believe a session to be. While it is elsewhere, `changedFirst` and `changedLast` say since when
 * and when it last moved: once it has been still, they are told and the row follows.
 */
export const toldSessions = sqliteTable(
  'told_sessions',
  {
    sessionId: text('session_id')
      .primaryKey()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    conferenceId: text('conference_id').notNull(),
    startsAt: integer('starts_at').notNull(),
    endsAt: integer('ends_at').notNull(),
    place: text().notNull(),
    changedFirst: integer('changed_first'),
    changedLast: integer('changed_last'),
  },
  (t) => [
    index('sessions_to_tell').on(t.changedLast),
    check('told_changed_both_or_neither', sql`(${t.changedFirst} IS NULL) = (${t.changedLast} IS NULL)`),
  ],
);

/** What an organiser has decided about letters; a conference without a row has what is usual. */
export const letterRules = sqliteTable('letter_rules', {
  conferenceId: text('conference_id')
    .primaryKey()
    .references(() => conferences.id),
  receipts: integer({ mode: 'boolean' }).notNull().default(true),
  reminders: integer({ mode: 'boolean' }).notNull().default(true),
  replyTo: text('reply_to'),
  /** The first day that reminders were written for. */
  remindedOf: text('reminded_of'),
});

/** Attendees who want no reminders. */
export const reminderRefusals = sqliteTable('reminder_refusals', {
  attendeeId: text('attendee_id')
    .primaryKey()
    .references(() => attendees.id, { onDelete: 'cascade' }),
  at: integer().notNull(),
});

/** How far the audit trail has been read for what deserves a receipt. One row. */
export const receiptProgress = sqliteTable(
  'receipt_progress',
  { id: integer().primaryKey(), auditId: integer('audit_id').notNull() },
  (t) => [check('one_receipt_progress', sql`${t.id} = 1`)],
);
