import { expect, test } from 'vitest';
import { readInstance, type InstanceFile } from '../../../shared/planning/instance.ts';
import { startBudget } from '../../../server/planning/solver/budget.ts';
import { solveExactly } from '../../../server/planning/solver/exact-model.ts';
import { compileProblem } from '../../../server/planning/solver/problem.ts';

/** Two passes wished for one by one, where presolve by enumeration loses the best plan. */
const tricky: InstanceFile = {
  passes: [{ id: 'P0' }, { id: 'P1' }],
  rooms: [
    { id: 'R0', capacity: 3, closed: ['P0'] },
    { id: 'R1', capacity: 2 },
    { id: 'R2', capacity: 1 },
  ],
  workshops: [
    { id: 'W0', presenters: ['T4'], minOfferings: 0, reserved: 1 },
    { id: 'W1', presenters: ['T2'], minOfferings: 0 },
    { id: 'W2', presenters: ['T2'], minOfferings: 1, maxOfferings: 1, maxSize: 3 },
    { id: 'W3', presenters: ['A1'], minOfferings: 0, maxSize: 1 },
  ],
  attendees: [
    { id: 'A0', wishesByPass: { P0: ['W1', 'W3'], P1: ['W1', 'W0', 'W3'] } },
    { id: 'A1', wishesByPass: { P0: ['W1', 'W3', 'W2'], P1: ['W0', 'W2', 'W1'] }, cannot: ['P0'] },
    { id: 'A2', wishesByPass: { P0: ['W2', 'W0'], P1: ['W0'] } },
    { id: 'A3', wishesByPass: { P1: ['W2', 'W1'] } },
  ],
  picksPerAttendee: null,
};

test.each([1, 2, 3, 4, 5, 6])(
  'every entry of the value is the best there is, whatever the seed (%i)',
  async (seed) => {
    const problem = compileProblem(readInstance(tricky));
    const result = await solveExactly(problem, 'served', [], startBudget({ iterations: 10_000 }), seed);
    expect(result).toMatchObject({ status: 'optimal', bound: [-4, -4, -6] });
  },
);
