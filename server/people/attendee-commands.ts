import { and, eq, inArray, sql } from 'drizzle-orm';
import { Refused } from '../../shared/core/refusal.ts';
import { notFound } from '../../shared/core/refusals.ts';
import { sameText } from '../../shared/core/same-text.ts';
import type { BodyOf } from '../../shared/core/endpoint.ts';
import type {
  addAttendee as addContract,
  editAttendee as editContract,
} from '../../shared/people/contract.ts';
import { mailTaken } from '../../shared/people/refusals.ts';
import type { Attendee } from '../../shared/people/vocabulary.ts';
import { organisationNamed, touchConference } from '../conference/commands.ts';
import { conferenceById } from '../conference/queries.ts';
import type { Change } from '../core/change.ts';
import { statement } from '../core/statement.ts';
import { hashToken } from '../core/tokens.ts';
import { attendeeOf, attendeeRowOf, isMailTaken, listImported, listPresenters } from './queries.ts';
import { attendeeImports, attendees, presenters, signIns } from './tables.ts';

const insertAttendee = statement((db) =>
  db
    .insert(attendees)
    .values({
      id: sql.placeholder('id'),
      conferenceId: sql.placeholder('conferenceId'),
      name: sql.placeholder('name'),
      mail: sql.placeholder('mail'),
      organisationId: sql.placeholder('organisationId'),
      language: sql.placeholder('language'),
      linkHash: sql.placeholder('linkHash'),
      calendarHash: sql.placeholder('calendarHash'),
      importId: sql.placeholder('importId'),
      createdAt: sql.placeholder('createdAt'),
    })
    .prepare(),
);

export interface NewAttendee {
  readonly name: string;
  readonly mail: string | null;
  readonly organisationId: string | null;
  readonly language: Attendee['language'];
  readonly importId: string | null;
}

/** Writes a new attendee with the first personal link and calendar address; what is refused is refused before. Answers with the id. */
export function insertNewAttendee(change: Change, conferenceId: string, attendee: NewAttendee): string {
  const id = change.newId();
  insertAttendee(change.db).run({
    ...attendee,
    id,
    conferenceId,
    linkHash: hashToken(change.deriveToken('link', conferenceId, id, 1)),
    calendarHash: hashToken(change.deriveToken('calendar', conferenceId, id, 1)),
    createdAt: change.now,
  });
  return id;
}

export function addAttendee(
  change: Change,
  conferenceId: string,
  { name, mail = null, organisation = null, language, presenterId = null }: BodyOf<typeof addContract>,
): Attendee {
  refuseTakenMail(change, conferenceId, mail);
  const conference = conferenceById(change.db, conferenceId);
  const id = insertNewAttendee(change, conferenceId, {
    name,
    mail,
    organisationId: organisation === null ? null : organisationNamed(change, conference.hostId, organisation),
    language: language ?? conference.language,
    importId: null,
  });
  if (presenterId !== null) linkPresenter(change, conferenceId, id, presenterId);
  return settled(change, conferenceId, id, 'attendee-added');
}

/** Changes what is named and leaves the rest. */
export function editAttendee(
  change: Change,
  conferenceId: string,
  attendeeId: string,
  { name, mail, organisation, language, presenterId }: BodyOf<typeof editContract>,
): Attendee {
  attendeeOf(change.db, conferenceId, attendeeId);
  refuseTakenMail(change, conferenceId, mail ?? null, attendeeId);
  const { hostId } = conferenceById(change.db, conferenceId);
  const organisationId = organisation && organisationNamed(change, hostId, organisation);
  const values = { name, mail, language, organisationId };
  if (Object.values(values).some((value) => value !== undefined))
    change.db.update(attendees).set(values).where(eq(attendees.id, attendeeId)).run();
  if (presenterId !== undefined) linkPresenter(change, conferenceId, attendeeId, presenterId);
  return settled(change, conferenceId, attendeeId, 'attendee-edited');
}

/** Takes an attendee away with sessions and link; what other areas hold of the person has to be gone before. */
export function removeAttendee(change: Change, conferenceId: string, attendeeId: string): void {
  attendeeOf(change.db, conferenceId, attendeeId);
  linkPresenter(change, conferenceId, attendeeId, null);
  change.db.delete(attendees).where(eq(attendees.id, attendeeId)).run();
  noteAttendee(change, conferenceId, attendeeId, 'attendee-removed');
}

/** Takes back everybody of an import, once other areas hold nothing of them. Answers with how many they were. */
export function withdrawImport(change: Change, conferenceId: string, importId: string): number {
  const people = listImported(change.db, conferenceId, importId);
  const imported = and(eq(attendees.conferenceId, conferenceId), eq(attendees.importId, importId));
  const ids = change.db.select({ id: attendees.id }).from(attendees).where(imported);
  change.db.update(presenters).set({ attendeeId: null }).where(inArray(presenters.attendeeId, ids)).run();
  change.db.delete(attendees).where(imported).run();
  change.db
    .update(attendeeImports)
    .set({ undoneAt: change.now })
    .where(eq(attendeeImports.id, importId))
    .run();
  touchConference(change, conferenceId);
  change.audit({ action: 'import-undone', subject: { kind: 'import', id: importId }, conferenceId });
  return people.length;
}

