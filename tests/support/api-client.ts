import type { Problem } from '../../shared/core/refusal.ts';
import type { Programme } from '../../shared/overview/contract.ts';
import type { Me } from '../../shared/registration/contract.ts';

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

/** A program that calls the public contract over HTTP, with a personal token or without. */
export interface ApiClient {
  get<T>(path: string): Promise<Answer<T>>;
  send<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Answer<T>>;
}

/** Calls as the bearer of a token, as the browser that has a cookie, or as nobody. */
export function apiClient(url: string, token?: string, cookie?: string): ApiClient {
  const call = async <T>(method: string, path: string, body?: unknown): Promise<Answer<T>> => {
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(cookie !== undefined && { cookie, origin: url }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as T };
  };
  return { get: (path) => call('GET', path), send: call };
}

/** What an attendee does with the API, at one conference. */
export class AttendeeClient {
  readonly #api: ApiClient;
  readonly #path: string;

  constructor(url: string, token: string, slug: string) {
    this.#api = apiClient(url, token);
    this.#path = `/api/conferences/${slug}`;
  }

  async programme(): Promise<Programme> {
    return (await this.#api.get<Programme>(`${this.#path}/programme`)).body;
  }

  async me(): Promise<Me> {
    return (await this.#api.get<Me>(`${this.#path}/me`)).body;
  }

  pick(pass: string, sessionId: string, more: { from?: string | null; waitlist?: boolean } = {}) {
    return this.#api.send<Me & Problem>('PUT', `${this.#path}/picks/${pass}`, { sessionId, ...more });
  }

  release(pass: string) {
    return this.#api.send<Me & Problem>('DELETE', `${this.#path}/picks/${pass}`);
  }
}
