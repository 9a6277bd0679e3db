import type { Store } from '../core/database.ts';
import { calendarToken } from '../people/links.ts';
import type { AttendeeRow } from '../people/queries.ts';

/** The addresses of an attendee's calendar: one to subscribe to, one that saves a copy. `url` is the installation's. */
export function calendarAddresses(
  deriving: Pick<Store, 'deriveToken'>,
  url: string,
  attendee: Pick<AttendeeRow, 'id' | 'conferenceId' | 'calendarVersion'>,
): { feed: string; download: string } {
  const feed = `${url}/calendar/${calendarToken(deriving, attendee)}.ics`;
  return { feed, download: `${feed}?download=1` };
}
