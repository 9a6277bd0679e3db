import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Actor, whyNotAllowed } from '../../../shared/core/access.ts';
import type { Endpoint } from '../../../shared/core/endpoint.ts';
import { fieldProblemsOf } from '../../../shared/core/input.ts';
import type { Language } from '../../../shared/core/language.ts';
import { refuseIf, Refused } from '../../../shared/core/refusal.ts';
import { invalidInput, notFound } from '../../../shared/core/refusals.ts';
import type { Instant } from '../../../shared/core/time.ts';
import type { Change, Command } from '../change.ts';
import type { NamedCall } from '../named-call.ts';
import type { Db } from '../statement.ts';
import type { App } from './app-type.ts';
import { attemptOf, once } from './idempotency.ts';
import { BadQuery, readQuery } from './query.ts';

/** One request to an endpoint, parsed. */
export interface Call<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly actor: Actor;
  readonly language: Language;
  readonly now: Instant;
  /** What is committed, read-only. */
  readonly db: Db;
  /**
   * Runs a command as this actor and answers when it is on disk. Under an Idempotency-Key the command runs once and its value
   * is kept with it, so what it returns must survive JSON, and the answer should be made of it alone. One per request.
   */
  write<T>(command: Command<T>): Promise<T>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** What a handler returns: the contract's `out`; without one nothing (204), or text or bytes of the type that `produces` names. `Json` is JSON already, a reply is sent already. */
export type Answer<Out extends z.ZodType> =
  | (Out extends z.ZodUndefined ? string | Buffer | void : z.input<Out>)
  | Json
  | FastifyReply;

type Handler<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, Out extends z.ZodType> = (
  call: Call<z.output<P>, z.output<Q>, z.output<B>>,
) => Answer<Out> | Promise<Answer<Out>>;

/** Serves a call of the contract: parse, ask who may, handle, answer. */
export function serve<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, Out extends z.ZodType>(
  app: App,
  endpoint: Endpoint<P, Q, B, Out>,
  handler: Handler<P, Q, B, Out>,
): void {
  app.served.push(endpoint);
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    config: { endpoint },
    ...(endpoint.bodyLimit !== undefined && { bodyLimit: endpoint.bodyLimit }),
    ...(endpoint.produces === 'text/event-stream' && { exposeHeadRoute: false }),
    handler: async (request, reply) => {
      refuseIf(whyNotAllowed(request.actor, endpoint.action));
      const params = parseParams(endpoint.params, request.params);
      const query = parseQuery(endpoint.query, request.url);
      const body = parseBody(endpoint.body, request.body);
      const call: Call<z.output<P>, z.output<Q>, z.output<B>> = {
        params,
        query,
        body,
        actor: request.actor,
        language: request.language,
        now: app.clock.now(),
        db: app.store.db,
        write: (command) => {
          const key = request.headers['idempotency-key'];
          const attempt = attemptOf(key, request.actor, endpoint.name, [params, query, body]);
          const doing = once(attempt, command);
          return app.store.write(request.actor, (change) => {
            const { credential } = request;
            if (credential) refuseIf(app.store.whyNoLonger(change, credential));
            return doing(change);
          });
        },
        request,
        reply,
      };
      const answer = await handler(call);
      return send(app, endpoint, reply, answer);
    },
  });
}

/** Serves a write whose whole answer is what its command returns. */
export function serveChange<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  Out extends z.ZodType,
>(
  app: App,
  endpoint: Endpoint<P, Q, B, Out>,
  command: (
    change: Change,
    call: Call<z.output<P>, z.output<Q>, z.output<B>>,
  ) => Out extends z.ZodUndefined ? void : z.input<Out>,
): void {
  serve(app, endpoint, (call) => call.write((change) => command(change, call)) as Promise<Answer<Out>>);
}

/** Serves a write whose command the store knows by the endpoint's name, and does in whichever thread writes. */
export function serveNamed<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  Out extends z.ZodType,
>(app: App, endpoint: Endpoint<P, Q, B, Out>): void {
  serve(app, endpoint, async ({ params, query, body, actor, request }) => {
    const { name } = endpoint;
    const { credential } = request;
    const key = request.headers['idempotency-key'];
    const { url } = app.config;
    const rehearsedAt = app.rehearsals.get(request.raw.socket) ?? null;
    const call: NamedCall = { name, actor, credential, key, params, query, body, url, rehearsedAt };
    return new Json(await app.store.perform(call));
  });
}

/** An answer that is JSON already. */
class Json {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

function send(app: App, endpoint: Endpoint, reply: FastifyReply, answer: unknown): FastifyReply {
  // Waiting for an answer that is the reply itself waits until it is sent.
  if (reply.sent) return reply;
  if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
  if (endpoint.produces !== undefined && (typeof answer === 'string' || Buffer.isBuffer(answer)))
    return reply.type(withCharset(endpoint.produces)).send(answer);
  if (endpoint.out === undefined) return reply.code(endpoint.status ?? 204).send();
  const text = answer instanceof Json ? answer.text : JSON.stringify(answer);
  if (app.config.checkAnswers) endpoint.out.parse(JSON.parse(text));
  if (endpoint.status !== undefined) void reply.code(endpoint.status);
  return reply.header('content-type', 'application/json; charset=utf-8').send(text);
}

function withCharset(type: string): string {
  return type.startsWith('text/') && !type.includes('charset') ? `${type}; charset=utf-8` : type;
}

/** An address that no schema fits is an address where nothing is. */
function parseParams<P extends z.ZodType>(schema: P | undefined, params: unknown): z.output<P> {
  if (schema === undefined) return undefined as z.output<P>;
  const parsed = schema.safeParse(params);
  if (!parsed.success) throw new Refused(notFound());
  return parsed.data;
}

function parseQuery<Q extends z.ZodType>(schema: Q | undefined, url: string): z.output<Q> {
  let query: Record<string, unknown>;
  try {
    query = readQuery(url, schema);
  } catch (error) {
    if (!(error instanceof BadQuery)) throw error;
    const message = {
      sv: 'förekommer två gånger eller går inte att läsa',
      en: 'occurs twice or cannot be read',
    };
    throw new Refused(invalidInput({ fields: [{ path: error.key, message }] }));
  }
  return schema === undefined ? (undefined as z.output<Q>) : parseInput(schema, query);
}

function parseBody<B extends z.ZodType>(schema: B | undefined, body: unknown): z.output<B> {
  if (schema !== undefined) return parseInput(schema, body);
  if (body !== undefined) parseInput(z.strictObject({}), body);
  return undefined as z.output<B>;
}

function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input, { reportInput: true });
  if (!parsed.success) throw new Refused(invalidInput({ fields: fieldProblemsOf(parsed.error) }));
  return parsed.data;
}
