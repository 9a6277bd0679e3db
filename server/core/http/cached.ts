import type { FastifyReply } from 'fastify';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Instant } from '../../../shared/core/time.ts';
import type { Call } from './serve.ts';

/** A text kept in memory with what tells whether a reader already has it. */
export interface CachedText {
  readonly text: string;
  readonly etag: string;
  /** When it last changed, for readers that ask by time. */
  readonly changedAt?: Instant;
  /** The same, packed, for readers that can unpack it: each form has an ETag of its own. */
  readonly packed?: Readonly<Record<Encoding, Buffer>>;
}

type Encoding = 'br' | 'gzip';
const encodings: readonly Encoding[] = ['br', 'gzip'];

export function cachedText(text: string): CachedText {
  return { text, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"` };
}

const packWithBrotli = promisify(brotliCompress);
const packWithGzip = promisify(gzip);

/** Packs a text for the network, beside the thread that gives the seats. For what is kept and sent many times. */
export async function packed(kept: CachedText): Promise<CachedText> {
  const [br, gz] = await Promise.all([
    packWithBrotli(kept.text, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }),
    packWithGzip(kept.text),
  ]);
  return { ...kept, packed: { br, gzip: gz } };
}

/**
 * Sends a text, or 304 where the reader has the same one. By time only where they name no ETag, and then only by the very time that
 * was sent: a clock that was put back makes later changes look earlier. Return it from the handler.
 */
export function sendCached(
  { request, reply }: Pick<Call<unknown, unknown, unknown>, 'request' | 'reply'>,
  { text, etag: plain, changedAt, packed: forms }: CachedText,
  type = 'application/json; charset=utf-8',
): FastifyReply {
  const encoding = forms && encodings.find((known) => isTaken(known, request.headers['accept-encoding']));
  const etag = encoding ? plain.replace(/"$/u, `-${encoding}"`) : plain;
  void reply.header('etag', etag);
  if (forms) {
    const vary = reply.getHeader('vary');
    void reply.header('vary', vary === undefined ? 'accept-encoding' : `${String(vary)}, accept-encoding`);
  }
  if (changedAt !== undefined) void reply.header('last-modified', toHttpDate(changedAt));
  if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-cache');
  const known = request.headers['if-none-match'];
  const same =
    known === undefined
      ? changedAt !== undefined && request.headers['if-modified-since'] === toHttpDate(changedAt)
      : known.trim() === '*' || known.split(',').some((tag) => tag.trim().replace(/^W\//u, '') === etag);
  if (same) return reply.code(304).send();
  if (encoding) void reply.header('content-encoding', encoding);
  return reply.header('content-type', type).send(encoding ? forms[encoding] : text);
}

/** Whether a reader takes an encoding: it is named, and not with a weight of nothing. */
function isTaken(encoding: Encoding, accepted: string | string[] | undefined): boolean {
  return String(accepted ?? '')
    .split(',')
    .map((one) => one.trim().toLowerCase().split(';'))
    .some(([name, weight = '']) => name === encoding && !/^\s*q=0(?:\.0*)?$/u.test(weight));
}

function toHttpDate(instant: Instant): string {
  return new Date(instant).toUTCString();
}
