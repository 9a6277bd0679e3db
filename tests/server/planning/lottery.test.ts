import { expect, test } from 'vitest';
import { drawOrder } from '../../../server/planning/solver/lottery.ts';
import { solve, type FoundPlan } from '../../../server/planning/solver/solve.ts';
import { readInstance, type InstanceFile } from '../../../shared/planning/instance.ts';
import { standingsOf, type Standing } from '../../../shared/planning/standings.ts';
import { brute } from '../../support/planning/brute.mjs';
import { check } from '../../support/planning/plan-check.mjs';
import { smallInstance } from '../../support/planning/small-instances.ts';

/** SOLVER_SEEDS=1-2000 tries more instances than the suite has time for. */
const [first = 1, last = 10] = (process.env['SOLVER_SEEDS'] ?? '').split('-').filter(Boolean).map(Number);

async function draw(file: InstanceFile, seed: number, iterations?: number): Promise<FoundPlan | null> {
  const outcome = await solve(readInstance(file), { objective: 'lottery', seed, seconds: 20, iterations });
  return outcome.kind === 'plan' ? outcome.plan : null;
}

/** The least sum of ranks that a person can have when all who came before keep the seats that they wished for. */
function bestFor(id: string, before: readonly Standing[], file: InstanceFile): unknown {
  const pins = [...(file.pins ?? [])];
  for (const { attendee, held, owed } of before) {
    const wished = held.filter(([, workshop]) => attendee.wishes?.includes(workshop) ?? true);
    for (const [pass, workshop] of wished) pins.push({ attendee: attendee.id, pass, workshop });
    if (attendee.wishes && wished.length < owed) continue;
    const passes = file.passes.filter((pass) => wished.every(([held]) => held !== pass.id));
    for (const pass of passes) pins.push({ attendee: attendee.id, pass: pass.id, workshop: null });
  }
  return brute({ ...file, pins }, { first: id })?.value;
}

test(`nobody could have had better seats with what those before them hold, on random instances ${first} to ${last}`, async () => {
  for (let seed = first; seed <= last; seed++) {
    const small = smallInstance(seed);
    const file = { ...small, workshops: small.workshops.map((one) => ({ ...one, minSize: 0 })) };
    const plan = await draw(file, seed);
    if (!plan) {
      expect(brute(file), `seed ${seed}`).toBeNull();
      continue;
    }
    expect(check(file, plan).violations, `seed ${seed}`).toEqual([]);
    const timetabled = { ...file, sessions: [...plan.sessions] };
    const standings = standingsOf(readInstance(file), plan).standings;
    const inTurn = plan.draw!.order.map((id) => standings.find(({ attendee }) => attendee.id === id)!);
    inTurn.forEach(({ attendee, sumOfRanks }, turn) => {
      const best = bestFor(attendee.id, inTurn.slice(0, turn), timetabled);
      expect(sumOfRanks, `seed ${seed}, ${attendee.id}`).toBe(best);
    });
  }
});

test(`plans with min sizes keep every rule, on random instances ${first} to ${last}`, async () => {
  for (let seed = first; seed <= last; seed++) {
    const file = smallInstance(seed);
    const plan = await draw(file, seed);
    if (plan) expect(check(file, plan).violations, `seed ${seed}`).toEqual([]);
    else expect(brute(file), `seed ${seed}`).toBeNull();
  }
});

const pass = (id: string) => ({ id });
const wanted: InstanceFile = {
  passes: [pass('P1')],
  rooms: [
    { id: 'R1', capacity: 1, features: [], closed: [] },
    { id: 'R2', capacity: 3, features: [], closed: [] },
  ],
  workshops: [
    { id: 'W1', presenters: [], requires: [] },
    { id: 'W2', presenters: [], requires: [] },
  ],
  sessions: [
    { workshop: 'W1', pass: 'P1', room: 'R1' },
    { workshop: 'W2', pass: 'P1', room: 'R2' },
  ],
  attendees: ['A1', 'A2', 'A3'].map((id) => ({ id, wishes: ['W1', 'W2'], cannot: [] })),
  pins: [],
  groups: [],
  picksPerAttendee: 1,
};

test('the order depends on who takes part and on the seed, and on nothing else', () => {
  const ids = ['A1', 'A2', 'A3', 'A4', 'A5'];
  expect(drawOrder(ids.toReversed(), 4711)).toEqual(drawOrder(ids, 4711));
  expect(drawOrder(ids, 4711)).toEqual(['A4', 'A5', 'A1', 'A3', 'A2']);
  expect(drawOrder(ids, 4712)).not.toEqual(drawOrder(ids, 4711));
});

test('the seat that everybody wants goes to whoever is drawn first, also when the file is turned round', async () => {
  for (const seed of [1, 2, 3, 4]) {
    const plan = await draw(wanted, seed);
    expect(plan!.allocation[plan!.draw!.order[0]!]).toEqual({ P1: 'W1' });
    const turned = await draw({ ...wanted, attendees: wanted.attendees.toReversed() }, seed);
    expect(turned!.allocation).toEqual(plan!.allocation);
  }
});

test('whoever is drawn early leaves the seat that somebody else must have', async () => {
  const late: InstanceFile = {
    ...wanted,
    passes: [pass('P1'), pass('P2')],
    sessions: [
      { workshop: 'W1', pass: 'P1', room: 'R1' },
      { workshop: 'W2', pass: 'P2', room: 'R2' },
    ],
    attendees: wanted.attendees.map((one) => (one.id === 'A3' ? { ...one, cannot: ['P2'] } : one)),
  };
  const plan = await draw(late, 2);
  expect(plan!.draw!.order[0]).not.toBe('A3');
  expect(plan!.allocation).toEqual({ A1: { P2: 'W2' }, A2: { P2: 'W2' }, A3: { P1: 'W1' } });
  const free = await draw({ ...late, attendees: late.attendees.filter(({ id }) => id !== 'A3') }, 2);
  expect(free!.allocation[free!.draw!.order[0]!]).toEqual({ P1: 'W1' });
});

test('a wish that is not true gives nobody better seats in a timetable that is fixed', async () => {
  for (let seed = 1; seed <= 12; seed++) {
    const some = smallInstance(seed);
    const file = { ...some, groups: [], attendees: some.attendees.slice(0, 4) };
    const honest = await draw(file, seed);
    if (!honest || file.attendees.some(({ wishes }) => !wishes)) continue;
    const fixed = { ...file, sessions: [...honest.sessions] };
    const truly = await draw(fixed, seed);
    for (const [i, one] of fixed.attendees.entries()) {
      const lie = { ...one, wishes: one.wishes!.toReversed() };
      const lied = await draw({ ...fixed, attendees: fixed.attendees.with(i, lie) }, seed);
      const standing = (plan: FoundPlan) => standingsOf(readInstance(fixed), plan).standings[i]!;
      expect(standing(lied!).sumOfRanks, `seed ${seed}`).toBeGreaterThanOrEqual(standing(truly!).sumOfRanks);
    }
  }
});

test('with iterations the same input and seed give the same bytes', async () => {
  const [once, again] = [await draw(smallInstance(21), 5, 3000), await draw(smallInstance(21), 5, 3000)];
  expect(JSON.stringify(once)).toBe(JSON.stringify(again));
  expect(once).not.toHaveProperty('seconds');
});
