import fastifyStatic from '@fastify/static';
import type { FastifyReply, FastifyRequest } from 'fastify';
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
  app.get(path, (request, reply) => sendPageShell(app, request, reply));
}

/** Sends the client's page; it draws what belongs at the address, or that nothing does. Return it from the handler. */
export function sendPageShell(
  app: App,
  request: FastifyRequest,
  reply: FastifyReply,
  status: 200 | 404 = 200,
): FastifyReply {
  const isBuilt = existsSync(join(app.config.clientDir, 'index.html'));
  return isBuilt ? reply.code(status).sendFile('index.html') : sendProblem(request, reply, notFound());
}
