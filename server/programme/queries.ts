import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { Refused } from '../../shared/core/refusal.ts';
import { notFound } from '../../shared/core/refusals.ts';
import { toIso } from '../../shared/core/time.ts';
import { seatsOf } from '../../shared/programme/rules.ts';
import type { Pass, PlacedSession, Plenary, Room, Workshop } from '../../shared/programme/vocabulary.ts';
import { organisations } from '../conference/tables.ts';
import { type Db, statement } from '../core/statement.ts';
import { presenters } from '../people/tables.ts';
import {
  passes,
  plenaries,
  roomClosures,
  rooms,
  sessions,
  workshopOrganisations,
  workshopPasses,
  workshopPresenters,
  workshops,
} from './tables.ts';

/** The whole programme of a conference in the shapes of the API: passes and plenaries in order of time, the rest as the organiser ordered them. */
export interface Programme {
  readonly passes: readonly Pass[];
  readonly rooms: readonly Room[];
  readonly workshops: readonly Workshop[];
  readonly sessions: readonly PlacedSession[];
  readonly plenaries: readonly Plenary[];
}

const here = { conferenceId: sql.placeholder('conferenceId') };

const allPasses = statement((db) =>
  db
    .select()
    .from(passes)
    .where(eq(passes.conferenceId, here.conferenceId))
    .orderBy(asc(passes.startsAt), asc(passes.id))
    .prepare(),
);
const allRooms = statement((db) =>
  db
    .select()
    .from(rooms)
    .where(eq(rooms.conferenceId, here.conferenceId))
    .orderBy(asc(rooms.position), asc(rooms.id))
    .prepare(),
);
const allClosures = statement((db) =>
  db
    .select({ owner: roomClosures.roomId, value: roomClosures.passId })
    .from(roomClosures)
    .innerJoin(passes, eq(passes.id, roomClosures.passId))
    .where(eq(roomClosures.conferenceId, here.conferenceId))
    .orderBy(asc(passes.startsAt))
    .prepare(),
);
const allWorkshops = statement((db) =>
  db
    .select({
      id: workshops.id,
      code: workshops.code,
      title: workshops.title,
      summary: workshops.summary,
      language: workshops.language,
      topics: workshops.topics,
      requires: workshops.requires,
      minSize: workshops.minSize,
      maxSize: workshops.maxSize,
      reserved: workshops.reserved,
      minOfferings: workshops.minOfferings,
      maxOfferings: workshops.maxOfferings,
    })
    .from(workshops)
    .where(eq(workshops.conferenceId, here.conferenceId))
    .orderBy(asc(workshops.position), asc(workshops.id))
    .prepare(),
);
const allPresenters = statement((db) =>
  db
    .select({
      owner: workshopPresenters.workshopId,
      value: {
        id: presenters.id,
        name: presenters.name,
        affiliation: presenters.affiliation,
        attendeeId: presenters.attendeeId,
      },
    })
    .from(workshopPresenters)
    .innerJoin(presenters, eq(presenters.id, workshopPresenters.presenterId))
    .where(eq(workshopPresenters.conferenceId, here.conferenceId))
    .orderBy(asc(workshopPresenters.position))
    .prepare(),
);
const allOrganisations = statement((db) =>
  db
    .select({ owner: workshopOrganisations.workshopId, value: organisations.name })
    .from(workshopOrganisations)
    .innerJoin(organisations, eq(organisations.id, workshopOrganisations.organisationId))
    .where(eq(workshopOrganisations.conferenceId, here.conferenceId))
    .orderBy(asc(workshopOrganisations.position))
    .prepare(),
);
const allWorkshopPasses = statement((db) =>
  db
    .select({ owner: workshopPasses.workshopId, value: workshopPasses.passId })
    .from(workshopPasses)
    .innerJoin(passes, eq(passes.id, workshopPasses.passId))
    .where(eq(workshopPasses.conferenceId, here.conferenceId))
    .orderBy(asc(passes.startsAt))
    .prepare(),
);
const allSessions = statement((db) =>
  db
    .select({
      id: sessions.id,
      workshop: sessions.workshopId,
      pass: sessions.passId,
      room: sessions.roomId,
      capacity: rooms.capacity,
      maxSize: workshops.maxSize,
      reserved: workshops.reserved,
    })
    .from(sessions)
    .innerJoin(passes, eq(passes.id, sessions.passId))
    .innerJoin(rooms, eq(rooms.id, sessions.roomId))
    .innerJoin(workshops, eq(workshops.id, sessions.workshopId))
    .where(eq(sessions.conferenceId, here.conferenceId))
    .orderBy(asc(passes.startsAt), asc(rooms.position), asc(sessions.id))
    .prepare(),
);
const allPlenaries = statement((db) =>
  db
    .select()
    .from(plenaries)
    .where(eq(plenaries.conferenceId, here.conferenceId))
    .orderBy(asc(plenaries.startsAt), asc(plenaries.endsAt), asc(plenaries.id))
    .prepare(),
);

