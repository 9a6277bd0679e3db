import { and, eq, inArray } from 'drizzle-orm';
import { hasReached } from '../../shared/conference/rules.ts';
import { conferenceById, type ConferenceRow } from '../conference/queries.ts';
import type { Change, News, ProgrammeNews } from '../core/change.ts';
import { passes, rooms, sessions } from '../programme/tables.ts';
import { toldSessions } from './tables.ts';

/** Keeps what people have been told of a session's time and room, so that they can be told once when it is another. */
export function followForLetters(change: Change, news: News): void {
  if (news.kind === 'programme-changed' && news.sessions.length > 0) compareWithTold(change, news);
}

function compareWithTold(change: Change, { conferenceId, sessions: ids }: ProgrammeNews): void {
  const { db, now } = change;
  const tells = areTold(conferenceById(db, conferenceId));
  const rows = db
    .select({
      id: sessions.id,
      startsAt: passes.startsAt,
      endsAt: passes.endsAt,
      place: rooms.name,
      told: toldSessions,
    })
    .from(sessions)
    .innerJoin(passes, eq(passes.id, sessions.passId))
    .innerJoin(rooms, eq(rooms.id, sessions.roomId))
    .leftJoin(toldSessions, eq(toldSessions.sessionId, sessions.id))
    .where(and(eq(sessions.conferenceId, conferenceId), inArray(sessions.id, [...ids])))
    .all();
  for (const { id: sessionId, told, ...present } of rows) {
    const isAsTold =
      told?.startsAt === present.startsAt && told.endsAt === present.endsAt && told.place === present.place;
    if (told && isAsTold && told.changedLast === null) continue;
    const still = { changedFirst: null, changedLast: null };
    if (!told)
      db.insert(toldSessions)
        .values({ sessionId, conferenceId, ...present })
        .run();
    else
      db.update(toldSessions)
        .set(
          isAsTold
            ? still
            : tells
              ? { changedFirst: told.changedFirst ?? now, changedLast: now }
              : { ...present, ...still },
        )
        .where(eq(toldSessions.sessionId, sessionId))
        .run();
  }
}

/** Before people choose they have been told nothing, and when it is over nothing is left to tell. */
function areTold({ stage, publishedAt }: ConferenceRow): boolean {
  return publishedAt !== null && hasReached(stage, 'picks') && !hasReached(stage, 'over');
}
