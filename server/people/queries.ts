import { and, asc, count, eq, gt, like, or, sql } from 'drizzle-orm';
import type { Actor } from '../../shared/core/access.ts';
import { type Refusal, Refused } from '../../shared/core/refusal.ts';
import { linkUnknown, notFound, notSignedIn } from '../../shared/core/refusals.ts';
import { sameText } from '../../shared/core/same-text.ts';
import type { Instant } from '../../shared/core/time.ts';
import type { SignedIn } from '../../shared/people/contract.ts';
import type { Attendee } from '../../shared/people/vocabulary.ts';
import { conferences, hosts, organisations } from '../conference/tables.ts';
import { nameOrder } from '../core/name-order.ts';
import { type Change, type Standing, whatStands } from '../core/change.ts';
import type { Credential } from '../core/named-call.ts';
import { type Db, statement } from '../core/statement.ts';
import { attendeeImports, attendees, organisers, presenters, signInLinks, signIns } from './tables.ts';

export type AttendeeRow = typeof attendees.$inferSelect;

const pageSize = 100;

/** A page of the conference's attendees by name, and how many there are in all. `search` finds parts of name, mail and organisation, or the id that is in the code for the door. */
export function listAttendees(
  db: Db,
  conferenceId: string,
  { search, offset }: { search: string; offset: number },
): { items: Attendee[]; total: number } {
  const wanted = sameText(search);
  if (wanted !== '') {
    const found = searchAttendees(db, conferenceId, wanted);
    return { items: found.slice(offset, offset + pageSize), total: found.length };
  }
  const items = selectAttendees(db)
    .where(eq(attendees.conferenceId, conferenceId))
    .orderBy(nameOrder(attendees.name), asc(attendees.id))
    .limit(pageSize)
    .offset(offset)
    .all();
  return { items, total: countAttendees(db, conferenceId) };
}

/** SQLite knows only the case of ASCII letters, so other letters match anything there and are compared here. */
function searchAttendees(db: Db, conferenceId: string, wanted: string): Attendee[] {
  const escaped = wanted.replaceAll(/[\\%_]/gu, '\\$&').replaceAll(/[^\u0000-\u007f]/gu, '_');
  const pattern = sql`${`%${escaped}%`} ESCAPE '\\'`;
  return selectAttendees(db)
    .where(
      and(
        eq(attendees.conferenceId, conferenceId),
        or(
          eq(attendees.id, wanted),
          like(attendees.name, pattern),
          like(attendees.mail, pattern),
          like(organisations.name, pattern),
        ),
      ),
    )
    .orderBy(nameOrder(attendees.name), asc(attendees.id))
    .all()
    .filter(
      ({ id, name, mail, organisation }) =>
        id === wanted ||
        [name, mail, organisation].some((text) => text !== null && sameText(text).includes(wanted)),
    );
}

function selectAttendees(db: Db) {
  return db
    .select({
      id: attendees.id,
      name: attendees.name,
      mail: attendees.mail,
      organisation: organisations.name,
      language: attendees.language,
      presenterId: presenters.id,
    })
    .from(attendees)
    .leftJoin(organisations, eq(organisations.id, attendees.organisationId))
    .leftJoin(presenters, eq(presenters.attendeeId, attendees.id))
    .$dynamic();
}

export function countAttendees(db: Db, conferenceId: string): number {
  return db.select({ total: count() }).from(attendees).where(eq(attendees.conferenceId, conferenceId)).get()!
    .total;
}

const oneAttendee = statement((db) =>
  selectAttendees(db)
    .where(
      and(
        eq(attendees.conferenceId, sql.placeholder('conferenceId')),
        eq(attendees.id, sql.placeholder('attendeeId')),
      ),
    )
    .prepare(),
);

/** An attendee as the API answers one. Not found where the conference has no such attendee. */
export function attendeeOf(db: Db, conferenceId: string, attendeeId: string): Attendee {
  const attendee = oneAttendee(db).get({ conferenceId, attendeeId });
  if (!attendee) throw new Refused(notFound());
  return attendee;
}

