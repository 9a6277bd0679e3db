import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { getConference, getProgramme, type Programme } from '../../shared/overview/contract.ts';
import { getMe } from '../../shared/registration/contract.ts';
import { call } from '../core/api.ts';
import { meKey } from '../registration/use-picking.ts';
import { type SeatChange, useLiveSeats, withSeats } from './live-seats.ts';

/** What my day is made of, fetched side by side. */
export function useMyDayFacts(slug: string) {
  const conference = useQuery({
    queryKey: ['conference', slug],
    queryFn: async ({ signal }) => {
      const answer = await call(getConference, { params: { slug }, signal });
      return { ...answer, clockAhead: Date.parse(answer.now) - Date.now() };
    },
  });
  const programme = useQuery({
    queryKey: ['programme', slug],
    queryFn: ({ signal }) => call(getProgramme, { params: { slug }, signal }),
  });
  const me = useQuery({
    queryKey: meKey(slug),
    queryFn: ({ signal }) => call(getMe, { params: { slug }, signal }),
  });
  return { conference, programme, me };
}

/** Keeps the seat counts of a programme that has been fetched up to date. */
export function useSeatsInProgramme(slug: string): void {
  const queries = useQueryClient();
  const onSeats = useCallback(
    (changes: readonly SeatChange[]) => {
      queries.setQueryData<Programme>(
        ['programme', slug],
        (programme) => programme && withSeats(programme, changes),
      );
    },
    [queries, slug],
  );
  const missed = useCallback(() => {
    void queries.invalidateQueries({ queryKey: ['programme', slug] });
  }, [queries, slug]);
  useLiveSeats(slug, onSeats, missed);
}

/** The longest a timer may sleep; later instants are woken for again. */
const longestSleep = 60 * 60 * 1000;

/** The server's clock, in milliseconds: renders anew when one of the given instants passes. */
export function useServerNow(clockAhead: number, instants: readonly (number | null)[]): number {
  const [now, setNow] = useState(() => Date.now() + clockAhead);
  const next = Math.min(...instants.filter((instant) => instant !== null && instant > now).map(Number));
  useEffect(() => {
    const wake = (): void => setNow(Date.now() + clockAhead);
    wake();
    if (next === Infinity) return undefined;
    const timer = setInterval(
      wake,
      Math.min(longestSleep, Math.max(250, next - Date.now() - clockAhead + 20)),
    );
    return () => clearInterval(timer);
  }, [clockAhead, next]);
  return now;
}
