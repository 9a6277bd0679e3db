import { expect, test } from 'vitest';
import { seededRandom } from '../../../shared/core/random.ts';
import { readInstance, type InstanceFile } from '../../../shared/planning/instance.ts';
import { compareValues, type Value } from '../../../shared/planning/plan.ts';
import { valueOf } from '../../../shared/planning/figures.ts';
import { standingsOf } from '../../../shared/planning/standings.ts';
import { boundOf } from '../../../server/planning/solver/bounds.ts';
import { startBudget } from '../../../server/planning/solver/budget.ts';
import { FairSeats } from '../../../server/planning/solver/fair-seats.ts';
import { fixedTimetable } from '../../../server/planning/solver/fixed-seats.ts';
import { compileProblem } from '../../../server/planning/solver/problem.ts';
import { draftOf } from '../../../server/planning/solver/seats.ts';
import { settleFairness } from '../../../server/planning/solver/pooled-levels.ts';
import { isSearchable, searchJointly, type Found } from '../../../server/planning/solver/strategy.ts';
import { brute } from '../../support/planning/brute.mjs';
import { check } from '../../support/planning/plan-check.mjs';
import { smallInstance } from '../../support/planning/small-instances.ts';

/** SOLVER_SEEDS=1-2000 tries more instances than the suite has time for. */
const [first = 1, last = 60] = (process.env['SOLVER_SEEDS'] ?? '').split('-').filter(Boolean).map(Number);

interface Claims {
  readonly proven: boolean;
  readonly best: Value | null;
  readonly bounds: readonly Value[];
}

/** What is claimed of the fairest seats in the timetable of an instance; every plan on the way is checked. Null where it is not for them. */
async function claimsOf(file: InstanceFile, seed: number, iterations = 4000): Promise<Claims | null> {
  const instance = readInstance(file);
  const problem = compileProblem(instance);
  const timetable = fixedTimetable(problem);
  if (!timetable || !isSearchable(problem, 'fair')) return null;
  let best: Value | null = null;
  const bounds: Value[] = [];
  const proven = await FairSeats.seat(problem, timetable, startBudget({ iterations }), seed, {
    plan: ({ seats }) => {
      const draft = draftOf(problem, timetable, seats);
      expect(check(file, draft).violations, `seed ${seed}`).toEqual([]);
      const value = valueOf(standingsOf(instance, draft), 'fair')!;
      if (best === null || compareValues(value, best) < 0) best = value;
    },
    atLeast: (counts) => bounds.push(boundOf(problem, 'fair', counts)),
  });
  return { proven, best, bounds };
}

/** Everybody's wishes, and seats for little more than everybody, in a timetable that stays. */
function tightInstance(seed: number): InstanceFile {
  const random = seededRandom(seed);
  const passes = [1, 2, 3].slice(0, 2 + random.integer(2)).map((i) => ({ id: `P${i}` }));
  const people = 8 - 2 * passes.length + random.integer(3);
  const workshops = Array.from({ length: 6 }, (_, i) => ({ id: `W${i}`, presenters: [] }));
  const capacity = Math.ceil(people / 4) + random.integer(2);
  const rooms = [0, 1, 2, 3].map((i) => ({ id: `R${i}`, capacity: capacity + (i === 0 ? 1 : 0) }));
  const popular = random.shuffle(workshops.map(({ id }) => id));
  return {
    passes,
    workshops,
    rooms,
    attendees: Array.from({ length: people }, (_, i) => {
      // Most people want the same.
      const wishes = random.next() < 0.6 ? [...popular] : random.shuffle(popular);
      const swap = random.integer(5);
      [wishes[swap], wishes[swap + 1]] = [wishes[swap + 1]!, wishes[swap]!];
      return { id: `A${i}`, wishes: wishes.slice(0, 2 + random.integer(5)) };
    }),
    picksPerAttendee: random.next() < 0.3 ? passes.length - 1 : passes.length,
    sessions: passes.flatMap(({ id: pass }) =>
      random
        .shuffle(workshops)
        .slice(0, 4)
        .map(({ id: workshop }, i) => ({ workshop, pass, room: `R${i}` })),
    ),
  };
}

test(`the fairest seats are those of brute force, and no bound is above them, instances ${first} to ${last}`, async () => {
  let proven = 0;
  for (let seed = first; seed <= last; seed++) {
    const small = smallInstance(seed);
    const workshops = small.workshops.map((workshop) => ({ ...workshop, minSize: 0 }));
    const given = small.sessions ?? brute({ ...small, workshops })?.sessions;
    if (!given) continue;
    const file = { ...small, workshops, sessions: [...given] };
    const claims = await claimsOf(file, seed);
    if (!claims) continue;
    const truth = brute(file, { objective: 'fair' });
    if (claims.proven) {
      expect(claims.best, `seed ${seed}`).toEqual(truth?.value);
      proven++;
    }
    for (const bound of claims.bounds) {
      if (truth?.value) expect(compareValues(bound, truth.value), `seed ${seed}`).toBeLessThanOrEqual(0);
    }
  }
  expect(proven).toBeGreaterThan((last - first) / 4);
});

test('where seats are scarce the fairest are found too', async () => {
  for (let seed = first; seed <= Math.min(last, first + (last - first) / 4); seed++) {
    const file = tightInstance(seed);
    const claims = await claimsOf(file, seed);
    const truth = brute(file, { objective: 'fair' });
    expect(claims, `seed ${seed}`).toMatchObject({ proven: truth !== null, best: truth?.value ?? null });
  }
});

test(`nobody can be fairer in any timetable than is claimed of all, instances ${first} to ${last}`, async () => {
  let told = 0;
  for (let seed = first; seed <= last; seed++) {
    const file = smallInstance(seed);
    const instance = readInstance(file);
    const problem = compileProblem(instance);
    if (problem.fixed || !isSearchable(problem, 'fair')) continue;
    const begun: Found[] = [];
    await searchJointly(problem, 'fair', startBudget({ iterations: 200 }), seed, {
      plan: ({ timetable, seats }) => begun.push({ timetable: timetable.slice(), seats: seats.slice() }),
      bound: () => undefined,
      proven: () => false,
    });
    const truth = brute(file, { objective: 'fair' })?.value ?? null;
    for (const found of begun.slice(0, 1)) {
      await settleFairness(problem, found, startBudget({ iterations: 4000 }), seed, {
        plan: ({ timetable, seats }) => {
          const draft = draftOf(problem, timetable, seats);
          expect(check(file, draft).violations, `seed ${seed}`).toEqual([]);
        },
        atLeast: (counts) => {
          expect(compareValues(boundOf(problem, 'fair', counts), truth!), `seed ${seed}`).toBeLessThanOrEqual(
            0,
          );
          if (counts.some((people) => people > 0)) told++;
        },
      });
    }
  }
  expect(told).toBeGreaterThan(0);
});
