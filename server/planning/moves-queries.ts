import { inNameOrder } from '../../shared/core/name-order.ts';
import { movesOf, whyMoved } from '../../shared/planning/moves.ts';
import type { PlanMove } from '../../shared/planning/vocabulary.ts';
import { eq } from 'drizzle-orm';
import { organisations } from '../conference/tables.ts';
import type { Db } from '../core/statement.ts';
import { attendees } from '../people/tables.ts';
import { heldSeats, instanceOf, planningFacts } from './facts-queries.ts';
import { type PlanRow, seatsOfPlan } from './queries.ts';
import { type StoredAllocation } from './tables.ts';

/** Exactly who holds other seats in a plan than what stands, or stood before it was published, by name, and why. */
export function planMoves(db: Db, plan: PlanRow): PlanMove[] {
  if (plan.sessions === null) return [];
  const { allocation, replaced } = seatsOfPlan(db, plan.id);
  const held: StoredAllocation =
    plan.publishedAt === null ? heldSeats(db, plan.conferenceId) : { ...allocation, ...replaced };
  const facts = planningFacts(db, plan.conferenceId);
  const before = { sessions: facts.sessions, allocation: held };
  const instance = { ...instanceOf(facts, { ...plan, timetable: 'free' }), previous: before };
  const codes = new Map(plan.sessions.map(({ workshop, code }) => [workshop, code]));
  for (const { id, code } of facts.workshops) codes.set(id, code);
  const passNames = new Map(facts.passes.map(({ id, name }) => [id, name]));
  const people = new Map(
    db
      .select({ id: attendees.id, name: attendees.name, organisation: organisations.name })
      .from(attendees)
      .leftJoin(organisations, eq(organisations.id, attendees.organisationId))
      .where(eq(attendees.conferenceId, plan.conferenceId))
      .all()
      .map(({ id, ...person }) => [id, person]),
  );
  const codeOf = (id: string | null): string | null => (id === null ? null : (codes.get(id) ?? '–'));
  const known = new Set(facts.workshops.map(({ id }) => id));
  const sessions = plan.sessions.filter(({ workshop }) => known.has(workshop));
  return movesOf(instance, { sessions, allocation })
    .map(({ attendee, seats }) => ({
      ...people.get(attendee)!,
      seats: seats.map(({ pass, from, to, cause }) => ({
        pass,
        from: codeOf(from),
        to: codeOf(to),
        reason: whyMoved(cause, { workshop: codeOf(from) ?? '', pass: passNames.get(pass) ?? '' }),
      })),
    }))
    .toSorted((a, b) => inNameOrder(a.name, b.name));
}
