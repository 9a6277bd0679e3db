import type { Instance } from '../../../shared/planning/instance.ts';
import { compareValues, type Objective, type PlanDraft, type Value } from '../../../shared/planning/plan.ts';
import { valueOf } from '../../../shared/planning/figures.ts';
import { standingsOf } from '../../../shared/planning/standings.ts';
import { solve } from './solve.ts';

/** Something decided by hand: a pin by its place in the instance, or a room's closing in a pass. */
export type Decision =
  | { readonly kind: 'pin'; readonly pin: string }
  | { readonly kind: 'closed'; readonly room: string; readonly pass: string };

/** What one decision costs a plan; see `planPriceSchema` for what is counted. */
export interface Price {
  readonly of: Decision;
  readonly cost: number;
  readonly better: number;
  readonly worse: number;
  readonly exact: boolean;
}

export interface PriceTask {
  readonly instance: Instance;
  readonly plan: PlanDraft;
  readonly objective: Objective;
  readonly seed: number;
  /** Seconds for all of them together. */
  readonly seconds: number;
}

/** Every decision that an instance holds: its pins with an id, and its closed rooms. */
export function decisionsIn({ pins, rooms }: Pick<Instance, 'pins' | 'rooms'>): Decision[] {
  return [
    ...pins.flatMap(({ id }): Decision[] => (id === undefined ? [] : [{ kind: 'pin', pin: id }])),
    ...rooms.flatMap(({ id, closed }) =>
      closed.map((pass): Decision => ({ kind: 'closed', room: id, pass })),
    ),
  ];
}

/**
 * The price of each decision: the same instance planned without it, each in its share of the time. The plan itself is possible without
 * it too, so a price is never below 0; where the other plan is not proven to be the best, the price is at least what was found.
 */
export async function pricesOf({ instance, plan, objective, seed, seconds }: PriceTask): Promise<Price[]> {
  const end = performance.now() + seconds * 1000;
  const decisions = decisionsIn(instance);
  // A lottery has no value of its own: the same draw without the decision is compared by its sum of ranks.
  const drawn = objective === 'lottery';
  const worth = (some: Instance, draft: PlanDraft): Value =>
    valueOf(standingsOf(some, draft), drawn ? 'ranks' : objective)!;
  const value = worth(instance, plan);
  const regrets = regretsIn(instance, plan);
  const prices: Price[] = [];
  for (const [i, of] of decisions.entries()) {
    const left = (end - performance.now()) / 1000;
    if (left <= 0) break;
    const without = withoutDecision(instance, of);
    const share = Math.max(0.2, left / (decisions.length - i));
    const outcome = await solve(without, { objective, seed, seconds: share, refine: [] });
    const found = outcome.kind === 'plan' ? outcome.plan : null;
    const least = found ? worth(without, found) : value;
    const cheaper = found !== null && compareValues(least, value) < 0;
    const other = cheaper ? regretsIn(without, found) : regrets;
    prices.push({
      of,
      cost: cheaper ? firstDifference(value, least) : 0,
      better: regrets.filter((regret, place) => other[place]! < regret).length,
      worse: regrets.filter((regret, place) => other[place]! > regret).length,
      exact: found !== null && (found.proven || (drawn && without.fixed !== null)),
    });
  }
  return prices;
}

/** The instance as it would be had that not been decided. */
export function withoutDecision(instance: Instance, of: Decision): Instance {
  if (of.kind === 'pin') return { ...instance, pins: instance.pins.filter(({ id }) => id !== of.pin) };
  return {
    ...instance,
    rooms: instance.rooms.map((room) =>
      room.id === of.room ? { ...room, closed: room.closed.filter((pass) => pass !== of.pass) } : room,
    ),
  };
}

/** Regrets from the best to the worst served: people who merely change places make no difference in it. */
function regretsIn(instance: Instance, plan: PlanDraft): number[] {
  return standingsOf(instance, plan)
    .standings.map(({ regret }) => regret)
    .sort((a, b) => a - b);
}

function firstDifference(a: Value, b: Value): number {
  const [these, those] = [a, b].map((value) => (typeof value === 'number' ? [value] : value));
  for (const [i, x] of these!.entries()) if (x !== those![i]) return x - (those![i] ?? 0);
  return 0;
}
