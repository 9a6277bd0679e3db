import { and, asc, desc, eq, isNotNull, sql } from 'drizzle-orm';
import { hasReached } from '../../shared/conference/rules.ts';
import type { Language } from '../../shared/core/language.ts';
import type { Instant } from '../../shared/core/time.ts';
import type { ConferenceRow } from '../conference/queries.ts';
import { type Db, statement } from '../core/statement.ts';
import { audit } from '../core/tables.ts';
import { attendees, presenters } from '../people/tables.ts';
import {
  cancelledPlenaries,
  cancelledSessions,
  passes,
  plenaries,
  rooms,
  sessions,
  workshopPresenters,
  workshops,
} from '../programme/tables.ts';
import { cancellations, cancelledSeats, picks } from '../registration/tables.ts';
import type { Entry } from './feed.ts';

/** Everything that calendars of a conference can hold. The same for everybody, so that it can be kept. */
export interface ProgrammeEntries {
  /** By the session's id. */
  readonly sessions: ReadonlyMap<string, Entry & { readonly roomId: string }>;
  readonly plenaries: readonly Entry[];
  /** What was taken away, until the conference is over. */
  readonly cancelledSessions: readonly (Entry & { readonly workshopId: string })[];
  readonly cancelledPlenaries: readonly Entry[];
}

const sessionsOf = statement((db) =>
  db
    .select({
      id: sessions.id,
      roomId: sessions.roomId,
      uid: sessions.uid,
      sequence: sessions.sequence,
      changedAt: sessions.changedAt,
      startsAt: passes.startsAt,
      endsAt: passes.endsAt,
      code: workshops.code,
      title: workshops.title,
      summary: workshops.summary,
      place: rooms.name,
      presenters: sql<string | null>`(select group_concat(name, ', ') from (
        select p.name from workshop_presenters as wp join presenters as p on p.id = wp.presenter_id
        where wp.workshop_id = ${workshops.id} order by wp.position))`,
    })
    .from(sessions)
    .innerJoin(workshops, eq(workshops.id, sessions.workshopId))
    .innerJoin(passes, eq(passes.id, sessions.passId))
    .innerJoin(rooms, eq(rooms.id, sessions.roomId))
    .where(eq(sessions.conferenceId, sql.placeholder('conferenceId')))
    .prepare(),
);

const plenariesOf = statement((db) =>
  db
    .select()
    .from(plenaries)
    .where(eq(plenaries.conferenceId, sql.placeholder('conferenceId')))
    .orderBy(asc(plenaries.startsAt))
    .prepare(),
);

const cancelledSessionsOf = statement((db) =>
  db
    .select()
    .from(cancelledSessions)
    .where(eq(cancelledSessions.conferenceId, sql.placeholder('conferenceId')))
    .prepare(),
);

const cancelledPlenariesOf = statement((db) =>
  db
    .select()
    .from(cancelledPlenaries)
    .where(eq(cancelledPlenaries.conferenceId, sql.placeholder('conferenceId')))
    .prepare(),
);

/** Reads all that calendars of the conference can hold; `page` is its public programme. */
export function loadEntries(db: Db, conference: ConferenceRow, page: string): ProgrammeEntries {
  const conferenceId = conference.id;
  const cancelled = { description: '', url: page, cancelled: true };
  const isOver = hasReached(conference.stage, 'over');
  return {
    sessions: new Map(
      sessionsOf(db)
        .all({ conferenceId })
        .map(({ id, code, title, summary, presenters, ...row }) => [
          id,
          {
            ...row,
            title: `${code} ${title}`,
            description: [presenters ?? '', summary].filter(Boolean).join('\n\n'),
            url: `${page}#${encodeURIComponent(code)}`,
            cancelled: false,
          },
        ]),
    ),
    plenaries: plenariesOf(db)
      .all({ conferenceId })
      .map(({ summary, ...row }) => ({ ...row, description: summary, url: page, cancelled: false })),
    cancelledSessions: isOver
      ? []
      : cancelledSessionsOf(db)
          .all({ conferenceId })
          .map((row) => ({ ...row, ...cancelled })),
    cancelledPlenaries: isOver
      ? []
      : cancelledPlenariesOf(db)
          .all({ conferenceId })
          .map((row) => ({ ...row, ...cancelled })),
  };
}

/** The whole programme, with what was cancelled. */
export function programmeEntries(entries: ProgrammeEntries): Entry[] {
  const { sessions, plenaries, cancelledSessions, cancelledPlenaries } = entries;
  return [...sessions.values(), ...plenaries, ...cancelledSessions, ...cancelledPlenaries];
}

