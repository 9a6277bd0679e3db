import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { check } from '../../support/planning/plan-check.mjs';

const folder = mkdtempSync(join(tmpdir(), 'plan-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const runOn = (path: string, ...flags: string[]): Ended => {
  const args = ['--import', 'tsx', 'server/planning/plan-command.ts', path, ...flags];
  return spawnSync(process.execPath, args, { encoding: 'utf8' });
};

const run = (file: unknown, ...flags: string[]): Ended => {
  const path = join(folder, 'instance.json');
  writeFileSync(path, typeof file === 'string' ? file : JSON.stringify(file));
  return runOn(path, ...flags);
};

const small = {
  passes: [{ id: 'P1' }],
  rooms: [{ id: 'R1', capacity: 2 }],
  workshops: [{ id: 'W1' }],
  attendees: [
    { id: 'A1', wishes: ['W1'] },
    { id: 'A2', wishes: ['W1'] },
  ],
};

const generated = (...flags: string[]): Record<string, unknown> =>
  JSON.parse(
    execFileSync(process.execPath, ['tests/support/planning/generate.mjs', ...flags], { encoding: 'utf8' }),
  ) as Record<string, unknown>;

const day = generated('--attendees', '40', '--workshops', '7', '--rooms', '4', '--tightness', '0.8');

test('a plan is one JSON object on stdout, feasible and no better than its bound says', () => {
  const { status, stdout } = run(day, '--seconds', '2');
  expect(status).toBe(0);
  const plan = JSON.parse(stdout) as Parameters<typeof check>[1] & {
    value: number;
    bound: number;
    seconds: number;
  };
  expect(check(day, plan).violations).toEqual([]);
  expect(plan.bound).toBeLessThanOrEqual(plan.value);
  expect(plan.seconds).toBeGreaterThan(0);
});

test('with iterations the same seed gives the same bytes, and nothing timed', () => {
  const first = run(day, '--iterations', '700', '--seed', '5');
  const second = run(day, '--iterations', '700', '--seed', '5');
  expect(first.status).toBe(0);
  expect(second.stdout).toBe(first.stdout);
  expect(JSON.parse(first.stdout)).not.toHaveProperty('seconds');
});

test('an instance without a plan ends with 2 and reasons', () => {
  const { status, stdout, stderr } = run({ ...day, rooms: [{ id: 'R1', capacity: 3 }] });
  expect(status).toBe(2);
  expect(stderr).toMatch(/^no plan exists; the reasons on stdout say why$/mu);
  expect(JSON.parse(stdout)).toHaveProperty('reasons');
});

test('without the time to find a plan it ends with 3 and asks for more', () => {
  const { status, stdout, stderr } = run(day, '--seconds', '0');
  expect({ status, stdout }).toEqual({ status: 3, stdout: '' });
  expect(stderr).toMatch(/no plan was found in time; give it more --seconds\n$/u);
});

test('what is ignored and what has nothing to do is told, and planned all the same', () => {
  const file = {
    ...small,
    romms: [],
    attendees: small.attendees.map((attendee) => ({ ...attendee, canot: ['P1'] })),
    previous: null,
  };
  const { status, stderr } = run(file, '--iterations', '10', '--then', 'fill, changes,spread,together');
  expect(status).toBe(0);
  expect(stderr.split('\n').filter((line) => !line.includes('bound'))).toEqual([
    'attendees.0.canot and 1 more like it: ignored, nothing of that name is read',
    'romms: ignored, nothing of that name is read',
    '--then changes: the instance has no previous plan, so it has nothing to do',
    '--then spread: nobody has an organisation, so it has nothing to do',
    '--then together: nobody has an organisation, so it has nothing to do',
    '',
  ]);
});

test('nothing is told where every key is read and every refinement has something to do', () => {
  const file = {
    ...small,
    source: { anything: 'goes' },
    attendees: small.attendees.map((attendee) => ({ ...attendee, organisation: 'Orust' })),
    previous: { sessions: [], allocation: {} },
  };
  const { status, stderr } = run(file, '--iterations', '10', '--then', 'changes,spread');
  expect(status).toBe(0);
  expect(stderr.split('\n').filter((line) => !line.includes('bound'))).toEqual(['']);
});

test.each([
  ['not JSON', '{', [], /instance\.json is not JSON: /u],
  ['an empty file', '\n', [], /instance\.json is empty$/mu],
  [
    'an unknown workshop',
    { ...day, attendees: [{ id: 'A1', wishes: ['W99'] }] },
    [],
    /there is no workshop W99/u,
  ],
  ['an unknown objective', day, ['--objective', 'best'], /--objective best: not one of ranks/u],
  ['changes without a previous plan', day, ['--objective', 'changes'], /has no previous plan/u],
])('%s ends with 1, says why on stderr and prints nothing', (_, file, flags, why) => {
  const { status, stdout, stderr } = run(file, ...flags);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(why);
});

test.each([
  ['a folder', folder, `${folder} is a folder, not a file\n`],
  ['a file that is not there', join(folder, 'none.json'), `there is no file ${join(folder, 'none.json')}\n`],
])('%s ends with 1 and a sentence that names it', (_, path, sentence) => {
  const { status, stdout, stderr } = runOn(path);
  expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: sentence });
});