/** Reads the whole programme with nine statements, whatever its size. */
export function loadProgramme(db: Db, conferenceId: string): Programme {
  const of = { conferenceId };
  const closedOf = byOwner(allClosures(db).all(of));
  const presentersOf = byOwner(allPresenters(db).all(of));
  const organisationsOf = byOwner(allOrganisations(db).all(of));
  const passesOf = byOwner(allWorkshopPasses(db).all(of));
  return {
    passes: allPasses(db).all(of).map(passAnswer),
    rooms: allRooms(db)
      .all(of)
      .map(({ id, name, capacity, features }) => ({
        id,
        name,
        capacity,
        features,
        closed: closedOf.get(id) ?? [],
      })),
    workshops: allWorkshops(db)
      .all(of)
      .map((workshop) => ({
        ...workshop,
        presenters: presentersOf.get(workshop.id) ?? [],
        organisations: organisationsOf.get(workshop.id) ?? [],
        passes: passesOf.get(workshop.id) ?? [],
      })),
    sessions: allSessions(db)
      .all(of)
      .map(({ capacity, maxSize, reserved, ...session }) => ({
        ...session,
        seats: seatsOf({ capacity }, { maxSize, reserved }),
      })),
    plenaries: allPlenaries(db).all(of).map(plenaryAnswer),
  };
}

function byOwner<T>(rows: readonly { owner: string; value: T }[]): Map<string, T[]> {
  const lists = new Map<string, T[]>();
  for (const { owner, value } of rows) {
    const list = lists.get(owner);
    if (list) list.push(value);
    else lists.set(owner, [value]);
  }
  return lists;
}

export function passAnswer({ id, name, startsAt, endsAt }: typeof passes.$inferSelect): Pass {
  return { id, name, startsAt: toIso(startsAt), endsAt: toIso(endsAt) };
}

export function plenaryAnswer(row: typeof plenaries.$inferSelect): Plenary {
  const { id, kind, title, summary, place, startsAt, endsAt } = row;
  return { id, kind, title, summary, place, startsAt: toIso(startsAt), endsAt: toIso(endsAt) };
}

/** The one of the conference's own things with that id. Another conference's are not found. */
export function own<T extends { readonly id: string }>(items: readonly T[], id: string): T {
  const item = items.find((other) => other.id === id);
  if (!item) throw new Refused(notFound());
  return item;
}

/** What a session looks like in calendars: when, where, and its identity there. */
export function calendarFacts(db: Db, conferenceId: string, sessionIds: readonly string[]) {
  return db
    .select({
      uid: sessions.uid,
      sequence: sessions.sequence,
      workshopId: sessions.workshopId,
      code: workshops.code,
      title: workshops.title,
      place: rooms.name,
      startsAt: passes.startsAt,
      endsAt: passes.endsAt,
    })
    .from(sessions)
    .innerJoin(workshops, eq(workshops.id, sessions.workshopId))
    .innerJoin(passes, eq(passes.id, sessions.passId))
    .innerJoin(rooms, eq(rooms.id, sessions.roomId))
    .where(and(eq(sessions.conferenceId, conferenceId), inArray(sessions.id, [...sessionIds])))
    .all();
}