/** The attendee's row with the versions of their tokens. Not found where the conference has no such attendee. */
export function attendeeRowOf(db: Db, conferenceId: string, attendeeId: string): AttendeeRow {
  const row = db
    .select()
    .from(attendees)
    .where(and(eq(attendees.conferenceId, conferenceId), eq(attendees.id, attendeeId)))
    .get();
  if (!row) throw new Refused(notFound());
  return row;
}

/** Everybody with what their personal link is derived from, by name. */
export function listAttendeesWithLinks(db: Db, conferenceId: string) {
  return db
    .select({
      id: attendees.id,
      conferenceId: attendees.conferenceId,
      name: attendees.name,
      mail: attendees.mail,
      organisation: organisations.name,
      linkVersion: attendees.linkVersion,
    })
    .from(attendees)
    .leftJoin(organisations, eq(organisations.id, attendees.organisationId))
    .where(eq(attendees.conferenceId, conferenceId))
    .orderBy(nameOrder(attendees.name), asc(attendees.id))
    .all();
}

/** What an import compares with: who is there already. */
export function listKnownPeople(db: Db, conferenceId: string) {
  return db
    .select({ name: attendees.name, mail: attendees.mail, organisation: organisations.sameName })
    .from(attendees)
    .leftJoin(organisations, eq(organisations.id, attendees.organisationId))
    .where(eq(attendees.conferenceId, conferenceId))
    .all();
}

/** The attendee of a mail address, ASCII letters alike, as the schema compares them. */
export function attendeeByMail(db: Db, conferenceId: string, mail: string): AttendeeRow | undefined {
  return db
    .select()
    .from(attendees)
    .where(and(eq(attendees.conferenceId, conferenceId), sql`lower(${attendees.mail}) = lower(${mail})`))
    .get();
}

/** Whether somebody other than `exceptId` has the mail address. */
export function isMailTaken(db: Db, conferenceId: string, mail: string, exceptId?: string): boolean {
  const holder = attendeeByMail(db, conferenceId, mail);
  return holder !== undefined && holder.id !== exceptId;
}

export function listPresenters(db: Db, conferenceId: string) {
  return db.select().from(presenters).where(eq(presenters.conferenceId, conferenceId)).all();
}

/** The attendees of an import that is not undone. Not found where the conference has no such import. */
export function listImported(db: Db, conferenceId: string, importId: string): { id: string; name: string }[] {
  const made = db
    .select({ undoneAt: attendeeImports.undoneAt })
    .from(attendeeImports)
    .where(and(eq(attendeeImports.conferenceId, conferenceId), eq(attendeeImports.id, importId)))
    .get();
  if (!made || made.undoneAt !== null) throw new Refused(notFound());
  return db
    .select({ id: attendees.id, name: attendees.name })
    .from(attendees)
    .where(and(eq(attendees.conferenceId, conferenceId), eq(attendees.importId, importId)))
    .all();
}

const tokenColumns = { attendeeId: attendees.id, conferenceId: attendees.conferenceId };
const byLink = statement((db) =>
  db
    .select(tokenColumns)
    .from(attendees)
    .where(eq(attendees.linkHash, sql.placeholder('hash')))
    .prepare(),
);
const byNextLink = statement((db) =>
  db
    .select(tokenColumns)
    .from(attendees)
    .where(eq(attendees.nextLinkHash, sql.placeholder('hash')))
    .prepare(),
);
const byCalendar = statement((db) =>
  db
    .select(tokenColumns)
    .from(attendees)
    .where(eq(attendees.calendarHash, sql.placeholder('hash')))
    .prepare(),
);
const bySession = statement((db) =>
  db
    .select({ ...tokenColumns, organiserId: organisers.id, hostId: organisers.hostId })
    .from(signIns)
    .leftJoin(attendees, eq(attendees.id, signIns.attendeeId))
    .leftJoin(organisers, eq(organisers.id, signIns.organiserId))
    .where(and(eq(signIns.hash, sql.placeholder('hash')), gt(signIns.expiresAt, sql.placeholder('now'))))
    .prepare(),
);

