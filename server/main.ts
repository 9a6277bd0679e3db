import { once } from 'node:events';
import { rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { createServer } from 'node:net';
import { availableParallelism } from 'node:os';
import { setTimeout as after } from 'node:timers/promises';
import { buildApp } from './app.ts';
import { listHosts } from './conference/queries.ts';
import { systemClock } from './core/clock.ts';
import { readConfig } from './core/config.ts';
import { listenForOperator } from './core/control.ts';
import type { Store } from './core/database.ts';
import { linesTogether } from './core/http/log.ts';
import { StartRefused } from './core/start-refused.ts';
import { startThread } from './core/thread.ts';
import type { RushThreadData } from './core/write-in-thread.ts';
import { openStore } from './store.ts';

const stopMilliseconds = 4500;
/** Connections that the system holds until they are accepted, where its own limit allows: one more would knock again after a second. */
const mostAtTheDoor = 4096;

// Everything this process makes is its owner's alone.
process.umask(0o077);
// Where the log cannot be written, on a full disk for instance, its lines are lost and nothing else.
process.stdout.on('error', () => {});
await start().catch((error: unknown) => {
  console.error(error instanceof StartRefused ? error.message : error);
  process.exit(error instanceof StartRefused ? error.exitCode : 1);
});

async function start(): Promise<void> {
  const config = readConfig(process.env);
  await tryHost(config.host);
  const { dataDir, keyFile, rush: calls } = config;
  const data: RushThreadData = { dataDir, keyFile };
  const start = () => {
    const thread = startThread(new URL('rush-thread', import.meta.url), data);
    app.log.info('the second writer starts');
    thread.once('exit', () => app.log.info('the second writer has ended'));
    return thread;
  };
  const hasThreads = availableParallelism() > 1 && calls > 0;
  const store = openStore({ dataDir, keyFile, ...(hasThreads && { rush: { start, calls } }) });
  const app = buildApp({ store, config, log: linesTogether(process.stdout) });

  let control: Server | null = null;
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    app.readiness.state = 'stopping';
    control?.close();
    await Promise.race([app.close(), after(stopMilliseconds)]);
    app.server.closeAllConnections();
    control?.closeAllConnections();
    await store.close();
    rmSync(store.folder.self, { force: true });
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());

  try {
    await app.listen({ host: config.host, port: config.port, backlog: mostAtTheDoor });
  } catch (error) {
    await store.close();
    throw whyNotPort(error, config.port) ?? error;
  }
  control = await listenForOperator(app);
  if (config.demo && store.read(listHosts).length === 0) await printDemo(store, config.url);
  app.readiness.state = 'ready';
  app.postOffice.start();
  process.stdout.write(`Verkstad: ${config.url}\n`);
}

/** Fills an installation with nothing in it and prints the ways in, before anyone is told that the server is ready. */
async function printDemo(store: Store, url: string): Promise<void> {
  const { openDemo } = await import('../seeds/demo.ts');
  const { publicPage, attendee, organiser } = await openDemo(store, { url, now: systemClock.now() });
  process.stdout.write(
    [
      'Nothing is here yet, so here is the demo conference.',
      `  The programme, for everyone:               ${publicPage}`,
      `  One attendee's personal link:              ${attendee}`,
      `  The organiser's sign-in, once, for a day:  ${organiser}`,
      '',
    ].join('\n'),
  );
}

/** Listens there for a moment, on any port: an address that cannot be had is refused before a data folder is made. */
async function tryHost(host: string): Promise<void> {
  const server = createServer().listen({ host, port: 0 });
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new StartRefused(
      `HOST is "${host}"; it must be an address of this machine, such as 0.0.0.0 or 127.0.0.1 (${codeOf(error)}).`,
    );
  } finally {
    server.close();
  }
}

function whyNotPort(error: unknown, port: number): StartRefused | null {
  const code = codeOf(error);
  if (code === 'EADDRINUSE') return new StartRefused(`Port ${port} is taken. Set PORT to another.`);
  if (code === 'EACCES')
    return new StartRefused(`Port ${port} is not for this user to listen on. Set PORT to another.`);
  return null;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
