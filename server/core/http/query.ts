import { z } from 'zod';

/** Why a query string cannot be read; `key` is the parameter at fault, where there is one. */
export class BadQuery extends Error {
  readonly key: string;
  constructor(key: string) {
    super('bad query');
    this.name = 'BadQuery';
    this.key = key;
  }
}

/**
 * Reads the query string of an address for a schema: the one place where text becomes numbers and truth values, as the schema
 * asks. A key that occurs twice is refused unless the schema asks for a list, as is text that is not percent-encoded UTF-8.
 */
export function readQuery(url: string, schema: z.ZodType | undefined): Record<string, unknown> {
  const fields = schema instanceof z.ZodObject ? (schema.shape as Record<string, z.ZodType>) : {};
  const query: Record<string, unknown> = {};
  const start = url.indexOf('?');
  if (start === -1) return query;
  for (const pair of url.slice(start + 1).split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const key = decode(equals === -1 ? pair : pair.slice(0, equals), '');
    const text = decode(equals === -1 ? '' : pair.slice(equals + 1), key);
    const field = innermost(Object.hasOwn(fields, key) ? fields[key] : undefined);
    if (field instanceof z.ZodArray) {
      const list = (Object.hasOwn(query, key) ? query[key] : []) as unknown[];
      query[key] = [...list, coerce(text, innermost(field.element as z.ZodType))];
      continue;
    }
    if (key === '__proto__' || Object.hasOwn(query, key)) throw new BadQuery(key);
    query[key] = coerce(text, field);
  }
  return query;
}

function decode(text: string, key: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new BadQuery(key);
  }
}

function coerce(text: string, field: z.ZodType | undefined): unknown {
  if (field instanceof z.ZodNumber && /^-?\d+(?:\.\d+)?$/u.test(text)) return Number(text);
  if (field instanceof z.ZodBoolean && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

function innermost(schema: z.ZodType | undefined): z.ZodType | undefined {
  let field = schema;
  while (field instanceof z.ZodOptional || field instanceof z.ZodDefault || field instanceof z.ZodNullable)
    field = field.unwrap() as z.ZodType;
  return field;
}
