// npm test : every check there is, in order of what fails fastest. The last line is "N passed, N failed".
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'verkstad-gate-'));
const env = {
  ...process.env,
  ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }),
  PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}`,
};

const steps = [
  { title: 'Format', command: ['oxfmt', '--check', '.'] },
  { title: 'Types', command: ['tsc', '-p', '.'] },
  { title: 'Lint, with types', command: ['oxlint'] },
  { title: 'Nothing unused', command: ['knip'] },
  { title: 'Build', command: [process.execPath, 'server/build.mjs'] },
  { title: 'Unit, property and fault tests, import order', vitest: 'unit' },
  { title: 'Browser journeys', vitest: 'journeys' },
];

let passed = 0;
let failed = 0;
const startedAt = performance.now();
for (const step of steps) {
  say(`\n— ${step.title}`);
  const stepStartedAt = performance.now();
  const counts = step.vitest ? runTests(step.vitest) : runCheck(step.command);
  passed += counts.passed;
  failed += counts.failed;
  const outcome = counts.failed === 0 ? `ok, ${counts.passed}` : `${counts.failed} FAILED`;
  say(`  ${step.title}: ${outcome} (${seconds(stepStartedAt)} s)`);
}
rmSync(scratch, { recursive: true, force: true });
say(`\nThe whole gate took ${seconds(startedAt)} s.`);
say(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function runCheck([command, ...args]) {
  const { status } = spawnSync(command, args, { cwd: root, env, stdio: 'inherit' });
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** A run that ends badly without a failed test (a file that cannot be loaded, a stray rejection) counts as one failure. */
function runTests(project) {
  const report = join(scratch, `${project}.json`);
  const args = [
    'run',
    '--project',
    project,
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const { status } = spawnSync('vitest', args, { cwd: root, env, stdio: 'inherit' });
  const counts = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {};
  const testsPassed = counts.numPassedTests ?? 0;
  const testsFailed = counts.numFailedTests ?? 0;
  const unexplained = testsFailed === 0 && (status !== 0 || testsPassed === 0) ? 1 : 0;
  return { passed: testsPassed, failed: testsFailed + unexplained };
}

function seconds(since) {
  return ((performance.now() - since) / 1000).toFixed(1);
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
