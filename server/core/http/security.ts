import type { FastifyRequest } from 'fastify';
import { Refused } from '../../../shared/core/refusal.ts';
import { foreignOrigin } from '../../../shared/core/refusals.ts';
import type { App } from './app-type.ts';

/** The cookie that tells who is signed in. */
export const sessionCookie = 'verkstad';

/** Headers of every answer: nothing from other sites, nothing inline, no framing, no guessing, no address told to others. */
export function securityHeaders(url: string): Readonly<Record<string, string>> {
  return {
    'content-security-policy':
      "default-src 'self';base-uri 'none';object-src 'none';form-action 'self';frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(self), geolocation=(), microphone=()',
    ...(url.startsWith('https:') && { 'strict-transport-security': 'max-age=31536000' }),
  };
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
