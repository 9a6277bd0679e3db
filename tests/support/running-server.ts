import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { engineFlags } from './engine-flags.ts';
import { freePort } from './free-port.ts';

const root = join(import.meta.dirname, '..', '..');

/** Verkstad as an operator runs it: a process of its own, started as `npm start` does, with a data folder of its own. */
export interface RunningServer {
  readonly url: string;
  readonly dataDir: string;
  readonly pid: number;
  /** Milliseconds from the start of the process until it answered that it is ready. */
  readonly readyAfter: number;
  /** The links that a new data folder's first start prints. */
  readonly links: { readonly publicPage: string; readonly attendee: string; readonly organiser: string };
  /** Everything the process has printed. */
  output(): string;
  /** Its exit code once it has ended; null: it was killed. */
  readonly exited: Promise<number | null>;
  /** Asks it to stop, as a service manager does; answers with its exit code. The data folder goes too unless it is to be kept. */
  stop(options?: { keepData?: boolean }): Promise<number | null>;
}

export interface ServerOptions {
  /** An existing data folder; else a new one, which gets the demo. */
  readonly dataDir?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether what has to be built was built just before. */
  readonly built?: boolean;
  /** The file that its log is written to; else the log is part of the output. */
  readonly log?: string;
}

/** Builds what is missing or made from other sources. What has to be built is no part of how fast the server starts. */
export function buildServer(): void {
  spawnSync(process.execPath, ['server/build.mjs'], { cwd: root, stdio: 'ignore' });
}

export async function startServer({
  dataDir,
  environment,
  built = false,
  log,
}: ServerOptions = {}): Promise<RunningServer> {
  const folder = dataDir ?? mkdtempSync(join(tmpdir(), 'verkstad-journey-'));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  if (!built) buildServer();
  const startedAt = performance.now();
  const program = built ? 'dist/server/main.js' : 'server/start.mjs';
  const server = spawn(process.execPath, [...engineFlags, program], {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(port),
      HOST: '127.0.0.1',
      VERKSTAD_URL: url,
      VERKSTAD_DATA: folder,
      VERKSTAD_MIN_FREE_MB: '0',
      ...environment,
    },
    stdio: ['ignore', log === undefined ? 'pipe' : openSync(log, 'w'), 'pipe'],
  });
  const exited = once(server, 'exit').then(([code]) => code as number | null);
  let printed = '';
  server.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString('utf8')));
  server.stderr?.on('data', (chunk: Buffer) => (printed += chunk.toString('utf8')));
  try {
    await untilReady(server, url, () => printed);
  } catch (error) {
    server.kill('SIGKILL');
    throw error;
  }
  const readyAfter = performance.now() - startedAt;
  const find = (pattern: RegExp) => pattern.exec(printed)?.[0] ?? '';
  return {
    url,
    dataDir: folder,
    pid: server.pid!,
    readyAfter,
    links: {
      publicPage: find(/http:\/\/localhost:\d+\/c\/[\w-]+/u),
      attendee: find(/http:\/\/localhost:\d+\/me\/[\w-]+/u),
      organiser: find(/http:\/\/localhost:\d+\/sign-in\/[\w-]+/u),
    },
    output: () => printed,
    exited,
    async stop({ keepData = false } = {}) {
      if (server.exitCode === null && server.signalCode === null) {
        server.kill('SIGTERM');
        await once(server, 'exit');
      }
      if (!keepData) rmSync(folder, { recursive: true, force: true });
      return server.exitCode;
    },
  };
}

async function untilReady(server: ChildProcess, url: string, output: () => string): Promise<void> {
  const giveUpAt = performance.now() + 60_000;
  while (performance.now() < giveUpAt) {
    if (server.exitCode !== null) break;
    // oxlint-disable-next-line no-await-in-loop -- asked again until it answers
    if (await isReady(url)) return;
    // oxlint-disable-next-line no-await-in-loop
    await after(50);
  }
  throw new Error(`The server did not become ready. It printed:\n${output()}`);
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`)).ok;
  } catch {
    return false;
  }
}
