import { z } from 'zod';
import { clean } from './same-text.ts';

/**
 * What text people type may hold. Input is normalised to NFC and trimmed; bidirectional controls are stripped, so that a name
 * cannot turn the text around it. Control characters, U+FFFD, lone surrogates and zero-width spaces are refused. Lengths count code points.
 */
const refusedInLine = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffd\u200b\ufeff]|\p{Cs}/u;
const refusedInText = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufffd\u200b\ufeff]|\p{Cs}/u;

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
    .refine((text) => codePoints(text) >= min, { error: 'too-short' })
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
export const mailSchema = lineSchema(254)
  .refine((text) => /^[^\s@<>(),;:"[\]\\]+@[^\s@<>(),;:"[\]\\]+\.[^\s@<>(),;:"[\]\\]+$/u.test(text), {
    error: 'mail',
  })
  .overwrite((text) => {
    const at = text.lastIndexOf('@');
    return text.slice(0, at) + text.slice(at).toLowerCase();
  })
  .meta({ examples: ['ada@example.org'] });
