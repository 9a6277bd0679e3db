// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { afterEach, expect, test } from 'vitest';
import { conferenceKey } from '../../../client/conference/organiser-writes.ts';
import { Pins } from '../../../client/planning/pins.tsx';
import { PlanMoves } from '../../../client/planning/plan-moves.tsx';
import { PlanPeople } from '../../../client/planning/plan-people.tsx';
import { PlanPrices } from '../../../client/planning/plan-prices.tsx';
import { StalePlan } from '../../../client/planning/stale-plan.tsx';
import { useCostWords } from '../../../client/planning/use-cost-words.ts';
import { ProgrammeContext } from '../../../client/programme/organised-programme.ts';
import type {
  MoveCost,
  Pin,
  Plan,
  PlanMove,
  PlanPerson,
  PlanPrice,
} from '../../../shared/planning/vocabulary.ts';
import { aBoard } from '../../support/client/a-board.ts';

afterEach(cleanup);

const board = aBoard();
const pin: Pin = { id: 'pin', workshop: 'w2', pass: 'p1', room: null, attendee: null };
const reason = (sv: string) => ({ sv, en: sv });
const karin: PlanPerson = {
  id: 'karin',
  name: 'Karin Ek',
  organisation: 'Region Skåne',
  seats: [{ pass: 'p1', workshop: 'W9', rank: 2, reason: reason('W9 var val 2 på din lista.') }],
  reasons: [{ workshop: 'W2', reason: reason('W2 var full i Pass 1.') }],
};
const move: PlanMove = {
  name: 'Karin Ek',
  organisation: null,
  seats: [{ pass: 'p2', from: 'W15', to: null, reason: reason('Kan inte vara med i Pass 2.') }],
};

function plan(changes: Partial<Plan> = {}): Plan {
  return {
    id: 'plan',
    number: 3,
    state: 'done',
    objective: 'ranks',
    timetable: 'free',
    seed: 4711,
    createdAt: '2026-11-21T12:00:00Z',
    seconds: 1,
    value: 1,
    bound: 1,
    gap: 0,
    proven: true,
    publishedAt: null,
    stale: false,
    figures: {
      attendees: 20,
      seats: 1,
      profile: [],
      firstWish: 0,
      allTopPicks: 0,
      worstRegret: 0,
      worstServed: [],
      fillMin: 0,
      fillMax: 0,
      movedAttendees: 1,
      movedSessions: 0,
    },
    sessions: [],
    reasons: [],
    changes: [],
    prices: null,
    ...changes,
  };
}

function show(children: React.ReactNode): void {
  const queries = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  const key = conferenceKey(board.conference.slug);
  queries.setQueryData([...key, 'pins'], { items: [pin] });
  queries.setQueryData([...key, 'plans', 'plan', 'people', 'Karin'], { items: [karin] });
  queries.setQueryData([...key, 'plans', 'plan', 'people', 'Xerxes'], { items: [] });
  queries.setQueryData([...key, 'plans', 'plan', 'moves'], { items: [move] });
  render(
    <MemoryRouter>
      <QueryClientProvider client={queries}>
        <ProgrammeContext value={board}>{children}</ProgrammeContext>
      </QueryClientProvider>
    </MemoryRouter>,
  );
}

test('pins are read in the organiser’s words, and each can be taken away by name', () => {
  show(<Pins />);
  screen.getByText('W2 till Pass 1');
  screen.getByRole('button', { name: 'Ta bort låsningen W2 till Pass 1' });
});

const price = (changes: Partial<PlanPrice>): PlanPrice => ({
  of: { kind: 'pin', pin: 'pin' },
  what: reason('W2 är låst till Pass 1'),
  cost: 9,
  better: 6,
  worse: 2,
  exact: true,
  ...changes,
});

test('a price says how many it costs a better wish; what is not proven says so', () => {
  show(<PlanPrices plan={plan({ prices: [price({})] })} />);
  screen.getByText('Kostar 6 deltagare ett bättre önskemål. 2 skulle få det sämre utan den.');
  cleanup();
  show(<PlanPrices plan={plan({ prices: [price({ worse: 0, exact: false })] })} />);
  screen.getByText(/Minst så mycket/u);
  cleanup();
  show(<PlanPrices plan={plan({ prices: [price({ cost: 0, better: 0, worse: 0 })] })} />);
  screen.getByText('Kostar ingenting.');
});

test('somebody’s seats stand with their reasons; a name that nobody has says so', () => {
  show(<PlanPeople plan={plan()} find="Karin" onFind={() => undefined} />);
  screen.getByText('W9 var val 2 på din lista.');
  screen.getByText('W2 var full i Pass 1.');
  cleanup();
  show(<PlanPeople plan={plan()} find="Xerxes" onFind={() => undefined} />);
  screen.getByText('Ingen deltagare heter så.');
});

test('who moves is listed with where to and why', () => {
  show(<PlanMoves plan={plan()} />);
  const row = screen.getByRole('row', { name: /Karin Ek/u });
  expect(row.textContent).toBe('Karin EkPass 2W15ingen platsKan inte vara med i Pass 2.');
});

test('before anybody has a seat, nobody is said to move', () => {
  const { figures } = plan();
  show(<PlanMoves plan={plan({ figures: { ...figures!, movedAttendees: 20 } })} />);
  expect(screen.queryByRole('table')).toBeNull();
  expect(screen.queryByRole('button')).toBeNull();
});

test('a stale plan says what changed and offers the fewest moves where seats stand; a fresh one is silent', () => {
  const changes = [reason('Ny lokal: Siljan')];
  show(<StalePlan plan={plan({ stale: true, changes })} />);
  screen.getByText('Ny lokal: Siljan');
  screen.getByRole('button', { name: 'Räkna om planen' });
  cleanup();
  show(<StalePlan plan={plan({ stale: true, changes, publishedAt: '2026-11-21T12:00:00Z' })} />);
  screen.getByRole('button', { name: 'Planera om och flytta så få som möjligt' });
  cleanup();
  show(<StalePlan plan={plan()} />);
  expect(screen.queryByRole('button')).toBeNull();
});

function Words({ cost, held }: { readonly cost: MoveCost; readonly held: boolean }) {
  const words = useCostWords(held);
  return (
    <p>
      {words.full(cost)} | {words.byPlan(cost)}
    </p>
  );
}

test('a move by hand says how many get a worse choice, and who', () => {
  const cost: MoveCost = {
    pass: 'p1',
    room: 'vattern',
    moved: 7,
    better: 1,
    worse: 6,
    missing: 0,
    cost: 12,
    people: [{ name: 'Karin Ek', from: ['W4'], to: [] }],
  };
  show(<Words cost={cost} held={false} />);
  screen.getByText(
    '6 får ett sämre val. 1 får ett bättre val. Sämre för bland andra Karin Ek (W4 blir ingen plats). |',
  );
  cleanup();
  show(<Words cost={cost} held />);
  screen.getByText(/^7 måste flyttas\..*\| En plan med den låst dit flyttar 7 deltagare\.$/u);
});
