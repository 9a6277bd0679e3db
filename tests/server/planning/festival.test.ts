import { expect, test } from 'vitest';
import { solve, type FoundPlan, type PlanOptions } from '../../../server/planning/solver/solve.ts';
import { readInstance, type InstanceFile, type Session } from '../../../shared/planning/instance.ts';
import { brute } from '../../support/planning/brute.mjs';
import { festival } from '../../support/planning/festival.ts';
import { check } from '../../support/planning/plan-check.mjs';

/** SOLVER_SEEDS=1-2000 tries more instances than the suite has time for. */
const [first = 1, last = 12] = (process.env['SOLVER_SEEDS'] ?? '').split('-').filter(Boolean).map(Number);

async function plan(file: InstanceFile, options: PlanOptions = {}): Promise<FoundPlan> {
  const outcome = await solve(readInstance(file), { objective: 'served', seconds: 20, ...options });
  if (outcome.kind !== 'plan') expect.fail(`${file.name}: ${JSON.stringify(outcome)}`);
  expect(check(file, outcome.plan).violations, file.name).toEqual([]);
  return outcome.plan;
}

const small = (seed: number): InstanceFile =>
  festival({ attendees: 7, sessions: 6, seats: 12, passes: 3, seed });

test(`as many are served as can be, on random festivals ${first} to ${last}`, async () => {
  for (let seed = first; seed <= last; seed++) {
    const { value, bound, proven } = await plan(small(seed));
    expect(value, `seed ${seed}`).toEqual(brute(small(seed), { objective: 'served' })!.value);
    expect({ bound, proven }).toEqual({ bound: value, proven: true });
  }
});

test('pinned seats are kept, of a group by all its members; pins that split a group have no plan', async () => {
  const file = Array.from({ length: 40 }, (_, i) => small(i + 1)).find(({ groups }) => groups!.length > 0)!;
  const [pass, members] = Object.entries(file.groups![0]!.passes)[0]!;
  const open = await plan(file);
  const held = file.attendees
    .find(({ id }) => id === members[0])!
    .wishesByPass![pass]!.find((workshop) =>
      file.sessions!.some((session) => session.workshop === workshop && session.pass === pass),
    )!;
  const size = file.workshops.find(({ id }) => id === held)!.maxSize!;
  const pins = [{ attendee: members[0]!, pass, workshop: held }];
  const outcome = await solve(readInstance({ ...file, pins }), { objective: 'served' });
  expect(outcome.kind).toBe(size >= members.length ? 'plan' : 'infeasible');
  const split = [...pins, { attendee: members[1]!, pass, workshop: null }];
  expect((await solve(readInstance({ ...file, pins: split }), { objective: 'served' })).kind).toBe(
    'infeasible',
  );
  expect(open.proven).toBe(true);
});

test('seats drawn by lot keep every rule of a festival', async () => {
  const file = festival({ attendees: 120, sessions: 30, seats: 130, passes: 5, seed: 3 });
  await plan(file, { objective: 'lottery', seed: 4711 });
});

test('pass by pass, seats that were given stand, and later wishes are not looked at', async () => {
  const file = festival({ attendees: 120, sessions: 30, seats: 130, passes: 5, seed: 3 });
  let previous:
    | { sessions: Session[]; allocation: Record<string, Record<string, string | null>> }
    | undefined;
  for (const [i, { id }] of file.passes.entries()) {
    const { sessions, allocation } = await plan({ ...file, previous }, { pass: id });
    for (const [person, seats] of Object.entries(allocation)) {
      const { [id]: _new, ...before } = seats;
      expect(before).toEqual(previous?.allocation[person] ?? {});
    }
    expect(i === 0 || Object.values(allocation).some((seats) => seats[id])).toBe(true);
    previous = { sessions: [...sessions], allocation: structuredClone(allocation) };
  }
});

const oneSeat: InstanceFile = {
  passes: [{ id: 'P1' }, { id: 'P2' }],
  rooms: [{ id: 'R1', capacity: 1 }],
  workshops: [{ id: 'W1' }, { id: 'W2' }],
  sessions: [
    { workshop: 'W1', pass: 'P1', room: 'R1' },
    { workshop: 'W2', pass: 'P2', room: 'R1' },
  ],
  attendees: ['A1', 'A2', 'A3', 'A4'].map((id) => ({
    id,
    wishesByPass: { ...(id < 'A3' && { P1: ['W1'] }), P2: ['W2'] },
  })),
  picksPerAttendee: null,
};

test('whoever lost a draw comes first in the next, and whoever won one last', async () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const { sessions, allocation } = await plan(oneSeat, { pass: 'P1', seed });
    const loser = allocation['A1']!['P1'] ? 'A2' : 'A1';
    const previous = { sessions: [...sessions], allocation: structuredClone(allocation) };
    const next = await plan({ ...oneSeat, previous }, { pass: 'P2', seed });
    expect(next.allocation[loser]).toEqual({ P2: 'W2' });
  }
});

test('with iterations the same festival and seed give the same bytes', async () => {
  const file = festival({ attendees: 60, sessions: 15, seats: 60, passes: 4, seed: 2 });
  for (const more of [{}, { pass: 'P1' }]) {
    const [once, again] = [
      await plan(file, { iterations: 500, ...more }),
      await plan(file, { iterations: 500, ...more }),
    ];
    expect(JSON.stringify(once)).toBe(JSON.stringify(again));
  }
});
