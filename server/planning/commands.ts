import { eq } from 'drizzle-orm';
import type { Sentence } from '../../shared/core/language.ts';
import { refuseIf } from '../../shared/core/refusal.ts';
import { whyNotRun } from '../../shared/planning/rules.ts';
import type {
  PlanFigures,
  PlanObjective,
  PlanPrice,
  PlanTimetable,
} from '../../shared/planning/vocabulary.ts';
import { conferenceById } from '../conference/queries.ts';
import type { Change } from '../core/change.ts';
import { nextPlanNumber, planningCounts, planOf, type PlanRow, planStarted, runningPlan } from './queries.ts';
import { plans, type StoredAllocation, type StoredDraws, type StoredSession } from './tables.ts';

export interface PlanWanted {
  readonly objective: PlanObjective;
  readonly timetable: PlanTimetable;
  readonly seed: number;
}

/** Opens a plan that stands as running. Computing it is for whoever asked, when this is on disk. */
export function startPlan(change: Change, conferenceId: string, wanted: PlanWanted): PlanRow {
  const { db } = change;
  const { objective, timetable, seed } = wanted;
  refuseIf(whyNotRun({ running: runningPlan(db, conferenceId), ...planningCounts(db, conferenceId) }));
  const id = change.newId();
  const { revision } = conferenceById(db, conferenceId);
  db.insert(plans)
    .values({
      id,
      conferenceId,
      number: nextPlanNumber(db, conferenceId),
      state: 'running',
      objective,
      timetable,
      seed,
      revision,
      createdAt: change.now,
    })
    .run();
  change.audit({
    action: planStarted,
    subject: { kind: 'plan', id },
    conferenceId,
    data: { objective, timetable, seed },
  });
  return planOf(db, conferenceId, id);
}

/** How a plan ended: with a result, or with the reasons why there is none. */
export type PlanEnding =
  | {
      readonly state: 'done' | 'cancelled';
      /** The revision of the conference that it was computed from. */
      readonly revision: number;
      readonly seconds: number | null;
      readonly result: {
        readonly value: number | number[] | null;
        readonly bound: number | number[] | null;
        readonly gap: number | null;
        readonly proven: boolean;
      };
      readonly figures: PlanFigures;
      readonly sessions: StoredSession[];
      readonly allocation: StoredAllocation;
      readonly replaced: StoredAllocation | null;
      readonly draws: StoredDraws;
      readonly reasons?: undefined;
    }
  | {
      readonly state: 'infeasible' | 'failed' | 'cancelled';
      readonly reasons: Sentence[];
      readonly result?: undefined;
    };

export function endPlan(change: Change, planId: string, ending: PlanEnding): void {
  const { result, ...rest } = ending;
  const [plan] = change.db
    .update(plans)
    .set({ ...rest, ...result })
    .where(eq(plans.id, planId))
    .returning({ conferenceId: plans.conferenceId })
    .all();
  change.audit({
    action: `plan-${ending.state}`,
    subject: { kind: 'plan', id: planId },
    conferenceId: plan?.conferenceId,
  });
}

/** Keeps what the pins and closed rooms of a plan were measured to cost. */
export function keepPrices(change: Change, { id, conferenceId }: PlanRow, prices: PlanPrice[]): PlanRow {
  change.db.update(plans).set({ prices }).where(eq(plans.id, id)).run();
  change.audit({ action: 'plan-priced', subject: { kind: 'plan', id }, conferenceId });
  return planOf(change.db, conferenceId, id);
}

/** Notes as failed what a process that has ended left running. */
export function failAbandonedPlans(change: Change): void {
  const abandoned = change.db.select({ id: plans.id }).from(plans).where(eq(plans.state, 'running')).all();
  for (const { id } of abandoned) endPlan(change, id, { state: 'failed', reasons: [serverStopped] });
}

const serverStopped = {
  sv: 'Servern stängdes medan planen räknades. Kör den igen.',
  en: 'The server stopped while the plan was being computed. Run it again.',
};
