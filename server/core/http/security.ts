import helmet from '@fastify/helmet';
import type { FastifyRequest } from 'fastify';
import { Refused } from '../../../shared/core/refusal.ts';
import { foreignOrigin } from '../../../shared/core/refusals.ts';
import type { App } from './app-type.ts';

/** Headers of every answer: nothing from other sites, nothing inline, no address told to others. */
export function serveSecurityHeaders(app: App): void {
  void app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
    strictTransportSecurity: app.config.url.startsWith('https:'),
    // The shared pages of a calendar or a programme may be fetched by programs, never framed or scripted.
    crossOriginEmbedderPolicy: false,
  });
}

/** Changes come from this site's own pages, or from programs that carry no cookie. */
export function refuseForeignOrigins(app: App): void {
  app.addHook('onRequest', (request, _reply, done) => {
    done(isForeign(request, app.config.url) ? new Refused(foreignOrigin()) : undefined);
  });
}

function isForeign(request: FastifyRequest, ownOrigin: string): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return false;
  const { origin, host, cookie } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return true;
  if (origin !== undefined)
    return origin !== ownOrigin && !(URL.canParse(origin) && new URL(origin).host === host);
  return cookie !== undefined && site === undefined;
}
