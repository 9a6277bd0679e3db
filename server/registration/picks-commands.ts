import { sql } from 'drizzle-orm';
import { Refused, refuseIf } from '../../shared/core/refusal.ts';
import { notFound } from '../../shared/core/refusals.ts';
import { restRule, whyNotPick, whyNotRelease, whyNotWant } from '../../shared/registration/rules.ts';
import { full, nothingToRelease } from '../../shared/registration/refusals.ts';
import { conferenceById, openingsOf } from '../conference/queries.ts';
import type { Change } from '../core/change.ts';
import { statement } from '../core/statement.ts';
import { heldSession, pickFacts, type Wanted } from './picks-queries.ts';
import { freeSeat, giveSeat } from './seats-commands.ts';
import { departures } from './tables.ts';
import { freeSessionsWaitedFor, joinQueue, moveQueues } from './waitlist-commands.ts';

export interface SeatWanted extends Wanted {
  /** The session the attendee believes they hold in the pass (null: none); left out: they do not say. */
  readonly from?: string | null | undefined;
  /** When the session is full: keep what I have and queue. */
  readonly waitlist?: boolean | undefined;
}

/** Takes the seat of a pass, or swaps it, all or nothing. */
export function takeSeat(change: Change, wanted: SeatWanted): void {
  const { conferenceId, attendeeId, passId, sessionId } = wanted;
  let facts = known(pickFacts(change, wanted));
  refuseIf(whyNotWant(facts));
  if (facts.session.waiting > 0 && facts.session.taken < facts.session.seats) {
    // Those who wait come first, should a rule that kept them out have changed since the seat was freed.
    moveQueues(change, conferenceId, [sessionId]);
    facts = known(pickFacts(change, wanted));
  }
  const here = facts.held.find((pick) => pick.pass === passId)?.session ?? null;
  if (here === sessionId) return;

  const seat = { conferenceId, attendeeId, passId, sessionId, workshopId: facts.session.workshop };
  const no = whyNotPick(facts);
  if (no?.code === full.code && wanted.waitlist === true) return joinQueue(change, seat);
  refuseIf(no);
  if (!giveSeat(change, seat, 'attendee', here, facts.session.waiting > 0))
    throw new Error(`session ${sessionId} had a free seat and could not give it`);
  change.audit({
    action: here === null ? 'seat-taken' : 'seat-swapped',
    subject: { kind: 'attendee', id: attendeeId },
    conferenceId,
    data: here === null ? { session: sessionId } : { session: sessionId, from: here },
  });
  if (here === null) return;
  noteDeparture(change, { ...wanted, sessionId: here });
  moveQueues(change, conferenceId, [here, ...freeSessionsWaitedFor(change, attendeeId)]);
}

/** Releases the seat of a pass; the waitlist moves at once. */
export function releaseSeat(change: Change, wanted: Omit<Wanted, 'sessionId'>): void {
  const { conferenceId, attendeeId } = wanted;
  const session = heldSession(change.db, wanted);
  if (session === undefined) throw new Refused(notFound());
  refuseIf(whyNotRelease(openingsOf(conferenceById(change.db, conferenceId)), change.now));
  if (session === null) throw new Refused(nothingToRelease());
  freeSeat(change, { ...wanted, sessionId: session });
  change.audit({
    action: 'seat-released',
    subject: { kind: 'attendee', id: attendeeId },
    conferenceId,
    data: { session },
  });
  noteDeparture(change, { ...wanted, sessionId: session });
  moveQueues(change, conferenceId, [session, ...freeSessionsWaitedFor(change, attendeeId)]);
}

const countDeparture = statement((db) =>
  db
    .insert(departures)
    .values({
      conferenceId: sql.placeholder('conferenceId'),
      attendeeId: sql.placeholder('attendeeId'),
      sessionId: sql.placeholder('sessionId'),
      times: 1,
      since: sql.placeholder('now'),
    })
    .onConflictDoUpdate({
      target: [departures.attendeeId, departures.sessionId],
      set: {
        times: sql`iif(${departures.since} > excluded.since - ${restRule.milliseconds}, ${departures.times} + 1, 1)`,
        since: sql`iif(${departures.since} > excluded.since - ${restRule.milliseconds}, ${departures.since}, excluded.since)`,
      },
    })
    .prepare(),
);

/** Counts how often someone leaves a session of their own will: who has left it often rests before they take it again. */
function noteDeparture({ db, now }: Change, { conferenceId, attendeeId, sessionId }: Wanted): void {
  countDeparture(db).run({ conferenceId, attendeeId, sessionId, now });
}

function known<Facts>(facts: Facts | null): Facts {
  if (facts === null) throw new Refused(notFound());
  return facts;
}
