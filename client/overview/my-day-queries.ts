import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { z } from 'zod';
import { getConference, getProgramme, getQueues, type Programme } from '../../shared/overview/contract.ts';
import { getMe, type Me } from '../../shared/registration/contract.ts';
import { call, refusalCode } from '../core/api.ts';
import { forget, keep, kept } from '../core/kept.ts';
import { meKey } from '../registration/use-picking.ts';
import { type SeatChange, useLiveSeats, withSeats } from './live-seats.ts';

/** A slow network may take long over a large programme; one that has died never says so. In milliseconds. */
const patience = 30_000;

interface KeptDay {
  readonly conference: ConferenceFacts;
  readonly programme: Programme;
  /** Without the calendar's addresses, which hold a token. */
  readonly me: Omit<Me, 'calendar'>;
}

type ConferenceFacts = z.output<NonNullable<(typeof getConference)['out']>> & { readonly clockAhead: number };

function keptName(slug: string): string {
  return `day:${slug}`;
}

function lastDay(slug: string): (KeptDay & { readonly keptAt: number }) | null {
  const last = kept(keptName(slug));
  return last && { ...(last.value as KeptDay), keptAt: last.keptAt };
}

/** What my day is made of, fetched side by side; until the answers are here, or where none come, as this device last read it. */
export function useMyDayFacts(slug: string) {
  const [last] = useState(() => lastDay(slug));
  const conference = useQuery({
    queryKey: ['conference', slug],
    queryFn: async ({ signal }) => {
      const answer = await call(getConference, { params: { slug }, signal, patience });
      return { ...answer, clockAhead: Date.parse(answer.now) - Date.now() };
    },
    ...initially(last?.conference, last?.keptAt),
  });
  const programme = useQuery({
    queryKey: ['programme', slug],
    queryFn: ({ signal }) => call(getProgramme, { params: { slug }, signal, patience }),
    ...initially(last?.programme, last?.keptAt),
  });
  const me = useQuery({
    queryKey: meKey(slug),
    queryFn: ({ signal }) => call(getMe, { params: { slug }, signal, patience }),
    // Another tab or device may have changed it a moment ago.
    refetchOnWindowFocus: 'always',
    refetchOnReconnect: 'always',
    // Others can move who waits; should the events about seats not come through, it is seen within a minute.
    refetchInterval: ({ state }) => (state.data && waits(state.data) ? askAgainAfter : false),
    ...initially(last ? { ...last.me, calendar: noCalendar } : undefined, last?.keptAt),
  });

  const refused = refusalCode(me.error) !== null;
  const programmeNow = useRef(programme.data);
  const readAt = useRef(0);
  useEffect(() => {
    programmeNow.current = programme.data;
    readAt.current = Math.min(conference.dataUpdatedAt, programme.dataUpdatedAt, me.dataUpdatedAt);
  });
  const hasProgramme = programme.data !== undefined;
  // Kept anew when what is mine changes; seats alone change too often to be worth it.
  useEffect(() => {
    const name = keptName(slug);
    if (refused) forget(name);
    else if (conference.data && hasProgramme && programmeNow.current && me.data) {
      const { calendar: _, ...mine } = me.data;
      const day: KeptDay = { conference: conference.data, programme: programmeNow.current, me: mine };
      keep(name, day, readAt.current);
    }
  }, [slug, refused, conference.data, hasProgramme, me.data]);
  return { conference, programme, me };
}

const askAgainAfter = 60_000;

/** Whether what somebody else does may change what is mine. */
function waits({ waitlist, swapOffers }: Pick<Me, 'waitlist' | 'swapOffers'>): boolean {
  return waitlist.length + swapOffers.length > 0;
}

/** A day that was kept has no addresses: they are fetched with a network. */
const noCalendar: Me['calendar'] = { feed: '', download: '' };

function initially<T>(value: T | undefined, keptAt: number | undefined) {
  // What was kept is something to look at until the answer is here, however young it is.
  const ask = { refetchOnMount: 'always' } as const;
  return value === undefined ? ask : { ...ask, initialData: value, initialDataUpdatedAt: keptAt };
}

/**
 * Keeps the seat counts of a programme that has been fetched up to date, and what is mine where seats changed hands in a session
 * that I wait for.
 */
export function useSeatsInProgramme(slug: string): void {
  const queries = useQueryClient();
  const asking = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(
    () => () => {
      clearTimeout(asking.current);
      asking.current = undefined;
    },
    [],
  );
  const onSeats = useCallback(
    (changes: readonly SeatChange[]) => {
      queries.setQueryData<Programme>(
        ['programme', slug],
        (programme) => programme && withSeats(programme, changes),
      );
      const waitlist = queries.getQueryData<Me>(meKey(slug))?.waitlist ?? [];
      if (asking.current === undefined && changes.some(({ session }) => isAmong(waitlist, session)))
        asking.current = setTimeout(() => {
          asking.current = undefined;
          void queries.invalidateQueries({ queryKey: meKey(slug) });
        }, Math.random() * spread);
    },
    [queries, slug],
  );
  const missed = useCallback(() => {
    void queries.invalidateQueries({ queryKey: ['programme', slug] });
  }, [queries, slug]);
  useLiveSeats(slug, onSeats, missed);
}

/** All who wait for a session hear of it in the same instant, and ask within so many milliseconds, not all at once. */
const spread = 1500;

function isAmong(waitlist: Me['waitlist'], session: string): boolean {
  return waitlist.some((place) => place.session === session);
}

/** How many wait for each session, while that is of use: somewhere it is full. */
export function useQueueLengths(slug: string, isOfUse: boolean): ReadonlyMap<string, number> {
  const { data } = useQuery({
    queryKey: ['queues', slug],
    queryFn: ({ signal }) => call(getQueues, { params: { slug }, signal }),
    enabled: isOfUse,
    refetchInterval: askAgainAfter,
  });
  return useMemo(() => new Map(data?.items.map(({ session, waiting }) => [session, waiting])), [data]);
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
