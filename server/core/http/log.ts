import { DrizzleQueryError } from 'drizzle-orm';
import type { FastifyServerOptions } from 'fastify';
import { actorId } from '../audit.ts';
import type { App } from './app-type.ts';

/** Where log lines go, one JSON object each. */
export interface LogStream {
  write(line: string): void;
}

/** Gathers the lines of one turn of the event loop into one write: under load a write for each would cost more than the line. */
export function linesTogether(stream: LogStream): LogStream {
  let lines = '';
  const write = () => {
    if (lines === '') return;
    stream.write(lines);
    lines = '';
  };
  process.once('exit', write);
  return {
    write(line) {
      if (lines === '') setImmediate(write);
      lines += line;
    },
  };
}

/**
 * The log names what is allowed, never what is forbidden: route pattern, status, milliseconds, actor and request id.
 * No address, header, body, name, mail or token can reach it.
 */
export function loggerOptions(stream: LogStream): FastifyServerOptions['logger'] {
  return {
    level: 'info',
    stream,
    base: undefined,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: describeError, req: () => ({}), res: () => ({}) },
  };
}

/** An error without the data that it was about: values of statements and of unreadable texts stay out. */
function describeError(error: Error): { type: string; message: string; stack: string } {
  const quotesInput = error instanceof SyntaxError || error instanceof DrizzleQueryError;
  const code = 'code' in error ? String(error.code) : '';
  return {
    type: error.name,
    message: quotesInput ? code : error.message,
    stack: (error.stack ?? '')
      .split('\n')
      .filter((line) => line.startsWith('    at '))
      .join('\n'),
  };
}

export function logRequests(app: App): void {
  app.addHook('onResponse', (request, reply, done) => {
    if (app.rehearsals.has(request.raw.socket)) return done();
    request.log.info({
      route: `${request.method} ${request.routeOptions.url ?? 'unknown'}`,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      actor: request.actor.kind,
      actorId: actorId(request.actor) ?? undefined,
      conferenceId: request.actor.kind === 'attendee' ? request.actor.conferenceId : undefined,
    });
    done();
  });
}
