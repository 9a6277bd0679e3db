import { eq, sql } from 'drizzle-orm';
import { Refused } from '../../shared/core/refusal.ts';
import { notFound } from '../../shared/core/refusals.ts';
import type { Me } from '../../shared/registration/contract.ts';
import { calendarAddresses } from '../calendars/addresses.ts';
import { organisations } from '../conference/tables.ts';
import { type Change, whatStands } from '../core/change.ts';
import { statement } from '../core/statement.ts';
import { attendees } from '../people/tables.ts';
import { planResultFor } from '../planning/result-queries.ts';
import { ownRegistration } from '../registration/queries.ts';

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
  asking: Pick<Change, 'db' | 'now' | 'standing' | 'deriveToken'>,
  url: string,
  attendeeId: string,
): Me {
  const { attendee, conferenceId, calendar } = whoIs(asking, url, attendeeId);
  // Every pick answers with this; an object that is spread takes its shape anew each time, in some microseconds.
  const own = ownRegistration(asking, attendeeId);
  return {
    attendee,
    picks: own.picks,
    waitlist: own.waitlist,
    wishes: own.wishes,
    presents: own.presents,
    cannot: own.cannot,
    neverMoveAfter: own.neverMoveAfter,
    swapOffers: own.swapOffers,
    result: planResultFor(asking, { conferenceId, id: attendeeId }),
    calendar,
  };
}

interface WhoIs {
  readonly conferenceId: string;
  readonly attendee: Me['attendee'];
  readonly calendar: Me['calendar'];
}

function whoIs(
  asking: Pick<Change, 'db' | 'standing' | 'deriveToken'>,
  url: string,
  attendeeId: string,
): WhoIs {
  const known = whatStands(asking, `attendee ${attendeeId}`, () => {
    const found = person(asking.db).get({ attendeeId });
    if (found === undefined) return null;
    const { id, conferenceId, name, organisation, language } = found;
    const calendar = calendarAddresses(asking, url, found);
    return { conferenceId, attendee: { id, name, organisation, language }, calendar };
  });
  if (known === null) throw new Refused(notFound());
  return known;
}
