import { readFileSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { InstanceError, readInstance, type Instance } from '../../shared/planning/instance.ts';
import { movesOf } from '../../shared/planning/moves.ts';
import { objectives, refinements, type Objective, type Refinement } from '../../shared/planning/plan.ts';
import { solve, type PlanOptions, type PlanProgress } from './solver/solve.ts';

/**
 * npm run --silent plan -- instance.json [--seconds N | --iterations N] [--seed N] [--objective …] [--then fill,…] [--pass ID]
 * One JSON object on stdout, progress on stderr. Exit codes: 0 a plan · 1 unreadable input · 2 no plan exists, with the reasons ·
 * 3 nothing found in time.
 */
const usage =
  'usage: npm run --silent plan -- instance.json [--seconds N] [--iterations N] [--seed N] ' +
  `[--objective ${objectives.join('|')}] [--then ${refinements.join(',')}] [--pass ID]`;

const flags = ['seconds', 'iterations', 'seed', 'objective', 'then', 'pass'] as const;
type Flags = Record<(typeof flags)[number], { type: 'string' }>;

class UsageError extends Error {}

export async function planCommand(args: readonly string[]): Promise<number> {
  let instance: Instance;
  let options: PlanOptions;
  try {
    const read = readArguments(args);
    options = read.options;
    instance = readInstance(readJson(read.file));
    if (options.objective === 'changes' && !instance.previous) {
      throw new UsageError('--objective changes: the instance has no previous plan');
    }
    if (options.pass !== undefined) checkPass(instance, options.pass, options.objective);
  } catch (error) {
    const known = error instanceof UsageError || error instanceof InstanceError;
    if (!known) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
  try {
    const outcome = await solve(instance, options, { onProgress: showProgress });
    switch (outcome.kind) {
      case 'plan':
        print(
          options.objective === 'changes'
            ? { ...outcome.plan, moves: movesOf(instance, outcome.plan) }
            : outcome.plan,
        );
        return 0;
      case 'infeasible':
        print({ infeasible: true, reasons: outcome.reasons });
        return 2;
      case 'nothing-found':
        process.stderr.write('no plan found in time\n');
        return 3;
    }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 3;
  }
}

function checkPass(instance: Instance, pass: string, objective: Objective | undefined): void {
  if (!instance.passes.some(({ id }) => id === pass))
    throw new UsageError(`--pass ${pass}: there is no pass ${pass}`);
  if (objective !== 'served') throw new UsageError('--pass: a pass alone is drawn with --objective served');
  if (!instance.fixed || instance.attendees.some(({ wishes }) => wishes !== null))
    throw new UsageError('--pass: the timetable must be fixed, and everybody wish pass by pass');
}

function readArguments(args: readonly string[]): { file: string; options: PlanOptions } {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: Object.fromEntries(flags.map((flag) => [flag, { type: 'string' }])) as Flags,
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
  const { values, positionals } = parsed;
  const file = positionals[0];
  if (file === undefined || positionals.length > 1) throw new UsageError(usage);
  const number = (name: string, given: string | undefined, whole: boolean): number | undefined => {
    if (given === undefined) return undefined;
    const x = Number(given);
    const good = given.trim() !== '' && x >= 0 && (whole ? Number.isSafeInteger(x) : Number.isFinite(x));
    if (!good) throw new UsageError(`--${name} ${given}: not a ${whole ? 'whole ' : ''}number from 0 up`);
    return x;
  };
  const objective = values.objective ?? 'ranks';
  if (!isOneOf(objectives, objective))
    throw new UsageError(`--objective ${objective}: not one of ${objectives.join(', ')}`);
  const refine = (values['then'] ?? 'fill').split(',').filter((name) => name !== '');
  const wrong = refine.find((name) => !isOneOf(refinements, name));
  if (wrong !== undefined) throw new UsageError(`--then ${wrong}: not one of ${refinements.join(', ')}`);
  return {
    file,
    options: {
      objective: objective satisfies Objective,
      refine: refine as Refinement[],
      seconds: number('seconds', values.seconds, false),
      iterations: number('iterations', values.iterations, true),
      seed: number('seed', values.seed, true),
      pass: values.pass,
    },
  };
}

const isOneOf = <T extends string>(list: readonly T[], text: string): text is T =>
  (list as readonly string[]).includes(text);

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function showProgress({ value, bound, trying }: PlanProgress): void {
  const show = (x: unknown): string => (x === null ? '–' : JSON.stringify(x));
  process.stderr.write(`${trying}: value ${show(value)}, bound ${show(bound)}\n`);
}

/** Writes all of it before the process may end, also into a pipe. */
function print(answer: unknown): void {
  const bytes = Buffer.from(`${JSON.stringify(answer)}\n`);
  for (let sent = 0; sent < bytes.length;) {
    try {
      sent += writeSync(1, bytes, sent);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}

process.exit(await planCommand(process.argv.slice(2)));
