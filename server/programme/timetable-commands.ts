import { refuseIf } from '../../shared/core/refusal.ts';
import { fromIso } from '../../shared/core/time.ts';
import { whyNotPlace } from '../../shared/programme/rules.ts';
import type { PlacedSession } from '../../shared/programme/vocabulary.ts';
import type { Change } from '../core/change.ts';
import { programmeChanged } from './changed.ts';
import { loadProgramme, own, type Programme } from './queries.ts';
import {
  deleteSessions,
  insertSession,
  leavingPass,
  letGo,
  type Move,
  relocate,
} from './session-commands.ts';

export interface Placing {
  readonly workshop: string;
  readonly pass: string;
  readonly room: string;
}

/** Ids of the sessions that a new timetable added, moved in time or place, and took away; the rest stand where they stood. */
export interface TimetableChange {
  readonly added: readonly string[];
  readonly moved: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Puts a whole timetable in place of the one there is. Sessions live on where they can, with their id and their identity in
 * calendars: a workshop's session of the same pass first, then the one nearest in time. Refuses a timetable that breaks a rule.
 */
export function replaceTimetable(
  change: Change,
  conferenceId: string,
  wanted: readonly Placing[],
): TimetableChange {
  const programme = loadProgramme(change.db, conferenceId);
  refuseIf(whyNotTimetable(programme, wanted));
  const { moves, added, removed } = matchSessions(programme, wanted);
  if (moves.length + added.length + removed.length === 0) return { added: [], moved: [], removed: [] };

  letGo(change, conferenceId, [...removed, ...leavingPass(moves)]);
  deleteSessions(change, conferenceId, removed);
  relocate(change, moves);
  const moved = moves.map(({ id }) => id);
  const ids = added.map((placing) => insertSession(change, conferenceId, placing));
  programmeChanged(change, conferenceId, {
    action: 'timetable-replaced',
    subject: { kind: 'conference', id: conferenceId },
    sessions: [...ids, ...moved],
    data: { added: ids.length, moved: moved.length, removed: removed.length },
  });
  return { added: ids, moved, removed };
}

function whyNotTimetable(programme: Programme, wanted: readonly Placing[]) {
  const sessions = wanted.map(({ workshop, pass, room }, index) => ({
    id: String(index),
    workshop: own(programme.workshops, workshop).id,
    pass: own(programme.passes, pass).id,
    room: own(programme.rooms, room).id,
  }));
  for (const session of sessions) {
    const refusal = whyNotPlace({ ...programme, sessions }, session);
    if (refusal) return refusal;
  }
  return null;
}

interface Matching {
  readonly moves: Move[];
  readonly added: Placing[];
  readonly removed: string[];
}

function matchSessions(programme: Programme, wanted: readonly Placing[]): Matching {
  const startsAt = new Map(programme.passes.map(({ id, startsAt }) => [id, fromIso(startsAt)]));
  const matching: Matching = { moves: [], added: [], removed: [] };
  for (const { id } of programme.workshops) {
    const left = programme.sessions.filter(({ workshop }) => workshop === id);
    const open = wanted.filter(({ workshop }) => workshop === id);
    const distance = (session: PlacedSession, placing: Placing) =>
      Math.abs(startsAt.get(session.pass)! - startsAt.get(placing.pass)!);
    const pairs = left
      .flatMap((session) => open.map((placing) => ({ session, placing, apart: distance(session, placing) })))
      .sort((a, b) => a.apart - b.apart);
    for (const { session, placing } of pairs) {
      if (!left.includes(session) || !open.includes(placing)) continue;
      left.splice(left.indexOf(session), 1);
      open.splice(open.indexOf(placing), 1);
      if (session.pass !== placing.pass || session.room !== placing.room)
        matching.moves.push({ id: session.id, from: session, to: placing });
    }
    matching.removed.push(...left.map((session) => session.id));
    matching.added.push(...open);
  }
  return matching;
}
