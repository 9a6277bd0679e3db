import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { BodyOf } from '../../shared/core/endpoint.ts';
import { refuseIf } from '../../shared/core/refusal.ts';
import type {
  moveSession as moveContract,
  placeWorkshop as placeContract,
} from '../../shared/programme/contract.ts';
import { whyNotMove, whyNotPlace, whyNotSwap } from '../../shared/programme/rules.ts';
import type { PlacedSession } from '../../shared/programme/vocabulary.ts';
import { conferenceById } from '../conference/queries.ts';
import type { Change } from '../core/change.ts';
import { programmeChanged, raiseSequence } from './changed.ts';
import { calendarFacts, loadProgramme, own } from './queries.ts';
import { cancelledSessions, sessions } from './tables.ts';

export function placeWorkshop(
  change: Change,
  conferenceId: string,
  { workshopId, passId, roomId }: BodyOf<typeof placeContract>,
): PlacedSession {
  const programme = loadProgramme(change.db, conferenceId);
  const placement = {
    workshop: own(programme.workshops, workshopId).id,
    pass: own(programme.passes, passId).id,
    room: own(programme.rooms, roomId).id,
  };
  refuseIf(whyNotPlace(programme, placement));
  const id = insertSession(change, conferenceId, placement);
  programmeChanged(change, conferenceId, {
    action: 'workshop-placed',
    subject: { kind: 'session', id },
    sessions: [id],
    data: placement,
  });
  return own(loadProgramme(change.db, conferenceId).sessions, id);
}

/** Whether people's seats allow the move is for registration to say, in the same transaction. */
export function moveSession(
  change: Change,
  conferenceId: string,
  sessionId: string,
  { passId, roomId, swap = false }: BodyOf<typeof moveContract>,
): PlacedSession {
  const programme = loadProgramme(change.db, conferenceId);
  const timetable = { ...programme, sessions: programme.sessions.map((s) => ({ ...s, taken: 0 })) };
  const session = own(timetable.sessions, sessionId);
  const to = {
    pass: own(programme.passes, passId ?? session.pass).id,
    room: own(programme.rooms, roomId ?? session.room).id,
  };
  if (to.pass === session.pass && to.room === session.room) return own(programme.sessions, sessionId);
  const occupant = timetable.sessions.find((s) => s.pass === to.pass && s.room === to.room);
  const moves: Move[] = [{ id: session.id, from: session, to }];
  if (swap && occupant) {
    refuseIf(whyNotSwap(timetable, session, occupant));
    moves.push({ id: occupant.id, from: occupant, to: { pass: session.pass, room: session.room } });
  } else {
    refuseIf(whyNotMove(timetable, session, to));
  }
  letGo(change, conferenceId, leavingPass(moves));
  relocate(change, moves);
  programmeChanged(change, conferenceId, {
    action: 'session-moved',
    subject: { kind: 'session', id: sessionId },
    sessions: moves.map(({ id }) => id),
    data: { ...to, swappedWith: moves[1]?.id },
  });
  return own(loadProgramme(change.db, conferenceId).sessions, sessionId);
}

export function removeSession(change: Change, conferenceId: string, sessionId: string): { removed: string } {
  own(loadProgramme(change.db, conferenceId).sessions, sessionId);
  letGo(change, conferenceId, [sessionId]);
  deleteSessions(change, conferenceId, [sessionId]);
  programmeChanged(change, conferenceId, {
    action: 'session-removed',
    subject: { kind: 'session', id: sessionId },
  });
  return { removed: sessionId };
}

export interface Spot {
  readonly pass: string;
  readonly room: string;
}

export interface Move {
  readonly id: string;
  readonly from: Spot;
  readonly to: Spot;
}

export function leavingPass(moves: readonly Move[]): string[] {
  return moves.filter(({ from, to }) => from.pass !== to.pass).map(({ id }) => id);
}

/** Says which sessions are about to leave their pass or the timetable: an area above may refuse. */
export function letGo(change: Change, conferenceId: string, sessionIds: readonly string[]): void {
  if (sessionIds.length > 0) change.announce({ kind: 'session-leaving', conferenceId, sessions: sessionIds });
}

/**
 * Moves sessions to where they shall stand, in any order and in circles. Each first steps aside to a place of its own that no room
 * and no pass has, so that two never stand in one place on the way; the foreign keys that this breaks are whole again at the end.
 */
export function relocate(change: Change, moves: readonly Move[]): void {
  const { db } = change;
  db.run(sql`PRAGMA defer_foreign_keys = ON`);
  try {
    for (const { id, from, to } of moves) {
      const aside = `~${id}`;
      const passId = from.pass === to.pass ? from.pass : aside;
      db.update(sessions).set({ passId, roomId: aside }).where(eq(sessions.id, id)).run();
    }
    for (const { id, to } of moves)
      db.update(sessions).set({ passId: to.pass, roomId: to.room }).where(eq(sessions.id, id)).run();
  } finally {
    db.run(sql`PRAGMA defer_foreign_keys = OFF`);
  }
  raiseSequence(
    change,
    moves.map(({ id }) => id),
  );
}

/** Takes sessions away. Where the programme was public, calendars show them as cancelled from now on. */
export function deleteSessions(change: Change, conferenceId: string, sessionIds: readonly string[]): void {
  if (conferenceById(change.db, conferenceId).publishedAt !== null) {
    for (const { code, title, sequence, ...facts } of calendarFacts(change.db, conferenceId, sessionIds))
      change.db
        .insert(cancelledSessions)
        .values({
          ...facts,
          conferenceId,
          title: `${code} ${title}`,
          sequence: sequence + 1,
          changedAt: change.now,
        })
        .run();
  }
  change.db
    .delete(sessions)
    .where(inArray(sessions.id, [...sessionIds]))
    .run();
}

/** Writes a new session. A workshop that comes back after a cancellation goes on as the same event in calendars. Answers with the id. */
export function insertSession(
  change: Change,
  conferenceId: string,
  { workshop, pass, room }: { workshop: string; pass: string; room: string },
): string {
  const id = change.newId();
  const cancelled = change.db
    .select({ uid: cancelledSessions.uid, sequence: cancelledSessions.sequence })
    .from(cancelledSessions)
    .where(and(eq(cancelledSessions.conferenceId, conferenceId), eq(cancelledSessions.workshopId, workshop)))
    .orderBy(desc(cancelledSessions.changedAt), desc(cancelledSessions.uid))
    .get();
  if (cancelled) change.db.delete(cancelledSessions).where(eq(cancelledSessions.uid, cancelled.uid)).run();
  change.db
    .insert(sessions)
    .values({
      id,
      conferenceId,
      workshopId: workshop,
      passId: pass,
      roomId: room,
      uid: cancelled?.uid ?? change.newId(),
      sequence: cancelled ? cancelled.sequence + 1 : 0,
      changedAt: change.now,
    })
    .run();
  return id;
}
