import { onTestFinished } from 'vitest';
import { buildApp } from '../../server/app.ts';
import { type Config, readConfig } from '../../server/core/config.ts';
import type { Store } from '../../server/core/database.ts';
import type { App } from '../../server/core/http/app-type.ts';
import type { LogStream } from '../../server/core/http/log.ts';
import { type TestClock, testClock } from './clock.ts';
import { testStore } from './database.ts';

export interface TestServer {
  readonly app: App;
  readonly store: Store;
  readonly clock: TestClock;
}

export interface TestServerOptions {
  readonly clock?: TestClock;
  readonly store?: Store;
  readonly config?: Partial<Config>;
  readonly log?: LogStream;
  /** More routes, for the test alone. */
  readonly routes?: (app: App) => void;
}

/** The whole server on a fresh database, to be asked with `app.inject`. Closed when the test ends. */
export async function testServer(options: TestServerOptions = {}): Promise<TestServer> {
  const clock = options.clock ?? testClock();
  const store = options.store ?? testStore({ clock });
  const config = { ...readConfig({ VERKSTAD_MIN_FREE_MB: '0' }), ...options.config };
  const app = buildApp({ store, config, clock, log: options.log, routes: options.routes });
  app.readiness.state = 'ready';
  await app.ready();
  onTestFinished(() => app.close());
  return { app, store, clock };
}

/** The same on a real port of this machine: for what only sockets show. */
export async function listeningServer(
  options: TestServerOptions = {},
): Promise<TestServer & { url: string; port: number }> {
  const server = await testServer(options);
  const url = await server.app.listen({ host: '127.0.0.1', port: 0 });
  return { ...server, url, port: Number(new URL(url).port) };
}
