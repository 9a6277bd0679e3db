import { and, eq, inArray } from 'drizzle-orm';
import { Refused } from '../../shared/core/refusal.ts';
import { notFound } from '../../shared/core/refusals.ts';
import type { LetterRules } from '../../shared/messages/vocabulary.ts';
import { conferenceById } from '../conference/queries.ts';
import type { Change } from '../core/change.ts';
import { outbox } from '../core/tables.ts';
import { hasRecent, idsOf, rulesOf } from './outbox-queries.ts';
import type { Outcome } from './mail.ts';
import { letterRules, reminderRefusals } from './tables.ts';

const minute = 60_000;
const hour = 60 * minute;
/** How long a letter that was not taken waits before it is tried again; after the last it is given up, two days after the first. */
const pauses = [minute, 5 * minute, 20 * minute, hour, 3 * hour, 8 * hour, 12 * hour, 24 * hour];

/** Writes down what became of handing a letter over. One that is gone meanwhile (its reader was erased) stays gone. */
export function noteOutcome(change: Change, id: number, outcome: Outcome): void {
  const { db, now } = change;
  const row = db.select().from(outbox).where(eq(outbox.id, id)).get();
  if (row?.state !== 'waiting') return;
  const attempts = row.attempts + 1;
  switch (outcome.kind) {
    case 'sent':
      return update(change, id, { state: 'sent', sentAt: now, attempts, problem: null, answer: null });
    case 'no-address':
    case 'refused':
      return update(change, id, { state: 'failed', attempts, problem: outcome.kind, answer: outcome.says });
    case 'not-taken': {
      const pause = pauses[row.attempts];
      const problem = { problem: outcome.kind, answer: outcome.says, attempts };
      if (pause === undefined) return update(change, id, { state: 'failed', ...problem });
      return update(change, id, { ...problem, nextAttemptAt: now + pause });
    }
    case 'trouble':
      // Not the letter's fault: it is no attempt, but the others go first when the server can be reached again.
      return update(change, id, { nextAttemptAt: now + 1 });
  }
}

export function noteLapsed(change: Change, id: number): void {
  update(change, id, { state: 'lapsed' });
}

/** Letters to somebody who is no longer there. */
export function forgetLetter({ db }: Change, id: number): void {
  db.delete(outbox).where(eq(outbox.id, id)).run();
}

function update({ db }: Change, id: number, values: Partial<typeof outbox.$inferInsert>): void {
  db.update(outbox).set(values).where(eq(outbox.id, id)).run();
}

/** Failed letters wait again from the start, some or all. */
export function retryLetters(
  change: Change,
  conferenceId: string,
  letters: readonly string[] | undefined,
): { retried: number } {
  const { changes } = change.db
    .update(outbox)
    .set({ state: 'waiting', attempts: 0, nextAttemptAt: change.now })
    .where(
      and(
        eq(outbox.conferenceId, conferenceId),
        eq(outbox.state, 'failed'),
        named(change, conferenceId, letters),
      ),
    )
    .run();
  note(change, conferenceId, 'letters-retried', changes);
  return { retried: changes };
}

/** An organiser has seen to letters by hand: printed, mailed from elsewhere, told. */
export function handleLetters(
  change: Change,
  conferenceId: string,
  {
    letters,
    state,
  }: { readonly letters?: readonly string[] | undefined; readonly state: 'waiting' | 'failed' },
): { handled: number } {
  const which = letters
    ? and(inArray(outbox.state, ['waiting', 'failed']), named(change, conferenceId, letters))
    : eq(outbox.state, state);
  const { changes } = change.db
    .update(outbox)
    .set({ state: 'handled' })
    .where(and(eq(outbox.conferenceId, conferenceId), which))
    .run();
  note(change, conferenceId, 'letters-handled', changes);
  return { handled: changes };
}

/** Those of the named letters; another conference's are not found. Undefined where none are named. */
function named({ db }: Change, conferenceId: string, letters: readonly string[] | undefined) {
  if (!letters) return undefined;
  const ids = idsOf(db, conferenceId, letters);
  if (ids.length < new Set(letters).size) throw new Refused(notFound());
  return inArray(outbox.id, ids);
}

function note(change: Change, conferenceId: string, action: string, letters: number): void {
  change.audit({
    action,
    subject: { kind: 'conference', id: conferenceId },
    conferenceId,
    data: { letters },
  });
}

export function noteLettersExported(change: Change, conferenceId: string, letters: number): void {
  note(change, conferenceId, 'letters-exported', letters);
}

export function noteLettersWritten(change: Change, conferenceId: string, letters: number): void {
  note(change, conferenceId, 'letters-written', letters);
}

/** One letter of those that an organiser sends to many; nobody gets the same within an hour, or while one waits. False: had one. */
export function writeToOne(
  change: Change,
  conferenceId: string,
  letter: 'invitation' | 'nudge',
  attendeeId: string,
): boolean {
  if (hasRecent(change.db, attendeeId, letter, change.now - hour)) return false;
  return change.letter({ letter, recipient: { kind: 'attendee', id: attendeeId }, conferenceId, data: {} });
}

export function editLetterRules(
  change: Change,
  conferenceId: string,
  rules: { readonly [Name in keyof LetterRules]?: LetterRules[Name] | undefined },
): LetterRules {
  conferenceById(change.db, conferenceId);
  const { receipts, reminders, replyTo } = { ...rulesOf(change.db, conferenceId), ...rules };
  const values = { receipts, reminders, replyTo };
  change.db
    .insert(letterRules)
    .values({ conferenceId, ...values })
    .onConflictDoUpdate({ target: letterRules.conferenceId, set: values })
    .run();
  change.audit({
    action: 'letter-rules-edited',
    subject: { kind: 'conference', id: conferenceId },
    conferenceId,
    data: { receipts, reminders },
  });
  return values;
}

/** Reminders off takes those along that already wait. */
export function chooseReminders(
  change: Change,
  { id, conferenceId }: { readonly id: string; readonly conferenceId: string },
  reminders: boolean,
): void {
  const { db, now } = change;
  if (reminders) {
    db.delete(reminderRefusals).where(eq(reminderRefusals.attendeeId, id)).run();
  } else {
    db.insert(reminderRefusals).values({ attendeeId: id, at: now }).onConflictDoNothing().run();
    db.update(outbox)
      .set({ state: 'lapsed' })
      .where(
        and(
          eq(outbox.recipientKind, 'attendee'),
          eq(outbox.recipientId, id),
          eq(outbox.state, 'waiting'),
          inArray(outbox.letter, ['nudge', 'reminder']),
        ),
      )
      .run();
  }
  change.audit({
    action: reminders ? 'reminders-wanted' : 'reminders-refused',
    subject: { kind: 'attendee', id },
    conferenceId,
  });
}
