import type { Store } from '../core/database.ts';
import type { AttendeeRow } from './queries.ts';

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
