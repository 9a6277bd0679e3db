import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { InstanceFile } from '../../shared/planning/instance.ts';
import type { PlanDraft } from '../../shared/planning/plan.ts';
import { check } from '../support/planning/plan-check.mjs';
import { rows, type Measured, type Row } from './plan-rows.ts';

/** Runs up to this many seconds long are repeated, and their median counts. */
const quick = 10;

const root = join(import.meta.dirname, '..', '..');

/** The last thing a measured process does: it says what it used, on a pipe of its own. */
const tellUsage =
  'data:text/javascript,' +
  encodeURIComponent(
    "import{writeSync}from'node:fs';process.on('exit',()=>writeSync(3,JSON.stringify(process.resourceUsage())))",
  );

/**
 * npm run bench -- plan [--rows a,b] [--runs 5] [--no-baseline]
 * One JSON line per goal: what the planner did, each run in a process of its own and checked, and beside it the same instance as a
 * plain mixed-integer model for HiGHS (60 s). Rows are named by their beginnings.
 */
export async function benchPlan(words: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      rows: { type: 'string', default: '' },
      runs: { type: 'string', default: '5' },
      'no-baseline': { type: 'boolean', default: false },
    },
  });
  const wanted = values.rows.split(',').filter(Boolean);
  const chosen = rows.filter(({ name }) => wanted.length === 0 || wanted.some((w) => name.startsWith(w)));
  if (chosen.length === 0) throw new Error(`the rows are ${rows.map(({ name }) => name).join(', ')}`);
  const folder = mkdtempSync(join(tmpdir(), 'bench-plan-'));
  try {
    for (const row of chosen) {
      const line = await measureRow(row, join(folder, 'instance.json'), Number(values.runs), {
        baseline: !values['no-baseline'],
      });
      process.stdout.write(`${JSON.stringify(line)}\n`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measureRow(row: Row, path: string, runs: number, { baseline }: { baseline: boolean }) {
  const objective = row.objective ?? 'ranks';
  let worst: { measured: Measured; made: InstanceFile } | null = null;
  let met = true;
  for (const words of row.instances) {
    const made = await makeInstance(row, words, path);
    writeFileSync(path, JSON.stringify(made));
    const measured: Measured[] = [];
    while (measured.length < runs) {
      measured.push(
        await measurePlan(made, path, ['--seconds', String(row.seconds), '--objective', objective]),
      );
      if (measured[0]!.wall > quick) break;
    }
    measured.sort((x, y) => x.wall - y.wall);
    const median = measured[measured.length >> 1]!;
    met &&= row.met(median) || median.exit === 2;
    if (!worst || median.wall > worst.measured.wall) worst = { measured: median, made };
    process.stderr.write(`${row.name} ${words}: ${JSON.stringify(median)}\n`);
  }
  const { measured, made } = worst!;
  if (baseline) writeFileSync(path, JSON.stringify(made));
  const highs = baseline ? await measureHighs(path, objective) : null;
  const ratio =
    highs?.seconds && measured.seconds ? Math.round((10 * highs.seconds) / measured.seconds) / 10 : null;
  return {
    row: row.name,
    goal: row.goal,
    met: row.instances.length > 1 ? met : row.met(measured),
    instance: made.name,
    objective,
    ...measured,
    highs,
    ratio,
  };
}

async function makeInstance(row: Row, words: string, path: string): Promise<InstanceFile> {
  if (row.make) return row.make(words);
  const generator = join(root, 'tests/support/planning/generate.mjs');
  const { status, stderr } = spawnSync(process.execPath, [generator, ...words.split(' '), '--out', path]);
  if (status !== 0) throw new Error(String(stderr));
  const made = JSON.parse(readFileSync(path, 'utf8')) as InstanceFile;
  if (row.but) return row.but(made);
  if (!row.afterwards) return made;
  const { stdout } = await run([join(root, 'dist/server/planning/plan-command.js'), path, '--seconds', '3']);
  return row.afterwards(made, JSON.parse(stdout) as PlanDraft);
}

async function measurePlan(made: InstanceFile, path: string, flags: readonly string[]): Promise<Measured> {
  const command = join(root, 'dist/server/planning/plan-command.js');
  const { exit, stdout, stderr, wall, cpu, peakMb } = await run([command, path, ...flags]);
  const measured = { exit, wall, cpu, peakMb };
  const nothing = { value: null, bound: null, gap: null, proven: false, seconds: null };
  if (exit === 3 || (exit === 2 && stdout.includes('"reasons":[{'))) return { ...nothing, ...measured };
  if (exit !== 0) throw new Error(`${made.name ?? path}: ended with ${exit}: ${stderr.slice(-500)}`);
  const plan = JSON.parse(stdout) as PlanDraft & Measured;
  const { violations } = check(made, plan);
  if (violations.length > 0) throw new Error(`${made.name ?? path}: ${violations.slice(0, 5).join('; ')}`);
  const { value, bound, gap, proven, seconds } = plan;
  return { value, bound, gap, proven, seconds, ...measured };
}

/** The textbook model of the same instance, as HiGHS alone solves it. */
async function measureHighs(
  path: string,
  objective: string,
): Promise<Record<string, unknown> & { seconds?: number }> {
  const script = join(root, 'tests/bench/plain-highs-process.ts');
  const { exit, stdout, stderr, peakMb } = await run(['--import', 'tsx', script, path, objective]);
  if (exit !== 0) return { failed: stderr.trim().split('\n').at(-1) ?? `ended with ${exit}` };
  return { ...(JSON.parse(stdout) as Record<string, unknown>), peakMb };
}

function run(
  args: readonly string[],
): Promise<{ exit: number; stdout: string; stderr: string; wall: number; cpu: number; peakMb: number }> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, ['--import', tellUsage, ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    const read: string[] = ['', '', ''];
    [1, 2, 3].forEach((descriptor, i) => {
      const stream = child.stdio[descriptor];
      if (!stream || !('setEncoding' in stream)) return;
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => {
        read[i] += text;
      });
    });
    child.on('error', reject);
    child.on('close', (exit) => {
      const wall = Math.round(performance.now() - started) / 1000;
      const [stdout = '', stderr = '', usage = ''] = read;
      const used = usage ? (JSON.parse(usage) as NodeJS.ResourceUsage) : null;
      const cpu = used ? Math.round((used.userCPUTime + used.systemCPUTime) / 1000) / 1000 : NaN;
      const peakMb = used ? Math.round(used.maxRSS / 1024) : NaN;
      resolve({ exit: exit ?? -1, stdout, stderr, wall, cpu, peakMb });
    });
  });
}
