import { eq } from 'drizzle-orm';
import type { BodyOf } from '../../shared/core/endpoint.ts';
import { refuseIf } from '../../shared/core/refusal.ts';
import type { addRoom as addContract, editRoom as editContract } from '../../shared/programme/contract.ts';
import { whyNotPlace } from '../../shared/programme/rules.ts';
import type { Room } from '../../shared/programme/vocabulary.ts';
import type { Change } from '../core/change.ts';
import { distinct, programmeChanged, raiseSequence, refuseTakenName, refuseUsed } from './changed.ts';
import { loadProgramme, own } from './queries.ts';
import { roomClosures, rooms } from './tables.ts';

export function addRoom(change: Change, conferenceId: string, body: BodyOf<typeof addContract>): Room {
  const { name, capacity, features = [], closed = [] } = body;
  const programme = loadProgramme(change.db, conferenceId);
  refuseTakenName(programme.rooms, name);
  const id = change.newId();
  const position = programme.rooms.length;
  change.db
    .insert(rooms)
    .values({ id, conferenceId, name, capacity, features: distinct(features), position })
    .run();
  closeIn(change, conferenceId, id, closed);
  programmeChanged(change, conferenceId, { action: 'room-added', subject: { kind: 'room', id } });
  return own(loadProgramme(change.db, conferenceId).rooms, id);
}

/** Refuses what would leave a session in a room that is closed or lacks what its workshop needs. */
export function editRoom(
  change: Change,
  conferenceId: string,
  roomId: string,
  { name, capacity, features, closed }: BodyOf<typeof editContract>,
): Room {
  const before = own(loadProgramme(change.db, conferenceId).rooms, roomId);
  const values = {
    name: name ?? before.name,
    capacity: capacity ?? before.capacity,
    features: distinct(features ?? before.features),
  };
  refuseTakenName(loadProgramme(change.db, conferenceId).rooms, values.name, roomId);
  change.db.update(rooms).set(values).where(eq(rooms.id, roomId)).run();
  if (closed) {
    change.db.delete(roomClosures).where(eq(roomClosures.roomId, roomId)).run();
    closeIn(change, conferenceId, roomId, closed);
  }

  const programme = loadProgramme(change.db, conferenceId);
  const inRoom = programme.sessions.filter(({ room }) => room === roomId);
  for (const session of inRoom) refuseIf(whyNotPlace(programme, session));
  const ids = inRoom.map(({ id }) => id);
  if (values.name !== before.name) raiseSequence(change, ids);
  programmeChanged(change, conferenceId, {
    action: 'room-edited',
    subject: { kind: 'room', id: roomId },
    sessions: ids,
  });
  return own(programme.rooms, roomId);
}

export function removeRoom(change: Change, conferenceId: string, roomId: string): { removed: string } {
  const programme = loadProgramme(change.db, conferenceId);
  const { name } = own(programme.rooms, roomId);
  refuseUsed(
    programme,
    name,
    programme.sessions.filter(({ room }) => room === roomId),
  );
  change.db.delete(rooms).where(eq(rooms.id, roomId)).run();
  programmeChanged(change, conferenceId, { action: 'room-removed', subject: { kind: 'room', id: roomId } });
  return { removed: roomId };
}

function closeIn(change: Change, conferenceId: string, roomId: string, passIds: readonly string[]): void {
  const { passes } = loadProgramme(change.db, conferenceId);
  for (const passId of distinct(passIds)) {
    own(passes, passId);
    change.db.insert(roomClosures).values({ conferenceId, roomId, passId }).run();
  }
}
