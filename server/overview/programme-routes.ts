import { toIso } from '../../shared/core/time.ts';
import * as contract from '../../shared/overview/contract.ts';
import {
  conferenceAnswer,
  conferenceForActor,
  conferenceForReader,
  listPublishedConferences,
} from '../conference/queries.ts';
import type { App } from '../core/http/app-type.ts';
import { sendCached } from '../core/http/cached.ts';
import { streamEvents } from '../core/http/events.ts';
import { serve } from '../core/http/serve.ts';
import { memoryOf } from './memory.ts';
import { composeBoard, daysOf, publicConference } from './queries.ts';

export default function routes(app: App): void {
  const { seats, programmes, queues } = memoryOf(app);

  serve(app, contract.listConferences, ({ db }) => ({
    items: listPublishedConferences(db).map((conference) => {
      const { slug, name, tagline, host, timeZone, language, stage } = conferenceAnswer(conference);
      return { slug, name, tagline, host, timeZone, language, stage, ...daysOf(db, conference.id) };
    }),
  }));

  serve(app, contract.getConference, (call) => {
    const conference = conferenceForReader(call, call.params.slug);
    const { passes } = programmes.programmeOf(conference.id);
    return { ...publicConference(conference), passes, now: toIso(call.now) };
  });

  serve(app, contract.getProgramme, (call) => {
    const conference = conferenceForReader(call, call.params.slug);
    return sendCached(call, programmes.textOf(conference.id));
  });

  serve(app, contract.followSeats, (call) => {
    const conference = conferenceForReader(call, call.params.slug);
    return streamEvents(app, call, (stream) => seats.listen(conference.id, stream));
  });

  serve(app, contract.getQueues, (call) => {
    const conference = conferenceForReader(call, call.params.slug);
    return { items: [...queues.waitingOf(conference.id, call.now)] };
  });

  serve(app, contract.getWrites, () => app.store.work());

  serve(app, contract.getBoard, (call) => composeBoard(call.db, conferenceForActor(call, call.params.slug)));
}
