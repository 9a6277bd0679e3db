import * as contract from '../../shared/overview/contract.ts';
import { conferenceForActor } from '../conference/queries.ts';
import type { App } from '../core/http/app-type.ts';
import { serve } from '../core/http/serve.ts';
import { eraseAttendee, undoImport } from './erasure-commands.ts';

export default function routes(app: App): void {
  serve(app, contract.eraseAttendee, (call) => {
    const { slug, attendeeId } = call.params;
    return forGood(
      call.write((change) => eraseAttendee(change, conferenceForActor(change, slug).id, attendeeId)),
    );
  });

  serve(app, contract.undoImport, (call) => {
    const { slug, importId } = call.params;
    return forGood(call.write((change) => undoImport(change, conferenceForActor(change, slug).id, importId)));
  });

  /** What has been taken away is left in no file when it is answered. */
  async function forGood<T>(taken: Promise<T>): Promise<T> {
    const answer = await taken;
    await app.store.emptyLog();
    return answer;
  }
}
