import {
  and,
  asc,
  count,
  desc,
  eq,
  inArray,
  isNotNull,
  isNull,
  lte,
  ne,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import { letterStates, type LetterState } from '../../shared/core/letters.ts';
import { type Instant, toIso } from '../../shared/core/time.ts';
import type { LetterRules, OutboxLetter } from '../../shared/messages/vocabulary.ts';
import { nameOrder } from '../core/name-order.ts';
import { type Db, statement } from '../core/statement.ts';
import { outbox } from '../core/tables.ts';
import { attendees } from '../people/tables.ts';
import type { LetterRow } from './compose.ts';
import { letterRules, reminderRefusals } from './tables.ts';

const pageSize = 100;

const dueLetters = statement((db) =>
  db
    .select()
    .from(outbox)
    .where(
      and(
        eq(outbox.state, 'waiting'),
        eq(outbox.urgent, sql.placeholder('urgent')),
        lte(outbox.nextAttemptAt, sql.placeholder('now')),
      ),
    )
    .orderBy(asc(outbox.nextAttemptAt), asc(outbox.id))
    .limit(sql.placeholder('limit'))
    .prepare(),
);

/** Letters to be tried now: those that somebody waits for first, then the oldest. */
export function listDue(db: Db, now: Instant, limit: number): LetterRow[] {
  const urgent = dueLetters(db).all({ urgent: 1, now, limit });
  return [...urgent, ...dueLetters(db).all({ urgent: 0, now, limit: limit - urgent.length })];
}

/** A page of a conference's outbox in one state, the newest first; what was decided at once, in the order of the names it was decided by. */
export function listOutbox(
  db: Db,
  conferenceId: string,
  { state, offset }: { state: LetterState; offset: number },
): OutboxLetter[] {
  return db
    .select({ letter: outbox, name: attendees.name, mail: attendees.mail })
    .from(outbox)
    .innerJoin(attendees, eq(attendees.id, outbox.recipientId))
    .where(and(eq(outbox.conferenceId, conferenceId), eq(outbox.state, state)))
    .orderBy(desc(outbox.at), asc(outbox.id))
    .limit(pageSize)
    .offset(offset)
    .all()
    .map(({ letter: row, name, mail }) => ({
      id: row.messageId,
      letter: row.letter,
      to: { id: row.recipientId, name, mail },
      at: toIso(row.at),
      state: row.state,
      attempts: row.attempts,
      nextAttemptAt: row.state === 'waiting' ? toIso(row.nextAttemptAt) : null,
      sentAt: row.sentAt === null ? null : toIso(row.sentAt),
      problem: row.problem,
      answer: row.answer,
    }));
}

export function countLetters(db: Db, conferenceId: string): Record<LetterState, number> {
  const rows = db
    .select({ state: outbox.state, letters: count() })
    .from(outbox)
    .innerJoin(attendees, eq(attendees.id, outbox.recipientId))
    .where(eq(outbox.conferenceId, conferenceId))
    .groupBy(outbox.state)
    .all();
  const counts = new Map(rows.map(({ state, letters }) => [state, letters]));
  return Object.fromEntries(letterStates.map((state) => [state, counts.get(state) ?? 0])) as Record<
    LetterState,
    number
  >;
}

/** Undefined where the conference has no such letter. */
export function letterOf(db: Db, conferenceId: string, id: string): LetterRow | undefined {
  return db
    .select()
    .from(outbox)
    .where(and(eq(outbox.conferenceId, conferenceId), eq(outbox.messageId, id)))
    .get();
}

/** Everything of a conference in one state, in the order it was decided on. */
export function lettersIn(db: Db, conferenceId: string, state: LetterState): LetterRow[] {
  return db
    .select()
    .from(outbox)
    .where(and(eq(outbox.conferenceId, conferenceId), eq(outbox.state, state)))
    .orderBy(asc(outbox.id))
    .all();
}

const usual: LetterRules = { receipts: true, reminders: true, replyTo: null };

const rulesRow = statement((db) =>
  db
    .select()
    .from(letterRules)
    .where(eq(letterRules.conferenceId, sql.placeholder('conferenceId')))
    .prepare(),
);

export function rulesOf(db: Db, conferenceId: string): LetterRules & { remindedOf: string | null } {
  const row = rulesRow(db).get({ conferenceId });
  if (!row) return { ...usual, remindedOf: null };
  const { receipts, reminders, replyTo, remindedOf } = row;
  return { receipts, reminders, replyTo, remindedOf };
}

export function wantsReminders(db: Db, attendeeId: string): boolean {
  return !db.select().from(reminderRefusals).where(eq(reminderRefusals.attendeeId, attendeeId)).get();
}

/** What counts as having been invited: the letter is on its way, or an organiser saw to it. */
const invited = ['waiting', 'sent', 'handled'] as const;

const hadInvitation = sql`exists (select 1 from outbox as o where o.recipient_kind = 'attendee'
  and o.recipient_id = "attendees"."id" and o.letter = 'invitation' and o.state in (${sql.join(
    invited.map((state) => sql`${state}`),
    sql`, `,
  )}))`;

/** Attendees with an address; only those without an invitation unless it is sent again. */
export function listToInvite(db: Db, conferenceId: string, again: boolean): string[] {
  return db
    .select({ id: attendees.id })
    .from(attendees)
    .where(
      and(
        eq(attendees.conferenceId, conferenceId),
        isNotNull(attendees.mail),
        again ? undefined : sql`not ${hadInvitation}`,
      ),
    )
    .orderBy(nameOrder(attendees.name), asc(attendees.id))
    .all()
    .map(({ id }) => id);
}

/** Attendees with an address who want reminders. */
export function listToRemind(db: Db, conferenceId: string, only?: SQL): string[] {
  return db
    .select({ id: attendees.id })
    .from(attendees)
    .leftJoin(reminderRefusals, eq(reminderRefusals.attendeeId, attendees.id))
    .where(
      and(
        eq(attendees.conferenceId, conferenceId),
        isNotNull(attendees.mail),
        isNull(reminderRefusals.attendeeId),
        only,
      ),
    )
    .orderBy(nameOrder(attendees.name), asc(attendees.id))
    .all()
    .map(({ id }) => id);
}

/** Those of them who have nothing in `picks` or `wishes`. */
export function listUndecided(db: Db, conferenceId: string, open: 'wishes' | 'picks'): string[] {
  const chosen = sql`select 1 from ${sql.identifier(open)} as c where c.attendee_id = "attendees"."id"`;
  return listToRemind(db, conferenceId, sql`not exists (${chosen})`);
}

export function countWithoutMail(db: Db, conferenceId: string): number {
  return db
    .select({ people: count() })
    .from(attendees)
    .where(and(eq(attendees.conferenceId, conferenceId), or(isNull(attendees.mail), eq(attendees.mail, ''))))
    .get()!.people;
}

const recentLetter = statement((db) =>
  db
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        eq(outbox.recipientKind, 'attendee'),
        eq(outbox.recipientId, sql.placeholder('attendeeId')),
        eq(outbox.letter, sql.placeholder('letter')),
        ne(outbox.state, 'lapsed'),
        or(eq(outbox.state, 'waiting'), sql`${outbox.at} > ${sql.placeholder('since')}`),
      ),
    )
    .limit(1)
    .prepare(),
);

/** Whether an attendee has such a letter waiting, or had one written since. */
export function hasRecent(db: Db, attendeeId: string, letter: string, since: Instant): boolean {
  return recentLetter(db).get({ attendeeId, letter, since }) !== undefined;
}

export function idsOf(db: Db, conferenceId: string, letters: readonly string[]): number[] {
  return db
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(eq(outbox.conferenceId, conferenceId), inArray(outbox.messageId, [...letters])))
    .all()
    .map(({ id }) => id);
}
