import cookie from '@fastify/cookie';
import fastify, { LogController } from 'fastify';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Socket } from 'node:net';
import type { Actor } from '../shared/core/access.ts';
import { Refused } from '../shared/core/refusal.ts';
import { badRequest, shuttingDown, unsupportedMediaType } from '../shared/core/refusals.ts';
import conferenceRoutes from './conference/routes.ts';
import { type Clock, systemClock } from './core/clock.ts';
import type { Config } from './core/config.ts';
import type { Store } from './core/database.ts';
import type { App } from './core/http/app-type.ts';
import { createAttempts } from './core/http/attempts.ts';
import { answerBrokenRequest } from './core/http/broken-request.ts';
import { serveHealth } from './core/http/health.ts';
import { sweepOldAnswers } from './core/http/idempotency.ts';
import { BadJson, parseJson } from './core/http/json.ts';
import { negotiateLanguage } from './core/http/language.ts';
import { loggerOptions, logRequests, type LogStream } from './core/http/log.ts';
import { serveNotFound } from './core/http/not-found.ts';
import { refusalOf, sendProblem, serveProblems } from './core/http/problems.ts';
import { serveReference } from './core/http/reference.ts';
import { refuseForeignOrigins, securityHeaders } from './core/http/security.ts';
import { serveClientFiles } from './core/http/static.ts';
import { newId } from './core/ids.ts';
import { root } from './core/root.ts';
import pageRoutes from './overview/pages.ts';
import calendarRoutes from './calendars/routes.ts';
import onsiteRoutes from './onsite/routes.ts';
import messagesRoutes from './messages/routes.ts';
import meRoutes from './overview/me-routes.ts';
import overviewPeopleRoutes from './overview/people-routes.ts';
import overviewProgrammeRoutes from './overview/programme-routes.ts';
import peopleRoutes from './people/routes.ts';
import planningRoutes from './planning/routes.ts';
import programmeRoutes from './programme/routes.ts';
import registrationRoutes from './registration/routes.ts';

export interface AppOptions {
  readonly store: Store;
  readonly config: Config;
  readonly clock?: Clock;
  /** Where the log goes; without one there is none. */
  readonly log?: LogStream;
  /** More routes, before the areas': for tests. */
  readonly routes?: (app: App) => void;
}

const anyone: Actor = { kind: 'anyone' };
const operator: Actor = { kind: 'operator' };

/** The whole server, ready to listen or to be asked with `inject`. */
export function buildApp({ store, config, clock = systemClock, log, routes }: AppOptions): App {
  const started = newId().slice(0, 6);
  const headers = securityHeaders(config.url);
  let requests = 0;
  const app: App = fastify({
    logger: log ? loggerOptions(log) : false,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: () => `${started}-${(requests++).toString(36)}`,
    trustProxy: config.proxies.length > 0 ? [...config.proxies] : false,
    return503OnClosing: false,
    bodyLimit: 64 * 1024,
    requestTimeout: 8000,
    keepAliveTimeout: 60_000,
    http: { headersTimeout: 4000, connectionsCheckingInterval: 1000 },
    routerOptions: { maxParamLength: 200 },
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: (error, request, reply) =>
      sendProblem(request, reply.headers(headers), refusalOf(error, request)),
  });

  app.decorate('store', store);
  app.decorate('clock', clock);
  app.decorate('config', config);
  app.decorate('served', []);
  app.decorate('attempts', createAttempts(clock));
  app.decorate('readiness', { state: 'starting' });
  app.decorate('openStreams', new Set<() => void>());
  app.decorate('operatorSockets', new WeakSet<Socket>());
  app.decorate('rehearsals', new WeakMap());
  app.decorateRequest('actor');
  app.decorateRequest('credential', null);
  app.decorateRequest('language');

  app.server.on('connection', () => store.door.welcome());

  void app.register(cookie);
  app.addHook('onRequest', (request, reply, done) => {
    void reply.headers(headers);
    request.actor = app.operatorSockets.has(request.raw.socket) ? operator : anyone;
    request.language = negotiateLanguage(request.headers, request.cookies['language']);
    if (app.readiness.state !== 'stopping' || request.url === '/healthz') return done();
    void reply.header('connection', 'close');
    done(new Refused(shuttingDown()));
  });
  refuseForeignOrigins(app);
  readBodies(app);
  serveProblems(app);
  serveNotFound(app);
  logRequests(app);
  closeGracefully(app);
  sweepOldAnswers(app);

  serveHealth(app);
  serveReference(app, versionOfVerkstad());
  serveClientFiles(app);
  routes?.(app);
  conferenceRoutes(app);
  peopleRoutes(app);
  programmeRoutes(app);
  registrationRoutes(app);
  planningRoutes(app);
  onsiteRoutes(app);
  calendarRoutes(app);
  messagesRoutes(app);
  meRoutes(app);
  overviewProgrammeRoutes(app);
  overviewPeopleRoutes(app);
  pageRoutes(app);
  return app;
}

/**
 * Ends the streams, lets the requests that are being answered finish, and then every connection: browsers hold some open that
 * have never asked for anything and would keep the server from closing.
 */
function closeGracefully(app: App): void {
  let answering = 0;
  let closing = false;
  const endWhenIdle = () => {
    if (closing && answering === 0) app.server.closeAllConnections();
  };
  app.server.on('request', (_request, response) => {
    answering++;
    response.once('close', () => {
      answering--;
      endWhenIdle();
    });
  });
  app.addHook('preClose', (done) => {
    closing = true;
    for (const close of app.openStreams) close();
    endWhenIdle();
    done();
  });
}

/** Bodies are JSON in UTF-8, read strictly; everything else is 415. */
function readBodies(app: App): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const charset = /charset\s*=\s*"?([^";\s]+)/iu.exec(request.headers['content-type'] ?? '')?.[1];
    const encoding = request.headers['content-encoding'];
    if ((charset !== undefined && !/^utf-?8$/iu.test(charset)) || (encoding ?? 'identity') !== 'identity')
      return done(new Refused(unsupportedMediaType()));
    if (body.length === 0) return done(null, undefined);
    try {
      done(null, parseJson(body as Buffer));
    } catch (error) {
      done(error instanceof BadJson ? new Refused(badRequest({ reason: error.reason })) : (error as Error));
    }
  });
}

function versionOfVerkstad(): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return version;
}
