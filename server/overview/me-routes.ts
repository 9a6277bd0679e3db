import * as contract from '../../shared/registration/contract.ts';
import type { App } from '../core/http/app-type.ts';
import { serve, serveNamed } from '../core/http/serve.ts';
import { considerSwap } from '../registration/swap-commands.ts';
import { offerAnswer } from '../registration/swap-queries.ts';
import { own } from './me-commands.ts';
import { composeMe } from './me-queries.ts';

/** An attendee's own day. Every change of it answers with the whole day. */
export default function routes(app: App): void {
  serve(app, contract.getMe, (call) => {
    const { attendeeId } = own(call, call.params.slug);
    return composeMe({ ...app.store, now: call.now }, app.config.url, attendeeId);
  });

  serveNamed(app, contract.takeSeat);
  serveNamed(app, contract.releaseSeat);
  serveNamed(app, contract.leaveWaitlist);
  serveNamed(app, contract.orderWaitlist);
  serveNamed(app, contract.setNeverMoveAfter);
  serveNamed(app, contract.offerSwap);
  serveNamed(app, contract.withdrawSwap);
  serveNamed(app, contract.acceptSwap);
  serveNamed(app, contract.castBallot);

  serve(app, contract.getSwapOffer, (call) => {
    const { slug, offerId } = call.params;
    const { offer, from, whyNot } = considerSwap(call, { ...own(call, slug), offerId });
    return {
      ...offerAnswer(offer),
      from,
      whyNot: whyNot && { code: whyNot.code, reason: whyNot.detail },
    };
  });
}
