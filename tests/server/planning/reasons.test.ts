import { describe, expect, test } from 'vitest';
import { startBudget } from '../../../server/planning/solver/budget.ts';
import { atomsOf, type Atom } from '../../../server/planning/solver/reasons/atoms.ts';
import { Possibility } from '../../../server/planning/solver/reasons/possible.ts';
import { whyNoPlan } from '../../../server/planning/solver/reasons/why-no-plan.ts';
import { readInstance, type InstanceFile } from '../../../shared/planning/instance.ts';
import type { Reason } from '../../../shared/planning/no-plan-reasons.ts';
import type { Requirement } from '../../../shared/planning/requirements.ts';
import { brute } from '../../support/planning/brute.mjs';
import { onlyWith, speaksOfTimetable } from '../../support/planning/relaxed.ts';
import { smallInstance } from '../../support/planning/small-instances.ts';

/** REASON_SEEDS=1-3000 tries more instances than the suite has time for. */
const [first = 1, last = 20] = (process.env['REASON_SEEDS'] ?? '').split('-').filter(Boolean).map(Number);

const budget = () => startBudget({ iterations: 1e6 });

async function reasonsOf(file: InstanceFile): Promise<readonly Reason[]> {
  const instance = readInstance(file);
  const seen = await whyNoPlan(instance, budget(), { thorough: false });
  const found = seen.reasons.length > 0 ? seen : await whyNoPlan(instance, budget(), { thorough: true });
  return found.reasons;
}

const sentences = async (file: InstanceFile): Promise<string[]> =>
  (await reasonsOf(file)).map(({ message }) => message.en);

describe('the reasons', () => {
  test(`are there exactly where no plan exists, and none can be left out, on instances ${first} to ${last}`, async () => {
    for (let seed = first; seed <= last; seed++) {
      const file = smallInstance(seed);
      const reasons = await reasonsOf(file);
      expect(reasons.length === 0, `seed ${seed}`).toBe(brute(file) !== null);
      const instance = readInstance(file);
      const atoms = atomsOf(instance);
      const possibility = new Possibility(instance, atoms, budget());
      for (const { message, requirements } of reasons) {
        const where = `seed ${seed}: ${message.en}`;
        expect(await possibility.of(atomsIn(atoms.all, requirements)), where).toBe('no');
        for (const one of requirements) {
          const rest = requirements.filter((other) => other !== one);
          expect(await possibility.of(atomsIn(atoms.all, rest)), `${where} Without ${one.kind}.`).toBe('yes');
        }
      }
    }
  });

  test(`of the timetable are irreducible by trying everything too, on instances ${first} to ${last}`, async () => {
    let tried = 0;
    for (let seed = first; seed <= last; seed++) {
      const file = smallInstance(seed);
      if (file.sessions) continue;
      for (const { message, requirements } of await reasonsOf(file)) {
        if (!requirements.every(speaksOfTimetable)) continue;
        tried++;
        const where = `seed ${seed}: ${message.en}`;
        expect(brute(onlyWith(file, requirements)), where).toBeNull();
        for (const one of requirements) {
          const rest = requirements.filter((other) => other !== one);
          expect(brute(onlyWith(file, rest)), `${where} Without ${one.kind}.`).not.toBeNull();
        }
      }
    }
    expect(tried).toBeGreaterThan(5);
  });
});

/** The atoms that the requirements are made of. */
function atomsIn(all: readonly Atom[], requirements: readonly Requirement[]): Atom[] {
  const said = new Set(
    requirements.flatMap(({ kind, about }) => about.map((fact) => JSON.stringify([kind, fact]))),
  );
  return all.filter(({ kind, about }) => about.every((fact) => said.has(JSON.stringify([kind, fact]))));
}

const passes = [{ id: 'P1' }, { id: 'P2' }, { id: 'P3' }];
const rooms = [
  { id: 'R1', capacity: 30 },
  { id: 'R2', capacity: 28 },
];
const people = (count: number): InstanceFile['attendees'] =>
  Array.from({ length: count }, (_, i) => ({ id: `A${i + 1}`, wishes: [] }));
