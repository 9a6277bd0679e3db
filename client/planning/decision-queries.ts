import { useQuery } from '@tanstack/react-query';
import { costOfMoves, findInPlan, listMoves, listPins } from '../../shared/planning/contract.ts';
import { conferenceKey } from '../conference/organiser-writes.ts';
import { call } from '../core/api.ts';

export function usePins(slug: string) {
  return useQuery({
    queryKey: [...conferenceKey(slug), 'pins'],
    queryFn: ({ signal }) => call(listPins, { params: { slug }, signal }),
  });
}

/** Who moves by a plan, once somebody wants to see it. */
export function useMoves(slug: string, planId: string, wanted: boolean) {
  return useQuery({
    queryKey: [...conferenceKey(slug), 'plans', planId, 'moves'],
    queryFn: ({ signal }) => call(listMoves, { params: { slug, planId }, signal }),
    enabled: wanted,
  });
}

/** What a plan gives the attendees of a name; nobody as long as nothing is written. */
export function usePlanPeople(slug: string, planId: string, find: string) {
  return useQuery({
    queryKey: [...conferenceKey(slug), 'plans', planId, 'people', find],
    queryFn: ({ signal }) => call(findInPlan, { params: { slug, planId }, query: { find }, signal }),
    enabled: find !== '',
    placeholderData: (before) => (find === '' ? undefined : before),
  });
}

/** What each place of the board would cost for what is in the hand; null while nothing is. */
export function useMoveCosts(
  slug: string,
  lifted: { readonly workshopId: string; readonly sessionId: string | null } | null,
) {
  return useQuery({
    queryKey: [...conferenceKey(slug), 'move-costs', lifted?.workshopId, lifted?.sessionId],
    queryFn: ({ signal }) => {
      const { workshopId, sessionId } = lifted!;
      const body = { workshopId, ...(sessionId !== null && { sessionId }) };
      return call(costOfMoves, { params: { slug }, body, signal });
    },
    enabled: lifted !== null,
    retry: false,
  });
}
