import type { Instant } from '../../shared/core/time.ts';
import type { Store } from '../core/database.ts';
import { queueLengths } from '../registration/queries.ts';

/** How old an answer may be, in milliseconds: however many pages ask, the table is counted this often at most. */
const freshFor = 3000;

/** How many wait for each session that anybody waits for. */
export interface Queues {
  waitingOf(conferenceId: string, now: Instant): readonly { session: string; waiting: number }[];
}

export function createQueues(store: Pick<Store, 'db'>): Queues {
  const kept = new Map<string, { readonly readAt: Instant; readonly items: ReturnType<typeof read> }>();

  function read(conferenceId: string) {
    return [...queueLengths(store.db, conferenceId)].map(([session, waiting]) => ({ session, waiting }));
  }

  return {
    waitingOf(conferenceId, now) {
      const known = kept.get(conferenceId);
      // A clock that was set back makes nothing fresh.
      if (known && Math.abs(now - known.readAt) < freshFor) return known.items;
      const items = read(conferenceId);
      kept.set(conferenceId, { readAt: now, items });
      return items;
    },
  };
}
