import { sql } from 'drizzle-orm';
import type { Actor } from '../../shared/core/access.ts';
import type { Instant } from '../../shared/core/time.ts';
import { type Db, statement } from './statement.ts';
import { audit } from './tables.ts';

/** What a command notes about what it did: ids, never names or mail addresses. */
export interface AuditEntry {
  /** A past event in the product's words: `pick-taken`, `programme-published`. */
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string };
  /** Taken from the actor where left out. */
  readonly hostId?: string;
  /** Taken from the actor where left out. */
  readonly conferenceId?: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

const insertEntry = statement((db) =>
  db
    .insert(audit)
    .values({
      at: sql.placeholder('at'),
      hostId: sql.placeholder('hostId'),
      conferenceId: sql.placeholder('conferenceId'),
      actorKind: sql.placeholder('actorKind'),
      actorId: sql.placeholder('actorId'),
      action: sql.placeholder('action'),
      subjectKind: sql.placeholder('subjectKind'),
      subjectId: sql.placeholder('subjectId'),
      data: sql.placeholder('data'),
    })
    .prepare(),
);

export function writeAudit(db: Db, at: Instant, actor: Actor, entry: AuditEntry): void {
  insertEntry(db).run({
    at,
    hostId: entry.hostId ?? (actor.kind === 'organiser' ? actor.hostId : null),
    conferenceId: entry.conferenceId ?? (actor.kind === 'attendee' ? actor.conferenceId : null),
    actorKind: actor.kind,
    actorId: actorId(actor),
    action: entry.action,
    subjectKind: entry.subject.kind,
    subjectId: entry.subject.id,
    data: entry.data ?? {},
  });
}

/** The id of the person acting, or null where nobody is known. */
export function actorId(actor: Actor): string | null {
  switch (actor.kind) {
    case 'attendee':
      return actor.attendeeId;
    case 'organiser':
      return actor.organiserId;
    case 'anyone':
    case 'operator':
    case 'system':
      return null;
  }
}
