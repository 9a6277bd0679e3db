import { expect, test } from 'vitest';
import { seededRandom } from '../../../shared/core/random.ts';
import { checkPlan } from '../../../shared/planning/constraints.ts';
import { figuresOf, valueOf } from '../../../shared/planning/figures.ts';
import { readInstance } from '../../../shared/planning/instance.ts';
import { standingsOf } from '../../../shared/planning/standings.ts';
import { brute } from '../../support/planning/brute.mjs';
import { check } from '../../support/planning/plan-check.mjs';
import { smallInstance } from '../../support/planning/small-instances.ts';

test('the checker agrees with an independent one on plans good and spoilt, and on what they are worth', () => {
  let broken = 0;
  for (let seed = 1; seed <= 150; seed++) {
    const file = smallInstance(seed);
    const plan = brute(file);
    if (!plan) continue;
    const instance = readInstance(file);
    const random = seededRandom(seed);
    for (let spoil = 0; spoil < 6; spoil++) {
      const { sessions, allocation } = structuredClone({
        sessions: plan.sessions,
        allocation: plan.allocation,
      }) as {
        sessions: { workshop: string; pass: string; room: string }[];
        allocation: Record<string, Record<string, string>>;
      };
      const person = random.pick(instance.attendees).id;
      const pass = random.pick(instance.passes).id;
      if (spoil === 1) allocation[person]![pass] = random.pick(instance.workshops).id;
      if (spoil === 2) delete allocation[person]![pass];
      if (spoil === 3 && sessions.length > 0) sessions.splice(random.integer(sessions.length), 1);
      if (spoil === 4 && sessions.length > 0) random.pick(sessions).room = random.pick(instance.rooms).id;
      if (spoil === 5) {
        sessions.push({
          workshop: random.pick(instance.workshops).id,
          pass,
          room: random.pick(instance.rooms).id,
        });
      }
      const theirs = check(file, { sessions, allocation });
      const ours = checkPlan(instance, { sessions, allocation });
      expect(ours.length === 0, `seed ${seed}, ${JSON.stringify(ours)}, ${theirs.violations.join()}`).toBe(
        theirs.feasible,
      );
      if (!theirs.feasible) {
        broken++;
        continue;
      }
      const view = standingsOf(instance, { sessions, allocation });
      const values = (['ranks', 'fair', 'top', 'served'] as const).map((name) => valueOf(view, name));
      const { ranks, fair, top, served, fill, regret, worstRegret } = theirs.objective;
      expect(values).toEqual([ranks, fair, top, served]);
      expect(figuresOf(instance, { sessions, allocation })).toMatchObject({ fill, regret, worstRegret });
    }
  }
  expect(broken).toBeGreaterThan(100);
});
