import fastifyStatic from '@fastify/static';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { notFound } from '../../../shared/core/refusals.ts';
import type { App } from './app-type.ts';
import { sendProblem } from './problems.ts';

/** The built client: files under /assets are named by their content and kept for ever, the rest is asked for again. */
export function serveClientFiles(app: App): void {
  const folder = app.config.clientDir;
  if (!existsSync(folder)) return;
  const assets = join(folder, 'assets');
  void app.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    index: false,
    preCompressed: true,
    cacheControl: false,
    globIgnore: ['**/*.br', '**/*.gz', '**/*.html'],
    setHeaders: (reply, path) =>
      reply.header(
        'cache-control',
        path.startsWith(assets) ? 'public, max-age=31536000, immutable' : 'no-cache',
      ),
  });
}

/** Serves the client's page at an address (`/c/:slug/me`) that the client draws itself. */
export function servePageShell(app: App, path: string): void {
  const isBuilt = existsSync(join(app.config.clientDir, 'index.html'));
  app.get(path, (request, reply) =>
    isBuilt ? reply.sendFile('index.html') : sendProblem(request, reply, notFound()),
  );
}
