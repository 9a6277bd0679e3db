import type { Store } from '../core/database.ts';
import type { Db } from '../core/statement.ts';
import { deriveToken, hashToken } from '../core/tokens.ts';
import type { AttendeeRow } from './queries.ts';
import { attendees } from './tables.ts';

type Deriving = Pick<Store, 'deriveToken'>;
type LinkFacts = Pick<AttendeeRow, 'id' | 'conferenceId' | 'linkVersion'>;
type CalendarFacts = Pick<AttendeeRow, 'id' | 'conferenceId' | 'calendarVersion'>;

/** The token of an attendee's personal link, for programs and exports. */
export function personalToken(deriving: Deriving, { conferenceId, id, linkVersion }: LinkFacts): string {
  return deriving.deriveToken('link', conferenceId, id, linkVersion);
}

/** The address that an attendee is given; `url` is the installation's. */
export function personalLink(deriving: Deriving, url: string, attendee: LinkFacts): string {
  return `${url}/me/${personalToken(deriving, attendee)}`;
}

/** The token of an attendee's calendar address. */
export function calendarToken(deriving: Deriving, { conferenceId, id, calendarVersion }: CalendarFacts) {
  return deriving.deriveToken('calendar', conferenceId, id, calendarVersion);
}

/** Whether a key is the one that a database's personal links were derived from; any key is, as long as there is nobody. */
export function keyFits(db: Db, key: Buffer): boolean {
  const person = db.select().from(attendees).limit(1).get();
  if (!person) return true;
  const token = deriveToken(key, 'link', person.conferenceId, person.id, person.linkVersion);
  return hashToken(token) === person.linkHash;
}
