import { sql } from 'drizzle-orm';
import { blob, check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { letterKinds, letterProblems, letterStates } from '../../shared/core/letters.ts';

/** Who did what to which thing: ids, never names. Kept for twelve months. */
export const audit = sqliteTable(
  'audit',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    at: integer().notNull(),
    hostId: text('host_id'),
    conferenceId: text('conference_id'),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id'),
    action: text().notNull(),
    subjectKind: text('subject_kind').notNull(),
    subjectId: text('subject_id').notNull(),
    data: text({ mode: 'json' }).$type<Record<string, unknown>>().notNull(),
  },
  (table) => [
    index('audit_conference').on(table.conferenceId, table.id),
    index('audit_of_things')
      .on(table.subjectKind, table.subjectId)
      .where(sql`${table.subjectKind} <> 'attendee'`),
    index('audit_at').on(table.at),
  ],
);

/** Letters that were decided on. Messages renders and sends them, at least once, with the same Message-ID each time. */
export const outbox = sqliteTable(
  'outbox',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    at: integer().notNull(),
    hostId: text('host_id'),
    conferenceId: text('conference_id'),
    letter: text({ enum: letterKinds }).notNull(),
    recipientKind: text('recipient_kind').notNull(),
    recipientId: text('recipient_id').notNull(),
    data: text({ mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    state: text({ enum: letterStates }).notNull().default('waiting'),
    attempts: integer().notNull().default(0),
    nextAttemptAt: integer('next_attempt_at').notNull(),
    sentAt: integer('sent_at'),
    /** The letter's name outside, and the first part of its Message-ID. */
    messageId: text('message_id').notNull().unique(),
    /** Somebody is waiting for it now: it goes before the others. */
    urgent: integer({ mode: 'boolean' }).notNull().default(false),
    /** What the letter is about, where it may be written only once. */
    once: text().unique(),
    problem: text({ enum: letterProblems }),
    /** What the mail server said. */
    answer: text(),
  },
  (table) => [
    index('outbox_waiting').on(table.state, table.urgent, table.nextAttemptAt),
    index('outbox_recipient').on(table.recipientKind, table.recipientId),
    index('outbox_conference').on(table.conferenceId, table.state, table.id),
    check('outbox_state', sql`${table.state} in ('waiting', 'sent', 'failed', 'handled', 'lapsed')`),
  ],
);

/**
 * Answers to writes that named a key, so that a retry after a lost reply gets the same answer. Kept for 24 hours. Where the answer to a
 * key lies is known in memory (`answered.ts`): in an index each key would cost a page of its own at every commit.
 */
export const idempotency = sqliteTable('idempotency', {
  /** Never given anew: what has a higher one than an answer was given after it. */
  id: integer().primaryKey({ autoIncrement: true }),
  actorKey: text('actor_key').notNull(),
  route: text().notNull(),
  key: text().notNull(),
  bodyHash: blob('body_hash', { mode: 'buffer' }).notNull(),
  answer: text().notNull(),
  at: integer().notNull(),
});
