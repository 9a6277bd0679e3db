import type { z } from 'zod';
import type { Endpoint } from '../../shared/core/endpoint.ts';
import type { Language } from '../../shared/core/language.ts';
import type { Problem } from '../../shared/core/refusal.ts';
import { currentLanguage } from './language.ts';

type Part<Name extends string, Schema extends z.ZodType> = [Schema] extends [z.ZodUndefined]
  ? { readonly [K in Name]?: undefined }
  : { readonly [K in Name]: z.input<Schema> };

/** What a call takes: the parts its contract names, each required where the contract has it. */
export type InputOf<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = Part<'params', P> &
  Part<'query', Q> &
  Part<'body', B> & {
    readonly signal?: AbortSignal;
    /** Let the request finish even when the page is left. */
    readonly keepalive?: boolean;
    /** How many milliseconds an attempt may take before the network counts as lost; without it, as long as it takes. */
    readonly patience?: number;
  };

/** For what somebody waits for with the page before them: a train in a tunnel keeps connections that answer nothing. */
export const shortPatience = 8000;

/** What a form sends to an endpoint. */
export type BodyOf<E extends { readonly body?: z.ZodType }> = z.input<NonNullable<E['body']>>;

/** The server said no, and said why. */
export class ApiProblem extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.code);
    this.name = 'ApiProblem';
    this.problem = problem;
  }
  /** What happened, what is still true, what to do. */
  sentence(language: Language): string {
    return this.problem.messages[language];
  }
}

/** No answer came: the network is down or the server is. Whether a write was kept is not known. */
export class ConnectionLost extends Error {
  constructor(cause: unknown) {
    super('connection lost', { cause });
    this.name = 'ConnectionLost';
  }
}

/** The code of a refusal, or null where there was no answer or no refusal. */
export function refusalCode(error: unknown): string | null {
  return error instanceof ApiProblem ? error.problem.code : null;
}

const pauses = [300, 900, 2700];

/**
 * Calls an endpoint. A write carries one Idempotency-Key over all its attempts, so that a lost answer can be asked for again:
 * it is retried where the network fails or the server is busy. Throws ApiProblem or ConnectionLost.
 */
export async function call<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  O extends z.ZodType,
>(endpoint: Endpoint<P, Q, B, O>, input: InputOf<P, Q, B>): Promise<z.output<O>> {
  const { method } = endpoint;
  const headers: Record<string, string> = { accept: 'application/json', 'x-language': currentLanguage() };
  if (method !== 'GET') headers['idempotency-key'] = randomKey();
  if (input.body !== undefined) headers['content-type'] = 'application/json';
  const request: RequestInit = {
    method,
    headers,
    credentials: 'same-origin',
    ...(input.body !== undefined && { body: JSON.stringify(input.body) }),
    ...(input.signal && { signal: input.signal }),
    ...(input.keepalive && { keepalive: true }),
  };
  const address = addressOf(endpoint, input);
  for (let attempt = 0; ; attempt++) {
    const pause = pauses[attempt];
    try {
      return (await attemptAt(address, request, input.patience)) as z.output<O>;
    } catch (error) {
      const again =
        error instanceof ConnectionLost || (error instanceof ApiProblem && error.problem.status === 503);
      if (!again || pause === undefined || !navigator.onLine) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/** The address of an endpoint, for calls and for links to files. */
export function addressOf(
  { path }: { readonly path: string },
  { params, query }: { readonly params?: unknown; readonly query?: unknown } = {},
): string {
  const values = (params ?? {}) as Record<string, string>;
  const filled = path.replace(/:([A-Za-z]+)/gu, (_, name: string) => encodeURIComponent(values[name] ?? ''));
  const search = new URLSearchParams(
    Object.entries((query ?? {}) as Record<string, unknown>)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, String(value)]),
  ).toString();
  return search === '' ? filled : `${filled}?${search}`;
}

async function attemptAt(address: string, request: RequestInit, patience?: number): Promise<unknown> {
  if (patience === undefined) return answerOf(await reach(address, request));
  const given = request.signal;
  const attempt = new AbortController();
  const callOff = (): void => attempt.abort(given?.reason);
  const timer = setTimeout(() => attempt.abort(), patience);
  given?.addEventListener('abort', callOff);
  try {
    return await answerOf(await reach(address, { ...request, signal: attempt.signal }));
  } catch (error) {
    if (attempt.signal.aborted && !given?.aborted) throw new ConnectionLost(error);
    throw error;
  } finally {
    clearTimeout(timer);
    given?.removeEventListener('abort', callOff);
  }
}

async function reach(address: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(address, request);
  } catch (error) {
    if (request.signal?.aborted) throw error;
    throw new ConnectionLost(error);
  }
}

async function answerOf(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const text = await response.text().catch((error: unknown) => {
    throw new ConnectionLost(error);
  });
  const body: unknown = parsed(text);
  if (response.ok) return body;
  if (isProblem(body)) throw new ApiProblem(body);
  throw new ApiProblem(unreadable(response.status));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'messages' in body;
}

/** An answer that is not Verkstad's own: a proxy's error page, a hotel's sign-in page. */
function unreadable(status: number): Problem {
  const messages = {
    sv: 'Svaret kom inte från Verkstad. Kontrollera nätet och försök igen.',
    en: 'The answer did not come from Verkstad. Check the network and try again.',
  };
  return {
    type: '/problems/unreadable',
    code: 'unreadable',
    title: '',
    detail: '',
    status,
    messages,
    requestId: '',
  };
}

function randomKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('');
}
