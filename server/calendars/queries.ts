import { and, asc, desc, eq, sql } from 'drizzle-orm';
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
import { picks } from '../registration/tables.ts';
import type { Entry } from './feed.ts';

/** Whose words an entry is in, and where its page is. */
export interface Setting {
  readonly conference: ConferenceRow;
  readonly language: Language;
  /** The public programme page. */
  readonly page: string;
}

const sessionColumns = {
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
};

function selectSessions(db: Db) {
  return db
    .select(sessionColumns)
    .from(sessions)
    .innerJoin(workshops, eq(workshops.id, sessions.workshopId))
    .innerJoin(passes, eq(passes.id, sessions.passId))
    .innerJoin(rooms, eq(rooms.id, sessions.roomId))
    .$dynamic();
}

const sessionsOfConference = statement((db) =>
  selectSessions(db)
    .where(eq(sessions.conferenceId, sql.placeholder('conferenceId')))
    .prepare(),
);

const sessionsInRoom = statement((db) =>
  selectSessions(db)
    .where(
      and(
        eq(sessions.conferenceId, sql.placeholder('conferenceId')),
        eq(sessions.roomId, sql.placeholder('roomId')),
      ),
    )
    .prepare(),
);

const sessionsPicked = statement((db) =>
  selectSessions(db)
    .innerJoin(picks, eq(picks.sessionId, sessions.id))
    .where(eq(picks.attendeeId, sql.placeholder('attendeeId')))
    .prepare(),
);

const sessionsPresented = statement((db) =>
  selectSessions(db)
    .innerJoin(workshopPresenters, eq(workshopPresenters.workshopId, workshops.id))
    .innerJoin(presenters, eq(presenters.id, workshopPresenters.presenterId))
    .where(eq(presenters.attendeeId, sql.placeholder('attendeeId')))
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

const presentedWorkshops = statement((db) =>
  db
    .select({ workshop: workshopPresenters.workshopId })
    .from(presenters)
    .innerJoin(workshopPresenters, eq(workshopPresenters.presenterId, presenters.id))
    .where(eq(presenters.attendeeId, sql.placeholder('attendeeId')))
    .prepare(),
);

/** Everything of the programme: sessions, items for everybody, and sessions that were cancelled. */
export function programmeEntries(db: Db, setting: Setting): Entry[] {
  const conferenceId = setting.conference.id;
  return [
    ...sessionsOfConference(db)
      .all({ conferenceId })
      .map((row) => sessionEntry(row, setting)),
    ...plenaryEntries(db, setting),
    ...cancelledEntries(db, setting),
  ];
}

/** What happens in one room. */
export function roomEntries(db: Db, setting: Setting, room: { id: string; name: string }): Entry[] {
  const conferenceId = setting.conference.id;
  return [
    ...sessionsInRoom(db)
      .all({ conferenceId, roomId: room.id })
      .map((row) => sessionEntry(row, setting)),
    ...plenaryEntries(db, setting).filter(({ place }) => place === room.name),
    ...cancelledEntries(db, setting).filter(({ place }) => place === room.name),
  ];
}

/** An attendee's own sessions and the items for everybody; what they present is marked so, and shown as cancelled when it is. */
export function personalEntries(db: Db, setting: Setting, attendeeId: string): Entry[] {
  const presented = new Set(
    presentedWorkshops(db)
      .all({ attendeeId })
      .map(({ workshop }) => workshop),
  );
  const given = sessionsPresented(db)
    .all({ attendeeId })
    .map((row) => {
      const entry = sessionEntry(row, setting);
      return { ...entry, title: `${presentingWord[setting.language]}: ${entry.title}` };
    });
  return onceEach([
    ...given,
    ...sessionsPicked(db)
      .all({ attendeeId })
      .map((row) => sessionEntry(row, setting)),
    ...plenaryEntries(db, setting),
    ...cancelledEntries(db, setting, presented),
  ]);
}

/** An event stands once in a calendar, however many ways lead to it: who presents twice over sees it as what they present. */
function onceEach(entries: readonly Entry[]): Entry[] {
  const seen = new Set<string>();
  return entries.filter(({ uid }) => !seen.has(uid) && seen.add(uid));
}

const presentingWord: Readonly<Record<Language, string>> = { sv: 'Du medverkar', en: 'You present' };

interface SessionRow extends Omit<Entry, 'description' | 'url' | 'cancelled'> {
  readonly code: string;
  readonly summary: string;
  readonly presenters: string | null;
}

function sessionEntry({ code, title, summary, presenters, ...row }: SessionRow, setting: Setting): Entry {
  return {
    ...row,
    title: `${code} ${title}`,
    description: [presenters ?? '', summary].filter(Boolean).join('\n\n'),
    url: `${setting.page}#${encodeURIComponent(code)}`,
    cancelled: false,
  };
}

function plenaryEntries(db: Db, { conference, page }: Setting): Entry[] {
  return plenariesOf(db)
    .all({ conferenceId: conference.id })
    .map(({ uid, sequence, changedAt, startsAt, endsAt, title, place, summary }) => ({
      uid,
      sequence,
      changedAt,
      startsAt,
      endsAt,
      title,
      place,
      description: summary,
      url: page,
      cancelled: false,
    }));
}

/** What was taken away, until the conference is over: items for everybody, and sessions of all workshops or of some. */
function cancelledEntries(db: Db, { conference, page }: Setting, of?: ReadonlySet<string>): Entry[] {
  if (hasReached(conference.stage, 'over')) return [];
  const conferenceId = conference.id;
  const sessionsGone = cancelledSessionsOf(db)
    .all({ conferenceId })
    .filter(({ workshopId }) => of === undefined || of.has(workshopId));
  return [...sessionsGone, ...cancelledPlenariesOf(db).all({ conferenceId })].map(
    ({ uid, sequence, changedAt, startsAt, endsAt, title, place }) => ({
      uid,
      sequence,
      changedAt,
      startsAt,
      endsAt,
      title,
      place,
      description: '',
      url: page,
      cancelled: true,
    }),
  );
}

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
