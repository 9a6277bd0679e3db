import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getSession, signOut } from '../../shared/people/contract.ts';
import { call } from '../core/api.ts';

export const sessionKey = ['session'] as const;

/** Who is signed in on this device. */
export function useSession() {
  return useQuery({ queryKey: sessionKey, queryFn: ({ signal }) => call(getSession, { signal }) });
}

/** Ends the session and forgets everything that this device has read in it. */
export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => call(signOut, {}),
    onSuccess: (anyone) => {
      queries.clear();
      queries.setQueryData(sessionKey, anyone);
    },
  });
}
