import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { castBallot, type Me } from '../../shared/registration/contract.ts';
import { call, refusalCode, shortPatience } from '../core/api.ts';
import { type Ballot, sameBallot } from './ballot.ts';
import { meKey } from './use-picking.ts';

/** A pause in ranking this long saves the list. */
const quiet = 700;

export interface BallotEditing {
  readonly ballot: Ballot;
  readonly change: (next: Ballot) => void;
  readonly savedAt: number | null;
  readonly saving: boolean;
  /** Why the list as it stands is not kept. */
  readonly error: unknown;
  readonly retry: () => void;
}

/** My wishes while I rank them: shown at once, saved when I pause, leave the page or have a network again, the newest list always last. */
export function useBallot(slug: string, kept: Ballot): BallotEditing {
  const queries = useQueryClient();
  const [ballot, setBallot] = useState(kept);
  const [savedAt, setSavedAt] = useState<number | null>(null);
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const wanted = useRef(ballot);
  const saved = useRef(kept);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const last = useRef<Promise<void>>(Promise.resolve());

  const save = useCallback(
    (leavingPage: boolean) => {
      clearTimeout(timer.current);
      last.current = last.current.then(async () => {
        const wishes = [...wanted.current];
        if (sameBallot(wishes, saved.current)) return;
        setSaving(true);
        setError(null);
        try {
          const me = await call(castBallot, {
            params: { slug },
            body: { wishes },
            keepalive: leavingPage,
            patience: shortPatience,
          });
          saved.current = wishes;
          void queries.cancelQueries({ queryKey: meKey(slug) });
          queries.setQueryData<Me>(meKey(slug), me);
          setSavedAt(Date.now());
        } catch (problem) {
          setError(problem);
          // The session may be over: the page asks anew and says so.
          if (refusalCode(problem) !== null) void queries.invalidateQueries({ queryKey: meKey(slug) });
        } finally {
          setSaving(false);
        }
      });
    },
    [slug, queries],
  );

  const change = useCallback(
    (next: Ballot) => {
      wanted.current = next;
      setBallot(next);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => save(false), quiet);
    },
    [save],
  );

  // A list that was kept elsewhere, on another device or in another tab, is the one to go on from, unless something here is unsaved.
  useEffect(() => {
    if (!sameBallot(wanted.current, saved.current)) return;
    wanted.current = kept;
    saved.current = kept;
    setBallot(kept);
  }, [kept]);

  useEffect(() => {
    const leave = (): void => save(true);
    const again = (): void => save(false);
    addEventListener('pagehide', leave);
    addEventListener('online', again);
    return () => {
      removeEventListener('pagehide', leave);
      removeEventListener('online', again);
      leave();
    };
  }, [save]);

  return { ballot, change, savedAt, saving, error, retry: () => save(false) };
}
