import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  acceptSwap,
  type Me,
  offerSwap,
  orderWaitlist,
  setNeverMoveAfter,
  withdrawSwap,
} from '../../shared/registration/contract.ts';
import { call } from '../core/api.ts';
import { meKey } from './use-picking.ts';

/** A write that answers with my whole day. */
function useOwnWrite<Input>(slug: string, write: (input: Input) => Promise<Me>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: write,
    onSuccess: (me) => {
      void queries.cancelQueries({ queryKey: meKey(slug) });
      queries.setQueryData<Me>(meKey(slug), me);
    },
    onError: () => queries.invalidateQueries({ queryKey: meKey(slug) }),
  });
}

/** Says which of the sessions that I wait for in a pass I want most. */
export function useOrderWaits(slug: string, passId: string) {
  return useOwnWrite(slug, (sessions: readonly string[]) =>
    call(orderWaitlist, { params: { slug, passId }, body: { sessions: [...sessions] } }),
  );
}

/** Says from when on the day no queue moves me. `time`: `08:30`, or null for no limit. */
export function useNeverMoveAfter(slug: string) {
  return useOwnWrite(slug, (time: string | null) =>
    call(setNeverMoveAfter, { params: { slug }, body: { time } }),
  );
}

/** Offers my seat of a pass for one in another session of it. */
export function useOfferSwap(slug: string, passId: string) {
  return useOwnWrite(slug, (wants: string) => call(offerSwap, { params: { slug }, body: { passId, wants } }));
}

export function useWithdrawSwap(slug: string) {
  return useOwnWrite(slug, (offerId: string) => call(withdrawSwap, { params: { slug, offerId } }));
}

export function useAcceptSwap(slug: string) {
  return useOwnWrite(slug, (offerId: string) => call(acceptSwap, { params: { slug, offerId } }));
}
