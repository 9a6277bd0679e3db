import { eq } from 'drizzle-orm';
import { hasReached } from '../../shared/conference/rules.ts';
import { Refused, refuseIf } from '../../shared/core/refusal.ts';
import { planStale } from '../../shared/planning/refusals.ts';
import { whyNotPublish } from '../../shared/planning/rules.ts';
import { conferenceById } from '../conference/queries.ts';
import type { Change } from '../core/change.ts';
import { replaceTimetable } from '../programme/timetable-commands.ts';
import { clearPicks, movePicks, replacePicks } from '../registration/plan-commands.ts';
import { heldSeats, sameSeats } from './facts-queries.ts';
import { changesSince, planOf, planPublished, type PlanRow, seatsOfPlan } from './queries.ts';
import { plans, type StoredAllocation } from './tables.ts';

/**
 * Makes a plan what stands: its timetable as sessions and its seats as picks, in this one transaction. Before the stage picks it
 * takes the place of all that there was; from then on only what it changes is written.
 */
export function publishPlan(change: Change, conferenceId: string, planId: string): PlanRow {
  const { db } = change;
  const plan = planOf(db, conferenceId, planId);
  const { stage } = conferenceById(db, conferenceId);
  const { number, objective, sessions, figures } = plan;
  refuseIf(
    whyNotPublish(
      {
        number,
        objective,
        complete: sessions !== null,
        changesSince: changesSince(db, plan),
        moved: figures?.movedAttendees ?? 0,
      },
      stage,
    ),
  );
  const { allocation, replaced } = seatsOfPlan(db, planId);
  const timetable = (sessions ?? []).map(({ workshop, pass, room }) => ({ workshop, pass, room }));
  if (hasReached(stage, 'picks')) {
    const seats = withPlanned(change, plan, allocation, replaced);
    movePicks(change, conferenceId, seats, () => replaceTimetable(change, conferenceId, timetable));
  } else {
    clearPicks(change, conferenceId);
    replaceTimetable(change, conferenceId, timetable);
    replacePicks(change, conferenceId, allocation);
  }
  change.audit({
    action: planPublished,
    subject: { kind: 'plan', id: planId },
    conferenceId,
    data: { number, sessions: timetable.length },
  });
  // Publishing changes the programme to what the plan says: the plan belongs to the revision it has made.
  const { revision } = conferenceById(db, conferenceId);
  db.update(plans).set({ publishedAt: change.now, revision }).where(eq(plans.id, planId)).run();
  return planOf(db, conferenceId, planId);
}

/** The seats as they are held now, with the plan's own for those it moves: they must still hold what it was computed from. */
function withPlanned(
  { db }: Change,
  { conferenceId, number }: PlanRow,
  allocation: StoredAllocation,
  replaced: StoredAllocation,
): StoredAllocation {
  const seats: StoredAllocation = { ...heldSeats(db, conferenceId) };
  for (const [attendee, before] of Object.entries(replaced)) {
    if (!sameSeats(seats[attendee], before))
      throw new Refused(planStale({ number, changes: ['seats-changed'] }));
    seats[attendee] = allocation[attendee] ?? {};
  }
  return seats;
}
