import { addOrganiser, createSignInLink } from '../../server/people/sign-in-commands.ts';
import { addAttendee } from '../../server/people/attendee-commands.ts';
import { personalToken } from '../../server/people/links.ts';
import { attendeeRowOf } from '../../server/people/queries.ts';
import { createConference, createHost, publishProgramme } from '../../server/conference/commands.ts';
import type { Change } from '../../server/core/change.ts';
import type { Store } from '../../server/core/database.ts';
import type { Actor } from '../../shared/core/access.ts';
import type { Attendee } from '../../shared/people/vocabulary.ts';
import { addPass } from '../../server/programme/pass-commands.ts';
import { addRoom } from '../../server/programme/room-commands.ts';
import { placeWorkshop } from '../../server/programme/session-commands.ts';
import { addWorkshop } from '../../server/programme/workshop-commands.ts';
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

/** Ids of the programme of the cast, by the names that people use. */
export interface CastProgramme {
  readonly pass1: string;
  readonly pass2: string;
  readonly pass3: string;
  readonly vattern: string;
  readonly hjalmaren: string;
  readonly malaren: string;
  readonly siljan: string;
  readonly roxen: string;
  readonly w1: string;
  readonly w2: string;
  readonly w3: string;
  readonly w4: string;
  readonly w15: string;
}

/**
 * A programme for the cast's conference on 12 December 2026, nothing placed yet. Three passes of 45 minutes from 09:30, 10:30 and
 * 11:30. Rooms: Vättern 120 with projector, Hjälmaren 80, Mälaren 60 (closed in pass 2), Siljan 30, Roxen 12. Göran Andersson gives
 * W2 and W15; W3 needs a projector; W4 may be given twice, not in pass 3, for at most 20.
 */
export function aProgramme(store: Store, { conferenceId }: Cast): Promise<CastProgramme> {
  return store.write(operator, (change) => {
    const pass = (name: string, hour: string) =>
      addPass(change, conferenceId, {
        name,
        startsAt: `2026-12-12T${hour}:30`,
        endsAt: `2026-12-12T${Number(hour) + 1}:15`,
      }).id;
    const [pass1, pass2, pass3] = [pass('Pass 1', '09'), pass('Pass 2', '10'), pass('Pass 3', '11')];
    const room = (name: string, capacity: number, rest: object = {}) =>
      addRoom(change, conferenceId, { name, capacity, ...rest }).id;
    const workshop = (code: string, presenters: string[] = [], rest: object = {}) =>
      addWorkshop(change, conferenceId, {
        code,
        title: `Workshop ${code}`,
        presenters: presenters.map((name) => ({ name, affiliation: 'Vinnova' })),
        ...rest,
      }).id;
    return {
      pass1,
      pass2,
      pass3,
      vattern: room('Vättern', 120, { features: ['projector'] }),
      hjalmaren: room('Hjälmaren', 80),
      malaren: room('Mälaren', 60, { closed: [pass2] }),
      siljan: room('Siljan', 30),
      roxen: room('Roxen', 12),
      w1: workshop('W1', ['Emily Wise']),
      w2: workshop('W2', ['Göran Andersson', 'Cecilia Johansson']),
      w3: workshop('W3', [], { requires: ['projector'] }),
      w4: workshop('W4', [], { maxOfferings: 2, passes: [pass1, pass2], maxSize: 20 }),
      w15: workshop('W15', ['Anna Sandström', 'Göran Andersson']),
    };
  });
}

/** Places workshops where they are said to stand: `[[workshop, pass, room], …]`. Answers with the sessions' ids in that order. */
export function place(
  store: Store,
  { conferenceId }: Cast,
  placements: readonly (readonly [string, string, string])[],
): Promise<string[]> {
  return store.write(operator, (change) =>
    placements.map(
      ([workshopId, passId, roomId]) =>
        placeWorkshop(change, conferenceId, { workshopId, passId, roomId }).id,
    ),
  );
}

/** The token of an attendee's personal link. */
export function tokenOf(
  store: Store,
  { conferenceId }: Pick<Cast, 'conferenceId'>,
  attendee: { readonly id: string },
): string {
  return personalToken(store, attendeeRowOf(store.db, conferenceId, attendee.id));
}

/** How the host's organiser asks: signed in by a fresh link, from this site's own pages. */
export async function asOrganiser({ app, store }: TestServer, cast: Pick<Cast, 'organiserId'>) {
  const token = await store.write(operator, (change) => createSignInLink(change, cast.organiserId));
  const answer = await app.inject({ method: 'POST', url: '/api/session/organiser', payload: { token } });
  return { cookie: cookieOf(answer), 'sec-fetch-site': 'same-origin' };
}

/** How an attendee's program asks: with the token of the personal link. */
export function asAttendee(
  { store }: Pick<TestServer, 'store'>,
  cast: Pick<Cast, 'conferenceId'>,
  attendee: { readonly id: string },
) {
  return { authorization: `Bearer ${tokenOf(store, cast, attendee)}` };
}

/** The session cookie that an answer sets, as a browser sends it back. */
export function cookieOf(answer: { cookies: readonly { name: string; value: string }[] }): string {
  const cookie = answer.cookies.find(({ name }) => name === 'verkstad');
  return `verkstad=${cookie?.value ?? ''}`;
}
