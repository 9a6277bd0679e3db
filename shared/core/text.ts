import { z } from 'zod';
import { clean } from './same-text.ts';

/**
 * What text people type may hold. Input is normalised to NFC and trimmed; bidirectional controls are stripped, so that a name
 * cannot turn the text around it. Control characters, U+FFFD, lone surrogates and zero-width spaces are refused. Lengths count code points.
 */
const refusedInLine = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffd\u200b\ufeff]|\p{Cs}/u;
const refusedInText = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufffd\u200b\ufeff]|\p{Cs}/u;

/** Nothing that is not seen: two addresses that look the same are the same. */
const refusedInMail = new RegExp(`${refusedInLine.source}|\\p{Cf}`, 'u');
/** Joiners and soft hyphens are allowed between letters; a text of nothing else is empty to whoever reads it. */
const visible = /[^\p{Cf}\p{Z}\p{M}]/u;

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

function textSchema(refused: RegExp, min: number, max: number, prepare: (text: string) => string) {
  return z
    .string()
    .max(max * 20, { error: 'too-long', abort: true })
    .overwrite(prepare)
    .refine((text) => !refused.test(text), { error: 'characters' })
    .refine((text) => codePoints(text) >= min && (min === 0 || visible.test(text)), { error: 'too-short' })
    .refine((text) => codePoints(text) <= max, { error: 'too-long' })
    .meta({ minLength: min, maxLength: max });
}

/** One line: a name, a title, a code. At least one character. */
export function lineSchema(max: number, min = 1) {
  return textSchema(refusedInLine, min, max, clean);
}

/** Several lines: a summary. May be empty. */
export function paragraphSchema(max: number) {
  return textSchema(refusedInText, 0, max, (text) => clean(text.replaceAll('\r\n', '\n')));
}

/** A mail address: one @, no spaces, no zero-width characters; lower-cased domain. Kept at most 254 characters (RFC 5321). */
export const mailSchema = textSchema(refusedInMail, 1, 254, clean)
  .refine((text) => /^[^\s@<>(),;:"[\]\\]+@[^\s@<>(),;:"[\]\\]+\.[^\s@<>(),;:"[\]\\]+$/u.test(text), {
    error: 'mail',
  })
  .overwrite((text) => {
    const at = text.lastIndexOf('@');
    return text.slice(0, at) + text.slice(at).toLowerCase();
  })
  .meta({ examples: ['ada@example.org'] });
