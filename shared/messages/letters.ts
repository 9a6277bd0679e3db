import type { Sentence } from '../core/language.ts';
import type { LetterKind } from '../core/letters.ts';

/** What the organiser calls each letter. */
export const letterNames: Readonly<Record<LetterKind, Sentence>> = {
  invitation: { sv: 'Inbjudan', en: 'Invitation' },
  nudge: { sv: 'Påminnelse att välja', en: 'Reminder to choose' },
  receipt: { sv: 'Kvitto', en: 'Receipt' },
  'moved-up': { sv: 'Plats från väntelistan', en: 'Seat from the waitlist' },
  'moved-by-plan': { sv: 'Flyttad av planen', en: 'Moved by the plan' },
  'passed-over': { sv: 'Förbigången i kön', en: 'Passed over in line' },
  'seat-exchanged': { sv: 'Byte av plats', en: 'Seat exchanged' },
  'queue-ended': { sv: 'Väntelistan upphör', en: 'Waitlist ended' },
  'seat-freed-to-present': { sv: 'Plats lämnad, medverkar', en: 'Seat left, presents' },
  'session-cancelled': { sv: 'Inställt', en: 'Cancelled' },
  'seat-restored': { sv: 'Ges ändå', en: 'Given after all' },
  'day-changed': { sv: 'Ändrad lokal eller tid', en: 'Room or time changed' },
  reminder: { sv: 'Påminnelse dagen före', en: 'Reminder the day before' },
  'personal-link': { sv: 'Ny personlig länk', en: 'New personal link' },
};

/**
 * Letters that somebody may say no to (RFC 8058): those that only remind. The rest are part of having a seat: a receipt, a room that
 * changed, the link that one asked for.
 */
export const remindingLetters: readonly LetterKind[] = ['nudge', 'reminder'];
