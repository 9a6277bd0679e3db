// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { CancelSession } from '../../../client/overview/cancel-session.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test('a session that people have chosen is cancelled by the button that says how many, and given after all by undo', async () => {
  const answers = [
    { cancellation: 'c1', seats: 12, waiting: 1 },
    { session: { id: 's2', workshop: 'w3', pass: 'p1', room: 'r1', seats: 40 }, seats: 11, elsewhere: 1 },
  ];
  const fetched = vi.fn<typeof fetch>(() =>
    Promise.resolve(
      new Response(JSON.stringify(answers.shift()), { headers: { 'content-type': 'application/json' } }),
    ),
  );
  vi.stubGlobal('fetch', fetched);
  render(
    <QueryClientProvider client={new QueryClient()}>
      <CancelSession slug="x" session="s1" code="W3" people={12} refusal="W3 har deltagare." />
    </QueryClientProvider>,
  );
  screen.getByText('W3 har deltagare.');
  fireEvent.click(screen.getByRole('button', { name: 'Ställ in W3, 12 personer får veta' }));
  await screen.findByText('W3 är inställd. 12 personer har fått veta och kan välja något annat.');
  fireEvent.click(screen.getByRole('button', { name: 'Ångra' }));
  await screen.findByText('W3 ges ändå. 11 personer har sin plats kvar.');
  expect(screen.queryAllByRole('button')).toEqual([]);
  expect(fetched.mock.calls.map(([address, request]) => [address, request?.method])).toEqual([
    ['/api/conferences/x/sessions/s1/cancellation', 'POST'],
    ['/api/conferences/x/cancellations/c1', 'DELETE'],
  ]);
});
