import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refused } from '../../shared/core/refusal.ts';
import { linkUnknown } from '../../shared/core/refusals.ts';
import type { App } from '../core/http/app-type.ts';
import { sessionCookie } from '../core/http/security.ts';
import { hashToken } from '../core/tokens.ts';
import { actorBySession, attendeeByLink } from './queries.ts';
import { forgetOldSignIns, sessionMilliseconds } from './sign-in-commands.ts';

const sweepMilliseconds = 3_600_000;

/**
 * Looks at the session cookie or the personal token of every request and says who is acting. A write asks again in its transaction: while
 * a request arrived or waited, its link may have been replaced, its session ended, its person erased.
 */
export function identifyActors(app: App): void {
  app.addHook('onRequest', (request, _reply, done) => {
    try {
      if (request.actor.kind === 'anyone') identify(app, request);
      done();
    } catch (error) {
      done(error as Error);
    }
  });
}

function identify(app: App, request: FastifyRequest): void {
  const token = bearerOf(request);
  if (token !== null) {
    const hash = hashToken(token);
    request.actor = attendeeByLink(app.store, hash) ?? refuseUnknownLink(app, request);
    request.credential = { kind: 'link', hash };
    return;
  }
  const secret = sessionSecretOf(request);
  if (secret === undefined) return;
  const hash = hashToken(secret);
  const actor = actorBySession(app.store.db, hash, app.clock.now());
  if (actor === null) return;
  request.actor = actor;
  request.credential = { kind: 'session', hash };
}

function bearerOf(request: FastifyRequest): string | null {
  return /^Bearer +(\S{1,200}) *$/iu.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

/**
 * Counts a failure of the address that asked and refuses. Only failures count: three hundred people share a venue's address, and a
 * link that is right works however many wrong ones came from there.
 */
export function refuseUnknownLink(app: App, request: FastifyRequest): never {
  app.attempts.countFailure(request.ip);
  throw new Refused(app.attempts.whyNotAttempt(request.ip) ?? linkUnknown());
}

/** The secret of the session cookie, where the browser sent one. */
export function sessionSecretOf(request: FastifyRequest): string | undefined {
  return request.cookies[sessionCookie];
}

export function keepSession(app: App, reply: FastifyReply, secret: string): void {
  void reply.setCookie(sessionCookie, secret, {
    ...cookieOptions(app),
    maxAge: sessionMilliseconds / 1000,
  });
}

export function dropSession(app: App, reply: FastifyReply): void {
  void reply.clearCookie(sessionCookie, cookieOptions(app));
}

function cookieOptions(app: App) {
  return {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: app.config.url.startsWith('https:'),
  } as const;
}

export function sweepOldSignIns(app: App): void {
  const timer = setInterval(() => {
    app.store.write({ kind: 'system' }, forgetOldSignIns).catch((error: unknown) => app.log.warn(error));
  }, sweepMilliseconds).unref();
  app.addHook('onClose', () => clearInterval(timer));
}
