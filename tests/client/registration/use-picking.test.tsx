// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { heldIn } from '../../../client/registration/day.ts';
import { meKey, usePicking } from '../../../client/registration/use-picking.ts';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function inPage(held: { picks: unknown[]; waitlist: unknown[] }) {
  const queries = new QueryClient();
  queries.setQueryData(meKey('x'), held);
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <QueryClientProvider client={queries}>{children}</QueryClientProvider>
  );
  const seen: (string | null)[] = [];
  const { result, unmount } = renderHook(
    () => {
      const page = usePicking('x');
      seen.push(heldIn(page.held, 'p1'));
      return page;
    },
    { wrapper },
  );
  return { result, seen, unmount };
}

const seat = { pass: 'p1', session: 's1', source: 'attendee' };

test('a choice stays in sight from the press until the answer is in: it never blinks', async () => {
  const answer = { picks: [seat], waitlist: [] };
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify(answer))));
  const { result, seen } = inPage({ picks: [], waitlist: [] });
  await act(async () => {
    result.current.picking.take('p1', 's1');
    await vi.waitFor(() => expect(result.current.picking.state().savedAt).not.toBeNull());
  });
  expect(seen.indexOf('s1')).toBeGreaterThan(0);
  expect(seen.slice(seen.indexOf('s1'))).not.toContain(null);
});

test('a release that waits is sent as the page is left, in a request that outlives it', async () => {
  const fetched = vi.fn<typeof fetch>(() =>
    Promise.resolve(new Response(JSON.stringify({ picks: [], waitlist: [] }))),
  );
  vi.stubGlobal('fetch', fetched);
  const { result } = inPage({ picks: [seat], waitlist: [] });
  await act(async () => {
    result.current.picking.leave('p1');
    dispatchEvent(new Event('pagehide'));
    await vi.waitFor(() => expect(result.current.picking.state().savedAt).not.toBeNull());
  });
  const [address, request] = fetched.mock.calls[0]!;
  expect(address).toBe('/api/conferences/x/picks/p1');
  expect(request).toMatchObject({ method: 'DELETE', keepalive: true });
});
