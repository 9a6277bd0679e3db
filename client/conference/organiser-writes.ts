import { useMutation, useQueryClient } from '@tanstack/react-query';

/** Everything an organiser has read lies under this key; what belongs to one conference under its slug. */
export const organiserKey = ['organiser'] as const;
export const conferenceKey = (slug: string) => [...organiserKey, slug] as const;

/**
 * A change to a conference. It is pending until what the screens show of the conference has been read again,
 * so that a form closes on the new state. After a refusal it is read again too: somebody else may have changed it.
 */
export function useConferenceWrite<Input, Answer>(slug: string, send: (input: Input) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: () => queries.invalidateQueries({ queryKey: conferenceKey(slug) }),
    onError: () => void queries.invalidateQueries({ queryKey: conferenceKey(slug) }),
  });
}
