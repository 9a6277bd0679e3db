import { sql } from 'drizzle-orm';
import type { Instant } from '../../shared/core/time.ts';
import { newId } from './ids.ts';
import { type Db, statement } from './statement.ts';
import { outbox } from './tables.ts';

/** A letter that the deciding area names with its data; messages renders and sends it. */
export interface Letter {
  readonly hostId?: string;
  readonly conferenceId?: string;
  /** The letter's name in the messages area: `moved-up`, `seat-changed`. */
  readonly letter: string;
  readonly recipient: { readonly kind: 'attendee' | 'organiser' | 'presenter'; readonly id: string };
  readonly data?: Readonly<Record<string, unknown>>;
}

const insertLetter = statement((db) =>
  db
    .insert(outbox)
    .values({
      at: sql.placeholder('at'),
      hostId: sql.placeholder('hostId'),
      conferenceId: sql.placeholder('conferenceId'),
      letter: sql.placeholder('letter'),
      recipientKind: sql.placeholder('recipientKind'),
      recipientId: sql.placeholder('recipientId'),
      data: sql.placeholder('data'),
      nextAttemptAt: sql.placeholder('at'),
      messageId: sql.placeholder('messageId'),
    })
    .prepare(),
);

export function writeLetter(db: Db, at: Instant, letter: Letter): void {
  insertLetter(db).run({
    at,
    hostId: letter.hostId ?? null,
    conferenceId: letter.conferenceId ?? null,
    letter: letter.letter,
    recipientKind: letter.recipient.kind,
    recipientId: letter.recipient.id,
    data: letter.data ?? {},
    messageId: newId(),
  });
}
