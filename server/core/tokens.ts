import { createHmac, hash } from 'node:crypto';

/** Long-lived tokens: what a personal link, a calendar address and the link that ends reminders hold. */
export type TokenKind = 'link' | 'calendar' | 'reminders';

/**
 * Derives a long-lived token, so that it can be mailed and exported again without being stored: base64url of the first 192 bits of
 * HMAC-SHA-256(key, kind | conference | person | version). A new version makes a new token and ends the old one.
 */
export function deriveToken(
  key: Buffer,
  kind: TokenKind,
  conferenceId: string,
  personId: string,
  version: number,
): string {
  return createHmac('sha256', key)
    .update(`${kind}|${conferenceId}|${personId}|${version}`)
    .digest('base64url')
    .slice(0, 32);
}

const mostRemembered = 10_000;

/** Derives tokens with one key and remembers the last ones: every answer about an attendee's day holds one, and deriving costs more than reading a row. */
export function tokenDeriver(key: Buffer): (...parts: TokenParts) => string {
  const known = new Map<string, string>();
  return (...parts) => {
    const asked = parts.join('|');
    const before = known.get(asked);
    if (before !== undefined) return before;
    if (known.size === mostRemembered) known.clear();
    const token = deriveToken(key, ...parts);
    known.set(asked, token);
    return token;
  };
}

type TokenParts = [kind: TokenKind, conferenceId: string, personId: string, version: number];

/** SHA-256 of a token in base64url: the only form of a token or mailed code that the database holds. */
export function hashToken(token: string): string {
  return hash('sha256', token, 'base64url');
}
