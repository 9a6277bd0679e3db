import type { MoveCost } from '../../shared/planning/vocabulary.ts';
import { Refused } from '../../shared/core/refusal.ts';
import { notFound } from '../../shared/core/refusals.ts';
import type { Session } from '../../shared/planning/instance.ts';
import type { Db } from '../core/statement.ts';
import { loadProgramme, own } from '../programme/queries.ts';
import { instanceOf, type PlanningFacts, planningFacts } from './facts-queries.ts';
import type { HandMove, MoveCostFound, MoveCostTask } from './solver/move-costs.ts';

/** How long all places of a board may take together. */
const patience = 2;

export interface MoveQuestion {
  readonly task: MoveCostTask;
  readonly facts: PlanningFacts;
  readonly held: boolean;
}

/** What has to be computed to say what each place would cost for a session, or for a workshop that is given once more. */
export function moveQuestion(
  db: Db,
  conferenceId: string,
  asked: { readonly workshopId: string; readonly sessionId?: string | undefined },
): MoveQuestion {
  const facts = planningFacts(db, conferenceId);
  const { id: workshop } = own(facts.workshops, asked.workshopId);
  const session =
    asked.sessionId === undefined ? null : own(loadProgramme(db, conferenceId).sessions, asked.sessionId);
  if (session && session.workshop !== workshop) throw new Refused(notFound());
  const held = Object.keys(facts.held).length > 0;
  // Passes without sessions take part: the move may go there.
  const wanted = { objective: held ? 'changes' : 'ranks', timetable: 'free' } as const;
  const instance = { ...instanceOf(facts, wanted), fixed: facts.sessions };
  const moves = facts.passes.flatMap(({ id: pass }) =>
    facts.rooms.flatMap(({ id: room }): HandMove[] => {
      const sessions = timetableAfter(facts.sessions, workshop, session, { pass, room });
      return sessions ? [{ pass, room, sessions }] : [];
    }),
  );
  return { task: { instance, moves, seconds: patience }, facts, held };
}

/** The timetable after a move as the board makes it: an occupied place is swapped with; null where nothing would happen. */
function timetableAfter(
  sessions: readonly Session[],
  workshop: string,
  from: { readonly pass: string; readonly room: string } | null,
  to: { readonly pass: string; readonly room: string },
): Session[] | null {
  if (from?.pass === to.pass && from.room === to.room) return null;
  const isAt = (place: { pass: string; room: string }) => (s: Session) =>
    s.pass === place.pass && s.room === place.room;
  const occupied = sessions.some(isAt(to));
  if (occupied && !from) return null;
  return [
    ...sessions.flatMap((s) => {
      if (from && isAt(from)(s)) return [];
      return from && isAt(to)(s) ? [{ ...s, pass: from.pass, room: from.room }] : [s];
    }),
    { workshop, ...to },
  ];
}

/** The answer with the names that people know. */
export function moveCosts({ facts }: MoveQuestion, found: readonly MoveCostFound[]): MoveCost[] {
  const names = new Map(facts.attendees.map(({ id, name }) => [id, name]));
  const codes = new Map(facts.workshops.map(({ id, code }) => [id, code]));
  const coded = (ids: readonly string[]): string[] => ids.map((id) => codes.get(id)!);
  return found.map((cost) => ({
    ...cost,
    people: cost.people.map(({ id, from, to }) => ({
      name: names.get(id)!,
      from: coded(from),
      to: coded(to),
    })),
  }));
}
