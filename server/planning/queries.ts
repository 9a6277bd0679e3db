import {
  and,
  count,
  desc,
  eq,
  getTableColumns,
  gt,
  inArray,
  isNotNull,
  like,
  max,
  ne,
  not,
  or,
  sql,
  type SQL,
} from 'drizzle-orm';
import type { Sentence } from '../../shared/core/language.ts';
import { Refused } from '../../shared/core/refusal.ts';
import { notFound } from '../../shared/core/refusals.ts';
import { toIso } from '../../shared/core/time.ts';
import { changeInWords, changeWords } from '../../shared/planning/change-words.ts';
import type { Plan, PlanSummary } from '../../shared/planning/vocabulary.ts';
import { conferenceById, type ConferenceRow } from '../conference/queries.ts';
import { type Db, statement } from '../core/statement.ts';
import { audit } from '../core/tables.ts';
import { attendees } from '../people/tables.ts';
import { passes, rooms, workshops } from '../programme/tables.ts';
import { plans } from './tables.ts';

/** What the audit says of a plan that has been started. */
export const planStarted = 'plan-started';
export const planPublished = 'plan-published';

/** A plan's row without what can be large: its seats. */
const {
  allocation: _allocation,
  replaced: _replaced,
  draws: _draws,
  ...summaryColumns
} = getTableColumns(plans);
export type PlanRow = Omit<typeof plans.$inferSelect, 'allocation' | 'replaced' | 'draws'>;

export function listPlans(db: Db, conferenceId: string): PlanRow[] {
  return db
    .select(summaryColumns)
    .from(plans)
    .where(eq(plans.conferenceId, conferenceId))
    .orderBy(desc(plans.number))
    .all();
}

/** The plan of that conference; another's is not found. */
export function planOf(db: Db, conferenceId: string, planId: string): PlanRow {
  const plan = db
    .select(summaryColumns)
    .from(plans)
    .where(and(eq(plans.conferenceId, conferenceId), eq(plans.id, planId)))
    .get();
  if (!plan) throw new Refused(notFound());
  return plan;
}

/** The seats of a plan: all of them, those it takes the place of, and what the draw decided. */
export function seatsOfPlan(db: Db, planId: string) {
  const row = db
    .select({ allocation: plans.allocation, replaced: plans.replaced, draws: plans.draws })
    .from(plans)
    .where(eq(plans.id, planId))
    .get();
  return { allocation: row?.allocation ?? {}, replaced: row?.replaced ?? {}, draws: row?.draws ?? {} };
}

/** The number of the plan that is being computed for a conference, or null. */
export function runningPlan(db: Db, conferenceId: string): number | null {
  const row = db
    .select({ number: plans.number })
    .from(plans)
    .where(and(eq(plans.conferenceId, conferenceId), eq(plans.state, 'running')))
    .get();
  return row?.number ?? null;
}

export function nextPlanNumber(db: Db, conferenceId: string): number {
  const last = db
    .select({ number: plans.number })
    .from(plans)
    .where(eq(plans.conferenceId, conferenceId))
    .orderBy(desc(plans.number))
    .limit(1)
    .get();
  return (last?.number ?? 0) + 1;
}

/** How much there is to plan. */
export function planningCounts(db: Db, conferenceId: string) {
  const of = (table: typeof passes | typeof rooms | typeof workshops | typeof attendees): number =>
    db.select({ n: count() }).from(table).where(eq(table.conferenceId, conferenceId)).get()?.n ?? 0;
  return { passes: of(passes), rooms: of(rooms), workshops: of(workshops), attendees: of(attendees) };
}

/** Audit lines about what plans are computed from, since a plan was started, or published if it was. */
function since(db: Db, plan: PlanRow): SQL | undefined {
  const started = db
    .select({ id: max(audit.id) })
    .from(audit)
    .where(
      and(
        eq(audit.subjectKind, 'plan'),
        ne(audit.subjectKind, sql`'attendee'`),
        eq(audit.subjectId, plan.id),
        inArray(audit.action, [planStarted, planPublished]),
      ),
    );
  return and(
    eq(audit.conferenceId, plan.conferenceId),
    gt(audit.id, sql`(${started})`),
    not(or(like(audit.action, 'plan-%'), like(audit.action, 'seat-%'))!),
  );
}

