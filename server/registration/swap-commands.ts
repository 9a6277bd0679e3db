import { and, eq } from 'drizzle-orm';
import { type Refusal, Refused, refuseIf } from '../../shared/core/refusal.ts';
import { notFound } from '../../shared/core/refusals.ts';
import { nothingToOffer, offerGone, ownOffer, seatNotHeld } from '../../shared/registration/refusals.ts';
import { whyNotWant } from '../../shared/registration/rules.ts';
import type { Change } from '../core/change.ts';
import { pickFacts, type StoredFacts, type Wanted } from './picks-queries.ts';
import { exchangeSeats, type Seat } from './seats-commands.ts';
import { openOffer, type StoredOffer } from './swap-queries.ts';
import { swapOffers } from './tables.ts';
import { freeSessionsWaitedFor, moveQueues } from './waitlist-commands.ts';

const offeredMilliseconds = 48 * 3_600_000;

interface Offered extends Omit<Wanted, 'sessionId'> {
  /** The session whose seat they would have instead. */
  readonly wants: string;
}

/**
 * Offers an attendee's seat of a pass for one in another session of it, to whoever they hand the offer's id: until the pass begins, for
 * two days at most, and as long as they keep the seat. A new offer takes the place of an earlier one.
 */
export function offerSwap(change: Change, { wants, ...owner }: Offered): void {
  const { db, now } = change;
  const facts = pickFacts(change, { ...owner, sessionId: wants });
  if (facts === null) throw new Refused(notFound());
  const gives = heldHere(facts);
  if (gives === null || gives === wants) throw new Refused(nothingToOffer());
  refuseIf(whyNotWant(facts));
  withdraw(change, owner);
  const id = change.newId();
  const expiresAt = Math.min(now + offeredMilliseconds, facts.pass.startsAt);
  db.insert(swapOffers)
    .values({ id, ...owner, gives, wants, expiresAt })
    .run();
  change.audit({
    action: 'swap-offered',
    subject: { kind: 'attendee', id: owner.attendeeId },
    conferenceId: owner.conferenceId,
    data: { offer: id, gives, wants },
  });
}

function withdraw({ db }: Change, { attendeeId, passId }: Omit<Wanted, 'sessionId'>): void {
  db.delete(swapOffers)
    .where(and(eq(swapOffers.attendeeId, attendeeId), eq(swapOffers.passId, passId)))
    .run();
}

interface OfferNamed {
  readonly conferenceId: string;
  readonly attendeeId: string;
  readonly offerId: string;
}

/** Takes an offer back. Refuses one that is gone already: it may have been accepted. */
export function withdrawSwap(change: Change, { conferenceId, attendeeId, offerId }: OfferNamed): void {
  const gone = change.db
    .delete(swapOffers)
    .where(and(eq(swapOffers.id, offerId), eq(swapOffers.attendeeId, attendeeId)))
    .returning()
    .get();
  if (!gone) throw new Refused(offerGone());
  change.audit({
    action: 'swap-withdrawn',
    subject: { kind: 'attendee', id: attendeeId },
    conferenceId,
    data: { offer: offerId },
  });
}

/** What is asked of both before a swap: an offer that stands, and why it cannot be accepted, if it cannot. */
export interface SwapConsidered {
  readonly offer: StoredOffer;
  /** The name of who makes it. */
  readonly from: string;
  readonly whyNot: Refusal | null;
  readonly seats: readonly [Seat, Seat] | null;
}

/** Looks at an offer with the eyes of whoever was handed it. Refuses where it does not stand. */
export function considerSwap(
  asking: Pick<Change, 'db' | 'now' | 'standing'>,
  { conferenceId, attendeeId, offerId }: OfferNamed,
): SwapConsidered {
  const found = openOffer(asking.db, { conferenceId, offerId, now: asking.now });
  if (!found) throw new Refused(offerGone());
  const { offer, from } = found;
  const { passId, gives, wants } = offer;
  if (offer.attendeeId === attendeeId) return { offer, from, whyNot: ownOffer(), seats: null };
  const theirs = pickFacts(asking, {
    conferenceId,
    attendeeId: offer.attendeeId,
    passId,
    sessionId: wants,
  });
  const mine = pickFacts(asking, { conferenceId, attendeeId, passId, sessionId: gives });
  if (!theirs || !mine) throw new Refused(offerGone());
  if (heldHere(theirs) !== gives) throw new Refused(offerGone());
  const whyNot =
    heldHere(mine) === wants
      ? (whyNotWant(mine) ?? (whyNotWant(theirs) && offerGone()))
      : seatNotHeld({ workshop: theirs.session.workshopCode, pass: theirs.pass.name });
  const seat = (who: string, sessionId: string, workshopId: string): Seat => ({
    conferenceId,
    attendeeId: who,
    passId,
    sessionId,
    workshopId,
  });
  const seats = [
    seat(offer.attendeeId, gives, mine.session.workshop),
    seat(attendeeId, wants, theirs.session.workshop),
  ] as const;
  return { offer, from, whyNot, seats };
}

/** Accepts an offer: both may have the other's seat and get it in the same instant, or nothing changes. Each is one line in the audit; who made the offer is told. */
export function acceptSwap(change: Change, named: OfferNamed): void {
  const { whyNot, seats, offer } = considerSwap(change, named);
  refuseIf(whyNot);
  if (!seats) throw new Refused(offerGone());
  exchangeSeats(change, ...seats);
  const { conferenceId } = named;
  const { passId: pass, gives, wants } = offer;
  const told = { kind: 'attendee', id: offer.attendeeId } as const;
  const data = { moves: [{ pass, from: gives, to: wants }] };
  change.audit({ action: 'seat-exchanged', subject: told, conferenceId, data });
  change.audit({
    action: 'seat-exchanged',
    subject: { kind: 'attendee', id: named.attendeeId },
    conferenceId,
    data: { moves: [{ pass, from: wants, to: gives }] },
  });
  change.letter({ letter: 'seat-exchanged', recipient: told, conferenceId, data });
  moveQueues(
    change,
    conferenceId,
    seats.flatMap(({ attendeeId }) => freeSessionsWaitedFor(change, attendeeId)),
  );
}

function heldHere({ held, pass }: StoredFacts): string | null {
  return held.find((pick) => pick.pass === pass.id)?.session ?? null;
}
