import type { Objective, PlanDraft } from '../../../shared/planning/plan.ts';
import type { Attendee, Instance } from '../../../shared/planning/instance.ts';
import type { FoundPlan } from './solve.ts';
import { sessionKey, standingsOf, type Standing } from '../../../shared/planning/standings.ts';

/** What one person's seats count as under the objectives that a product plan can have. */
interface Worth {
  readonly sum: number;
  readonly regret: number;
  readonly top: boolean;
  readonly changed: boolean;
}

/**
 * Wishes that were not met by the draw alone, by attendee: somebody who has the seat could change with them in that pass, and the
 * plan would be worth exactly as much. Whoever comes first in the shuffled order of the seed has it. In a lottery: where everybody who has
 * a seat that was not pinned was drawn before.
 */
export function drawnLots(
  instance: Instance,
  plan: PlanDraft & Pick<FoundPlan, 'draw'>,
  objective: Objective,
): Record<string, string[]> {
  const view = standingsOf(instance, plan);
  const people = view.standings.filter(({ attendee }) => attendee.wishes !== null).map(personOf(instance));
  const pinned = new Set(
    instance.pins.flatMap((pin) => (pin.attendee === undefined ? [] : [`${pin.attendee}\n${pin.pass}`])),
  );
  const holders = new Map<string, Person[]>();
  for (const person of people) {
    for (const [pass, workshop] of person.seats) {
      if (pinned.has(`${person.attendee.id}\n${pass}`)) continue;
      const key = sessionKey(workshop, pass);
      const list = holders.get(key);
      if (list) list.push(person);
      else holders.set(key, [person]);
    }
  }
  const sessionsOf = new Map<string, string[]>();
  for (const { workshop, pass, taken, seats } of view.running.values()) {
    if (taken >= seats) sessionsOf.set(workshop.id, [...(sessionsOf.get(workshop.id) ?? []), pass]);
  }
  const turns = new Map(plan.draw?.order.map((id, turn) => [id, turn]));
  const lots: Record<string, string[]> = {};
  for (const person of people) {
    const missed = person.missed().filter((workshop) =>
      (sessionsOf.get(workshop) ?? []).some((pass) => {
        const mine = person.seats.get(pass);
        if (pinned.has(`${person.attendee.id}\n${pass}`)) return false;
        if (plan.draw) {
          const turn = turns.get(person.attendee.id)!;
          return holders
            .get(sessionKey(workshop, pass))
            ?.every((other) => turns.get(other.attendee.id)! < turn);
        }
        if (mine === undefined) return false;
        return (holders.get(sessionKey(workshop, pass)) ?? []).some((other) => {
          if (person.attendee === other.attendee || other.holds(mine)) return false;
          const before = [person.worth(), other.worth()] as const;
          return sameWorth(objective, before, [person.worth(pass, workshop), other.worth(pass, mine)]);
        });
      }),
    );
    if (missed.length > 0) lots[person.attendee.id] = missed;
  }
  return lots;
}

interface Person {
  readonly attendee: Attendee;
  readonly seats: ReadonlyMap<string, string>;
  holds(workshop: string): boolean;
  /** Wishes ahead of the worst seat that are not among the seats. */
  missed(): string[];
  /** With a seat in one pass changed for another, or as it is. */
  worth(pass?: string, workshop?: string): Worth;
}

const personOf =
  (instance: Instance) =>
  ({ attendee, held, owed, regret, sumOfRanks, missing, top }: Standing): Person => {
    const seats = new Map(held);
    const workshops = new Set(seats.values());
    const list = attendee.wishes ?? [];
    const place = new Map(list.map((id, i) => [id, i + 1]));
    const rankOf = (workshop: string): number => place.get(workshop) ?? attendee.unlisted;
    const before = instance.previous?.allocation[attendee.id];
    const previous = new Map(Object.entries(before ?? {}).filter(([, w]) => w !== null));
    const changedWith = (pass?: string, workshop?: string): boolean =>
      previous.size !== seats.size ||
      [...seats].some(([p, w]) => previous.get(p) !== (p === pass ? workshop : w));
    return {
      attendee,
      seats,
      holds: (workshop) => workshops.has(workshop),
      missed: () => {
        const worst = Math.max(0, ...[...workshops].map((id) => place.get(id) ?? Infinity));
        return list.filter((id, i) => i + 1 < worst && !workshops.has(id));
      },
      worth: (pass, workshop) => {
        if (pass === undefined || workshop === undefined)
          return { sum: sumOfRanks, regret, top, changed: changedWith() };
        const change = rankOf(workshop) - rankOf(seats.get(pass)!);
        const inTop = [...seats].every(
          ([p, w]) => (place.get(p === pass ? workshop : w) ?? Infinity) <= owed,
        );
        return {
          sum: sumOfRanks + change,
          regret: regret + change,
          top: inTop && missing === 0,
          changed: changedWith(pass, workshop),
        };
      },
    };
  };

type Pair = readonly [Worth, Worth];

function sameWorth(objective: Objective, before: Pair, after: Pair): boolean {
  const total = (pair: Pair, of: (worth: Worth) => number): number => of(pair[0]) + of(pair[1]);
  const same = (of: (worth: Worth) => number): boolean => total(before, of) === total(after, of);
  switch (objective) {
    case 'fair': {
      const most = (pair: Pair): number => Math.max(pair[0].regret, pair[1].regret);
      return most(before) === most(after) && same(({ regret }) => regret);
    }
    case 'top':
      return same(({ top }) => Number(top)) && same(({ sum }) => sum);
    case 'changes':
      return same(({ changed }) => Number(changed)) && same(({ sum }) => sum);
    case 'ranks':
    case 'served':
    case 'lottery':
      return same(({ sum }) => sum);
  }
}
