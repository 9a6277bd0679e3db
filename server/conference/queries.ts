import { asc, eq, getTableColumns, sql } from 'drizzle-orm';
import type { Openings } from '../../shared/conference/rules.ts';
import type { Conference } from '../../shared/conference/vocabulary.ts';
import type { Actor } from '../../shared/core/access.ts';
import { Refused } from '../../shared/core/refusal.ts';
import { notFound } from '../../shared/core/refusals.ts';
import { inNameOrder } from '../../shared/core/name-order.ts';
import { type Instant, toIso, type Window } from '../../shared/core/time.ts';
import { nameOrder } from '../core/name-order.ts';
import { type Standing, whatStands } from '../core/change.ts';
import { type Db, statement } from '../core/statement.ts';
import { conferences, hosts, organisations } from './tables.ts';

/** A conference as the server knows it: its row, with the host's name. Instants in milliseconds. */
export type ConferenceRow = typeof conferences.$inferSelect & { hostSlug: string; hostName: string };

/** Who asks, and where: both a call and a change are one. */
export interface Asking {
  readonly db: Db;
  readonly actor: Actor;
  readonly standing?: Standing | undefined;
}

const columns = { ...getTableColumns(conferences), hostSlug: hosts.slug, hostName: hosts.name };

function selectConferences(db: Db) {
  return db.select(columns).from(conferences).innerJoin(hosts, eq(hosts.id, conferences.hostId)).$dynamic();
}

const bySlug = statement((db) =>
  selectConferences(db)
    .where(eq(conferences.slug, sql.placeholder('slug')))
    .prepare(),
);
const byId = statement((db) =>
  selectConferences(db)
    .where(eq(conferences.id, sql.placeholder('id')))
    .prepare(),
);

export function conferenceOf(db: Db, slug: string): ConferenceRow | undefined {
  return bySlug(db).get({ slug });
}

/** Throws where there is none: the id comes from our own rows. */
export function conferenceById(db: Db, id: string): ConferenceRow {
  const conference = byId(db).get({ id });
  if (!conference) throw new RangeError(`no conference ${id}`);
  return conference;
}

/**
 * The conference that the actor belongs to: an organiser's of the same host, an attendee's own once it is published, any for
 * the operator. Everything else is not found, whether it exists or not.
 */
export function conferenceForActor({ db, actor }: Asking, slug: string): ConferenceRow {
  const conference = conferenceOf(db, slug);
  if (!conference || !belongsTo(conference, actor)) throw new Refused(notFound());
  return conference;
}

const whoseBySlug = statement((db) =>
  db
    .select({ id: conferences.id, hostId: conferences.hostId, publishedAt: conferences.publishedAt })
    .from(conferences)
    .where(eq(conferences.slug, sql.placeholder('slug')))
    .prepare(),
);

/** The id of the conference that the actor belongs to, by the same rule: for the hot paths, as the whole row is four times the work. */
export function conferenceIdForActor(asking: Asking, slug: string): string {
  const conference = whatStands(
    asking,
    `conference ${slug}`,
    () => whoseBySlug(asking.db).get({ slug }) ?? null,
  );
  if (!conference || !belongsTo(conference, asking.actor)) throw new Refused(notFound());
  return conference.id;
}

/** The conference for anyone who may read its programme: everybody once it is published, before that those it belongs to. */
export function conferenceForReader({ db, actor }: Asking, slug: string): ConferenceRow {
  const conference = conferenceOf(db, slug);
  if (!conference || (conference.publishedAt === null && !belongsTo(conference, actor)))
    throw new Refused(notFound());
  return conference;
}

function belongsTo(conference: Pick<ConferenceRow, 'id' | 'hostId' | 'publishedAt'>, actor: Actor): boolean {
  switch (actor.kind) {
    case 'organiser':
      return actor.hostId === conference.hostId;
    case 'attendee':
      return actor.conferenceId === conference.id && conference.publishedAt !== null;
    case 'operator':
    case 'system':
      return true;
    case 'anyone':
      return false;
  }
}

export function listPublishedConferences(db: Db): ConferenceRow[] {
  return selectConferences(db)
    .where(sql`${conferences.publishedAt} IS NOT NULL`)
    .orderBy(nameOrder(conferences.name), asc(conferences.id))
    .all();
}

/** The conferences an organiser or the operator works with, published or not. */
export function listConferencesOf({ db, actor }: Asking): ConferenceRow[] {
  const query = selectConferences(db).orderBy(nameOrder(conferences.name), asc(conferences.id));
  return actor.kind === 'organiser' ? query.where(eq(conferences.hostId, actor.hostId)).all() : query.all();
}

export function hostOf(db: Db, slug: string): typeof hosts.$inferSelect | undefined {
  return db.select().from(hosts).where(eq(hosts.slug, slug)).get();
}

export function listHosts(db: Db): (typeof hosts.$inferSelect)[] {
  return db.select().from(hosts).orderBy(asc(hosts.slug)).all();
}

/** The host's member organisations by name. */
export function listOrganisationsOf(db: Db, hostId: string): (typeof organisations.$inferSelect)[] {
  return db
    .select()
    .from(organisations)
    .where(eq(organisations.hostId, hostId))
    .all()
    .sort((a, b) => inNameOrder(a.name, b.name));
}

/** What the rules about windows ask for. */
export function openingsOf(conference: ConferenceRow): Openings {
  return {
    stage: conference.stage,
    timeZone: conference.timeZone,
    wishes: { opensAt: conference.wishesOpenAt, closesAt: conference.wishesCloseAt },
    picks: { opensAt: conference.picksOpenAt, closesAt: conference.picksCloseAt },
  };
}

/** A conference as the API answers it. */
export function conferenceAnswer(conference: ConferenceRow): Conference {
  const { id, slug, name, tagline, timeZone, language, stage, retentionDays } = conference;
  const { picksPerAttendee, advisedWishes, presentersSeeNames } = conference;
  const { wishes, picks } = openingsOf(conference);
  return {
    id,
    slug,
    name,
    tagline,
    host: { slug: conference.hostSlug, name: conference.hostName },
    timeZone,
    language,
    stage,
    published: conference.publishedAt !== null,
    rules: { picksPerAttendee, advisedWishes, presentersSeeNames },
    windows: { wishes: windowAnswer(wishes), picks: windowAnswer(picks) },
    retentionDays,
  };
}

function windowAnswer({ opensAt, closesAt }: Window) {
  return { opensAt: isoOrNull(opensAt), closesAt: isoOrNull(closesAt) };
}

function isoOrNull(instant: Instant | null): string | null {
  return instant === null ? null : toIso(instant);
}
