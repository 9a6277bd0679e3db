import type { FastifyReply } from 'fastify';
import { createHash } from 'node:crypto';
import type { Instant } from '../../../shared/core/time.ts';
import type { Call } from './serve.ts';

/** A text kept in memory with what tells whether a reader already has it. */
export interface CachedText {
  readonly text: string;
  readonly etag: string;
  /** When it last changed, for readers that ask by time. */
  readonly changedAt?: Instant;
}

export function cachedText(text: string): CachedText {
  return { text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"` };
}

/**
 * Sends a text, or 304 where the reader has the same one. By time only where they name no ETag, and then only by the very time that
 * was sent: a clock that was put back makes later changes look earlier. Return it from the handler.
 */
export function sendCached(
  { request, reply }: Pick<Call<unknown, unknown, unknown>, 'request' | 'reply'>,
  { text, etag, changedAt }: CachedText,
  type = 'application/json; charset=utf-8',
): FastifyReply {
  void reply.header('etag', etag);
  if (changedAt !== undefined) void reply.header('last-modified', toHttpDate(changedAt));
  if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-cache');
  const known = request.headers['if-none-match'];
  const same =
    known === undefined
      ? changedAt !== undefined && request.headers['if-modified-since'] === toHttpDate(changedAt)
      : known.trim() === '*' || known.split(',').some((tag) => tag.trim().replace(/^W\//u, '') === etag);
  return same ? reply.code(304).send() : reply.header('content-type', type).send(text);
}

function toHttpDate(instant: Instant): string {
  return new Date(instant).toUTCString();
}
