import type { FastifyReply, FastifyRequest } from 'fastify';
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

/** Sends a text, or 304 where the reader has the same one; by time only where they name no ETag. Return it from the handler. */
export function sendCached(
  { request, reply }: Pick<Call<unknown, unknown, unknown>, 'request' | 'reply'>,
  { text, etag, changedAt }: CachedText,
  type = 'application/json; charset=utf-8',
): FastifyReply {
  void reply.header('etag', etag);
  if (changedAt !== undefined) void reply.header('last-modified', new Date(changedAt).toUTCString());
  if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-cache');
  const known = request.headers['if-none-match'];
  const same =
    known === undefined
      ? changedAt !== undefined && readSince(request) >= wholeSeconds(changedAt)
      : known.trim() === '*' || known.split(',').some((tag) => tag.trim().replace(/^W\//u, '') === etag);
  return same ? reply.code(304).send() : reply.header('content-type', type).send(text);
}

/** NaN, which is not at or after anything, where the reader says no time. */
function readSince({ headers }: FastifyRequest): number {
  return Date.parse(headers['if-modified-since'] ?? '');
}

/** HTTP tells time in seconds. */
function wholeSeconds(instant: Instant): Instant {
  return Math.floor(instant / 1000) * 1000;
}
