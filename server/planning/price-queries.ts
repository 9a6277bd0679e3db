import type { Sentence } from '../../shared/core/language.ts';
import { Refused } from '../../shared/core/refusal.ts';
import { planNotDone, planStale } from '../../shared/planning/refusals.ts';
import type { PlanPrice } from '../../shared/planning/vocabulary.ts';
import type { Db } from '../core/statement.ts';
import { inDrawOrder, instanceOf, type PlanningFacts, planningFacts } from './facts-queries.ts';
import { changesSince, type PlanRow, seatsOfPlan } from './queries.ts';
import type { Price, PriceTask } from './solver/prices.ts';

/** How long the prices of a plan may take together. */
const patience = 20;

export interface PriceQuestion {
  readonly task: PriceTask;
  readonly facts: PlanningFacts;
}

/** What has to be computed to say what every pin and closed room costs a plan. Only of facts that stand. */
export function priceQuestion(db: Db, plan: PlanRow): PriceQuestion {
  const { number, objective, seed, sessions } = plan;
  if (sessions === null) throw new Refused(planNotDone({ number }));
  const changes = changesSince(db, plan);
  if (changes) throw new Refused(planStale({ number, changes }));
  const facts = planningFacts(db, plan.conferenceId);
  const instance = inDrawOrder(instanceOf(facts, plan), seed);
  const { allocation } = seatsOfPlan(db, plan.id);
  return {
    facts,
    task: { instance, plan: { sessions, allocation }, objective, seed, seconds: patience },
  };
}

/** Prices with the decisions in words, the dearest first. */
export function planPrices({ facts, task }: PriceQuestion, prices: readonly Price[]): PlanPrice[] {
  return prices
    .map((price) => ({ ...price, what: decisionInWords(facts, task, price) }))
    .toSorted((a, b) => b.cost - a.cost || b.better - a.better);
}

function decisionInWords(facts: PlanningFacts, { instance }: PriceTask, { of }: Price): Sentence {
  const named = (list: readonly { id: string; name: string }[], id: string | null | undefined): string =>
    list.find((item) => item.id === id)?.name ?? '';
  if (of.kind === 'closed') {
    const [room, pass] = [named(facts.rooms, of.room), named(facts.passes, of.pass)];
    return { sv: `${room} är stängd i ${pass}`, en: `${room} is closed in ${pass}` };
  }
  const pin = instance.pins.find(({ id }) => id === of.pin)!;
  const code = facts.workshops.find(({ id }) => id === pin.workshop)?.code;
  const pass = named(facts.passes, pin.pass);
  if (pin.attendee !== undefined) {
    const person = named(facts.attendees, pin.attendee);
    return code === undefined
      ? { sv: `${person} har ingen plats i ${pass}`, en: `${person} has no seat in ${pass}` }
      : { sv: `${person} är låst till ${code} i ${pass}`, en: `${person} is pinned to ${code} in ${pass}` };
  }
  const where = [pass, named(facts.rooms, pin.room)].filter((part) => part !== '').join(', ');
  return { sv: `${code} är låst till ${where}`, en: `${code} is pinned to ${where}` };
}
