import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { readByIcalJs } from '../support/calendars/readings.ts';
import { type Client, clients, type FeedState } from './calendar-clients.ts';
import { differences, installed, type Parser, parsers } from './calendar-parsers.ts';
import type { Story } from './calendar-story.ts';

const golden = join(import.meta.dirname, '..', 'golden', 'calendar');

/** A feed through its states: read by each parser, with the golden files, and followed by each calendar program. */
export async function followFeed(url: string, story: Story): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'verkstad-calendars-'));
  const files = readdirSync(golden).map((name) => join(golden, name));
  const following = await Promise.all(
    clients
      .filter(({ packages }) => packages.every(installed))
      .map(async (client, i) => {
        const own = join(folder, `client-${i}`);
        mkdirSync(own);
        const faults: Record<string, readonly string[]> = {};
        return { client, faults, follower: await client.start(own) };
      }),
  );
  try {
    for (let state = await story.next(); state !== null; state = await story.next()) {
      const text = await (await fetch(url)).text();
      const file = join(folder, `${state}.ics`);
      writeFileSync(file, text);
      files.push(file);
      const feed: FeedState = { url, file, text, events: readByIcalJs(text) };
      for (const { faults, follower } of following) faults[state] = await follower.take(feed);
    }
    for (const parser of parsers) print(whatParserSays(parser, files));
    for (const client of clients) {
      const faults = following.find((one) => one.client === client)?.faults;
      const { name, how } = client;
      print({ row: 'program', name, how, ...verdict(client, faults) });
    }
  } finally {
    for (const { follower } of following) follower.end?.();
    rmSync(folder, { recursive: true, force: true });
  }
}

function whatParserSays(parser: Parser, files: readonly string[]): object {
  const faults = parser.packages.every(installed)
    ? Object.fromEntries(files.map((file) => [basename(file, '.ics'), faultsOf(parser, file)]))
    : undefined;
  return { row: 'parser', name: parser.name, ...verdict(parser, faults) };
}

function faultsOf(parser: Parser, file: string): string[] {
  try {
    return differences(parser.read(file), readByIcalJs(readFileSync(file, 'utf8')));
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** Whether every state was right, and what was not; or what is not installed. */
function verdict(
  { packages }: Pick<Client, 'packages'>,
  faults?: Readonly<Record<string, readonly string[]>>,
) {
  if (!faults) return { installed: false, packages };
  const wrong = Object.fromEntries(Object.entries(faults).filter(([, list]) => list.length > 0));
  const right = Object.keys(wrong).length === 0;
  if (!right) process.exitCode = 1;
  return { installed: packages.map(installed), states: Object.keys(faults), right, ...(!right && { wrong }) };
}

export function print(row: object): void {
  process.stdout.write(`${JSON.stringify(row)}\n`);
}