/** Makes the attendee's personal link a new one; the old one and the sessions it opened end. Answers with its version. */
export function renewPersonalLink(change: Change, conferenceId: string, attendeeId: string): number {
  const version = attendeeRowOf(change.db, conferenceId, attendeeId).linkVersion + 1;
  const linkHash = hashToken(change.deriveToken('link', conferenceId, attendeeId, version));
  change.db
    .update(attendees)
    .set({ linkVersion: version, linkHash, nextLinkHash: null })
    .where(eq(attendees.id, attendeeId))
    .run();
  change.db.delete(signIns).where(eq(signIns.attendeeId, attendeeId)).run();
  noteAttendee(change, conferenceId, attendeeId, 'personal-link-renewed');
  return version;
}

/** The language of the attendee's letters and calendar; nobody else sees or plans by it. */
export function chooseLanguage(
  change: Change,
  conferenceId: string,
  attendeeId: string,
  language: Attendee['language'],
): { language: Attendee['language'] } {
  change.db.update(attendees).set({ language }).where(eq(attendees.id, attendeeId)).run();
  change.audit({
    action: 'language-chosen',
    subject: { kind: 'attendee', id: attendeeId },
    conferenceId,
    data: { language },
  });
  return { language };
}

/** Makes the attendee's calendar address a new one; the old one stops working. Answers with its version. */
export function renewCalendarAddress(change: Change, conferenceId: string, attendeeId: string): number {
  const version = attendeeRowOf(change.db, conferenceId, attendeeId).calendarVersion + 1;
  const calendarHash = hashToken(change.deriveToken('calendar', conferenceId, attendeeId, version));
  change.db
    .update(attendees)
    .set({ calendarVersion: version, calendarHash })
    .where(eq(attendees.id, attendeeId))
    .run();
  noteAttendee(change, conferenceId, attendeeId, 'calendar-address-renewed');
  return version;
}

/** Notes that all personal links left the house in one file. */
export function noteLinksExported(change: Change, conferenceId: string): void {
  change.audit({
    action: 'personal-links-exported',
    subject: { kind: 'conference', id: conferenceId },
    conferenceId,
  });
}

/** The id of the conference's presenter of that name and affiliation, as people compare them; a new one where there is none. */
export function presenterNamed(
  change: Change,
  conferenceId: string,
  { name, affiliation }: { name: string; affiliation: string },
): string {
  const known = listPresenters(change.db, conferenceId).find(
    (p) => sameText(p.name) === sameText(name) && sameText(p.affiliation) === sameText(affiliation),
  );
  if (known) return known.id;
  const id = change.newId();
  change.db.insert(presenters).values({ id, conferenceId, name, affiliation }).run();
  change.audit({ action: 'presenter-added', subject: { kind: 'presenter', id }, conferenceId });
  return id;
}

/** Forgets a presenter who gives no workshop any more. */
export function removePresenter(change: Change, conferenceId: string, presenterId: string): void {
  change.db
    .delete(presenters)
    .where(and(eq(presenters.conferenceId, conferenceId), eq(presenters.id, presenterId)))
    .run();
  change.audit({
    action: 'presenter-removed',
    subject: { kind: 'presenter', id: presenterId },
    conferenceId,
  });
}

/** Says that an attendee and a presenter are the same person, in place of whom either was before. */
function linkPresenter(
  change: Change,
  conferenceId: string,
  attendeeId: string,
  presenterId: string | null,
): void {
  const wanted = listPresenters(change.db, conferenceId).find(({ id }) => id === presenterId);
  if (presenterId !== null && !wanted) throw new Refused(notFound());
  const before = change.db
    .update(presenters)
    .set({ attendeeId: null })
    .where(eq(presenters.attendeeId, attendeeId))
    .returning({ presenterId: presenters.id })
    .get();
  if (!wanted) {
    if (before) change.announce({ kind: 'presenter-unlinked', conferenceId, ...before });
    return;
  }
  change.db.update(presenters).set({ attendeeId }).where(eq(presenters.id, wanted.id)).run();
  change.announce({ kind: 'presenter-linked', conferenceId, presenterId: wanted.id });
}

function refuseTakenMail(change: Change, conferenceId: string, mail: string | null, exceptId?: string): void {
  if (mail !== null && isMailTaken(change.db, conferenceId, mail, exceptId))
    throw new Refused(mailTaken({ mail }));
}

function settled(change: Change, conferenceId: string, attendeeId: string, action: string): Attendee {
  noteAttendee(change, conferenceId, attendeeId, action);
  return attendeeOf(change.db, conferenceId, attendeeId);
}

function noteAttendee(change: Change, conferenceId: string, attendeeId: string, action: string): void {
  touchConference(change, conferenceId);
  change.audit({ action, subject: { kind: 'attendee', id: attendeeId }, conferenceId });
}
