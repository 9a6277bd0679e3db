import { sql } from 'drizzle-orm';
import type { LetterKind } from '../../shared/core/letters.ts';
import type { Instant } from '../../shared/core/time.ts';
import { newId } from './ids.ts';
import { type Db, statement } from './statement.ts';
import { outbox } from './tables.ts';

/** A seat that someone has instead of another, in a pass; by ids. Null: none. */
export interface SeatChange {
  readonly pass: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** When and where a session was, before something of it changed. */
export interface PlaceBefore {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly place: string;
}

type Nothing = Readonly<Record<string, never>>;

/** Every letter there is, with what the area that decides on it hands over: ids, and what can no longer be looked up. */
export interface LetterData {
  /** The personal link and what to do with it. */
  readonly invitation: Nothing;
  /** Something is open to choose, and they have not. */
  readonly nudge: Nothing;
  /** Asked for by somebody who has lost the link. */
  readonly 'personal-link': Nothing;
  /** What the attendee has chosen and wished, once they have been still for a while. */
  readonly receipt: Nothing;
  /** The day before. */
  readonly reminder: Nothing;
  readonly 'moved-up': { readonly moves: readonly SeatChange[] };
  readonly 'moved-by-plan': { readonly moves: readonly SeatChange[] };
  /** A seat was free and could not be theirs; they keep their place in the queue. The workshop's code, and why not in both languages. */
  readonly 'passed-over': {
    readonly session: string;
    readonly code: string;
    readonly reason: { readonly sv: string; readonly en: string };
  };
  /** Somebody accepted the swap that they offered. */
  readonly 'seat-exchanged': { readonly moves: readonly SeatChange[] };
  /** What someone waited for is no longer given. */
  readonly 'queue-ended': { readonly session: string; readonly workshop: string };
  /** The seat of somebody who presents then: the session they had, and the one they present. */
  readonly 'seat-freed-to-present': { readonly session: string; readonly presents: string };
  /** A session that people had a seat in is not given; it is gone, so the letter holds what it was: `W3 Title`. */
  readonly 'session-cancelled': PlaceBefore & { readonly title: string };
  /** The session is given after all, and their seat in it is theirs again. */
  readonly 'seat-restored': { readonly moves: readonly SeatChange[] };
  /** Sessions with another room or time; `before` is null for who chose it since. */
  readonly 'day-changed': {
    readonly changes: readonly { readonly session: string; readonly before: PlaceBefore | null }[];
  };
}

/** A letter that the deciding area names with its data; messages renders and sends it. */
export type Letter = {
  readonly [Kind in LetterKind]: {
    readonly conferenceId: string;
    readonly letter: Kind;
    readonly recipient: { readonly kind: 'attendee'; readonly id: string };
    readonly data: LetterData[Kind];
    /** What it is about, where it is to be written only once, however often it is asked for: `reminder 2026-12-12 4q7m…`. */
    readonly once?: string;
  };
}[LetterKind];

const urgentLetters: readonly LetterKind[] = ['personal-link'];

const insertLetter = statement((db) =>
  db
    .insert(outbox)
    .values({
      at: sql.placeholder('at'),
      conferenceId: sql.placeholder('conferenceId'),
      letter: sql.placeholder('letter'),
      recipientKind: sql.placeholder('recipientKind'),
      recipientId: sql.placeholder('recipientId'),
      data: sql.placeholder('data'),
      nextAttemptAt: sql.placeholder('at'),
      messageId: sql.placeholder('messageId'),
      urgent: sql.placeholder('urgent'),
      once: sql.placeholder('once'),
    })
    .onConflictDoNothing({ target: outbox.once })
    .prepare(),
);

/** Puts a letter in the outbox. False where one about the same was written before. */
export function writeLetter(db: Db, at: Instant, letter: Letter): boolean {
  const { changes } = insertLetter(db).run({
    at,
    conferenceId: letter.conferenceId,
    letter: letter.letter,
    recipientKind: letter.recipient.kind,
    recipientId: letter.recipient.id,
    data: letter.data,
    messageId: newId(),
    urgent: urgentLetters.includes(letter.letter),
    once: letter.once ?? null,
  });
  return changes > 0;
}
