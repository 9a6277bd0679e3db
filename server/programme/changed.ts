import { inArray, sql } from 'drizzle-orm';
import { Refused } from '../../shared/core/refusal.ts';
import { sameText } from '../../shared/core/same-text.ts';
import { nameTaken, stillUsed } from '../../shared/programme/refusals.ts';
import { touchConference } from '../conference/commands.ts';
import type { Change } from '../core/change.ts';
import { own, type Programme } from './queries.ts';
import { sessions } from './tables.ts';

export interface ProgrammeChange {
  /** A past event: `room-edited`. */
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string };
  /** Sessions that were added, or whose pass, room, workshop or seats may have changed. */
  readonly sessions?: readonly string[];
  readonly data?: Readonly<Record<string, unknown>>;
}

/** What every change of the programme ends with: plans of before are stale, an audit line, and the news for the areas above. */
export function programmeChanged(change: Change, conferenceId: string, what: ProgrammeChange): void {
  touchConference(change, conferenceId);
  noteProgrammeChange(change, conferenceId, what);
}

/** The same for what no plan is computed from. */
export function noteProgrammeChange(
  change: Change,
  conferenceId: string,
  { action, subject, sessions = [], data }: ProgrammeChange,
): void {
  change.audit({ action, subject, conferenceId, data });
  change.announce({ kind: 'programme-changed', conferenceId, sessions });
}

/** Marks that sessions have another time or place: calendars take the higher SEQUENCE for the newer (RFC 5545, 3.8.7.4). */
export function raiseSequence(change: Change, sessionIds: readonly string[]): void {
  change.db
    .update(sessions)
    .set({ sequence: sql`${sessions.sequence} + 1`, changedAt: change.now })
    .where(inArray(sessions.id, [...sessionIds]))
    .run();
}

/** Marks that sessions say something else, at the same time and place. */
export function markChanged(change: Change, sessionIds: readonly string[]): void {
  change.db
    .update(sessions)
    .set({ changedAt: change.now })
    .where(inArray(sessions.id, [...sessionIds]))
    .run();
}

/** Names tell things apart for people, so they differ as people compare them. */
export function refuseTakenName(
  others: readonly { readonly id: string; readonly name: string }[],
  name: string,
  exceptId?: string,
): void {
  if (others.some((other) => other.id !== exceptId && sameText(other.name) === sameText(name)))
    throw new Refused(nameTaken({ name }));
}

/** Refuses to take away what sessions stand in or give. */
export function refuseUsed(programme: Programme, name: string, uses: Programme['sessions']): void {
  if (uses.length === 0) return;
  const named = uses.map(({ workshop, pass }) => ({
    workshop: own(programme.workshops, workshop).code,
    pass: own(programme.passes, pass).name,
  }));
  throw new Refused(stillUsed({ name, sessions: named }));
}

/** Each value once, in the order of its first place. */
export function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
