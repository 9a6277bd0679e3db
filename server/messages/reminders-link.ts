import { createHash, timingSafeEqual } from 'node:crypto';
import type { Store } from '../core/database.ts';
import type { AttendeeRow } from '../people/queries.ts';

type Deriving = Pick<Store, 'deriveToken'>;
type Whose = Pick<AttendeeRow, 'id' | 'conferenceId'>;

/** The address under a reminder: whoever has it may turn that person's reminders off and on, and nothing else. */
export function remindersLink(deriving: Deriving, url: string, { id, conferenceId }: Whose): string {
  return `${url}/letters/${id}/${deriving.deriveToken('reminders', conferenceId, id, 1)}`;
}

export function mayTurnReminders(deriving: Deriving, { id, conferenceId }: Whose, token: string): boolean {
  const right = deriving.deriveToken('reminders', conferenceId, id, 1);
  return timingSafeEqual(digest(right), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