type AttendeeActor = Extract<Actor, { kind: 'attendee' }>;

/** Whose personal link a token is, by its hash. */
export function attendeeByLink(
  asking: { readonly db: Db; readonly standing?: Standing | undefined },
  hash: string,
): AttendeeActor | null {
  return whatStands(asking, `link ${hash}`, () => {
    const found = byLink(asking.db).get({ hash });
    return found ? { kind: 'attendee', ...found } : null;
  });
}

/** Whose link a token becomes when it is opened, by its hash: mailed to somebody who had lost theirs. */
export function attendeeByNextLink(db: Db, hash: string): AttendeeActor | null {
  const found = byNextLink(db).get({ hash });
  return found ? { kind: 'attendee', ...found } : null;
}

/** Whose calendar address a token is, by its hash. */
export function attendeeByCalendar(db: Db, hash: string): AttendeeActor | null {
  const found = byCalendar(db).get({ hash });
  return found ? { kind: 'attendee', ...found } : null;
}

/** Who signed in with a cookie, by its hash, as long as the session lasts. */
export function actorBySession(db: Db, hash: string, now: Instant): Actor | null {
  const found = bySession(db).get({ hash, now });
  if (!found) return null;
  const { attendeeId, conferenceId, organiserId, hostId } = found;
  if (attendeeId !== null && conferenceId !== null) return { kind: 'attendee', attendeeId, conferenceId };
  if (organiserId !== null && hostId !== null) return { kind: 'organiser', organiserId, hostId };
  return null;
}

/** Why what a request was sent with is no longer anybody's: its link was replaced, its session has ended, its person is erased. Null: it is. */
export function whyNoLonger(change: Change, { kind, hash }: Credential): Refusal | null {
  switch (kind) {
    case 'link':
      return attendeeByLink(change, hash) ? null : linkUnknown();
    case 'session':
      return actorBySession(change.db, hash, change.now) ? null : notSignedIn();
  }
}

/** Who is signed in, as a page shows it. */
export function signedInAs(db: Db, actor: Actor): SignedIn {
  switch (actor.kind) {
    case 'attendee': {
      const found = db
        .select({ name: attendees.name, conference: conferences.slug })
        .from(attendees)
        .innerJoin(conferences, eq(conferences.id, attendees.conferenceId))
        .where(eq(attendees.id, actor.attendeeId))
        .get();
      return found ? { kind: 'attendee', ...found } : { kind: 'anyone' };
    }
    case 'organiser': {
      const found = db
        .select({ name: organisers.name, host: hosts.name })
        .from(organisers)
        .innerJoin(hosts, eq(hosts.id, organisers.hostId))
        .where(eq(organisers.id, actor.organiserId))
        .get();
      return found ? { kind: 'organiser', ...found } : { kind: 'anyone' };
    }
    case 'anyone':
    case 'operator':
    case 'system':
      return { kind: 'anyone' };
  }
}

export function signInLinkOf(db: Db, hash: string): typeof signInLinks.$inferSelect | undefined {
  return db.select().from(signInLinks).where(eq(signInLinks.hash, hash)).get();
}

/** Every organiser of the installation, with their host. */
export function listOrganisers(db: Db) {
  return db
    .select({
      id: organisers.id,
      name: organisers.name,
      mail: organisers.mail,
      hostId: hosts.id,
      host: hosts.name,
      hostSlug: hosts.slug,
    })
    .from(organisers)
    .innerJoin(hosts, eq(hosts.id, organisers.hostId))
    .orderBy(asc(organisers.mail), asc(organisers.id))
    .all();
}
