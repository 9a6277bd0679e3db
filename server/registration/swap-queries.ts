import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { type Instant, toIso } from '../../shared/core/time.ts';
import type { SwapOffer } from '../../shared/registration/vocabulary.ts';
import { type Db, statement } from '../core/statement.ts';
import { attendees } from '../people/tables.ts';
import { swapOffers } from './tables.ts';

const offered = statement((db) =>
  db
    .select()
    .from(swapOffers)
    .where(
      and(
        eq(swapOffers.attendeeId, sql.placeholder('attendeeId')),
        gt(swapOffers.expiresAt, sql.placeholder('now')),
      ),
    )
    .orderBy(asc(swapOffers.id))
    .prepare(),
);

export type StoredOffer = typeof swapOffers.$inferSelect;

/** An offer as the API answers it. */
export function offerAnswer({ id, passId, gives, wants, expiresAt }: StoredOffer): SwapOffer {
  return { id, pass: passId, gives, wants, expiresAt: toIso(expiresAt) };
}

/** The swaps that an attendee offers now. */
export function offersOf(db: Db, attendeeId: string, now: Instant): SwapOffer[] {
  return offered(db).all({ attendeeId, now }).map(offerAnswer);
}

/** An offer that can still be accepted, with the name of who makes it; null where there is none in the conference. */
export function openOffer(
  db: Db,
  { conferenceId, offerId, now }: { conferenceId: string; offerId: string; now: Instant },
): { offer: StoredOffer; from: string } | null {
  const row = db
    .select({ offer: swapOffers, from: attendees.name })
    .from(swapOffers)
    .innerJoin(attendees, eq(attendees.id, swapOffers.attendeeId))
    .where(
      and(
        eq(swapOffers.id, offerId),
        eq(swapOffers.conferenceId, conferenceId),
        gt(swapOffers.expiresAt, now),
      ),
    )
    .get();
  return row ?? null;
}
