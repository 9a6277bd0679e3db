import { Refused } from '../../shared/core/refusal.ts';
import { linkUnknown } from '../../shared/core/refusals.ts';
import * as contract from '../../shared/messages/contract.ts';
import { conferenceById } from '../conference/queries.ts';
import type { App } from '../core/http/app-type.ts';
import { serve } from '../core/http/serve.ts';
import { servePageShell } from '../core/http/static.ts';
import type { AttendeeRow } from '../people/queries.ts';
import { chooseReminders } from './outbox-commands.ts';
import { wantsReminders } from './outbox-queries.ts';
import { attendeeById } from './reader-queries.ts';
import { mayTurnReminders } from './reminders-link.ts';

interface Link {
  readonly attendeeId: string;
  readonly token: string;
}

/** What the link under a reminder does: a page for people, one POST for mail programs (RFC 8058). Neither asks for a sign-in. */
export function reminderRoutes(app: App): void {
  const answer = (reader: AttendeeRow, reminders: boolean) => {
    const { name: conference, hostName: host } = app.store.read((db) =>
      conferenceById(db, reader.conferenceId),
    );
    return { conference, host, reminders };
  };

  serve(app, contract.getReminders, ({ params, db }) => {
    const reader = readerOf(app, params);
    return answer(reader, wantsReminders(db, reader.id));
  });

  serve(app, contract.chooseReminders, async ({ params, body, actor }) => {
    const reader = readerOf(app, params);
    await app.store.write(actor, (change) => chooseReminders(change, reader, body.reminders));
    return answer(reader, body.reminders);
  });

  servePageShell(app, '/letters/:attendeeId/:token');
  serveOneClick(app);
}

/** Mail programs send a form, which nothing else here takes; what stands in it says nothing that the address does not. */
function serveOneClick(app: App): void {
  void app.register((scope, _options, done) => {
    scope.addContentTypeParser(
      ['application/x-www-form-urlencoded', 'multipart/form-data'],
      { parseAs: 'buffer', bodyLimit: 4096 },
      (_request, _body, parsed) => parsed(null, undefined),
    );
    scope.post<{ Params: Link }>('/letters/:attendeeId/:token', async (request, reply) => {
      const reader = readerOf(app, request.params);
      await app.store.write(request.actor, (change) => chooseReminders(change, reader, false));
      return reply.code(200).type('text/plain; charset=utf-8').send('');
    });
    done();
  });
}

function readerOf(app: App, { attendeeId, token }: Link): AttendeeRow {
  const reader = app.store.read((db) => attendeeById(db, attendeeId));
  if (reader && mayTurnReminders(app.store, reader, token)) return reader;
  throw new Refused(linkUnknown());
}
