import { and, eq } from 'drizzle-orm';
import type { BodyOf } from '../../shared/core/endpoint.ts';
import { Refused, refuseIf } from '../../shared/core/refusal.ts';
import { notFound } from '../../shared/core/refusals.ts';
import type {
  addPlenary as addContract,
  editPlenary as editContract,
} from '../../shared/programme/contract.ts';
import { whyNotTimes } from '../../shared/programme/rules.ts';
import type { Plenary } from '../../shared/programme/vocabulary.ts';
import type { Change } from '../core/change.ts';
import { noteProgrammeChange } from './changed.ts';
import { instantsOf } from './pass-commands.ts';
import { plenaryAnswer } from './queries.ts';
import { plenaries } from './tables.ts';

export function addPlenary(change: Change, conferenceId: string, body: BodyOf<typeof addContract>): Plenary {
  const { kind, title, summary = '', place = '' } = body;
  const times = instantsOf(change, conferenceId, body);
  refuseIf(whyNotTimes(times));
  const row = {
    id: change.newId(),
    conferenceId,
    kind,
    title,
    summary,
    place,
    ...times,
    uid: change.newId(),
    sequence: 0,
    changedAt: change.now,
  };
  change.db.insert(plenaries).values(row).run();
  note(change, conferenceId, 'plenary-added', row.id);
  return plenaryAnswer(row);
}

/** Another time or place is a new SEQUENCE in calendars; other words are not. */
export function editPlenary(
  change: Change,
  conferenceId: string,
  plenaryId: string,
  body: BodyOf<typeof editContract>,
): Plenary {
  const before = plenaryOf(change, conferenceId, plenaryId);
  const { startsAt = before.startsAt, endsAt = before.endsAt } = instantsOf(change, conferenceId, body);
  refuseIf(whyNotTimes({ startsAt, endsAt }));
  const place = body.place ?? before.place;
  const moved = place !== before.place || startsAt !== before.startsAt || endsAt !== before.endsAt;
  const values = {
    kind: body.kind ?? before.kind,
    title: body.title ?? before.title,
    summary: body.summary ?? before.summary,
    place,
    startsAt,
    endsAt,
    sequence: before.sequence + (moved ? 1 : 0),
    changedAt: change.now,
  };
  change.db.update(plenaries).set(values).where(eq(plenaries.id, plenaryId)).run();
  note(change, conferenceId, 'plenary-edited', plenaryId);
  return plenaryAnswer({ ...before, ...values });
}

export function removePlenary(change: Change, conferenceId: string, plenaryId: string): { removed: string } {
  plenaryOf(change, conferenceId, plenaryId);
  change.db.delete(plenaries).where(eq(plenaries.id, plenaryId)).run();
  note(change, conferenceId, 'plenary-removed', plenaryId);
  return { removed: plenaryId };
}

function plenaryOf(change: Change, conferenceId: string, plenaryId: string): typeof plenaries.$inferSelect {
  const row = change.db
    .select()
    .from(plenaries)
    .where(and(eq(plenaries.conferenceId, conferenceId), eq(plenaries.id, plenaryId)))
    .get();
  if (!row) throw new Refused(notFound());
  return row;
}

function note(change: Change, conferenceId: string, action: string, id: string): void {
  noteProgrammeChange(change, conferenceId, { action, subject: { kind: 'plenary', id } });
}
