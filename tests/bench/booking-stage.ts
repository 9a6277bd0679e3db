import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { callAsOperator } from '../../server/core/control.ts';
import { dataFolder } from '../../server/core/data-folder.ts';
import type { Programme } from '../../shared/overview/contract.ts';
import { seededRandom } from '../../shared/core/random.ts';
import { apiClient } from '../support/api-client.ts';
import { engineFlags } from '../support/engine-flags.ts';
import { freePort } from '../support/free-port.ts';
import type { Person } from './booking-load.ts';
import { slowFsync } from './slow-fsync.ts';

const root = join(import.meta.dirname, '..', '..');
export const slug = 'utsikt-ar-insikt';
/** How long before the opening the organiser sets it: the server makes ready meanwhile, as it does on the day. */
const aheadMilliseconds = 12_000;

export interface Sizes {
  readonly attendees: number;
  readonly workshops: number;
  readonly rooms: number;
  readonly offerings: number;
}

/** A server of the product on a fresh data folder, with a conference whose picks are open and nobody seated. */
export interface Stage {
  readonly port: number;
  readonly dataDir: string;
  readonly programme: Programme;
  readonly people: readonly (Person & { readonly id: string })[];
  /** How many commands and commits the writer has made since the server started. */
  writes(): Promise<{ commands: number; groups: number }>;
  /** The most memory the server has had, in MB (the system's count of resident memory); null where the system does not say. */
  peakMb(): number | null;
  /** Stops the server as a service manager does. */
  stop(): Promise<void>;
  /** What `verkstad verify` says is broken; "clean" where nothing is. */
  verify(): string;
  remove(): void;
}

/** Seeds a conference, starts the server on it and answers when the picks open. `fsync` makes the disk that many milliseconds slower. */
export async function openStage(sizes: Sizes, { fsync = 0 } = {}): Promise<Stage> {
  const home = mkdtempSync(join(tmpdir(), 'verkstad-bench-'));
  const dataDir = join(home, 'data');
  const links = join(home, 'links.csv');
  const environment = { ...process.env, NODE_ENV: 'production', VERKSTAD_DATA: dataDir };
  const size = Object.entries(sizes).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const seeded = execFileSync(
    process.execPath,
    ['server/run.mjs', 'seeds/command.js', '--stage', 'planning', '--links', links, ...size],
    { cwd: root, env: environment, encoding: 'utf8' },
  );
  process.stderr.write(seeded);

  const port = await freePort();
  const log = openSync(join(home, 'log'), 'a');
  const server = spawn(process.execPath, [...engineFlags, ...profiling(), 'server/start.mjs'], {
    cwd: root,
    env: {
      ...environment,
      PORT: String(port),
      HOST: '127.0.0.1',
      VERKSTAD_URL: `http://localhost:${port}`,
      VERKSTAD_MIN_FREE_MB: '0',
      ...(fsync > 0 && slowFsync(home, fsync)),
    },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const url = `http://localhost:${port}`;
  await untilReady(server, url, join(home, 'log'));
  const control = dataFolder(dataDir).control;
  const operator = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await callAsOperator(control, method, path, body);
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${answer.body}`);
    return JSON.parse(answer.body) as T;
  };
  const opensAt = Date.now() + aheadMilliseconds;
  const picks = {
    opensAt: new Date(opensAt).toISOString(),
    closesAt: new Date(opensAt + 24 * 3_600_000).toISOString(),
  };
  await operator('PATCH', `/api/conferences/${slug}/settings`, { windows: { picks } });
  await operator('PUT', `/api/conferences/${slug}/stage`, { stage: 'picks' });
  const programme = (await apiClient(url).get<Programme>(`/api/conferences/${slug}/programme`)).body;

  const people = choosers(readFileSync(links, 'utf8'), programme);
  await after(opensAt - Date.now());

  return {
    port,
    dataDir,
    programme,
    people,
    writes: () => operator('GET', '/api/operator/writes'),
    peakMb: () => peakMb(server.pid!),
    async stop() {
      if (server.exitCode !== null || server.signalCode !== null) return;
      const exited = once(server, 'exit');
      server.kill('SIGTERM');
      await exited;
    },
    verify: () => {
      try {
        execFileSync(process.execPath, ['server/run.mjs', 'server/verkstad.js', 'verify'], {
          cwd: root,
          env: environment,
          encoding: 'utf8',
        });
        return 'clean';
      } catch (error) {
        const { stdout, stderr } = error as { stdout?: string; stderr?: string };
        return `${stdout ?? ''}${stderr ?? ''}`.trim() || String(error);
      }
    },
    remove() {
      server.kill('SIGKILL');
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** VERKSTAD_BENCH_PROFILE names a folder for a CPU profile of the server. */
function profiling(): string[] {
  const folder = process.env['VERKSTAD_BENCH_PROFILE'];
  return folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`];
}

async function untilReady(server: ChildProcess, url: string, log: string): Promise<void> {
  const giveUpAt = performance.now() + 60_000;
  while (performance.now() < giveUpAt && server.exitCode === null) {
    // oxlint-disable-next-line no-await-in-loop -- asked again until it answers
    const ok = await fetch(`${url}/healthz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ok) return;
    // oxlint-disable-next-line no-await-in-loop
    await after(50);
  }
  throw new Error(`The server did not become ready. It printed:\n${readFileSync(log, 'utf8')}`);
}

function peakMb(pid: number): number | null {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1024);
  } catch {
    return null;
  }
}

/** Everybody wants one session in each pass, never the same workshop twice; every fifth workshop is twice as popular for its size. */
function choosers(links: string, { passes, workshops, sessions }: Programme): Stage['people'] {
  const random = seededRandom(1);
  const popular = new Set(workshops.filter((_, i) => i % 5 === 0).map(({ id }) => id));
  const lotteries = passes.map(({ id }) => {
    const here = sessions.filter(({ pass }) => pass === id);
    let sum = 0;
    const sums = here.map(({ workshop, seats }) => (sum += seats * (popular.has(workshop) ? 2 : 1)));
    return { pass: id, draw: () => drawFrom(here, sums, random.next() * sum) };
  });
  const rows = links.trim().split('\n').slice(1);
  return rows.map((row) => {
    const [id = '', token = ''] = row.split(',');
    const chosen = new Set<string>();
    const wants = lotteries.map(({ pass, draw }) => {
      let session = draw();
      while (chosen.has(session.workshop)) session = draw();
      chosen.add(session.workshop);
      return { pass, session: session.id };
    });
    return { id, token, wants };
  });
}

function drawFrom<T>(things: readonly T[], sums: readonly number[], ticket: number): T {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle]! > ticket) high = middle;
    else low = middle + 1;
  }
  return things[low]!;
}