const workshops = (count: number): InstanceFile['workshops'] =>
  Array.from({ length: count }, (_, i) => ({ id: `W${i + 1}`, presenters: [`T${i + 1}`], minOfferings: 0 }));

describe('in words', () => {
  test('two pins that one presenter cannot keep; in different passes they can', async () => {
    const file = (other: string): InstanceFile => ({
      passes,
      rooms,
      attendees: people(3),
      workshops: workshops(4).map((w) => (w.id === 'W1' ? w : { ...w, presenters: ['T1'] })),
      pins: [
        { workshop: 'W2', pass: 'P1' },
        { workshop: 'W4', pass: other },
      ],
    });
    expect(await sentences(file('P1'))).toEqual(['T1 presents W2 and W4, both pinned to P1.']);
    expect(await sentences(file('P2'))).toEqual([]);
  });

  test('more sessions than a presenter has passes', async () => {
    const file = (count: number): InstanceFile => ({
      passes,
      rooms,
      attendees: people(3),
      workshops: workshops(6).map((w, i) => (i < count ? { ...w, presenters: ['T1'], minOfferings: 1 } : w)),
    });
    expect(await sentences(file(4))).toEqual([
      'T1 presents W1, W2, W3 and W4: that makes 4 sessions, but there are only 3 passes.',
    ]);
    expect(await sentences(file(3))).toEqual([]);
  });

  test('more people than seats in a pass where a room is closed', async () => {
    const file = (count: number, closed: string[]): InstanceFile => ({
      passes,
      rooms: [...rooms, { id: 'R3', capacity: 10, closed }],
      attendees: people(count),
      workshops: workshops(6),
    });
    expect(await sentences(file(61, ['P2']))).toEqual([
      '61 people share 58 seats in P2 (R3 (P2) is closed).',
    ]);
    expect(await sentences(file(58, ['P2']))).toEqual([]);
    expect(await sentences(file(61, []))).toEqual([]);
  });

  test('reasons that do not depend on each other stand side by side', async () => {
    const file: InstanceFile = {
      passes,
      rooms: [
        { id: 'R1', capacity: 30, closed: ['P2'] },
        { id: 'R2', capacity: 28 },
      ],
      attendees: people(30),
      workshops: workshops(6).map((w) => (w.id === 'W5' ? { ...w, minOfferings: 1, requires: ['oven'] } : w)),
    };
    expect(await sentences(file)).toEqual([
      'W5 has to be given at least 1 time and W5 needs oven, which no room has. These cannot all hold.',
      '30 people share 28 seats in P2 (R1 (P2) is closed).',
    ]);
  });

  test('more workshops than slots', async () => {
    const file = (count: number): InstanceFile => ({
      passes,
      rooms,
      attendees: people(3),
      workshops: workshops(count).map((w) => ({ ...w, minOfferings: 1 })),
    });
    expect(await sentences(file(7))).toEqual([
      'W1, W2, W3, W4, W5, W6 and W7 have to be given, at least 7 times in all. There are 2 rooms and 3 passes. That is not possible.',
    ]);
    expect(await sentences(file(6))).toEqual([]);
  });

  test('somebody pinned to a seat while they present', async () => {
    const file = (pass: string): InstanceFile => ({
      passes,
      rooms,
      attendees: people(3),
      workshops: workshops(5).map((w) => (w.id === 'W1' ? { ...w, presenters: ['A2'] } : w)),
      pins: [
        { workshop: 'W1', pass: 'P1' },
        { attendee: 'A2', workshop: 'W3', pass },
      ],
    });
    expect(await sentences(file('P1'))).toEqual([
      'A2 presents W1, W1 is pinned to P1 and A2 is pinned to W3, P1. These cannot all hold.',
    ]);
    expect(await sentences(file('P2'))).toEqual([]);
  });
});
