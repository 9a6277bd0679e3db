import { Refused } from '../../shared/core/refusal.ts';
import { notFound } from '../../shared/core/refusals.ts';
import * as contract from '../../shared/onsite/contract.ts';
import type { Attendance } from '../../shared/onsite/contract.ts';
import { conferenceForActor } from '../conference/queries.ts';
import type { Change } from '../core/change.ts';
import { csvOf } from '../core/csv.ts';
import type { App } from '../core/http/app-type.ts';
import { attachment } from '../core/http/attachment.ts';
import { serve } from '../core/http/serve.ts';
import type { Db } from '../core/statement.ts';
import { listAttendance } from './queries.ts';

export default function routes(app: App): void {
  serve(app, contract.getAttendance, (call) => {
    const { id } = conferenceForActor(call, call.params.slug);
    return sessionAttendance(call.db, id, call.params.sessionId);
  });

  serve(app, contract.exportAttendance, async (call) => {
    const { id, slug } = conferenceForActor(call, call.params.slug);
    const { session } = call.query;
    const sessions =
      session === undefined ? listAttendance(call.db, id) : [sessionAttendance(call.db, id, session)];
    await app.store.write(call.actor, (change) => noteExport(change, id, session));
    const inSwedish = call.language === 'sv';
    const header = inSwedish
      ? ['Pass', 'Lokal', 'Beteckning', 'Titel', 'Namn', 'Organisation']
      : ['Pass', 'Room', 'Code', 'Title', 'Name', 'Organisation'];
    const rows = sessions.flatMap(({ pass, room, workshop, attendees }) =>
      attendees.map(({ name, organisation }) => [
        pass.name,
        room.name,
        workshop.code,
        workshop.title,
        name,
        organisation,
      ]),
    );
    const parts = [
      inSwedish ? 'närvaro' : 'attendance',
      slug,
      ...(session === undefined ? [] : [sessions[0]!.workshop.code]),
    ];
    void call.reply.header('content-disposition', attachment(`${parts.join('-')}.csv`));
    return csvOf(header, rows);
  });
}

function sessionAttendance(db: Db, conferenceId: string, sessionId: string): Attendance {
  const found = listAttendance(db, conferenceId).find(({ session }) => session === sessionId);
  if (!found) throw new Refused(notFound());
  return found;
}

/** Names that leave the house are noted. */
function noteExport(change: Change, conferenceId: string, session: string | undefined): void {
  change.audit({
    action: 'attendance-exported',
    subject:
      session === undefined ? { kind: 'conference', id: conferenceId } : { kind: 'session', id: session },
    conferenceId,
  });
}
