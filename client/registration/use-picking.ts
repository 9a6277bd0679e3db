import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { getMe, leaveWaitlist, type Me, releaseSeat, takeSeat } from '../../shared/registration/contract.ts';
import { call, shortPatience } from '../core/api.ts';
import type { Held } from './day.ts';
import { createPicking, type Picking, type PickingPorts, type PickingState, shown } from './picking.ts';

/** My own page's facts, as the server last answered them. */
export function meKey(slug: string): readonly unknown[] {
  return ['me', slug];
}

const nothing: Held = { picks: [], waitlist: [] };

/** Picking, its state, and what is shown as mine. */
interface PickingInPage {
  readonly picking: Picking;
  readonly state: PickingState;
  readonly held: Held;
}

/** Picking wired to the server and to what the page knows. A release that waits is sent when the page is left. */
export function usePicking(slug: string): PickingInPage {
  const queries = useQueryClient();
  const { picking, ports } = useMemo(() => {
    const ports = portsOf(slug, queries);
    return { ports, picking: createPicking(ports) };
  }, [slug, queries]);
  useEffect(() => {
    addEventListener('pagehide', picking.flush);
    return () => {
      removeEventListener('pagehide', picking.flush);
      picking.flush();
    };
  }, [picking]);
  const state = useSyncExternalStore(picking.subscribe, picking.state);
  // Read from the cache itself: queries tell their readers of an answer a moment later than picking does, and in that moment
  // the choice would seem to be gone.
  return { picking, state, held: shown(ports.held(), state) };
}

function portsOf(slug: string, queries: QueryClient): PickingPorts {
  return {
    take: (passId, sessionId, from, waitlist) =>
      call(takeSeat, {
        params: { slug, passId },
        body: { sessionId, from, ...(waitlist && { waitlist }) },
        patience: shortPatience,
      }),
    release: (passId, leavingPage) =>
      call(releaseSeat, { params: { slug, passId }, keepalive: leavingPage, patience: shortPatience }),
    leaveQueue: (sessionId) => call(leaveWaitlist, { params: { slug, sessionId }, patience: shortPatience }),
    refresh: () =>
      call(getMe, { params: { slug }, patience: shortPatience }).catch((error: unknown) => {
        // The session may be over: the page asks anew and says so.
        void queries.invalidateQueries({ queryKey: meKey(slug) });
        throw error;
      }),
    held: () => queries.getQueryData<Me>(meKey(slug)) ?? nothing,
    learn: (held) => {
      // An answer that was asked for before this one may come after it, and would show what was true then.
      void queries.cancelQueries({ queryKey: meKey(slug) });
      queries.setQueryData(meKey(slug), held);
    },
    now: () => Date.now(),
    later: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
  };
}
