import { Refused } from '../../shared/core/refusal.ts';
import { notFound } from '../../shared/core/refusals.ts';
import * as contract from '../../shared/registration/contract.ts';
import type { Me } from '../../shared/registration/contract.ts';
import { type Asking, conferenceForActor } from '../conference/queries.ts';
import type { Change } from '../core/change.ts';
import type { App } from '../core/http/app-type.ts';
import { serve, serveChange } from '../core/http/serve.ts';
import { castBallot } from '../registration/ballots-commands.ts';
import { releaseSeat, takeSeat } from '../registration/picks-commands.ts';
import { leaveWaitlist } from '../registration/waitlist-commands.ts';
import { composeMe } from './me-queries.ts';

/**
 * What attendees do with their own day. Every call answers with the whole day: seats, queues, the plan's result and the calendar.
 * The commands are registration's; the answer is composed of areas that come after it, so the routes are here.
 */
export default function routes(app: App): void {
  const meOf = (asking: Pick<Asking, 'db'>, { attendeeId }: Own): Me =>
    composeMe(asking.db, app.store, app.config.url, attendeeId);

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
