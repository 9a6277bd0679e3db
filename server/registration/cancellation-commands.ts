import { and, asc, eq } from 'drizzle-orm';
import { Refused } from '../../shared/core/refusal.ts';
import { notFound } from '../../shared/core/refusals.ts';
import type { PlacedSession } from '../../shared/programme/vocabulary.ts';
import { whyNotHold } from '../../shared/registration/rules.ts';
import type { Change } from '../core/change.ts';
import { placeWorkshop, removeSession } from '../programme/session-commands.ts';
import { calendarFacts } from '../programme/queries.ts';
import { sessions } from '../programme/tables.ts';
import { pickFacts } from './picks-queries.ts';
import { freeSeat, giveSeat } from './seats-commands.ts';
import { cancellations, cancelledSeats, picks, waitlist } from './tables.ts';
import { joinQueue, moveQueues } from './waitlist-commands.ts';

/**
 * Cancels a session that people have seats in. Each is told once, calendars show it as cancelled, and who it was is kept, so that it can
 * be undone. Whoever waits elsewhere for what they may hold now moves up in the same transaction.
 */
export function cancelSession(
  change: Change,
  { conferenceId, sessionId }: { readonly conferenceId: string; readonly sessionId: string },
): { cancellation: string; seats: number; waiting: number } {
  const { db, now } = change;
  const session = db
    .select()
    .from(sessions)
    .where(and(eq(sessions.conferenceId, conferenceId), eq(sessions.id, sessionId)))
    .get();
  const [facts] = calendarFacts(db, conferenceId, [sessionId]);
  if (!session || !facts) throw new Refused(notFound());
  const held = db
    .select()
    .from(picks)
    .where(eq(picks.sessionId, sessionId))
    .orderBy(asc(picks.at), asc(picks.attendeeId))
    .all();
  const waiting = db
    .select()
    .from(waitlist)
    .where(eq(waitlist.sessionId, sessionId))
    .orderBy(asc(waitlist.ticket))
    .all();

  const id = change.newId();
  const { workshopId, passId, roomId } = session;
  db.insert(cancellations).values({ id, conferenceId, workshopId, passId, roomId, at: now }).run();
  for (const [place, { attendeeId, ...row }] of [...held, ...waiting].entries()) {
    const source = 'source' in row ? row.source : null;
    db.insert(cancelledSeats).values({ cancellationId: id, conferenceId, attendeeId, place, source }).run();
  }
  const { code, title, startsAt, endsAt, place } = facts;
  for (const seat of held) {
    freeSeat(change, seat);
    const recipient = { kind: 'attendee', id: seat.attendeeId } as const;
    change.audit({
      action: 'seat-cancelled',
      subject: recipient,
      conferenceId,
      data: { session: sessionId },
    });
    const data = { title: `${code} ${title}`, startsAt, endsAt, place };
    change.letter({ letter: 'session-cancelled', recipient, conferenceId, data });
  }
  // Its own queue ends and all others move as the programme changes.
  removeSession(change, conferenceId, sessionId);
  return { cancellation: id, seats: held.length, waiting: waiting.length };
}

/**
 * Gives a cancelled session after all, where it stood. Who has chosen nothing else since has their seat back and is told, or is first in
 * line where there are fewer seats by now; who waited waits again.
 */
export function undoCancellation(
  change: Change,
  { conferenceId, cancellationId }: { readonly conferenceId: string; readonly cancellationId: string },
): { session: PlacedSession; seats: number; elsewhere: number } {
  const { db } = change;
  const cancelled = db
    .select()
    .from(cancellations)
    .where(and(eq(cancellations.conferenceId, conferenceId), eq(cancellations.id, cancellationId)))
    .get();
  if (!cancelled) throw new Refused(notFound());
  const people = db
    .select()
    .from(cancelledSeats)
    .where(eq(cancelledSeats.cancellationId, cancellationId))
    .orderBy(asc(cancelledSeats.place))
    .all();
  const { workshopId, passId, roomId } = cancelled;
  const session = placeWorkshop(change, conferenceId, { workshopId, passId, roomId });
  let seats = 0;
  let elsewhere = 0;
  for (const { attendeeId, source } of people) {
    const seat = { conferenceId, attendeeId, passId, sessionId: session.id, workshopId };
    const facts = pickFacts(change, seat);
    const mayHold = facts !== null && whyNotHold(facts) === null;
    if (!mayHold || (source !== null && facts.held.some((pick) => pick.pass === passId))) {
      if (source !== null) elsewhere++;
      continue;
    }
    if (source === null || !giveSeat(change, seat, source, null, false)) joinQueue(change, seat);
    else {
      seats++;
      const recipient = { kind: 'attendee', id: attendeeId } as const;
      const moves = [{ pass: passId, from: null, to: session.id }];
      change.audit({ action: 'seat-restored', subject: recipient, conferenceId, data: { moves } });
      change.letter({ letter: 'seat-restored', recipient, conferenceId, data: { moves } });
    }
  }
  db.delete(cancellations).where(eq(cancellations.id, cancellationId)).run();
  moveQueues(change, conferenceId, [session.id]);
  return { session, seats, elsewhere };
}
