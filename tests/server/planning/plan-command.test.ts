import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { check } from '../../support/planning/plan-check.mjs';

const folder = mkdtempSync(join(tmpdir(), 'plan-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (
  file: unknown,
  ...flags: string[]
): { status: number | null; stdout: string; stderr: string } => {
  const path = join(folder, 'instance.json');
  writeFileSync(path, typeof file === 'string' ? file : JSON.stringify(file));
  const args = ['--import', 'tsx', 'server/planning/plan-command.ts', path, ...flags];
  return spawnSync(process.execPath, args, { encoding: 'utf8' });
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
  const { status, stdout } = run({ ...day, rooms: [{ id: 'R1', capacity: 3 }] });
  expect(status).toBe(2);
  expect(JSON.parse(stdout)).toHaveProperty('reasons');
});

test.each([
  ['not JSON', '{', []],
  ['an unknown workshop', { ...day, attendees: [{ id: 'A1', wishes: ['W99'] }] }, []],
  ['an unknown objective', day, ['--objective', 'best']],
  ['changes without a previous plan', day, ['--objective', 'changes']],
])('%s ends with 1, says why on stderr and prints nothing', (_, file, flags) => {
  const { status, stdout, stderr } = run(file, ...flags);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).not.toBe('');
});
