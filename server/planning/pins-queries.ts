import { asc, eq } from 'drizzle-orm';
import type { Pin } from '../../shared/planning/vocabulary.ts';
import type { Db } from '../core/statement.ts';
import { attendees } from '../people/tables.ts';
import { pins } from './tables.ts';

/** A pin by public ids; null where it says nothing of that. */
export interface StoredPin {
  readonly id: string;
  readonly attendee: string | null;
  readonly workshop: string | null;
  readonly pass: string | null;
  readonly room: string | null;
}

/** Every pin of a conference, in the order they were made. */
export function pinsOf(db: Db, conferenceId: string): StoredPin[] {
  return db
    .select({
      id: pins.id,
      attendee: pins.attendeeId,
      workshop: pins.workshopId,
      pass: pins.passId,
      room: pins.roomId,
    })
    .from(pins)
    .where(eq(pins.conferenceId, conferenceId))
    .orderBy(asc(pins.createdAt), asc(pins.id))
    .all();
}

/** The same with the names of attendees. */
export function listPins(db: Db, conferenceId: string): Pin[] {
  const names = new Map(
    db
      .select({ id: attendees.id, name: attendees.name })
      .from(pins)
      .innerJoin(attendees, eq(attendees.id, pins.attendeeId))
      .where(eq(pins.conferenceId, conferenceId))
      .all()
      .map(({ id, name }) => [id, name]),
  );
  return pinsOf(db, conferenceId).map(({ attendee, ...pin }) => ({
    ...pin,
    attendee: attendee === null ? null : { id: attendee, name: names.get(attendee) ?? '' },
  }));
}