/** What happens in one room. Items for everybody say their place in words: they are there where the words are its name. */
export function roomEntries(entries: ProgrammeEntries, room: { id: string; name: string }): Entry[] {
  const { sessions, plenaries, cancelledSessions, cancelledPlenaries } = entries;
  return [
    ...[...sessions.values()].filter(({ roomId }) => roomId === room.id),
    ...[...plenaries, ...cancelledSessions, ...cancelledPlenaries].filter(({ place }) => place === room.name),
  ];
}

const pickedSessions = statement((db) =>
  db
    .select({ id: picks.sessionId })
    .from(picks)
    .where(eq(picks.attendeeId, sql.placeholder('attendeeId')))
    .prepare(),
);

const presentedWorkshops = statement((db) =>
  db
    .selectDistinct({ workshopId: workshopPresenters.workshopId, sessionId: sessions.id })
    .from(presenters)
    .innerJoin(workshopPresenters, eq(workshopPresenters.presenterId, presenters.id))
    .leftJoin(sessions, eq(sessions.workshopId, workshopPresenters.workshopId))
    .where(eq(presenters.attendeeId, sql.placeholder('attendeeId')))
    .prepare(),
);

/** Sessions that were cancelled while an attendee had a seat in them. */
const lostSessions = statement((db) =>
  db
    .select({ workshopId: cancellations.workshopId, at: cancellations.at })
    .from(cancelledSeats)
    .innerJoin(cancellations, eq(cancellations.id, cancelledSeats.cancellationId))
    .where(
      and(eq(cancelledSeats.attendeeId, sql.placeholder('attendeeId')), isNotNull(cancelledSeats.source)),
    )
    .prepare(),
);

/**
 * An attendee's own sessions and the items for everybody. What they present is marked so; what they presented or had a seat in when it
 * was cancelled is shown as cancelled.
 */
export function personalEntries(
  db: Db,
  entries: ProgrammeEntries,
  attendeeId: string,
  language: Language,
): Entry[] {
  const { sessions, plenaries, cancelledSessions, cancelledPlenaries } = entries;
  const presented = presentedWorkshops(db).all({ attendeeId });
  const given = new Set(presented.map(({ sessionId }) => sessionId));
  const taken = pickedSessions(db)
    .all({ attendeeId })
    .filter(({ id }) => !given.has(id));
  const lost = lostSessions(db).all({ attendeeId });
  return [
    ...presented.flatMap(({ sessionId }) => {
      const entry = sessions.get(sessionId ?? '');
      return entry ? [{ ...entry, title: `${presentingWord[language]}: ${entry.title}` }] : [];
    }),
    ...taken.flatMap(({ id }) => sessions.get(id) ?? []),
    ...plenaries,
    ...cancelledSessions.filter(
      ({ workshopId, changedAt }) =>
        presented.some((given) => given.workshopId === workshopId) ||
        lost.some((seat) => seat.workshopId === workshopId && seat.at === changedAt),
    ),
    ...cancelledPlenaries,
  ];
}

const presentingWord: Readonly<Record<Language, string>> = { sv: 'Du medverkar', en: 'You present' };

const lastChange = statement((db) =>
  db
    .select({ at: audit.at })
    .from(audit)
    .where(eq(audit.conferenceId, sql.placeholder('conferenceId')))
    .orderBy(desc(audit.id))
    .limit(1)
    .prepare(),
);

/** When anything of the conference last changed: no feed of it can be newer. */
export function changedAt(db: Db, conference: ConferenceRow): Instant {
  return lastChange(db).get({ conferenceId: conference.id })?.at ?? conference.createdAt;
}

const roomOf = statement((db) =>
  db
    .select({ id: rooms.id, name: rooms.name })
    .from(rooms)
    .where(
      and(eq(rooms.conferenceId, sql.placeholder('conferenceId')), eq(rooms.id, sql.placeholder('roomId'))),
    )
    .prepare(),
);

export function roomById(
  db: Db,
  conferenceId: string,
  roomId: string,
): { id: string; name: string } | undefined {
  return roomOf(db).get({ conferenceId, roomId });
}

const languageOf = statement((db) =>
  db
    .select({ language: attendees.language })
    .from(attendees)
    .where(eq(attendees.id, sql.placeholder('attendeeId')))
    .prepare(),
);

export function attendeeLanguage(db: Db, attendeeId: string): Language | undefined {
  return languageOf(db).get({ attendeeId })?.language;
}
