import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getSession, signOut } from '../../shared/people/contract.ts';
import { call } from '../core/api.ts';
import { forgetEverything } from '../core/kept.ts';

export const sessionKey = ['session'] as const;

/** Who is signed in on this device. */
export function useSession() {
  return useQuery({ queryKey: sessionKey, queryFn: ({ signal }) => call(getSession, { signal }) });
}

const leavingKey = 'leaving';

/**
 * Ends the session and forgets everything that this device has read in it: here at once, at the server as soon as it answers,
 * if need be the next time that the page is opened.
 */
export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => call(signOut, {}),
    onMutate: () => {
      forgetEverything();
      setLeaving(true);
    },
    onSuccess: (anyone) => {
      setLeaving(false);
      queries.clear();
      forgetEverything();
      queries.setQueryData(sessionKey, anyone);
    },
  });
}

/** Whether somebody asked this device to forget them and the server does not know yet. */
export function isLeaving(): boolean {
  try {
    return localStorage.getItem(leavingKey) !== null;
  } catch {
    return false;
  }
}

/** `false` also when somebody opens a link of their own: their session takes the place of the old one. */
export function setLeaving(leaving: boolean): void {
  try {
    if (leaving) localStorage.setItem(leavingKey, 'yes');
    else localStorage.removeItem(leavingKey);
  } catch {
    // A device that stores nothing cannot be asked later.
  }
}
