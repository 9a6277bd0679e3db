import * as contract from '../../shared/overview/contract.ts';
import { conferenceForActor } from '../conference/queries.ts';
import type { App } from '../core/http/app-type.ts';
import { serve, serveChange } from '../core/http/serve.ts';
import { eraseAttendee, undoImport } from './erasure-commands.ts';

export default function routes(app: App): void {
  serve(app, contract.eraseAttendee, async (call) => {
    const erased = await call.write((change) =>
      eraseAttendee(change, conferenceForActor(change, call.params.slug).id, call.params.attendeeId),
    );
    await app.store.emptyLog();
    return erased;
  });

  serveChange(app, contract.undoImport, (change, { params }) =>
    undoImport(change, conferenceForActor(change, params.slug).id, params.importId),
  );
}
