import { and, desc, eq } from 'drizzle-orm';
import type { BodyOf } from '../../shared/core/endpoint.ts';
import { Refused, refuseIf } from '../../shared/core/refusal.ts';
import { notFound } from '../../shared/core/refusals.ts';
import type {
  addPlenary as addContract,
  editPlenary as editContract,
} from '../../shared/programme/contract.ts';
import { whyNotTimes } from '../../shared/programme/rules.ts';
import type { Plenary } from '../../shared/programme/vocabulary.ts';
import { conferenceById } from '../conference/queries.ts';
import type { Change } from '../core/change.ts';
import { noteProgrammeChange } from './changed.ts';
import { instantsOf } from './pass-commands.ts';
import { plenaryAnswer } from './queries.ts';
import { cancelledPlenaries, plenaries } from './tables.ts';

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
    ...identityOf(change, conferenceId, title),
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

/** Takes an item away. Where the programme was public, calendars show it as cancelled from now on. */
export function removePlenary(change: Change, conferenceId: string, plenaryId: string): { removed: string } {
  const { uid, title, place, startsAt, endsAt, sequence } = plenaryOf(change, conferenceId, plenaryId);
  if (conferenceById(change.db, conferenceId).publishedAt !== null) {
    const facts = { uid, conferenceId, title, place, startsAt, endsAt };
    change.db
      .insert(cancelledPlenaries)
      .values({ ...facts, sequence: sequence + 1, changedAt: change.now })
      .run();
  }
  change.db.delete(plenaries).where(eq(plenaries.id, plenaryId)).run();
  note(change, conferenceId, 'plenary-removed', plenaryId);
  return { removed: plenaryId };
}

/** What identifies a new item in calendars. One that comes back after it was taken away, by its title, goes on as the same event. */
function identityOf(change: Change, conferenceId: string, title: string): { uid: string; sequence: number } {
  const back = change.db
    .select({ uid: cancelledPlenaries.uid, sequence: cancelledPlenaries.sequence })
    .from(cancelledPlenaries)
    .where(and(eq(cancelledPlenaries.conferenceId, conferenceId), eq(cancelledPlenaries.title, title)))
    .orderBy(desc(cancelledPlenaries.changedAt), desc(cancelledPlenaries.uid))
    .get();
  if (!back) return { uid: change.newId(), sequence: 0 };
  change.db.delete(cancelledPlenaries).where(eq(cancelledPlenaries.uid, back.uid)).run();
  return { uid: back.uid, sequence: back.sequence + 1 };
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
