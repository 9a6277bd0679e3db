import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '..', '..');
const run = promisify(execFile);

/** Runs one of the product's commands as an operator types it (`npm run --silent …`) and answers with what it prints. */
export async function npmRun(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { stdout } = await run('npm', ['run', '--silent', ...args], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', ...environment },
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

export interface Seeded {
  readonly dataDir: string;
  /** Personal tokens of the attendees, in the order of the cast. */
  readonly tokens: readonly string[];
  readonly remove: () => void;
}

/** A place for a data folder, which is not there yet. */
export function emptyFolder(): Pick<Seeded, 'dataDir' | 'remove'> & { readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'verkstad-seed-'));
  return {
    folder,
    dataDir: join(folder, 'data'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A data folder made by `npm run seed`; the options are the command's own, without their dashes. */
export async function seededFolder(options: Readonly<Record<string, string>>): Promise<Seeded> {
  const { folder, dataDir, remove } = emptyFolder();
  const links = join(folder, 'links.csv');
  const args = Object.entries({ ...options, links }).flatMap(([name, value]) => [`--${name}`, value]);
  await npmRun(['seed', '--', ...args], { VERKSTAD_DATA: dataDir });
  const [header, ...rows] = readFileSync(links, 'utf8').trim().split(/\r?\n/u);
  if (header !== 'attendee,token') throw new Error(`links.csv begins with ${header}`);
  return {
    dataDir,
    tokens: rows.map((row) => row.split(',')[1]!),
    remove,
  };
}
