import type { Db } from '../../../server/core/statement.ts';
import { ownRegistration } from '../../../server/registration/queries.ts';

/** What an attendee has chosen, by what a connection sees; offers that have expired too. */
export function chosenBy(db: Db, attendeeId: string): ReturnType<typeof ownRegistration> {
  return ownRegistration({ db, now: 0 }, attendeeId);
}
