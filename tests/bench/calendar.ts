import type { Programme } from '../../shared/overview/contract.ts';
import { apiClient, AttendeeClient } from '../support/api-client.ts';
import { npmRun, seededFolder } from '../support/commands.ts';
import { freePort } from '../support/free-port.ts';
import { type RunningServer, startServer } from '../support/running-server.ts';
import { bareServer, Readers, type ReadingResult } from './calendar-load.ts';
import { followFeed, print } from './calendar-programs.ts';
import { type Organiser, signedIn, storyOf } from './calendar-story.ts';

const slug = 'utsikt-ar-insikt';
const connections = 50;
const blocks = 5;

/**
 * npm run bench -- calendar [seconds] : how many feeds a second are answered, as long as each block lasts (2); whether they are the
 * same to the byte when nothing changed, also after a restart; and what parsers and calendar programs make of them, those of
 * Debian where they are installed. What is wrong makes the exit code 1.
 */
export async function benchCalendar([seconds = '2']: readonly string[]): Promise<void> {
  const seeded = await seededFolder({
    stage: 'picks',
    attendees: '600',
    workshops: '60',
    rooms: '20',
    seed: '1',
  });
  const readers = new Readers();
  let server = await startServer({ dataDir: seeded.dataDir });
  try {
    const paths = await feedPaths(server, seeded.tokens);
    const before = await readAll(server, paths);
    await server.stop({ keepData: true });
    server = await startServer({ dataDir: seeded.dataDir });
    // The address of the installation stands in the feeds, and each start has a port of its own.
    const portless = ({ text }: Feed) => text.replaceAll('\r\n ', '').replaceAll(/localhost:\d+/gu, '');
    const after = await readAll(server, paths);
    const again = await readAll(server, paths);
    print({
      row: 'unchanged',
      feeds: paths.length,
      equal: after.filter(({ text }, i) => text === again[i]!.text).length,
      equalAfterRestart: after.filter((feed, i) => portless(feed) === portless(before[i]!)).length,
    });
    if (after.some((feed, i) => feed.text !== again[i]!.text || portless(feed) !== portless(before[i]!)))
      process.exitCode = 1;

    const [personal, shared] = [again.slice(0, -2), again.slice(-2)];
    const [programme, room] = shared as [Feed, Feed];
    for (const [row, feeds] of [
      ['personal', personal],
      ['programme', [programme]],
      ['room', [room]],
    ] as const)
      for (const known of [false, true])
        // oxlint-disable-next-line no-await-in-loop -- one measurement after another
        print({ row, ...(await rate(server, readers, feeds, known, Number(seconds))) });

    const link = await npmRun(['verkstad', '--', 'sign-in-link'], { VERKSTAD_DATA: seeded.dataDir });
    const send = await signedIn(server.url, slug, link.trim().split(/\s/u).at(-1)!);
    print({ row: 'redrawn', ...(await redrawn(server, send)) });
    await followFeed(`${server.url}/c/${slug}/programme.ics`, await storyOf(server.url, slug, send));
  } finally {
    readers.end();
    await server.stop({ keepData: true });
    seeded.remove();
  }
}

interface Feed {
  readonly path: string;
  readonly text: string;
  readonly etag: string;
}

/** Everybody's own feed, the programme's, and a room's, in this order. */
async function feedPaths({ url }: RunningServer, tokens: readonly string[]): Promise<string[]> {
  const paths: string[] = [];
  for (const token of tokens) {
    // oxlint-disable-next-line no-await-in-loop -- a few hundred, once
    const { calendar } = await new AttendeeClient(url, token, slug).me();
    paths.push(new URL(calendar.feed).pathname);
  }
  const { rooms } = await new AttendeeClient(url, tokens[0]!, slug).programme();
  return [...paths, `/c/${slug}/programme.ics`, `/c/${slug}/rooms/${rooms[0]!.id}.ics`];
}

async function readAll({ url }: RunningServer, paths: readonly string[]): Promise<Feed[]> {
  const feeds: Feed[] = [];
  for (const path of paths) {
    // oxlint-disable-next-line no-await-in-loop -- one after another
    const answer = await fetch(url + path);
    if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}`);
    // oxlint-disable-next-line no-await-in-loop
    feeds.push({ path, text: await answer.text(), etag: answer.headers.get('etag')! });
  }
  return feeds;
}

/** Blocks of the product and of the baseline by turns; the median block of each. */
async function rate(
  { url }: RunningServer,
  readers: Readers,
  feeds: readonly Feed[],
  known: boolean,
  seconds: number,
): Promise<object> {
  const port = Number(new URL(url).port);
  const barePort = await freePort();
  const meanBytes = Math.round(
    feeds.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) / feeds.length,
  );
  const bare = await bareServer(barePort, known ? 0 : meanBytes);
  const reads = feeds.map(({ path, etag }) => (known ? { path, etag } : { path }));
  const own: ReadingResult[] = [];
  const baseline: ReadingResult[] = [];
  for (let i = 0; i < blocks; i++) {
    // oxlint-disable-next-line no-await-in-loop -- by turns
    own.push(await readers.read({ port, reads, connections, seconds }));
    // oxlint-disable-next-line no-await-in-loop
    baseline.push(
      await readers.read({ port: barePort, reads: [{ path: '/calendar/x' }], connections, seconds }),
    );
  }
  bare.end();
  const [block, bareBlock] = [middle(own), middle(baseline)];
  const wanted = known ? '304' : '200';
  if (own.some(({ statuses }) => Object.keys(statuses).join() !== wanted)) process.exitCode = 1;
  return {
    answer: wanted,
    bytes: known ? 0 : meanBytes,
    rps: Math.round(block.rps),
    p50: round(block.p50),
    p99: round(block.p99),
    baseline: Math.round(bareBlock.rps),
    ratio: round(block.rps / bareBlock.rps),
    statuses: block.statuses,
  };
}

/** Milliseconds of the first reading of the programme after each of twenty changes of it, and of the second; medians. */
async function redrawn({ url }: RunningServer, send: Organiser): Promise<object> {
  const { rooms } = (await apiClient(url).get<Programme>(`/api/conferences/${slug}/programme`)).body;
  const [first, second]: [number[], number[]] = [[], []];
  const timed = async () => {
    const startedAt = performance.now();
    await (await fetch(`${url}/c/${slug}/programme.ics`)).text();
    return performance.now() - startedAt;
  };
  for (let i = 0; i < 20; i++) {
    await send('PATCH', `/rooms/${rooms[0]!.id}`, { name: `Sal ${i}` });
    first.push(await timed());
    second.push(await timed());
  }
  const median = (times: number[]) => round(times.sort((a, b) => a - b)[10]!);
  return { first: median(first), second: median(second) };
}

function middle(results: readonly ReadingResult[]): ReadingResult {
  return results.toSorted((a, b) => a.rps - b.rps)[Math.floor(results.length / 2)]!;
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
