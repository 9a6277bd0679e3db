import { Refused } from '../../shared/core/refusal.ts';
import { notFound } from '../../shared/core/refusals.ts';
import * as contract from '../../shared/registration/contract.ts';
import type { Me } from '../../shared/registration/contract.ts';
import { type Asking, conferenceForActor } from '../conference/queries.ts';
import type { Change } from '../core/change.ts';
import type { App } from '../core/http/app-type.ts';
import { serve, serveChange } from '../core/http/serve.ts';
import { castBallot } from '../registration/ballots-commands.ts';
import { orderWaitlist, setNeverMoveAfter } from '../registration/moving-commands.ts';
import { releaseSeat, takeSeat } from '../registration/picks-commands.ts';
import { acceptSwap, considerSwap, offerSwap, withdrawSwap } from '../registration/swap-commands.ts';
import { offerAnswer } from '../registration/swap-queries.ts';
import { leaveWaitlist } from '../registration/waitlist-commands.ts';
import { composeMe } from './me-queries.ts';

/**
 * What attendees do with their own day. Every call answers with the whole day: seats, queues, the plan's result and the calendar.
 * The commands are registration's; the answer is composed of areas that come after it, so the routes are here.
 */
export default function routes(app: App): void {
  const meOf = ({ db, now }: Pick<Change, 'db' | 'now'>, { attendeeId }: Own): Me =>
    composeMe(db, app.store, app.config.url, { attendeeId, now });

  serve(app, contract.getMe, (call) => meOf(call, own(call, call.params.slug)));

  const doing = (change: Change, slug: string, command: (me: Own) => void): Me => {
    const me = own(change, slug);
    command(me);
    return meOf(change, me);
  };

  serveChange(app, contract.takeSeat, (change, { params: { slug, passId }, body }) =>
    doing(change, slug, (me) => takeSeat(change, { ...me, passId, ...body })),
  );

  serveChange(app, contract.releaseSeat, (change, { params: { slug, passId } }) =>
    doing(change, slug, (me) => releaseSeat(change, { ...me, passId })),
  );

  serveChange(app, contract.leaveWaitlist, (change, { params: { slug, sessionId } }) =>
    doing(change, slug, (me) => leaveWaitlist(change, { ...me, sessionId })),
  );

  serveChange(app, contract.orderWaitlist, (change, { params: { slug, passId }, body }) =>
    doing(change, slug, (me) => orderWaitlist(change, { ...me, passId, ...body })),
  );

  serveChange(app, contract.setNeverMoveAfter, (change, { params: { slug }, body }) =>
    doing(change, slug, (me) => setNeverMoveAfter(change, { ...me, ...body })),
  );

  serveChange(app, contract.offerSwap, (change, { params: { slug }, body }) =>
    doing(change, slug, (me) => offerSwap(change, { ...me, ...body })),
  );

  serveChange(app, contract.withdrawSwap, (change, { params: { slug, offerId } }) =>
    doing(change, slug, (me) => withdrawSwap(change, { ...me, offerId })),
  );

  serve(app, contract.getSwapOffer, (call) => {
    const { slug, offerId } = call.params;
    const { offer, from, whyNot } = considerSwap(call, { ...own(call, slug), offerId });
    return {
      ...offerAnswer(offer),
      from,
      whyNot: whyNot && { code: whyNot.code, reason: whyNot.detail },
    };
  });

  serveChange(app, contract.acceptSwap, (change, { params: { slug, offerId } }) =>
    doing(change, slug, (me) => acceptSwap(change, { ...me, offerId })),
  );

  serveChange(app, contract.castBallot, (change, { params: { slug }, body }) =>
    doing(change, slug, (me) => castBallot(change, { ...me, ...body })),
  );
}

interface Own {
  readonly conferenceId: string;
  readonly attendeeId: string;
}

/** Who asks, as an attendee of the conference they ask in; another conference is not found. */
function own(asking: Asking, slug: string): Own {
  const { id } = conferenceForActor(asking, slug);
  if (asking.actor.kind !== 'attendee') throw new Refused(notFound());
  return { conferenceId: id, attendeeId: asking.actor.attendeeId };
}
