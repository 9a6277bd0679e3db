import { addOrganiser, createSignInLink } from '../../server/people/sign-in-commands.ts';
import { addAttendee } from '../../server/people/attendee-commands.ts';
import { personalToken } from '../../server/people/links.ts';
import { attendeeRowOf } from '../../server/people/queries.ts';
import { createConference, createHost, publishProgramme } from '../../server/conference/commands.ts';
import type { Change } from '../../server/core/change.ts';
import type { Store } from '../../server/core/database.ts';
import type { Actor } from '../../shared/core/access.ts';
import type { Attendee } from '../../shared/people/vocabulary.ts';
import type { TestServer } from './server.ts';

export const operator: Actor = { kind: 'operator' };

/** A small conference with people in it, built by the product's own commands. */
export interface Cast {
  readonly hostId: string;
  readonly conferenceId: string;
  readonly slug: string;
  /** Ylva, who organises for the host. */
  readonly organiserId: string;
  readonly organiser: Actor;
  readonly attendees: { readonly karin: Attendee; readonly oscar: Attendee; readonly goran: Attendee };
}

/**
 * The host Reglab with its organiser Ylva Norén, the published conference Utsikt är insikt, and three attendees: Karin Ek of Region
 * Skåne, Oscar Lind without an organisation, Göran Andersson of Vinnova.
 */
export function aCast(store: Store): Promise<Cast> {
  return store.write(operator, (change) => castPeople(change, 'reglab', 'utsikt-ar-insikt'));
}

/** The same people at another host's conference. */
export function aForeignCast(store: Store): Promise<Cast> {
  return store.write(operator, (change) => castPeople(change, 'grannlaget', 'grannarnas-dag'));
}

function castPeople(change: Change, host: string, slug: string): Cast {
  const hostId = createHost(change, { slug: host, name: host === 'reglab' ? 'Reglab' : 'Grannlaget' });
  const organiserId = addOrganiser(change, hostId, { name: 'Ylva Norén', mail: `ylva@${host}.example` });
  const { id } = createConference(change, hostId, {
    slug,
    name: 'Utsikt är insikt',
    timeZone: 'Europe/Stockholm',
    language: 'sv',
  });
  publishProgramme(change, id);
  const karin = addAttendee(change, id, {
    name: 'Karin Ek',
    mail: 'karin.ek@example.org',
    organisation: 'Region Skåne',
  });
  const oscar = addAttendee(change, id, { name: 'Oscar Lind', mail: 'oscar.lind@example.org' });
  const goran = addAttendee(change, id, { name: 'Göran Andersson', organisation: 'Vinnova' });
  return {
    hostId,
    conferenceId: id,
    slug,
    organiserId,
    organiser: { kind: 'organiser', hostId, organiserId },
    attendees: { karin, oscar, goran },
  };
}

/** The token of an attendee's personal link. */
export function tokenOf(store: Store, { conferenceId }: Cast, attendee: { readonly id: string }): string {
  return personalToken(store, attendeeRowOf(store.db, conferenceId, attendee.id));
}

/** How the host's organiser asks: signed in by a fresh link, from this site's own pages. */
export async function asOrganiser({ app, store }: TestServer, cast: Cast) {
  const token = await store.write(operator, (change) => createSignInLink(change, cast.organiserId));
  const answer = await app.inject({ method: 'POST', url: '/api/session/organiser', payload: { token } });
  return { cookie: cookieOf(answer), 'sec-fetch-site': 'same-origin' };
}

/** How an attendee's program asks: with the token of the personal link. */
export function asAttendee(
  { store }: Pick<TestServer, 'store'>,
  cast: Cast,
  attendee: { readonly id: string },
) {
  return { authorization: `Bearer ${tokenOf(store, cast, attendee)}` };
}

/** The session cookie that an answer sets, as a browser sends it back. */
export function cookieOf(answer: { cookies: readonly { name: string; value: string }[] }): string {
  const cookie = answer.cookies.find(({ name }) => name === 'verkstad');
  return `verkstad=${cookie?.value ?? ''}`;
}
