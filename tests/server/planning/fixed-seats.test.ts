import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { type InstanceFile, readInstance } from '../../../shared/planning/instance.ts';
import { startBudget } from '../../../server/planning/solver/budget.ts';
import { allocateFixed } from '../../../server/planning/solver/fixed-seats.ts';
import { withTimetable } from '../../../server/planning/solver/pass-branching.ts';
import { compileProblem } from '../../../server/planning/solver/problem.ts';
import { draftOf } from '../../../server/planning/solver/seats.ts';
import { checkPlan } from '../../../shared/planning/constraints.ts';

const day = (seed: number): InstanceFile =>
  JSON.parse(
    execFileSync(
      process.execPath,
      ['tests/support/planning/generate.mjs', '--fixed', '1', '--tightness', '.8', '--seed', `${seed}`],
      { encoding: 'utf8' },
    ),
  ) as InstanceFile;

// The sums of ranks are those that HiGHS proves; rounded to the nearest, the prices prove one less.
test.each([
  [3, 1358],
  [10, 1449],
  [12, 1261],
])('whole prices alone prove the best seats of 200 people, day %i', (seed, optimum) => {
  const problem = compileProblem(readInstance(day(seed)));
  let value = Infinity;
  let bound = -Infinity;
  allocateFixed(problem, 'ranks', startBudget({ iterations: 20 }), 1, {
    plan: (_, found) => {
      value = found;
    },
    bound: (known) => {
      bound = known;
    },
    proven: () => bound >= value,
  });
  expect([bound, value]).toEqual([optimum, optimum]);
});

test('seats that are best at the prices are no plan where a session would be below its min size', () => {
  const instance = readInstance({
    passes: [{ id: 'P1' }],
    rooms: ['R1', 'R2'].map((id) => ({ id, capacity: 4 })),
    workshops: [
      { id: 'W1', presenters: ['T1'] },
      { id: 'W2', presenters: ['T2'], minSize: 2 },
    ],
    attendees: ['W1', 'W1', 'W2'].map((wish, a) => ({ id: `A${a}`, wishes: [wish] })),
  });
  const timetable = Int16Array.of(0, 1);
  const problem = withTimetable(compileProblem(instance), timetable);
  let least = Infinity;
  allocateFixed(problem, 'ranks', startBudget({ iterations: 20 }), 1, {
    plan: ({ seats }, value) => {
      expect(checkPlan(instance, draftOf(problem, timetable, seats))).toEqual([]);
      least = value;
    },
    bound: (known) => expect(known).toBeLessThanOrEqual(4),
    proven: () => false,
  });
  expect(least).toBe(4);
});
