import type { FastifyRequest } from 'fastify';
import type { Endpoint } from '../../../shared/core/endpoint.ts';
import { methodNotAllowed, notFound } from '../../../shared/core/refusals.ts';
import type { App } from './app-type.ts';
import { sendProblem } from './problems.ts';
import { sendPageShell } from './static.ts';

/**
 * Where nothing is, a browser gets the client's page, which says so in the reader's language, and a program gets the problem:
 * `method-not-allowed` where other methods are served.
 */
export function serveNotFound(app: App): void {
  const patterns = new Map<Endpoint, RegExp>();
  app.addHook('onReady', (done) => {
    for (const endpoint of app.served) patterns.set(endpoint, patternOf(endpoint.path));
    done();
  });
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0]!;
    const methods = [...patterns].filter(([, pattern]) => pattern.test(path)).map(([{ method }]) => method);
    // A route that is served for the method and still finds nothing may send the request on to here.
    if (methods.length > 0 && !methods.some((method) => method === request.method))
      return sendProblem(request, reply.header('allow', methods.join(', ')), methodNotAllowed());
    if (isPage(request)) return sendPageShell(app, request, reply, 404);
    return sendProblem(request, reply, notFound());
  });
}

/** Whether a person looks at the answer as a page. */
function isPage({ method, url, headers }: FastifyRequest): boolean {
  return (
    method === 'GET' &&
    headers.accept?.includes('text/html') === true &&
    !/^\/(?:api|assets|calendar)(?:\/|$)/u.test(url)
  );
}

function patternOf(path: string): RegExp {
  const source = path
    .split(/(:\w+)/u)
    .map((part) => (part.startsWith(':') ? '[^/]+?' : part.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&')));
  return new RegExp(`^${source.join('')}$`, 'u');
}
