import { Refused } from '../../shared/core/refusal.ts';
import { notFound } from '../../shared/core/refusals.ts';
import * as contract from '../../shared/registration/contract.ts';
import type { Me } from '../../shared/registration/contract.ts';
import { type Asking, conferenceIdForActor } from '../conference/queries.ts';
import type { Change } from '../core/change.ts';
import { type NamedCommand, nameCommand } from '../core/http/named-commands.ts';
import { castBallot } from '../registration/ballots-commands.ts';
import { orderWaitlist, setNeverMoveAfter } from '../registration/moving-commands.ts';
import { releaseSeat, takeSeat } from '../registration/picks-commands.ts';
import { acceptSwap, offerSwap, withdrawSwap } from '../registration/swap-commands.ts';
import { leaveWaitlist } from '../registration/waitlist-commands.ts';
import { composeMe } from './me-queries.ts';

/**
 * What attendees do with their own day. The commands are registration's; each answers with the whole day, which is composed of areas
 * that come after it: seats, queues, the plan's result and the calendar.
 */
export const meCommands: readonly NamedCommand[] = [
  nameCommand(contract.takeSeat, (change, { params: { slug, passId }, body, url }) =>
    // In a rush this is what everybody asks: an object that is spread takes its shape anew each time.
    doing(change, { slug, url }, ({ conferenceId, attendeeId }) =>
      takeSeat(change, {
        conferenceId,
        attendeeId,
        passId,
        sessionId: body.sessionId,
        from: body.from,
        waitlist: body.waitlist,
      }),
    ),
  ),
  nameCommand(contract.releaseSeat, (change, { params: { slug, passId }, url }) =>
    doing(change, { slug, url }, (me) => releaseSeat(change, { ...me, passId })),
  ),
  nameCommand(contract.leaveWaitlist, (change, { params: { slug, sessionId }, url }) =>
    doing(change, { slug, url }, (me) => leaveWaitlist(change, { ...me, sessionId })),
  ),
  nameCommand(contract.orderWaitlist, (change, { params: { slug, passId }, body, url }) =>
    doing(change, { slug, url }, (me) => orderWaitlist(change, { ...me, passId, ...body })),
  ),
  nameCommand(contract.setNeverMoveAfter, (change, { params: { slug }, body, url }) =>
    doing(change, { slug, url }, (me) => setNeverMoveAfter(change, { ...me, ...body })),
  ),
  nameCommand(contract.offerSwap, (change, { params: { slug }, body, url }) =>
    doing(change, { slug, url }, (me) => offerSwap(change, { ...me, ...body })),
  ),
  nameCommand(contract.withdrawSwap, (change, { params: { slug, offerId }, url }) =>
    doing(change, { slug, url }, (me) => withdrawSwap(change, { ...me, offerId })),
  ),
  nameCommand(contract.acceptSwap, (change, { params: { slug, offerId }, url }) =>
    doing(change, { slug, url }, (me) => acceptSwap(change, { ...me, offerId })),
  ),
  nameCommand(contract.castBallot, (change, { params: { slug }, body, url }) =>
    doing(change, { slug, url }, (me) => castBallot(change, { ...me, ...body })),
  ),
];

interface Own {
  readonly conferenceId: string;
  readonly attendeeId: string;
}

function doing(
  change: Change,
  { slug, url }: { readonly slug: string; readonly url: string },
  command: (me: Own) => void,
): Me {
  const me = own(change, slug);
  command(me);
  return composeMe(change, url, me.attendeeId);
}

/** Who asks, as an attendee of the conference they ask in; another conference is not found. */
export function own(asking: Asking, slug: string): Own {
  const conferenceId = conferenceIdForActor(asking, slug);
  if (asking.actor.kind !== 'attendee') throw new Refused(notFound());
  return { conferenceId, attendeeId: asking.actor.attendeeId };
}
