// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { PlanResult } from '../../../client/registration/plan-result.tsx';

type Result = Parameters<typeof PlanResult>[0]['result'];

afterEach(cleanup);

test('a person’s seats are told by wish, the best first, and those outside the list as one', () => {
  show([null, 4, null, 2], true);
  screen.getByText('Du fick önskemål nr 2, önskemål nr 4 och två workshoppar utanför listan.');
});

test('one seat outside the list is one', () => {
  show([1, null], true);
  screen.getByText('Du fick önskemål nr 1 och en workshop utanför listan.');
});

test('whoever handed in no wishes is not told of a list', () => {
  show([null, null], false);
  screen.getByText('Du lämnade inga önskemål, så du fick platser där det fanns några.');
  expect(screen.queryByText(/utanför listan/u)).toBe(null);
});

test('each seat is explained, whatever else was not met', () => {
  show([1, null], true);
  expect(screen.getAllByText('Därför.')).toHaveLength(2);
  expect(screen.queryByText('Varför inte de andra')).toBe(null);
});

function show(ranks: readonly (number | null)[], hasWished: boolean): void {
  const reason = { sv: 'Därför.', en: 'Because.' };
  const seats = ranks.map((rank, index) => ({ pass: `pass-${index}`, workshop: `W${index}`, rank, reason }));
  const result: Result = { plan: 1, publishedAt: '2026-11-21T12:00:00Z', seed: 1, seats, reasons: [] };
  render(<PlanResult result={result} hasWished={hasWished} open={false} />);
}
