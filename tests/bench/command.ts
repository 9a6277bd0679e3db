// npm run bench -- <what> … : measures the product as it is built and prints JSON, one object a line, on stdout.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** A benchmark is handed the words after its name, and prints each row as soon as it is measured. */
type Benchmark = (words: readonly string[]) => Promise<void>;

const benchmarks: Readonly<Record<string, () => Promise<Benchmark>>> = {
  plan: async () => (await import('./plan.ts')).benchPlan,
  calendar: async () => (await import('./calendar.ts')).benchCalendar,
  client: async () => (await import('./client.ts')).benchClient,
  booking: async () => (await import('./booking.ts')).benchBooking,
};

const [name = '', ...words] = process.argv.slice(2);
const benchmark = benchmarks[name];
if (benchmark) {
  const root = join(import.meta.dirname, '..', '..');
  const { status } = spawnSync(process.execPath, ['server/build.mjs'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status === 0) await (await benchmark())(words);
  else process.exitCode = 1;
} else {
  process.stderr.write(`Say what to measure: npm run bench -- ${Object.keys(benchmarks).join('|')}\n`);
  process.exitCode = 2;
}
