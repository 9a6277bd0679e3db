import { expect, test } from 'vitest';
import { drawnLots } from '../../../server/planning/solver/draws.ts';
import { compareValues, type Objective } from '../../../shared/planning/plan.ts';
import { checkPlan } from '../../../shared/planning/constraints.ts';
import { valueOf } from '../../../shared/planning/figures.ts';
import { readInstance, type Instance, type InstanceFile } from '../../../shared/planning/instance.ts';
import type { PlanDraft } from '../../../shared/planning/plan.ts';
import { standingsOf } from '../../../shared/planning/standings.ts';
import { solve } from '../../../server/planning/solver/solve.ts';

const file: InstanceFile = {
  passes: [{ id: 'P1' }],
  rooms: [
    { id: 'R1', capacity: 1 },
    { id: 'R2', capacity: 3 },
  ],
  workshops: [{ id: 'W1', maxSize: 1 }, { id: 'W2' }],
  attendees: [
    { id: 'A1', wishes: ['W1', 'W2'] },
    { id: 'A2', wishes: ['W1', 'W2'] },
    { id: 'A3', wishes: ['W2', 'W1'] },
  ],
};
const plan: PlanDraft = {
  sessions: [
    { workshop: 'W1', pass: 'P1', room: 'R1' },
    { workshop: 'W2', pass: 'P1', room: 'R2' },
  ],
  allocation: { A1: { P1: 'W1' }, A2: { P1: 'W2' }, A3: { P1: 'W2' } },
};

test('of two who wished alike, the one without the seat missed it by the draw', () => {
  expect(drawnLots(readInstance(file), plan, 'ranks')).toEqual({ A2: ['W1'] });
});

test('whoever wished for it less missed it for that', () => {
  const attendees = file.attendees.map((a) => (a.id === 'A2' ? { ...a, wishes: ['W2', 'W1'] } : a));
  expect(drawnLots(readInstance({ ...file, attendees }), plan, 'ranks')).toEqual({});
});

test('a seat that the organiser decided was not drawn for', () => {
  const pins = [{ attendee: 'A1', pass: 'P1', workshop: 'W1' }];
  expect(drawnLots(readInstance({ ...file, pins }), plan, 'ranks')).toEqual({});
});

test('in a lottery a seat was missed by the draw where all who have it were drawn before', () => {
  const drawn = (order: string[]) =>
    drawnLots(readInstance(file), { ...plan, draw: { seed: 1, order } }, 'lottery');
  expect(drawn(['A1', 'A2', 'A3'])).toEqual({ A2: ['W1'] });
  expect(drawn(['A2', 'A1', 'A3'])).toEqual({});
});

/** By trying every change of two people in one pass. */
function byTrying(instance: Instance, { sessions, allocation }: PlanDraft, objective: Objective) {
  const value = (draft: PlanDraft) => valueOf(standingsOf(instance, draft), objective)!;
  const lots: Record<string, string[]> = {};
  const running = [...standingsOf(instance, { sessions, allocation }).running.values()];
  for (const { id, wishes } of instance.attendees) {
    const mine = allocation[id]!;
    const worst = Math.max(0, ...Object.values(mine).map((w) => wishes!.indexOf(w!) + 1 || Infinity));
    const missed = wishes!.filter((w, i) => {
      if (i + 1 >= worst || Object.values(mine).includes(w)) return false;
      return Object.entries(allocation).some(([other, theirs]) =>
        Object.keys(theirs).some((pass) => {
          const full = running.some((s) => s.workshop.id === w && s.pass === pass && s.taken >= s.seats);
          if (!full || theirs[pass] !== w || mine[pass] === undefined) return false;
          const swapped = {
            ...allocation,
            [id]: { ...mine, [pass]: w },
            [other]: { ...theirs, [pass]: mine[pass] },
          };
          const draft = { sessions, allocation: swapped };
          return (
            checkPlan(instance, draft).length === 0 &&
            compareValues(value(draft), value({ sessions, allocation })) === 0
          );
        }),
      );
    });
    if (missed.length > 0) lots[id] = missed;
  }
  return lots;
}

test.each(['ranks', 'fair', 'top', 'changes'] as const)(
  'under %s the draw is said to decide exactly where a change of two people is worth the same',
  async (objective) => {
    let drawn = 0;
    for (let seed = 1; seed <= 3; seed++) {
      const wishesOf = (i: number) =>
        [0, 1, 2].map((k) => `W${(((i % 2) * seed + k * (1 + (i % 3))) % 6) + 1}`);
      const some = readInstance({
        passes: [{ id: 'P1' }, { id: 'P2' }],
        rooms: [3, 4, 5].map((capacity, i) => ({ id: `R${i}`, capacity })),
        workshops: [1, 2, 3, 4, 5, 6].map((n) => ({ id: `W${n}`, presenters: n === 1 ? ['A1'] : [] })),
        sessions: [1, 2, 3, 4, 5, 6].map((n) => ({
          workshop: `W${n}`,
          pass: n <= 3 ? 'P1' : 'P2',
          room: `R${n % 3}`,
        })),
        attendees: Array.from({ length: 11 }, (_, i) => ({
          id: `A${i}`,
          wishes: [...new Set(wishesOf(i))],
          cannot: i === 3 ? ['P1'] : [],
        })),
        pins: [{ attendee: 'A5', pass: 'P2', workshop: 'W5' }],
        previous: { sessions: [], allocation: { A2: { P1: 'W2', P2: 'W3' }, A6: { P1: 'W4', P2: 'W2' } } },
      });
      const outcome = await solve(some, { objective, iterations: 200, seed });
      if (outcome.kind !== 'plan') throw new Error(outcome.kind);
      const lots = drawnLots(some, outcome.plan, objective);
      expect(lots, `seed ${seed}`).toEqual(byTrying(some, outcome.plan, objective));
      drawn += Object.keys(lots).length;
    }
    expect(drawn).toBeGreaterThan(0);
  },
);
