import fastifyStatic from '@fastify/static';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../root.ts';
import type { App } from './app-type.ts';

const clientFolder = join(root, 'dist', 'client');

/** The built client: files under /assets are named by their content and kept for ever, the rest is asked for again. */
export function serveClientFiles(app: App): void {
  if (!existsSync(clientFolder)) return;
  void app.register(fastifyStatic, {
    root: clientFolder,
    wildcard: false,
    index: false,
    preCompressed: true,
    cacheControl: false,
    globIgnore: ['**/*.br', '**/*.gz', 'index.html'],
    setHeaders: (reply, path) =>
      reply.header(
        'cache-control',
        path.startsWith(join(clientFolder, 'assets')) ? 'public, max-age=31536000, immutable' : 'no-cache',
      ),
  });
}

/** Serves the client's page at an address that the client draws itself. */
export function servePageShell(app: App, path: string): void {
  app.get(path, (_request, reply) => reply.sendFile('index.html', clientFolder));
}
