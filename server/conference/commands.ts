import { eq, sql } from 'drizzle-orm';
import type {
  createConference as createContract,
  editSettings as editContract,
} from '../../shared/conference/contract.ts';
import { hostUnknown, slugTaken } from '../../shared/conference/refusals.ts';
import { whyNotWindow } from '../../shared/conference/rules.ts';
import type { Stage } from '../../shared/conference/stages.ts';
import type { BodyOf } from '../../shared/core/endpoint.ts';
import { Refused, refuseIf } from '../../shared/core/refusal.ts';
import { notFound } from '../../shared/core/refusals.ts';
import { sameText } from '../../shared/core/same-text.ts';
import { slugOf } from '../../shared/core/slug.ts';
import { fromIso, type Window } from '../../shared/core/time.ts';
import type { Change } from '../core/change.ts';
import { statement } from '../core/statement.ts';
import { conferenceById, type ConferenceRow, hostOf, listHosts } from './queries.ts';
import { conferences, hosts, organisations } from './tables.ts';

type NewConference = Omit<BodyOf<typeof createContract>, 'host'>;
type Settings = BodyOf<typeof editContract>;

/** Answers with the new host's id. */
export function createHost(change: Change, host: { slug: string; name: string }): string {
  if (hostOf(change.db, host.slug)) throw new Refused(slugTaken({ slug: host.slug }));
  const id = change.newId();
  change.db
    .insert(hosts)
    .values({ id, ...host })
    .run();
  change.audit({ action: 'host-created', subject: { kind: 'host', id }, hostId: id });
  return id;
}

/** The host that a new conference belongs to: the organiser's own; for the operator the one named, or the only one there is. */
export function hostForNewConference(change: Change, slug: string | undefined): string {
  const named = slug === undefined ? undefined : hostOf(change.db, slug)?.id;
  if (change.actor.kind === 'organiser') {
    if (slug !== undefined && named !== change.actor.hostId) throw new Refused(notFound());
    return change.actor.hostId;
  }
  const all = listHosts(change.db);
  const host = slug === undefined && all.length === 1 ? all[0]!.id : named;
  if (host === undefined) throw new Refused(notFound());
  return host;
}

/** The host of that name, made where there is none; without a name the only one there is. */
export function hostForNewOrganiser(change: Change, name: string | undefined): { id: string; name: string } {
  const all = listHosts(change.db);
  if (name === undefined) {
    if (all[0] && all.length === 1) return all[0];
    throw new Refused(hostUnknown({ hosts: all.map((host) => host.name) }));
  }
  const slug = slugOf(name);
  const known = all.find((host) => host.slug === slug || sameText(host.name) === sameText(name));
  return known ?? { id: createHost(change, { slug, name }), name };
}

export function createConference(change: Change, hostId: string, conference: NewConference): ConferenceRow {
  const taken = change.db
    .select({ id: conferences.id })
    .from(conferences)
    .where(eq(conferences.slug, conference.slug))
    .get();
  if (taken) throw new Refused(slugTaken({ slug: conference.slug }));
  const id = change.newId();
  const { slug, name, timeZone, language } = conference;
  change.db
    .insert(conferences)
    .values({ id, hostId, slug, name, timeZone, language, createdAt: change.now })
    .run();
  return settled(change, id, 'conference-created');
}

/** Changes what is named and leaves the rest. */
export function editSettings(change: Change, conferenceId: string, settings: Settings): ConferenceRow {
  const wishes = settings.windows?.wishes && instants(settings.windows.wishes);
  const picks = settings.windows?.picks && instants(settings.windows.picks);
  for (const window of [wishes, picks]) if (window) refuseIf(whyNotWindow(window));
  const { name, tagline, retentionDays, rules } = settings;
  update(change, conferenceId, {
    name,
    tagline,
    retentionDays,
    ...rules,
    ...(wishes && { wishesOpenAt: wishes.opensAt, wishesCloseAt: wishes.closesAt }),
    ...(picks && { picksOpenAt: picks.opensAt, picksCloseAt: picks.closesAt }),
  });
  if (rules) touchConference(change, conferenceId);
  return settled(change, conferenceId, 'conference-edited', { fields: Object.keys(settings) });
}

/** Areas above may refuse: there is no way back from picks that people have made. */
export function changeStage(change: Change, conferenceId: string, stage: Stage): ConferenceRow {
  const { stage: from } = conferenceById(change.db, conferenceId);
  update(change, conferenceId, { stage });
  change.announce({ kind: 'stage-changed', conferenceId, from, to: stage });
  return settled(change, conferenceId, 'stage-changed', { from, to: stage });
}

/** Publishing again changes nothing: it has been public since the first time. */
export function publishProgramme(change: Change, conferenceId: string): ConferenceRow {
  const conference = conferenceById(change.db, conferenceId);
  if (conference.publishedAt !== null) return conference;
  update(change, conferenceId, { publishedAt: change.now });
  return settled(change, conferenceId, 'programme-published');
}

export function withdrawProgramme(change: Change, conferenceId: string): ConferenceRow {
  const conference = conferenceById(change.db, conferenceId);
  if (conference.publishedAt === null) return conference;
  update(change, conferenceId, { publishedAt: null });
  return settled(change, conferenceId, 'programme-withdrawn');
}

const countRevision = statement((db) =>
  db
    .update(conferences)
    .set({ revision: sql`${conferences.revision} + 1` })
    .where(eq(conferences.id, sql.placeholder('id')))
    .prepare(),
);

/** Counts a change of what plans are computed from, so that a plan of an earlier revision is known to be stale. */
export function touchConference(change: Change, conferenceId: string): void {
  countRevision(change.db).run({ id: conferenceId });
}

/** The id of the host's organisation of that name, as people compare names; a new one where there is none. */
export function organisationNamed(change: Change, hostId: string, name: string): string {
  const sameName = sameText(name);
  const known = change.db
    .select({ id: organisations.id })
    .from(organisations)
    .where(sql`${organisations.hostId} = ${hostId} AND ${organisations.sameName} = ${sameName}`)
    .get();
  if (known) return known.id;
  const id = change.newId();
  change.db.insert(organisations).values({ id, hostId, name, sameName }).run();
  change.audit({ action: 'organisation-added', subject: { kind: 'organisation', id }, hostId });
  return id;
}

function update(change: Change, id: string, values: Partial<typeof conferences.$inferInsert>): void {
  if (Object.values(values).every((value) => value === undefined)) return;
  change.db.update(conferences).set(values).where(eq(conferences.id, id)).run();
}

/** What every change of a conference ends with: an audit line, the news, and the conference as it is now. */
function settled(
  change: Change,
  conferenceId: string,
  action: string,
  data?: Readonly<Record<string, unknown>>,
): ConferenceRow {
  const conference = conferenceById(change.db, conferenceId);
  const { hostId } = conference;
  change.audit({ action, subject: { kind: 'conference', id: conferenceId }, hostId, conferenceId, data });
  change.announce({ kind: 'programme-changed', conferenceId, sessions: [] });
  return conference;
}

function instants(window: { opensAt: string | null; closesAt: string | null }): Window {
  return {
    opensAt: window.opensAt === null ? null : fromIso(window.opensAt),
    closesAt: window.closesAt === null ? null : fromIso(window.closesAt),
  };
}
