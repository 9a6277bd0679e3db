import { readFileSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { InstanceError, readInstance, type Instance } from '../../shared/planning/instance.ts';
import { movesOf } from '../../shared/planning/moves.ts';
import { objectives, refinements, type Objective, type Refinement } from '../../shared/planning/plan.ts';
import { solve, type PlanOptions, type PlanProgress } from './solver/solve.ts';

/**
 * npm run --silent plan -- instance.json [--seconds N | --iterations N] [--seed N] [--objective …] [--then fill,…] [--pass ID]
 * One JSON object on stdout, progress and remarks on stderr; docs/plan-file.md describes file and answer.
 * Exit codes: 0 a plan · 1 unreadable input · 2 no plan exists, with the reasons · 3 nothing found in time.
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
    instance = readInstance(readJson(read.file), (where, times) =>
      tell(
        `${where}${times > 1 ? ` and ${times - 1} more like it` : ''}: ignored, nothing of that name is read`,
      ),
    );
    if (options.objective === 'changes' && !instance.previous) {
      throw new UsageError('--objective changes: the instance has no previous plan');
    }
    if (options.pass !== undefined) checkPass(instance, options.pass, options.objective);
  } catch (error) {
    const known = error instanceof UsageError || error instanceof InstanceError;
    if (!known) throw error;
    tell(error.message);
    return 1;
  }
  for (const refinement of options.refine ?? []) {
    const why = whyIdle(instance, refinement);
    if (why) tell(`--then ${refinement}: ${why}, so it has nothing to do`);
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
        tell('no plan exists; the reasons on stdout say why');
        print({ infeasible: true, reasons: outcome.reasons });
        return 2;
      case 'nothing-found':
        tell(
          `no plan was found in time; give it more --${options.iterations === undefined ? 'seconds' : 'iterations'}`,
        );
        return 3;
    }
  } catch (error) {
    tell(messageOf(error));
    return 3;
  }
}

function whyIdle(instance: Instance, refinement: Refinement): string | null {
  if (refinement === 'changes' && !instance.previous) return 'the instance has no previous plan';
  const ofColleagues = refinement === 'spread' || refinement === 'together';
  if (ofColleagues && instance.attendees.every(({ organisation }) => organisation === null))
    return 'nobody has an organisation';
  return null;
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
    throw new UsageError(`${messageOf(error)}\n${usage}`);
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
  const refine = (values['then'] ?? 'fill')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
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
  const text = readText(file);
  if (text.trim() === '') throw new UsageError(`${file} is empty`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${messageOf(error)}`);
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EISDIR') throw new UsageError(`${file} is a folder, not a file`);
    if (code === 'ENOENT') throw new UsageError(`there is no file ${file}`);
    throw new UsageError(`${file} cannot be read: ${messageOf(error)}`);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const tell = (remark: string): void => {
  process.stderr.write(`${remark}\n`);
};

function showProgress({ value, bound, trying }: PlanProgress): void {
  const show = (x: unknown): string => (x === null ? '–' : JSON.stringify(x));
  tell(`${trying}: value ${show(value)}, bound ${show(bound)}`);
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
