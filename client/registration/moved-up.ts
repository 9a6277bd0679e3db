import { useState } from 'react';
import type { Pick as Seat } from '../../shared/registration/vocabulary.ts';

/** A seat that came from the queue while I was looking, or since I last looked. */
export interface MovedUp {
  /** What I held in the pass before, or null. */
  readonly from: string | null;
  readonly to: string;
}

/** By pass: the queues that moved me between two answers of the server. What I did by my own hand is no such move. */
export function movesBetween(
  before: readonly Seat[],
  now: readonly Seat[],
): Readonly<Record<string, MovedUp>> {
  return Object.fromEntries(
    now
      .map(({ pass, session, source }) => ({
        pass,
        source,
        to: session,
        from: before.find((seat) => seat.pass === pass)?.session ?? null,
      }))
      .filter(({ source, from, to }) => source === 'waitlist' && from !== to)
      .map(({ pass, from, to }) => [pass, { from, to }]),
  );
}

/** Remembers, while the page is open, which queues have moved me. `picks`: as the server has them. */
export function useMovedUp(picks: readonly Seat[]): Readonly<Record<string, MovedUp>> {
  const [seen, setSeen] = useState<{ picks: typeof picks; moves: Readonly<Record<string, MovedUp>> }>({
    picks,
    moves: {},
  });
  if (seen.picks === picks) return seen.moves;
  const moves = { ...seen.moves, ...movesBetween(seen.picks, picks) };
  setSeen({ picks, moves });
  return moves;
}
