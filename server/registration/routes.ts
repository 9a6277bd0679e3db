import * as contract from '../../shared/registration/contract.ts';
import { conferenceForActor } from '../conference/queries.ts';
import type { App } from '../core/http/app-type.ts';
import { serveChange } from '../core/http/serve.ts';
import { cancelSession, undoCancellation } from './cancellation-commands.ts';
import { expectCrowds } from './crowds.ts';
import { setAbsences } from './absences-commands.ts';

/** What attendees do here answers with their whole day, plan and calendar included: those routes are overview's. */
export default function routes(app: App): void {
  expectCrowds(app);

  serveChange(app, contract.setAbsences, (change, { params, body }) =>
    setAbsences(change, {
      conferenceId: conferenceForActor(change, params.slug).id,
      attendeeId: params.attendeeId,
      passes: body.passes,
    }),
  );

  serveChange(app, contract.cancelSession, (change, { params }) =>
    cancelSession(change, {
      conferenceId: conferenceForActor(change, params.slug).id,
      sessionId: params.sessionId,
    }),
  );

  serveChange(app, contract.undoCancellation, (change, { params }) =>
    undoCancellation(change, {
      conferenceId: conferenceForActor(change, params.slug).id,
      cancellationId: params.cancellationId,
    }),
  );
}
