import { and, asc, eq, sql } from 'drizzle-orm';
import { type Formats, formatsFor } from '../../shared/core/formats.ts';
import type { Language, Sentence } from '../../shared/core/language.ts';
import type { Instant } from '../../shared/core/time.ts';
import { calendarAddresses } from '../calendars/addresses.ts';
import { conferenceById, type ConferenceRow } from '../conference/queries.ts';
import type { Store } from '../core/database.ts';
import { type Db, statement } from '../core/statement.ts';
import { personalLink } from '../people/links.ts';
import type { AttendeeRow } from '../people/queries.ts';
import { attendees } from '../people/tables.ts';
import { passes, plenaries, rooms, sessions, workshops } from '../programme/tables.ts';
import { ownRegistration } from '../registration/queries.ts';
import { remindersLink } from './reminders-link.ts';

/** A session as a letter tells it. */
export interface Told {
  readonly session: string;
  readonly workshop: string;
  readonly pass: string;
  readonly passName: string;
  readonly title: string;
  readonly place: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

/** A pass, with its place in the conference from 0. */
export interface ToldPass {
  readonly id: string;
  readonly name: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly place: number;
}

/** The installation, as far as letters say anything of it. */
export interface Office {
  readonly deriving: Pick<Store, 'deriveToken'>;
  /** The installation's address. */
  readonly url: string;
  readonly now: Instant;
}

/** Everything a letter to one attendee may say. */
export interface Facts {
  readonly db: Db;
  readonly now: Instant;
  readonly conference: ConferenceRow;
  readonly language: Language;
  /** One of the two, in the reader's language. */
  readonly say: (sentence: Sentence) => string;
  readonly formats: Formats;
  readonly name: string;
  /** The personal link; of the next version where one was asked for and not opened yet. */
  readonly link: string;
  readonly newLink: string;
  readonly calendar: string;
  /** Where reminders can be turned off without signing in. */
  readonly reminders: string;
  readonly passes: readonly ToldPass[];
  /** What the attendee has and waits for. */
  readonly own: ReturnType<typeof ownRegistration>;
}

export function factsOf(db: Db, { deriving, url, now }: Office, attendee: AttendeeRow): Facts {
  const { id, conferenceId, linkVersion, nextLinkHash } = attendee;
  const version = linkVersion + (nextLinkHash === null ? 0 : 1);
  return {
    ...settingOf(db, conferenceById(db, conferenceId), attendee.language, now),
    name: attendee.name,
    link: personalLink(deriving, url, attendee),
    newLink: personalLink(deriving, url, { id, conferenceId, linkVersion: version }),
    calendar: calendarAddresses(deriving, url, attendee).feed,
    reminders: remindersLink(deriving, url, attendee),
    own: ownRegistration({ db, now }, id),
  };
}

/** The same for an attendee who does not exist: for previews. */
export function inventedFacts(
  db: Db,
  { url, now }: Pick<Office, 'url' | 'now'>,
  conference: ConferenceRow,
  language: Language,
): Facts {
  const link = `${url}/c/${conference.slug}`;
  return {
    ...settingOf(db, conference, language, now),
    name: 'Karin Ek',
    link,
    newLink: link,
    calendar: link,
    reminders: link,
    own: {
      picks: [],
      waitlist: [],
      wishes: [],
      swapOffers: [],
      presents: [],
      cannot: [],
      neverMoveAfter: null,
    },
  };
}

function settingOf(db: Db, conference: ConferenceRow, language: Language, now: Instant) {
  return {
    db,
    now,
    conference,
    language,
    say: (sentence: Sentence) => sentence[language],
    formats: formatsFor(language, conference.timeZone),
    passes: passesOf(db)
      .all({ conferenceId: conference.id })
      .map((pass, place) => ({ ...pass, place })),
  };
}

const passesOf = statement((db) =>
  db
    .select({ id: passes.id, name: passes.name, startsAt: passes.startsAt, endsAt: passes.endsAt })
    .from(passes)
    .where(eq(passes.conferenceId, sql.placeholder('conferenceId')))
    .orderBy(asc(passes.startsAt), asc(passes.id))
    .prepare(),
);

const oneSession = statement((db) =>
  db
    .select({
      session: sessions.id,
      workshop: sessions.workshopId,
      pass: sessions.passId,
      passName: passes.name,
      title: sql<string>`${workshops.code} || ' ' || ${workshops.title}`,
      place: rooms.name,
      startsAt: passes.startsAt,
      endsAt: passes.endsAt,
    })
    .from(sessions)
    .innerJoin(workshops, eq(workshops.id, sessions.workshopId))
    .innerJoin(passes, eq(passes.id, sessions.passId))
    .innerJoin(rooms, eq(rooms.id, sessions.roomId))
    .where(
      and(
        eq(sessions.conferenceId, sql.placeholder('conferenceId')),
        eq(sessions.id, sql.placeholder('session')),
      ),
    )
    .prepare(),
);

/** Undefined where it is no longer given. */
export function toldSession({ db, conference }: Facts, session: string): Told | undefined {
  return oneSession(db).get({ conferenceId: conference.id, session });
}

const workshopTitle = statement((db) =>
  db
    .select({ title: sql<string>`${workshops.code} || ' ' || ${workshops.title}` })
    .from(workshops)
    .where(eq(workshops.id, sql.placeholder('id')))
    .prepare(),
);

export function titleOfWorkshop({ db }: Facts, id: string): string | undefined {
  return workshopTitle(db).get({ id })?.title;
}

const workshopByCode = statement((db) =>
  db
    .select({ title: sql<string>`${workshops.code} || ' ' || ${workshops.title}` })
    .from(workshops)
    .where(
      and(
        eq(workshops.conferenceId, sql.placeholder('conferenceId')),
        eq(workshops.code, sql.placeholder('code')),
      ),
    )
    .prepare(),
);

/** `W3 Title` of a code. */
export function titleOfCode({ db, conference }: Facts, code: string): string {
  return workshopByCode(db).get({ conferenceId: conference.id, code })?.title ?? code;
}

const firstStart = statement((db) =>
  db
    .select({
      pass: sql<
        number | null
      >`(select min(starts_at) from passes where conference_id = ${sql.placeholder('conferenceId')})`,
      plenary: sql<
        number | null
      >`(select min(starts_at) from plenaries where conference_id = ${sql.placeholder('conferenceId')})`,
    })
    .from(sql`(select 1)`)
    .prepare(),
);

/** When the conference begins; null while nothing of it has a time. */
export function startOf(db: Db, conferenceId: string): Instant | null {
  const { pass = null, plenary = null } = firstStart(db).get({ conferenceId }) ?? {};
  if (pass === null || plenary === null) return pass ?? plenary;
  return Math.min(pass, plenary);
}

const byId = statement((db) =>
  db
    .select()
    .from(attendees)
    .where(eq(attendees.id, sql.placeholder('id')))
    .prepare(),
);

export function attendeeById(db: Db, id: string): AttendeeRow | undefined {
  return byId(db).get({ id });
}

const firstPlenary = statement((db) =>
  db
    .select({ title: plenaries.title, place: plenaries.place, startsAt: plenaries.startsAt })
    .from(plenaries)
    .where(eq(plenaries.conferenceId, sql.placeholder('conferenceId')))
    .orderBy(asc(plenaries.startsAt))
    .limit(1)
    .prepare(),
);

/** What the day begins with for everybody. */
export function openingOf({ db, conference }: Facts) {
  return firstPlenary(db).get({ conferenceId: conference.id });
}
