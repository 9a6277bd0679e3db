import type { z } from 'zod';
import type { Action } from './access.ts';
import type { NamedRefusal } from './refusal.ts';

export type Validator = 'ETag' | 'Last-Modified';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * One call of the public contract: where, who, in, out and every refusal of its own.
 * Server, client and the OpenAPI document all read it; `path` uses `:name` for parameters.
 */
export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Out extends z.ZodType = z.ZodType,
> {
  readonly name: string;
  readonly summary: string;
  readonly method: Method;
  readonly path: string;
  readonly action: Action;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly out?: Out;
  /** What the endpoint answers when it is not JSON: `text/csv`, `text/calendar`, `text/event-stream`. */
  readonly produces?: string;
  /** What the answer carries that tells whether a reader already has it (RFC 9110 8.8): whoever sends it back is answered 304. */
  readonly validators?: readonly Validator[];
  /** What a success answers where 200 (or 204 without `out`) says too little. */
  readonly status?: 201 | 202;
  readonly refusals?: readonly NamedRefusal[];
  /** Bytes a body may have where 64 KiB is too little. */
  readonly bodyLimit?: number;
}

/** Gives an endpoint its exact types. */
export function endpoint<
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Out extends z.ZodType = z.ZodUndefined,
>(definition: Endpoint<Params, Query, Body, Out>): Endpoint<Params, Query, Body, Out> {
  return definition;
}

/** What an endpoint's body is once it is read. */
export type BodyOf<E extends Pick<Endpoint, 'body'>> = z.output<NonNullable<E['body']>>;
