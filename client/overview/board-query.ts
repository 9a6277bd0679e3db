import { useQuery } from '@tanstack/react-query';
import { conferenceKey } from '../conference/organiser-writes.ts';
import { call } from '../core/api.ts';
import { getBoard } from '../../shared/overview/contract.ts';

export const boardKey = (slug: string) => [...conferenceKey(slug), 'board'] as const;

/** The board of a conference; fetched again while choosing goes on elsewhere. */
export function useBoard(slug: string) {
  return useQuery({
    queryKey: boardKey(slug),
    queryFn: ({ signal }) => call(getBoard, { params: { slug }, signal }),
    refetchInterval: 20_000,
  });
}
