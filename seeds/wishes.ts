import type { Random } from '../shared/core/random.ts';
import type { SeedWorkshop } from './real-programme.ts';

/**
 * Draws ranked wishes as people have them: some workshops are wanted by many (Zipf's law over a random order of popularity,
 * exponent 0.8), and everybody leans towards one theme. Returns a function that gives one person's codes, most wanted first.
 */
export function wishDrawer(
  workshops: readonly Pick<SeedWorkshop, 'code' | 'theme'>[],
  length: number,
  random: Random,
): () => string[] {
  const popularity = new Map(
    random.shuffle(workshops).map(({ code }, place) => [code, 1 / (place + 1) ** 0.8]),
  );
  const themes = [...new Set(workshops.map(({ theme }) => theme))];
  const ladders = new Map(
    themes.map((theme) => {
      let total = 0;
      const steps = workshops.map((workshop) => {
        total += popularity.get(workshop.code)! * (workshop.theme === theme ? leaning : 1);
        return { code: workshop.code, upTo: total };
      });
      return [theme, { steps, total }];
    }),
  );
  const wanted = Math.min(length, workshops.length);
  return () => {
    const { steps, total } = ladders.get(random.pick(themes))!;
    const wishes = new Set<string>();
    while (wishes.size < wanted) wishes.add(stepAt(steps, random.next() * total).code);
    return [...wishes];
  };
}

/** How many times more somebody wants a workshop of the theme they lean towards. */
const leaning = 3;

function stepAt<Step extends { readonly upTo: number }>(steps: readonly Step[], height: number): Step {
  let low = 0;
  let high = steps.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle]!.upTo > height) high = middle;
    else low = middle + 1;
  }
  return steps[low]!;
}

/** How wanted each workshop is: a first wish counts most, as an organiser would weigh a list by hand. */
export function demandOf(ballots: Iterable<readonly string[]>, picks: number): Map<string, number> {
  const demand = new Map<string, number>();
  for (const wishes of ballots) {
    for (const [i, code] of wishes.entries())
      demand.set(code, (demand.get(code) ?? 0) + (i < picks ? 1 : 1 / (2 + i - picks)));
  }
  return demand;
}
