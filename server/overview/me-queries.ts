import { eq, sql } from 'drizzle-orm';
import { Refused } from '../../shared/core/refusal.ts';
import type { Instant } from '../../shared/core/time.ts';
import { notFound } from '../../shared/core/refusals.ts';
import type { Me } from '../../shared/registration/contract.ts';
import { calendarAddresses } from '../calendars/addresses.ts';
import { organisations } from '../conference/tables.ts';
import type { Store } from '../core/database.ts';
import { type Db, statement } from '../core/statement.ts';
import { attendees } from '../people/tables.ts';
import { planResultFor } from '../planning/result-queries.ts';
import { ownRegistration } from '../registration/queries.ts';
import { offersOf } from '../registration/swap-queries.ts';

const person = statement((db) =>
  db
    .select({
      id: attendees.id,
      conferenceId: attendees.conferenceId,
      name: attendees.name,
      organisation: organisations.name,
      language: attendees.language,
      calendarVersion: attendees.calendarVersion,
    })
    .from(attendees)
    .leftJoin(organisations, eq(organisations.id, attendees.organisationId))
    .where(eq(attendees.id, sql.placeholder('attendeeId')))
    .prepare(),
);

/** Everything an attendee's own page needs, read at one moment. `url` is the installation's. */
export function composeMe(
  db: Db,
  deriving: Pick<Store, 'deriveToken'>,
  url: string,
  { attendeeId, now }: { attendeeId: string; now: Instant },
): Me {
  const found = person(db).get({ attendeeId });
  if (found === undefined) throw new Refused(notFound());
  const { id, name, organisation, language } = found;
  // Every pick answers with this; an object that is spread takes its shape anew each time, in some microseconds.
  const own = ownRegistration(db, attendeeId);
  return {
    attendee: { id, name, organisation, language },
    picks: own.picks,
    waitlist: own.waitlist,
    wishes: own.wishes,
    presents: own.presents,
    cannot: own.cannot,
    neverMoveAfter: own.neverMoveAfter,
    swapOffers: offersOf(db, attendeeId, now),
    result: planResultFor(db, found),
    calendar: calendarAddresses(deriving, url, found),
  };
}
