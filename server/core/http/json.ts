import { isUtf8 } from 'node:buffer';
import type { BodyFault } from '../../../shared/core/refusals.ts';

/** A body that is not the JSON that the API takes, and why. */
export class BadJson extends Error {
  readonly reason: BodyFault;
  constructor(reason: BodyFault) {
    super(reason);
    this.name = 'BadJson';
    this.reason = reason;
  }
}

const deepest = 32;

/**
 * Reads JSON strictly: UTF-8 only, no duplicate keys, no `__proto__`, no NUL or lone surrogate in a text, no number that would be
 * rounded or is minus zero, at most 32 levels. Everything that JSON.parse would take in silence and change.
 */
export function parseJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw new BadJson('not-utf8');
  const text = bytes.toString('utf8');
  checkTokens(text);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new BadJson('not-json');
  }
}

/** One pass over the tokens. It trusts JSON.parse with the grammar and looks only for what JSON.parse lets through. */
function checkTokens(text: string): void {
  const keysOf: (Set<string> | null)[] = [];
  // A string that never ends matches up to the end of the text: so the pass is linear whatever is sent.
  const token = /[{}[\]]|("(?:[^"\\]+|\\.?)*)(?:(")(\s*:)?|$)|-?\d[\d.eE+-]*/gsu;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [part, quoted = '', closing, colon] = match;
    switch (part.charAt(0)) {
      case '{':
      case '[':
        if (keysOf.length === deepest) throw new BadJson('too-deep');
        keysOf.push(part === '{' ? new Set() : null);
        break;
      case '}':
      case ']':
        keysOf.pop();
        break;
      case '"': {
        if (closing === undefined) throw new BadJson('not-json');
        const content = checkText(quoted + closing);
        if (colon !== undefined) checkKey(content, keysOf.at(-1));
        break;
      }
      default:
        checkNumber(part);
    }
  }
}

function checkText(quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  let content: string;
  try {
    content = JSON.parse(quoted) as string;
  } catch {
    throw new BadJson('not-json');
  }
  if (/\0|\p{Cs}/u.test(content)) throw new BadJson('broken-text');
  return content;
}

function checkKey(key: string, keys: Set<string> | null | undefined): void {
  if (key === '__proto__') throw new BadJson('proto-key');
  if (keys?.has(key)) throw new BadJson('double-key');
  keys?.add(key);
}

function checkNumber(digits: string): void {
  const value = Number(digits);
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)))
    throw new BadJson('inexact-number');
  if (Object.is(value, -0)) throw new BadJson('minus-zero');
}
