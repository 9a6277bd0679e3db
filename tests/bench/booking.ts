import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '../support/free-port.ts';
import { judge } from './booking-history.ts';
import { Load, type RushResult } from './booking-load.ts';
import { openStage, type Sizes, slug, type Stage } from './booking-stage.ts';

const conference: Sizes = { attendees: 10_000, workshops: 60, rooms: 20, offerings: 1 };
const largest: Sizes = { attendees: 60_000, workshops: 500, rooms: 167, offerings: 1 };

const rows: Readonly<Record<string, () => Promise<void>>> = {
  rush: () => rush('rush', conference, { connections: 100, blocks: 5 }),
  opening: () => rush('opening', largest, { connections: 1000, blocks: 4 }),
  reads,
  'slow-disk': () => rush('slow-disk', conference, { connections: 100, blocks: 1, fsync: 5 }),
};

/**
 * npm run bench -- booking [rush] [opening] [reads] [slow-disk] : how fast seats are given, durably, over HTTP. Every row starts the
 * server on a fresh data folder. `rps` is answers a second, p50 and p99 milliseconds, `group` the mean number of commands a commit,
 * `peakMb` the server's memory, `ratio` answers a second as part of those of a bare Fastify measured in the same minute. `oversold`
 * and `lost` come from what the clients were answered, held against what is stored.
 */
export async function benchBooking(words: readonly string[]): Promise<void> {
  const unknown = words.find((word) => !Object.hasOwn(rows, word));
  if (unknown !== undefined) {
    process.stderr.write(`There is no row ${unknown}: ${Object.keys(rows).join(', ')}\n`);
    process.exitCode = 2;
    return;
  }
  // oxlint-disable-next-line no-await-in-loop -- one at a time, or they measure each other
  for (const name of words.length > 0 ? words : Object.keys(rows)) await rows[name]!();
}

interface RushOptions {
  readonly connections: number;
  /** Into how many parts the people are divided; between the parts the bare server gets as many requests. */
  readonly blocks: number;
  /** Milliseconds that each fsync takes longer. */
  readonly fsync?: number;
}

async function rush(row: string, sizes: Sizes, { connections, blocks, fsync }: RushOptions): Promise<void> {
  const stage = await openStage(sizes, { fsync });
  const load = new Load();
  let bare: Bare | undefined;
  try {
    const real: RushResult[] = [];
    const baseline: RushResult[] = [];
    const before = await stage.writes();
    for (let block = 0; block < blocks; block++) {
      const people = part(stage.people, block, blocks);
      // oxlint-disable-next-line no-await-in-loop -- in turns, so that whatever else the machine does falls on both
      real.push(await load.rush({ port: stage.port, slug, connections, people }));
      if (fsync !== undefined) continue;
      // oxlint-disable-next-line no-await-in-loop
      bare ??= await startBare(Math.round(real[0]!.bytes));
      // oxlint-disable-next-line no-await-in-loop
      baseline.push(await load.rush({ port: bare.port, slug, connections, people }));
    }
    const now = await stage.writes();
    const measured = figures(real);
    if (bare) print({ row: 'baseline', connections, ...figures(baseline).speed });
    print({
      row,
      connections,
      ...(fsync !== undefined && { fsyncMs: fsync }),
      ...measured.speed,
      seconds: tenths(measured.seconds),
      answers: measured.answers,
      retries: measured.retries,
      group: tenths((now.commands - before.commands) / (now.groups - before.groups)),
      peakMb: stage.peakMb(),
      ...(bare && { ratio: hundredths(measured.speed.rps / figures(baseline).speed.rps) }),
      ...(await judged(stage, real)),
    });
  } finally {
    load.end();
    bare?.process.disconnect();
    stage.remove();
  }
}

/** Two thousand pages listen and others read the programme, while everybody picks. */
async function reads(): Promise<void> {
  const stage = await openStage(conference);
  const load = new Load();
  const crowd = new Load();
  try {
    await crowd.gather({ port: stage.port, slug, listeners: 2000, readers: 50, pace: 250 });
    const before = await stage.writes();
    const result = await load.rush({ port: stage.port, slug, connections: 100, people: stage.people });
    const now = await stage.writes();
    const { milliseconds, seconds, lag, failures, events, megabytes, taken } = await crowd.disperse();
    const { speed, answers, retries } = figures([result]);
    const sorted = milliseconds.toSorted();
    print({
      row: 'reads',
      rps: Math.round(milliseconds.length / seconds),
      p50: tenths(quantile(sorted, 0.5)),
      p99: tenths(quantile(sorted, 0.99)),
      lag: tenths(lag),
      failures,
      listeners: 2000,
      events,
      megabytes: Math.round(megabytes),
      picks: { ...speed, answers, retries },
      group: tenths((now.commands - before.commands) / (now.groups - before.groups)),
      peakMb: stage.peakMb(),
      ...(await judged(stage, [result])),
      untold: Object.entries(countSeats(stage, result)).filter(([id, count]) => taken[id] !== count).length,
    });
  } finally {
    load.end();
    crowd.end();
    stage.remove();
  }
}

async function judged(stage: Stage, results: readonly RushResult[]) {
  await stage.stop();
  const wrong = results.reduce((sum, result) => sum + result.wrong, 0);
  return { ...judge(stage, results), ...(wrong > 0 && { wrong }), verify: stage.verify() };
}

/** Seats taken in each session, as answered. */
function countSeats({ people }: Stage, { status }: RushResult): Record<string, number> {
  const seats: Record<string, number> = {};
  people
    .flatMap(({ wants }) => wants)
    .forEach(({ session }, i) => {
      if (status[i] === 200) seats[session] = (seats[session] ?? 0) + 1;
    });
  return seats;
}

interface Bare {
  readonly port: number;
  readonly process: ChildProcess;
}

async function startBare(bytes: number): Promise<Bare> {
  const port = await freePort();
  const process = fork(join(import.meta.dirname, 'booking-bare-process.ts'), [String(port), String(bytes)], {
    execArgv: ['--import', 'tsx'],
  });
  await once(process, 'message');
  return { port, process };
}

function part<T>(things: readonly T[], index: number, parts: number): readonly T[] {
  const size = Math.ceil(things.length / parts);
  return things.slice(index * size, (index + 1) * size);
}

function figures(results: readonly RushResult[]) {
  const seconds = results.reduce((sum, result) => sum + result.seconds, 0);
  const sorted = Float64Array.from(results.flatMap(({ milliseconds }) => [...milliseconds])).sort();
  const answers: Record<string, number> = {};
  for (const { status, codes } of results)
    status.forEach((value, i) => {
      const answer = codes[i] ?? String(value);
      answers[answer] = (answers[answer] ?? 0) + 1;
    });
  return {
    seconds,
    answers,
    retries: results.reduce((sum, result) => sum + result.retries, 0),
    speed: {
      rps: Math.round(sorted.length / seconds),
      p50: tenths(quantile(sorted, 0.5)),
      p99: tenths(quantile(sorted, 0.99)),
    },
  };
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}

function print(row: object): void {
  process.stdout.write(`${JSON.stringify(row)}\n`);
}
