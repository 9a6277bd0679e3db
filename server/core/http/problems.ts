import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { problemOf, type Refusal, Refused } from '../../../shared/core/refusal.ts';
import {
  addressTooLong,
  badRequest,
  busy,
  notFound,
  storageFull,
  tooLarge,
  unexpected,
  unsupportedMediaType,
} from '../../../shared/core/refusals.ts';
import { storageTrouble } from '../storage-trouble.ts';
import type { App } from './app-type.ts';
import { BadJson } from './json.ts';
import { negotiateLanguage } from './language.ts';
import { refusalsAt } from './openapi.ts';

const bytesByDefault = 64 * 1024;

/** Every "no" and every failure becomes problem+json (RFC 9457) in the language of the request. */
export function serveProblems(app: App): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = refusalOf(error, request);
    if (refusal.status === 500) {
      request.log.error({ err: error }, 'unexpected');
      if (app.config.checkAnswers) console.error(error);
    }
    app.store.notice(error);
    if (app.config.checkAnswers) checkNamed(request, refusal);
    return sendProblem(request, reply, refusal);
  });
}

/** A refusal that the contract of a call does not name is a mistake of ours. */
function checkNamed({ routeOptions }: FastifyRequest, { code }: Refusal): void {
  const { endpoint } = routeOptions.config;
  if (endpoint && !refusalsAt(endpoint).some((kind) => kind.code === code))
    console.error(`${endpoint.name} answered ${code}, which its contract does not name`);
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  const language = request.language ?? negotiateLanguage(request.headers, undefined);
  const wait = retryAfter(refusal);
  if (wait !== null) void reply.header('retry-after', String(wait));
  return reply
    .code(refusal.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('content-language', language)
    .header('cache-control', 'no-store')
    .send(JSON.stringify(problemOf(refusal, language, request.id)));
}

/** Seconds to wait; people who were turned away together should not come back together. */
function retryAfter({ status, code }: Refusal): number | null {
  if (status === 429) return 60;
  if (status !== 503) return null;
  return code === 'storage-full' ? 10 : 1 + Math.floor(Math.random() * 3);
}

export function refusalOf(error: FastifyError, request: FastifyRequest): Refusal {
  if (error instanceof Refused) return error.refusal;
  if (error instanceof BadJson) return badRequest({ reason: error.reason });
  const trouble = storageTrouble(error);
  if (trouble === 'locked') return busy();
  if (trouble === 'full') return storageFull();
  switch (error.statusCode ?? 500) {
    case 404:
      return notFound();
    case 413:
      return tooLarge({ limit: request.routeOptions.bodyLimit ?? bytesByDefault });
    case 414:
      return addressTooLong();
    case 415:
      return unsupportedMediaType();
    case 400:
      // What cannot be decoded is the address of nothing.
      return error.code === 'FST_ERR_BAD_URL' ? notFound() : badRequest({ reason: 'unreadable' });
    default:
      return unexpected();
  }
}
