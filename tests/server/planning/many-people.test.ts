import { beforeAll, describe, expect, test } from 'vitest';
import { seededRandom } from '../../../shared/core/random.ts';
import { readInstance, type InstanceFile } from '../../../shared/planning/instance.ts';
import { Allocation } from '../../../server/planning/solver/allocation.ts';
import { measureOf } from '../../../server/planning/solver/measure.ts';
import { manyPeople } from '../../../server/planning/solver/options.ts';
import { compileProblem } from '../../../server/planning/solver/problem.ts';
import { solve, type FoundPlan } from '../../../server/planning/solver/solve.ts';
import { check } from '../../support/planning/plan-check.mjs';

const passes = ['P1', 'P2', 'P3', 'P4'];
const workshops = Array.from({ length: 12 }, (_, i) => `W${i + 1}`);

/** Every workshop twice, in passes two apart, six in a pass; wishes that crowd the first ones. Some cannot come always, some want fewer seats, some are pinned. */
function day(people: number): InstanceFile {
  const random = seededRandom(5);
  const capacity = Math.ceil(people / 5.6);
  const attendees = Array.from({ length: people }, (_, i) => ({
    id: `A${i + 1}`,
    wishes: [...new Set([0, 0, 0, 0, 0].map(() => workshops[Math.floor(12 * random.next() ** 2)]!))],
    cannot: random.next() < 0.05 ? [random.pick(passes)] : [],
    ...(random.next() < 0.1 ? { picks: 1 + random.integer(3) } : {}),
  }));
  return {
    passes: passes.map((id) => ({ id })),
    rooms: [1, 2, 3, 4, 5, 6].map((i) => ({ id: `R${i}`, capacity })),
    workshops: workshops.map((id) => ({ id, presenters: [] })),
    attendees,
    sessions: passes.flatMap((pass, p) =>
      [0, 1, 2, 3, 4, 5].map((i) => ({ workshop: workshops[2 * i + (p % 2)]!, pass, room: `R${i + 1}` })),
    ),
    pins: attendees
      .slice(0, 40)
      .filter(({ cannot }) => cannot.length === 0)
      .map(({ id }) => ({ attendee: id, pass: 'P1', workshop: 'W3' })),
  };
}

/** Seats at prices of one's own, for the first people of a day. */
function seatsOf(people: number): { allocation: Allocation; price: Float64Array } {
  const problem = compileProblem(readInstance(day(people)));
  const { P, W, R, slotSeats } = problem;
  const allocation = new Allocation(problem, measureOf(problem, 'ranks'));
  const timetable = new Int16Array(P * W).map((_, cell) =>
    slotSeats.subarray(cell * R, (cell + 1) * R).findIndex((seats) => seats >= 0),
  );
  allocation.seating.setTimetable(timetable);
  const random = seededRandom(9);
  return { allocation, price: new Float64Array(P * W).map(() => random.integer(4) / 2) };
}

test('the best seats at prices cost the same however many people there are', () => {
  const few = seatsOf(400);
  const many = seatsOf(manyPeople);
  for (let a = 0; a < 400; a++) {
    const least = few.allocation.option.find(a, few.price);
    expect(many.allocation.option.find(a, many.price)).toBeCloseTo(least, 9);
  }
});

describe('seats for very many people', () => {
  const file = day(manyPeople);
  let plan: FoundPlan;
  beforeAll(async () => {
    const outcome = await solve(readInstance(file), { iterations: 2, refine: [] });
    if (outcome.kind !== 'plan') throw new Error(outcome.kind);
    plan = outcome.plan;
  });

  test('keep every rule, and are worth what is said', () => {
    const { violations, objective } = check(file, plan);
    expect(violations).toEqual([]);
    expect(objective.ranks).toBe(plan.value);
  });

  test('are within a hundredth of their bound', () => {
    expect(plan.gap).toBeLessThan(0.01);
  });
});
