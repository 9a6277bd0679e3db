import type { LetterKind } from '../../shared/core/letters.ts';
import { remindingLetters } from '../../shared/messages/letters.ts';
import type { LetterData } from '../core/outbox.ts';
import type { Db } from '../core/statement.ts';
import type { outbox } from '../core/tables.ts';
import * as changes from './change-letters.ts';
import * as choosing from './choosing-letters.ts';
import type { Content } from './content.ts';
import { attendeeById, type Facts, factsOf, type Office } from './reader-queries.ts';
import type { AttendeeRow } from '../people/queries.ts';

export type LetterRow = typeof outbox.$inferSelect;

const letters: {
  readonly [Kind in LetterKind]: (facts: Facts, data: LetterData[Kind]) => choosing.Body | null;
} = {
  invitation: choosing.invitation,
  nudge: choosing.nudge,
  'personal-link': choosing.personalLinkLetter,
  receipt: choosing.receipt,
  reminder: choosing.reminder,
  'moved-up': changes.movedUp,
  'moved-by-plan': changes.movedByPlan,
  'passed-over': changes.passedOver,
  'seat-exchanged': changes.seatExchanged,
  'queue-ended': changes.queueEnded,
  'seat-freed-to-present': changes.seatFreedToPresent,
  'session-cancelled': changes.sessionCancelled,
  'seat-restored': changes.seatRestored,
  'day-changed': changes.dayChanged,
};

/** What a letter says to its reader now; null where there is nothing left to say. */
export function contentOf(facts: Facts, letter: LetterKind, data: Record<string, unknown>): Content | null {
  const { say, conference, name, reminders } = facts;
  const compose = letters[letter] as (facts: Facts, data: Record<string, unknown>) => choosing.Body | null;
  const body = compose(facts, data);
  if (!body) return null;
  const mayBeTurnedOff = remindingLetters.includes(letter);
  return {
    ...body,
    subject: oneLine(body.subject),
    greeting: say({ sv: `Hej ${name}`, en: `Hello ${name}` }),
    footer: [
      say({
        sv: `Du får brevet för att du är anmäld till ${conference.name}, som ${conference.hostName} ordnar.`,
        en: `You get this letter because you are registered for ${conference.name}, organised by ${conference.hostName}.`,
      }),
    ],
    unsubscribe: mayBeTurnedOff
      ? { label: say({ sv: 'Skicka mig inga påminnelser', en: 'Send me no reminders' }), url: reminders }
      : null,
  };
}

/** A letter of the outbox with its reader, as it is now. */
export interface Composed {
  readonly reader: AttendeeRow;
  readonly facts: Facts;
  readonly content: Content | null;
}

/** Null where the reader is no longer there. */
export function composeLetter(db: Db, office: Office, row: LetterRow): Composed | null {
  const reader = attendeeById(db, row.recipientId);
  if (!reader) return null;
  const facts = factsOf(db, office, reader);
  return { reader, facts, content: contentOf(facts, row.letter, row.data) };
}

/** A header cannot hold a line break, whatever a title holds. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
