import type { FastifyReply } from 'fastify';
import { createHash } from 'node:crypto';
import type { Call } from './serve.ts';

/** A text kept in memory with what tells whether a reader already has it. */
export interface CachedText {
  readonly text: string;
  readonly etag: string;
}

export function cachedText(text: string): CachedText {
  return { text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"` };
}

/** Sends a text, or 304 where the reader has the same one. Return it from the handler. */
export function sendCached(
  { request, reply }: Call<unknown, unknown, unknown>,
  { text, etag }: CachedText,
  type = 'application/json; charset=utf-8',
): FastifyReply {
  const known = request.headers['if-none-match'];
  void reply.header('etag', etag).header('cache-control', 'no-cache');
  if (known?.split(',').some((tag) => tag.trim().replace(/^W\//u, '') === etag))
    return reply.code(304).send();
  return reply.header('content-type', type).send(text);
}
