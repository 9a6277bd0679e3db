import type { Clock } from '../../../server/core/clock.ts';
import type { Change } from '../../../server/core/change.ts';
import type { Store } from '../../../server/core/database.ts';
import { audit, outbox } from '../../../server/core/tables.ts';
import { orderWaitlist, setNeverMoveAfter } from '../../../server/registration/moving-commands.ts';
import { releaseSeat, takeSeat } from '../../../server/registration/picks-commands.ts';
import { acceptSwap, offerSwap } from '../../../server/registration/swap-commands.ts';
import { offersOf } from '../../../server/registration/swap-queries.ts';
import { Refused } from '../../../shared/core/refusal.ts';
import type { SmallConference } from './small-conference.ts';

interface Told {
  readonly moves?: readonly { readonly from: string | null; readonly to: string }[];
  readonly code?: string;
}

/**
 * What people of a small conference ask for, by names. Every command answers `ok` or the code of its refusal, and takes or queues as a
 * page does that says "put me in the queue if it is full".
 */
export function asking(store: Store, small: SmallConference, clock: Clock) {
  const ask = async (command: (change: Change) => void): Promise<string> => {
    try {
      await store.write({ kind: 'system' }, command);
      return 'ok';
    } catch (error) {
      if (error instanceof Refused) return error.refusal.code;
      throw error;
    }
  };
  const who = (name: string) => ({ conferenceId: small.id, attendeeId: small.idOf(name) });
  const told = ({ moves, code }: Told): string | readonly string[] | undefined =>
    code ??
    moves?.map(({ from, to }) =>
      [from === null ? 'nothing' : small.nameOf(from), small.nameOf(to)].join(' > '),
    );
  return {
    take: (name: string, session: string) =>
      ask((change) => takeSeat(change, { ...small.wanted(name, session), waitlist: true })),
    release: (name: string, pass: string) =>
      ask((change) => releaseSeat(change, { ...who(name), passId: small.idOf(pass) })),
    order: (name: string, pass: string, ...sessions: string[]) =>
      ask((change) =>
        orderWaitlist(change, {
          ...who(name),
          passId: small.idOf(pass),
          sessions: sessions.map((session) => small.idOf(session)),
        }),
      ),
    neverAfter: (name: string, time: string | null) =>
      ask((change) => setNeverMoveAfter(change, { ...who(name), time })),
    offer: (name: string, wants: string) =>
      ask((change) => {
        const { passId, sessionId } = small.wanted(name, wants);
        offerSwap(change, { ...who(name), passId, wants: sessionId });
      }),
    accept: (name: string, offerId: string) => ask((change) => acceptSwap(change, { ...who(name), offerId })),
    offersOf: (name: string): string[] =>
      offersOf(store.db, small.idOf(name), clock.now()).map(({ id }) => id),
    /** Letters in the order they were written: to whom, which, and what they tell. */
    letters: () =>
      store.db
        .select()
        .from(outbox)
        .orderBy(outbox.id)
        .all()
        .map(({ recipientId, letter, data }) => [small.nameOf(recipientId), letter, told(data as Told)]),
    /** The last lines of the audit: what, about whom. */
    audited: (count: number) =>
      store.db
        .select()
        .from(audit)
        .orderBy(audit.id)
        .all()
        .slice(-count)
        .map(({ action, subjectId }) => [action, small.nameOf(subjectId)]),
  };
}

export type Asking = ReturnType<typeof asking>;
