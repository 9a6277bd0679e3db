import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { LetterState } from '../../shared/core/letters.ts';
import { listLetters } from '../../shared/messages/contract.ts';
import { conferenceKey } from '../conference/organiser-writes.ts';
import { call } from '../core/api.ts';

const refetchMilliseconds = 10_000;

/** A page of the outbox in one state; letters go out while it is looked at, so it is read again now and then. */
export function useOutbox(slug: string, state: LetterState, offset: number) {
  return useQuery({
    queryKey: [...conferenceKey(slug), 'letters', state, offset],
    queryFn: ({ signal }) => call(listLetters, { params: { slug }, query: { state, offset }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: refetchMilliseconds,
  });
}
