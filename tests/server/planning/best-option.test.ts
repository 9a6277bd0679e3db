import { expect, test } from 'vitest';
import { readInstance } from '../../../shared/planning/instance.ts';
import { measureOf } from '../../../server/planning/solver/measure.ts';
import { BestOption } from '../../../server/planning/solver/options.ts';
import { compileProblem } from '../../../server/planning/solver/problem.ts';
import { Seating } from '../../../server/planning/solver/seating.ts';

const passes = [1, 2, 3, 4, 5].map((p) => ({ id: `P${p}` }));
const ids = Array.from({ length: 40 }, (_, w) => `W${w}`);

test.each([
  // A regret of nothing costs 4⁰; a seat outside the top, or elsewhere than before, costs something, ranks 1 to 5 cost 15.
  ['fair', 1],
  ['top', 15],
] as const)(
  'the best seats for %s among forty workshops in five passes are found at once',
  (objective, cost) => {
    const problem = compileProblem(
      readInstance({
        passes,
        rooms: ids.map((_, r) => ({ id: `R${r}`, capacity: 1 })),
        workshops: ids.map((id) => ({ id, presenters: [] })),
        attendees: [{ id: 'A', wishes: ids.slice(10, 25) }],
        sessions: passes.flatMap(({ id: pass }) =>
          ids.map((workshop, r) => ({ workshop, pass, room: `R${r}` })),
        ),
      }),
    );
    const seating = new Seating(problem, measureOf(problem, objective));
    seating.setTimetable(Int16Array.from({ length: 200 }, (_, cell) => cell % 40));
    expect(new BestOption(seating).find(0, new Float64Array(200))).toBe(cost);
  },
);
