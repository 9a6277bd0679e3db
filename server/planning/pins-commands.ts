import { and, eq } from 'drizzle-orm';
import type { BodyOf } from '../../shared/core/endpoint.ts';
import { Refused, refuseIf } from '../../shared/core/refusal.ts';
import { notFound } from '../../shared/core/refusals.ts';
import type { addPin as addContract } from '../../shared/planning/contract.ts';
import { pinExists, pinSaysNothing } from '../../shared/planning/refusals.ts';
import type { Pin } from '../../shared/planning/vocabulary.ts';
import { whyNotPlace } from '../../shared/programme/rules.ts';
import { touchConference } from '../conference/commands.ts';
import type { Change } from '../core/change.ts';
import { attendeeOf } from '../people/queries.ts';
import { loadProgramme, own } from '../programme/queries.ts';
import { listPins, pinsOf, type StoredPin } from './pins-queries.ts';
import { pins } from './tables.ts';

/** Decides something that every plan from now on must respect. What contradicts another pin is for the plan to say, by name. */
export function addPin(change: Change, conferenceId: string, body: BodyOf<typeof addContract>): Pin {
  const { db } = change;
  const programme = loadProgramme(db, conferenceId);
  const pin: Omit<StoredPin, 'id'> = {
    attendee: 'attendeeId' in body ? attendeeOf(db, conferenceId, body.attendeeId).id : null,
    workshop: body.workshopId === null ? null : own(programme.workshops, body.workshopId).id,
    pass: body.passId === undefined ? null : own(programme.passes, body.passId).id,
    room: 'roomId' in body && body.roomId !== undefined ? own(programme.rooms, body.roomId).id : null,
  };
  const { attendee, workshop, pass, room } = pin;
  if (attendee === null && pass === null && room === null) throw new Refused(pinSaysNothing());
  const known = pinsOf(db, conferenceId);
  const twin = known.some((other) =>
    attendee === null
      ? other.attendee === null && other.workshop === workshop && other.pass === pass && other.room === room
      : other.attendee === attendee && other.pass === pass,
  );
  if (twin) throw new Refused(pinExists());
  if (attendee === null && workshop !== null && pass !== null && room !== null)
    refuseIf(whyNotPlace({ ...programme, sessions: [] }, { workshop, pass, room }));
  const id = change.newId();
  db.insert(pins)
    .values({
      id,
      conferenceId,
      attendeeId: attendee,
      workshopId: workshop,
      passId: pass,
      roomId: room,
      createdAt: change.now,
    })
    .run();
  touchConference(change, conferenceId);
  change.audit({ action: 'pin-added', subject: { kind: 'pin', id }, conferenceId, data: { ...pin } });
  return listPins(db, conferenceId).find((made) => made.id === id)!;
}

export function removePin(change: Change, conferenceId: string, pinId: string): { removed: string } {
  const gone = change.db
    .delete(pins)
    .where(and(eq(pins.conferenceId, conferenceId), eq(pins.id, pinId)))
    .returning({ id: pins.id })
    .get();
  if (!gone) throw new Refused(notFound());
  touchConference(change, conferenceId);
  change.audit({ action: 'pin-removed', subject: { kind: 'pin', id: pinId }, conferenceId });
  return { removed: pinId };
}
