import * as contract from '../../shared/overview/contract.ts';
import { conferenceForActor } from '../conference/queries.ts';
import type { App } from '../core/http/app-type.ts';
import { serve } from '../core/http/serve.ts';
import { eraseAttendee, undoImport } from './erasure-commands.ts';

export default function routes(app: App): void {
  serve(app, contract.eraseAttendee, async (call) => {
    const erased = await call.write((change) =>
      eraseAttendee(change, conferenceForActor(change, call.params.slug).id, call.params.attendeeId),
    );
    await app.store.emptyLog();
    return erased;
  });

  serve(app, contract.undoImport, async (call) => {
    const undone = await call.write((change) =>
      undoImport(change, conferenceForActor(change, call.params.slug).id, call.params.importId),
    );
    await app.store.emptyLog();
    return undone;
  });
}
