import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { draftByHand } from '../../../server/planning/solver/hand-draft.ts';
import { compileProblem } from '../../../server/planning/solver/problem.ts';
import { draftOf } from '../../../server/planning/solver/seats.ts';
import { solve } from '../../../server/planning/solver/solve.ts';
import { type InstanceFile, readInstance, type Session } from '../../../shared/planning/instance.ts';
import { temporaryFolder } from '../../support/database.ts';

const node = (script: string, ...flags: string[]): string =>
  execFileSync(process.execPath, [`tests/support/planning/${script}`, ...flags], { encoding: 'utf8' });

const dayOf = (flags: string): InstanceFile =>
  JSON.parse(node('generate.mjs', ...flags.split(' '))) as InstanceFile;

/** As the yardstick of the tests has it, which is written apart from the solver. */
function yardstick(day: InstanceFile): Session[] {
  const path = join(temporaryFolder(), 'day.json');
  writeFileSync(path, JSON.stringify(day));
  return (JSON.parse(node('hand-timetable.mjs', path)) as { sessions: Session[] }).sessions;
}

const named = (sessions: readonly Session[]): string[] =>
  sessions.map(({ workshop, pass, room }) => `${workshop} ${pass} ${room}`).sort();

describe('the timetable made by hand', () => {
  it.each([
    '--seed 7',
    '--attendees 120 --workshops 12 --passes 3 --rooms 6 --seed 3 --maxsize .5 --shared .5',
    '--attendees 150 --workshops 14 --passes 4 --rooms 6 --seed 4 --cannot .1 --presenting .3',
    '--attendees 90 --workshops 10 --passes 3 --rooms 5 --seed 9 --offerings 2 --features .3',
    '--attendees 200 --workshops 20 --passes 4 --rooms 8 --seed 5 --pins 1 --closed 1 --tightness .8',
  ])('is the one that plans are compared with: %s', (flags) => {
    const day = dayOf(flags);
    const problem = compileProblem(readInstance(day));
    const timetable = draftByHand(problem);
    expect(timetable).not.toBeNull();
    const nobody = new Int16Array(problem.N * problem.P).fill(-1);
    expect(named(draftOf(problem, timetable!, nobody).sessions)).toEqual(named(yardstick(day)));
  });

  it('is never better than the plan, however little was searched', async () => {
    for (const seed of [1, 2]) {
      const day = dayOf(`--attendees 150 --workshops 14 --seed ${seed} --tightness .95`);
      const instance = readInstance(day);
      const byHand = readInstance({ ...day, sessions: yardstick(day) });
      // oxlint-disable-next-line no-await-in-loop -- one after another
      const [best, hand] = [
        await solve(instance, { iterations: 40, refine: [] }),
        await solve(byHand, { iterations: 4000, refine: [] }),
      ];
      if (best.kind !== 'plan' || hand.kind !== 'plan') throw new Error('no plan');
      expect(hand.plan.proven).toBe(true);
      expect(best.plan.value).toBeLessThanOrEqual(hand.plan.value as number);
    }
  });
});