const mostChanges = 8;

/** The same in words, with the names of things that are still there, the latest first; changes without a word of their own are not said. */
function whatChanged(db: Db, plan: PlanRow): Sentence[] {
  if (changesSince(db, plan) === null) return [];
  const lines = db
    .select({ action: audit.action, kind: audit.subjectKind, id: audit.subjectId, last: max(audit.id) })
    .from(audit)
    .where(and(since(db, plan), inArray(audit.action, Object.keys(changeWords))))
    .groupBy(audit.action, audit.subjectKind, audit.subjectId)
    .orderBy(desc(max(audit.id)))
    .all();
  const byAction = new Map<string, string[]>();
  for (const { action, id } of lines) byAction.set(action, [...(byAction.get(action) ?? []), id]);
  return [...byAction]
    .slice(0, mostChanges)
    .map(([action, ids]) => changeInWords(action as keyof typeof changeWords, ids.length, namesOf(db, ids)));
}

/** Names of rooms, passes and workshops among the ids. */
function namesOf(db: Db, ids: readonly string[]): string[] {
  const named = (table: typeof passes | typeof rooms | typeof attendees) =>
    db
      .select({ name: table.name })
      .from(table)
      .where(inArray(table.id, [...ids]))
      .all();
  const codes = db
    .select({ name: workshops.code })
    .from(workshops)
    .where(inArray(workshops.id, [...ids]))
    .all();
  return [...named(rooms), ...named(passes), ...codes, ...named(attendees)].map(({ name }) => name);
}

/** What was done since the plan was computed that a plan depends on, as audit actions; null where its facts stand. */
export function changesSince(db: Db, plan: PlanRow): string[] | null {
  const { revision } = conferenceById(db, plan.conferenceId);
  if (revision === plan.revision) return null;
  const actions = db.selectDistinct({ action: audit.action }).from(audit).where(since(db, plan)).all();
  return actions.map(({ action }) => action);
}

const published = statement((db) =>
  db
    .select({ id: plans.id, number: plans.number, publishedAt: plans.publishedAt })
    .from(plans)
    .where(and(eq(plans.conferenceId, sql.placeholder('conferenceId')), isNotNull(plans.publishedAt)))
    .prepare(),
);

/** Which plan was published last, and when; undefined where none was. */
export function publishedPlan(
  db: Db,
  conferenceId: string,
): { id: string; publishedAt: number | null } | undefined {
  // Every answer about an attendee's day asks this: a statement that sorts would cost it as much as writing a seat does.
  const [last] = published(db)
    .all({ conferenceId })
    .sort((a, b) => b.publishedAt! - a.publishedAt! || b.number - a.number);
  return last;
}

/** A plan as lists show it. What has been published does not age: it is what stands. */
export function planSummary(plan: PlanRow, conference: Pick<ConferenceRow, 'revision'>): PlanSummary {
  const { id, number, state, objective, timetable, seconds, value, bound, gap, proven, publishedAt } = plan;
  const complete = plan.sessions !== null;
  return {
    id,
    number,
    state,
    objective,
    timetable,
    seed: plan.seed,
    createdAt: toIso(plan.createdAt),
    seconds,
    value,
    bound,
    gap,
    proven,
    publishedAt: publishedAt === null ? null : toIso(publishedAt),
    stale: complete && plan.revision !== conference.revision,
  };
}

export function planAnswer(db: Db, plan: PlanRow, conference: Pick<ConferenceRow, 'revision'>): Plan {
  return {
    ...planSummary(plan, conference),
    figures: plan.figures,
    sessions: (plan.sessions ?? []).map(({ code, pass, room, taken, seats }) => ({
      workshop: code,
      pass,
      room,
      taken,
      seats,
    })),
    reasons: plan.reasons ?? [],
    changes: plan.sessions !== null ? whatChanged(db, plan) : [],
    prices: plan.prices,
  };
}
