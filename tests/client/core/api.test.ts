// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { addressOf, ApiProblem, call, ConnectionLost } from '../../../client/core/api.ts';
import { problemOf } from '../../../shared/core/refusal.ts';
import { busy } from '../../../shared/core/refusals.ts';
import { getMe, takeSeat } from '../../../shared/registration/contract.ts';
import { full } from '../../../shared/registration/refusals.ts';

const seat = {
  params: { slug: 'utsikt-ar-insikt', passId: 'p1' },
  body: { sessionId: 's1', from: null },
} as const;
const fetched = vi.fn<typeof fetch>();

const json = (status: number, body: unknown): Response => new Response(JSON.stringify(body), { status });
const keysOf = (): (string | null)[] =>
  fetched.mock.calls.map(([, request]) => new Headers(request?.headers).get('idempotency-key'));

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', fetched.mockReset());
  document.documentElement.lang = 'en';
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a call', () => {
  test('goes to the address, with the method, body and language of its contract', async () => {
    fetched.mockResolvedValueOnce(json(200, { picks: [] }));
    expect(await call(takeSeat, seat)).toEqual({ picks: [] });
    const [address, request] = fetched.mock.calls[0]!;
    expect(address).toBe('/api/conferences/utsikt-ar-insikt/picks/p1');
    expect(request).toMatchObject({ method: 'PUT', body: JSON.stringify({ sessionId: 's1', from: null }) });
    expect(new Headers(request?.headers).get('x-language')).toBe('en');
  });

  test('a read carries no key', async () => {
    fetched.mockResolvedValueOnce(json(200, {}));
    await call(getMe, { params: { slug: 'utsikt-ar-insikt' } });
    expect(keysOf()).toEqual([null]);
  });

  test('a write whose answer was lost is asked for again with the same key', async () => {
    fetched.mockRejectedValueOnce(new TypeError('network')).mockResolvedValueOnce(json(200, { picks: [] }));
    const answer = call(takeSeat, seat);
    await vi.runAllTimersAsync();
    expect(await answer).toEqual({ picks: [] });
    const [first, second] = keysOf();
    expect(first).toMatch(/^[0-9a-f]{32}$/u);
    expect(second).toBe(first);
  });

  test('an attempt that gets no answer in its time counts as lost, and is made again with the same key', async () => {
    fetched
      .mockImplementationOnce(
        (_, request) =>
          new Promise((_resolve, reject) => {
            request?.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
          }),
      )
      .mockResolvedValueOnce(json(200, { picks: [] }));
    const answer = call(takeSeat, { ...seat, patience: 8000 });
    await vi.advanceTimersByTimeAsync(7999);
    expect(fetched).toHaveBeenCalledTimes(1);
    await vi.runAllTimersAsync();
    expect(await answer).toEqual({ picks: [] });
    const [first, second] = keysOf();
    expect(second).toBe(first);
  });

  test('a call that is called off is not made again, however patient it is', async () => {
    fetched.mockImplementation(
      (_, request) =>
        new Promise((_resolve, reject) => {
          request?.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
        }),
    );
    const leaving = new AbortController();
    const answer = call(getMe, { params: { slug: 'x' }, signal: leaving.signal, patience: 8000 });
    const refused = expect(answer).rejects.toThrow(DOMException);
    leaving.abort();
    await refused;
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  test('two writes have keys of their own', async () => {
    fetched.mockImplementation(() => Promise.resolve(json(200, {})));
    await call(takeSeat, seat);
    await call(takeSeat, seat);
    const [first, second] = keysOf();
    expect(second).not.toBe(first);
  });

  test('a busy server is asked again, a refusal is an answer', async () => {
    fetched
      .mockResolvedValueOnce(json(503, problemOf(busy(), 'sv', 'r1')))
      .mockResolvedValueOnce(json(409, problemOf(full({ workshop: 'W3', waiting: 4 }), 'sv', 'r2')));
    const answer = call(takeSeat, seat).catch((error: unknown) => error);
    await vi.runAllTimersAsync();
    const error = await answer;
    expect(error).toBeInstanceOf(ApiProblem);
    expect((error as ApiProblem).problem.code).toBe('full');
    expect((error as ApiProblem).sentence('en')).toContain('Every seat in W3 is taken');
    expect(fetched).toHaveBeenCalledTimes(2);
  });

  test('when no answer ever comes, that is what is said', async () => {
    fetched.mockRejectedValue(new TypeError('network'));
    const answer = call(takeSeat, seat).catch((error: unknown) => error);
    await vi.runAllTimersAsync();
    expect(await answer).toBeInstanceOf(ConnectionLost);
    expect(fetched).toHaveBeenCalledTimes(4);
  });

  test('a hotel’s sign-in page is not taken for an answer', async () => {
    fetched.mockResolvedValueOnce(new Response('<html>Welcome</html>', { status: 511 }));
    const error = await call(getMe, { params: { slug: 'x' } }).catch((problem: unknown) => problem);
    expect((error as ApiProblem).problem.code).toBe('unreadable');
  });
});

test('an address escapes what is put into it and leaves out what is undefined', () => {
  expect(addressOf({ path: '/c/:slug/rooms/:room.ics' }, { params: { slug: 'a', room: 'b/c' } })).toBe(
    '/c/a/rooms/b%2Fc.ics',
  );
  expect(addressOf({ path: '/x' }, { query: { search: 'å', offset: undefined } })).toBe('/x?search=%C3%A5');
});
