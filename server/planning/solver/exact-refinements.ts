import type { Refinement } from '../../../shared/planning/plan.ts';
import type { ExactModel } from './exact-model.ts';
import type { Term } from './linear-model.ts';

/** A refinement as a sum to be minimised in the exact model, with the columns and rows that it needs. */
export function refinementTerms(
  model: ExactModel,
  refinement: Exclude<Refinement, 'changes'>,
): readonly Term[] {
  switch (refinement) {
    case 'sessions':
      return model.given.flatMap((terms) => [...terms]);
    case 'fill':
      return fillTerms(model);
    case 'spread':
      return colleagueTerms(model, 1);
    case 'together':
      return colleagueTerms(model, -1);
  }
}

/** As many columns as people may sit there, taken one after another: the k-th costs what the k-th person adds. */
function countedSeats({ linear }: ExactModel, most: number, costs: (k: number) => number): Term[] {
  const terms: Term[] = [];
  for (let k = 1; k <= most; k++) {
    const column = linear.column(0, 1);
    const before = terms.at(-1)?.[0];
    if (before !== undefined) {
      linear.row(0, 1, [
        [before, 1],
        [column, -1],
      ]);
    }
    terms.push([column, costs(k)]);
  }
  return terms;
}

/** Σ round((100 · taken / seats)²) over the sessions; the seats depend on the room. */
function fillTerms(model: ExactModel): Term[] {
  const { problem, linear, slots, people } = model;
  const { P, W, R, N } = problem;
  const sum: Term[] = [];
  for (let cell = 0; cell < P * W; cell++) {
    const counted: Term[] = [];
    for (let r = 0; r < R; r++) {
      const slot = slots.get(cell * R + r);
      const seats = problem.slotSeats[cell * R + r] ?? 0;
      if (slot === undefined || seats <= 0) continue;
      const fill = (taken: number): number => Math.round((1e4 * taken ** 2) / seats ** 2);
      const here = countedSeats(model, Math.min(seats, N), (k) => fill(k) - fill(k - 1));
      const first = here[0]?.[0];
      if (first !== undefined) {
        linear.row(0, 1, [
          [slot, 1],
          [first, -1],
        ]);
      }
      counted.push(...here);
    }
    const seated = people.flatMap(({ seats }): Term[] => {
      const column = seats.get(cell);
      return column === undefined ? [] : [[column, 1]];
    });
    linear.row(0, 0, [...seated, ...counted.map(([column]): Term => [column, -1])]);
    sum.push(...counted);
  }
  return sum;
}

/** Pairs of colleagues in one session: the k-th of an organisation meets k − 1 others. */
function colleagueTerms(model: ExactModel, sign: 1 | -1): Term[] {
  const { problem, linear, people } = model;
  const colleagues = new Map<string, number[]>();
  problem.instance.attendees.forEach(({ organisation }, a) => {
    if (organisation !== null) colleagues.set(organisation, [...(colleagues.get(organisation) ?? []), a]);
  });
  const sum: Term[] = [];
  for (const members of colleagues.values()) {
    for (let cell = 0; cell < problem.P * problem.W; cell++) {
      const seated = members.flatMap((a): Term[] => {
        const column = people[a]?.seats.get(cell);
        return column === undefined ? [] : [[column, 1]];
      });
      if (seated.length < 2) continue;
      const counted = countedSeats(model, seated.length, (k) => sign * (k - 1));
      linear.row(0, 0, [...seated, ...counted.map(([column]): Term => [column, -1])]);
      sum.push(...counted);
    }
  }
  return sum;
}
