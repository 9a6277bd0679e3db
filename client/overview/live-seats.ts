import { useEffect } from 'react';
import { followSeats, type Programme } from '../../shared/overview/contract.ts';
import { addressOf } from '../core/api.ts';

/** One change of taken seats, as the server sends it. */
export interface SeatChange {
  readonly session: string;
  readonly taken: number;
}

/** The programme with the newest counts; the same object where nothing changed. */
export function withSeats(programme: Programme, changes: readonly SeatChange[]): Programme {
  const taken = new Map(changes.map((change) => [change.session, change.taken]));
  let changed = false;
  const sessions = programme.sessions.map((session) => {
    const now = taken.get(session.id);
    if (now === undefined || now === session.taken) return session;
    changed = true;
    return { ...session, taken: now };
  });
  return changed ? { ...programme, sessions } : programme;
}

const reopenAfter = 5000;

/**
 * Follows taken seats while the page is open. The browser reconnects by itself and resumes; where it gives up, we open anew and
 * `missed` is called, since changes may have been lost.
 */
export function useLiveSeats(
  slug: string,
  onSeats: (changes: readonly SeatChange[]) => void,
  missed: () => void,
): void {
  useEffect(() => {
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const open = (): void => {
      source = new EventSource(addressOf(followSeats, { params: { slug } }));
      source.addEventListener('seats', (event) => {
        onSeats(JSON.parse(event.data as string) as SeatChange[]);
      });
      source.addEventListener('error', () => {
        if (source?.readyState !== EventSource.CLOSED) return;
        timer = setTimeout(() => {
          missed();
          open();
        }, reopenAfter);
      });
    };
    open();
    return () => {
      clearTimeout(timer);
      source?.close();
    };
  }, [slug, onSeats, missed]);
}
