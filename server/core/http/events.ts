import type { FastifyReply } from 'fastify';
import type { Call } from './serve.ts';
import type { App } from './app-type.ts';

/** Between signs of life. A reader that has taken in nothing of what waits for it from one to the next is let go. */
const beatMilliseconds = 20_000;
/** A reader that lags this many bytes behind is let go; it resumes by Last-Event-ID. */
const mostUnread = 256 * 1024;

/** An open stream of server-sent events. */
export interface EventStream {
  /** The id of the last event that the reader saw before it came back. */
  readonly lastEventId: string | undefined;
  /** Sends an event made by `formatEvent`: make it, and its bytes, once for all who listen. */
  send(event: string | Buffer): void;
  /** How many bytes of what was sent wait here for the reader. */
  unread(): number;
  close(): void;
}

/** One event of the text/event-stream format; `data` becomes JSON. */
export function formatEvent(event: string, data: unknown, id?: string): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/**
 * Answers a call with a stream of events; `listen` is told when it is open and returns what to do when it closes. Ends when the
 * reader leaves, lags too far behind, or the server stops. Return it from the handler.
 */
export function streamEvents(
  app: App,
  call: Call<unknown, unknown, unknown>,
  listen: (stream: EventStream) => () => void,
): FastifyReply {
  const { request, reply } = call;
  const raw = reply.raw;
  reply.hijack();
  // Ended by the end of the connection instead of in chunks: an event is then one write of bytes that all listeners share.
  raw.useChunkedEncodingByDefault = false;
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  raw.write('retry: 3000\n\n');
  const close = () => raw.end();
  const lastEventId = request.headers['last-event-id'];
  const stopListening = listen({
    lastEventId: typeof lastEventId === 'string' ? lastEventId : undefined,
    send: (event) => {
      if (raw.writableLength > mostUnread) raw.destroy();
      else if (!raw.writableEnded) raw.write(event);
    },
    unread: () => raw.writableLength,
    close,
  });
  let unread = 0;
  const beat = setInterval(() => {
    if (unread > 0 && raw.writableLength >= unread) raw.destroy();
    else if (!raw.writableEnded) raw.write(':\n\n');
    unread = raw.writableLength;
  }, beatMilliseconds);
  app.openStreams.add(close);
  const end = () => {
    clearInterval(beat);
    app.openStreams.delete(close);
    stopListening();
  };
  // Whoever left before the stream was open is not told of again.
  if (raw.destroyed) end();
  else raw.once('close', end);
  return reply;
}
