import { and, eq, gt, inArray } from 'drizzle-orm';
import { whyNotStage } from '../../shared/conference/rules.ts';
import type { Stage } from '../../shared/conference/stages.ts';
import { Refused, refuseIf } from '../../shared/core/refusal.ts';
import { seatsOf } from '../../shared/programme/rules.ts';
import { capacityBelowTaken, hasPicks } from '../../shared/programme/refusals.ts';
import type { Change, News, PresenterNews, ProgrammeNews, StageNews } from '../core/change.ts';
import { presenters } from '../people/tables.ts';
import { passes, rooms, sessions, workshopPresenters, workshops } from '../programme/tables.ts';
import { freeSeat } from './seats-commands.ts';
import { picks, sessionSeats, swapOffers, waitlist } from './tables.ts';
import { endQueue, moveEveryQueue } from './waitlist-commands.ts';

/**
 * Keeps the seats in step with the programme, in the transaction that changes it: a new session gets its seats, a changed one as many
 * as its room and workshop allow now, and whoever waits for what became free moves up. What would leave someone without their seat
 * is refused.
 */
export function followProgramme(change: Change, news: News): void {
  switch (news.kind) {
    case 'programme-changed':
      return seatAsPlaced(change, news);
    case 'session-leaving':
      return letGo(change, news);
    case 'stage-changed':
      return keepPicks(change, news);
    case 'presenter-linked':
      return freePresenter(change, news);
    case 'presenter-unlinked':
      return moveEveryQueue(change, news.conferenceId);
    case 'seats-changed':
      return;
  }
}

function seatAsPlaced(change: Change, { conferenceId, sessions: ids }: ProgrammeNews): void {
  const { db } = change;
  const placed = db
    .select({
      session: sessions.id,
      workshop: workshops.code,
      pass: passes.name,
      passId: sessions.passId,
      capacity: rooms.capacity,
      maxSize: workshops.maxSize,
      reserved: workshops.reserved,
      kept: sessionSeats.seats,
      taken: sessionSeats.taken,
    })
    .from(sessions)
    .innerJoin(workshops, eq(workshops.id, sessions.workshopId))
    .innerJoin(passes, eq(passes.id, sessions.passId))
    .innerJoin(rooms, eq(rooms.id, sessions.roomId))
    .leftJoin(sessionSeats, eq(sessionSeats.sessionId, sessions.id))
    .where(and(eq(sessions.conferenceId, conferenceId), inArray(sessions.id, [...ids])))
    .all()
    .map((row) => ({ ...row, taken: row.taken ?? 0, seats: seatsOf(row, row) }));

  const tooSmall = placed.filter(({ taken, seats }) => taken > seats);
  if (tooSmall.length > 0) {
    const list = tooSmall.map(({ workshop, pass, taken, seats }) => ({ workshop, pass, taken, seats }));
    throw new Refused(capacityBelowTaken({ sessions: list }));
  }
  for (const { session, seats, kept } of placed) {
    if (kept === null) db.insert(sessionSeats).values({ sessionId: session, conferenceId, seats }).run();
    else if (kept !== seats)
      db.update(sessionSeats).set({ seats }).where(eq(sessionSeats.sessionId, session)).run();
  }
  freePresenters(change, conferenceId, ids);
  moveEveryQueue(change, conferenceId);
}

function freePresenter(change: Change, { conferenceId, presenterId }: PresenterNews): void {
  const given = change.db
    .select({ id: sessions.id })
    .from(sessions)
    .innerJoin(workshopPresenters, eq(workshopPresenters.workshopId, sessions.workshopId))
    .where(and(eq(sessions.conferenceId, conferenceId), eq(workshopPresenters.presenterId, presenterId)))
    .all();
  freePresenters(
    change,
    conferenceId,
    given.map(({ id }) => id),
  );
  moveEveryQueue(change, conferenceId);
}

/** Whoever now gives a workshop in a pass cannot attend another in it: their seat is freed and they are told. */
function freePresenters(change: Change, conferenceId: string, ids: readonly string[]): void {
  const held = change.db
    .select({
      attendeeId: picks.attendeeId,
      passId: picks.passId,
      sessionId: picks.sessionId,
      presents: sessions.id,
    })
    .from(sessions)
    .innerJoin(workshopPresenters, eq(workshopPresenters.workshopId, sessions.workshopId))
    .innerJoin(presenters, eq(presenters.id, workshopPresenters.presenterId))
    .innerJoin(picks, and(eq(picks.attendeeId, presenters.attendeeId), eq(picks.passId, sessions.passId)))
    .where(and(eq(sessions.conferenceId, conferenceId), inArray(sessions.id, [...ids])))
    .all();
  for (const { presents, ...seat } of held) {
    freeSeat(change, { conferenceId, ...seat });
    const recipient = { kind: 'attendee', id: seat.attendeeId } as const;
    const data = { session: seat.sessionId, presents };
    change.audit({ action: 'seat-freed-to-present', subject: recipient, conferenceId, data });
    change.letter({ letter: 'seat-freed-to-present', recipient, conferenceId, data });
  }
}

/** A session with attendees stays; those who only wait for it are told that it goes. */
function letGo(change: Change, { conferenceId, sessions: ids }: ProgrammeNews): void {
  const { db } = change;
  const inUse = db
    .select({ workshop: workshops.code, pass: passes.name, taken: sessionSeats.taken })
    .from(sessionSeats)
    .innerJoin(sessions, eq(sessions.id, sessionSeats.sessionId))
    .innerJoin(workshops, eq(workshops.id, sessions.workshopId))
    .innerJoin(passes, eq(passes.id, sessions.passId))
    .where(
      and(
        eq(sessionSeats.conferenceId, conferenceId),
        inArray(sessionSeats.sessionId, [...ids]),
        gt(sessionSeats.taken, 0),
      ),
    )
    .get();
  if (inUse) throw new Refused(hasPicks(inUse));
  const gone = db
    .delete(waitlist)
    .where(and(eq(waitlist.conferenceId, conferenceId), inArray(waitlist.sessionId, [...ids])))
    .returning()
    .all();
  for (const waiting of gone) endQueue(change, waiting);
  db.delete(swapOffers)
    .where(and(eq(swapOffers.conferenceId, conferenceId), inArray(swapOffers.wants, [...ids])))
    .run();
}

function keepPicks({ db }: Change, { conferenceId, from, to }: StageNews): void {
  const picked = db
    .select({ attendee: picks.attendeeId })
    .from(picks)
    .where(eq(picks.conferenceId, conferenceId))
    .limit(1)
    .all();
  refuseIf(whyNotStage(from as Stage, to as Stage, picked.length));
}
