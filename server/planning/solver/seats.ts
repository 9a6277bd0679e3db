import type { Session } from '../../../shared/planning/instance.ts';
import type { PlanDraft } from '../../../shared/planning/plan.ts';
import type { Problem } from './problem.ts';

/** By cell: the room, −1 where the workshop is not given in that pass. */
export type Timetable = Int16Array;

/** By person · P + pass: the workshop held, −1 for none. */
export type Seats = Int16Array;

/** A plan in numbers, as ids. */
export function draftOf(problem: Problem, timetable: Timetable, seats: Seats): PlanDraft {
  const { P, W, instance } = problem;
  const sessions: Session[] = [];
  for (let cell = 0; cell < P * W; cell++) {
    const room = timetable[cell] ?? -1;
    if (room < 0) continue;
    sessions.push({
      workshop: instance.workshops[cell % W]!.id,
      pass: instance.passes[Math.floor(cell / W)]!.id,
      room: instance.rooms[room]!.id,
    });
  }
  const allocation: Record<string, Record<string, string>> = Object.create(null) as Record<string, never>;
  instance.attendees.forEach((attendee, a) => {
    const held: Record<string, string> = Object.create(null) as Record<string, never>;
    instance.passes.forEach((pass, p) => {
      const w = seats[a * P + p] ?? -1;
      if (w >= 0) held[pass.id] = instance.workshops[w]!.id;
    });
    allocation[attendee.id] = held;
  });
  return { sessions, allocation };
}
