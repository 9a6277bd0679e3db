import { existsSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readConfig } from '../server/core/config.ts';
import { type DataFolder, dataFolder, isNewFolder, lockFolder } from '../server/core/data-folder.ts';
import { StartRefused } from '../server/core/start-refused.ts';
import { personalToken } from '../server/people/links.ts';
import { openStore } from '../server/store.ts';
import { type Stage, stages } from '../shared/conference/stages.ts';
import { buildConference, type ConferenceOptions } from './conference.ts';

/**
 * npm run seed -- --stage picks --attendees 5000 --workshops 60 --rooms 20 --passes 3 --offerings 2 --seed 1 --links links.csv
 * Fills an empty data folder with a conference at a stage. `--links` without a file prints the tokens instead. Exit codes: 0 filled · 1 refused, and why · 3 another process has the folder.
 */
const sizes = {
  attendees: { most: 100_000 },
  workshops: { most: 2000 },
  rooms: { most: 1000 },
  passes: { most: 50 },
  offerings: { most: 50 },
  seed: { most: 2_147_483_647 },
} as const;

const usage = `usage: npm run seed -- [--stage ${stages.join('|')}] ${Object.keys(sizes)
  .map((name) => `[--${name} N]`)
  .join(' ')} [--links [FILE]]`;

/** As a file's name: standard output. */
const standardOutput = '-';

process.umask(0o077);
process.exitCode = await seed(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof StartRefused)) throw error;
  process.stderr.write(`${error.message}\n`);
  return error.exitCode;
});

async function seed(args: readonly string[]): Promise<number> {
  if (args.includes('--help')) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const { links, ...options } = readOptions(args);
  const config = readConfig(process.env);
  refuseUsedFolder(dataFolder(config.dataDir, config.keyFile));
  if (links !== undefined && links !== standardOutput) refuseUnwritable(links);
  const startedAt = performance.now();
  const store = openStore({ dataDir: config.dataDir, keyFile: config.keyFile });
  try {
    const built = await buildConference(store, { ...options, now: Date.now() });
    if (links !== undefined) {
      const { conferenceId, attendeeIds } = built;
      const rows = attendeeIds.map((id) => [id, personalToken(store, { id, conferenceId, linkVersion: 1 })]);
      const lines = [['attendee', 'token'], ...rows].map((row) => `${row.join(',')}\n`).join('');
      if (links === standardOutput) process.stdout.write(lines);
      else writeFileSync(links, lines, { mode: 0o600 });
    }
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    (links === standardOutput ? process.stderr : process.stdout).write(
      `${built.slug} stands at ${options.stage}: ${built.attendeeIds.length} attendees, ${built.sessions.length} sessions, in ${seconds} s.\n`,
    );
    return 0;
  } finally {
    await store.close();
  }
}

function refuseUsedFolder(folder: DataFolder): void {
  if (!existsSync(folder.path) || isNewFolder(folder)) return;
  lockFolder(folder)();
  throw new StartRefused(
    `The data folder ${folder.path} is not empty. Name an empty one in VERKSTAD_DATA. Nothing was done.`,
  );
}

/** Asked before anything is filled: a conference whose links nobody got would have to be thrown away. */
function refuseUnwritable(file: string): void {
  try {
    writeFileSync(file, '', { mode: 0o600 });
  } catch (error) {
    throw new StartRefused(
      `--links ${file}: ${error instanceof Error ? error.message : String(error)}. Nothing was done.`,
    );
  }
}

function readOptions(
  args: readonly string[],
): Omit<ConferenceOptions, 'now'> & { links: string | undefined } {
  let values: Record<string, string | undefined>;
  try {
    const names = ['stage', 'links', ...Object.keys(sizes)];
    values = parseArgs({
      args: args.flatMap((word, at) =>
        word === '--links' && !isValue(args[at + 1]) ? [word, standardOutput] : [word],
      ),
      options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
    }).values;
  } catch (error) {
    throw new StartRefused(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
  const { stage = 'picks', links } = values;
  if (!(stages as readonly string[]).includes(stage))
    throw new StartRefused(`--stage ${stage}: not one of ${stages.join(', ')}`);
  const number = (name: keyof typeof sizes): number | undefined => {
    const text = values[name];
    if (text === undefined) return undefined;
    const least = name === 'seed' ? 0 : 1;
    const value = Number(text);
    if (!/^\d+$/u.test(text) || value < least || value > sizes[name].most)
      throw new StartRefused(`--${name} ${text}: not a whole number from ${least} to ${sizes[name].most}`);
    return value;
  };
  return {
    stage: stage as Stage,
    links,
    attendees: number('attendees'),
    workshops: number('workshops'),
    rooms: number('rooms'),
    passes: number('passes'),
    offerings: number('offerings'),
    seed: number('seed'),
  };
}

function isValue(word: string | undefined): boolean {
  return word !== undefined && !word.startsWith('--');
}
