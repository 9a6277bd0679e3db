import { desc, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { mayDo } from '../../../../shared/core/access.ts';
import type { Endpoint } from '../../../../shared/core/endpoint.ts';
import type { Change } from '../../../../server/core/change.ts';
import { outbox } from '../../../../server/core/tables.ts';
import { openApiOf } from '../../../../server/core/http/openapi.ts';
import { readAttendeeList } from '../../../../server/people/attendee-list.ts';
import { importAttendees } from '../../../../server/people/import-commands.ts';
import { listPresenters } from '../../../../server/people/queries.ts';
import { addPin } from '../../../../server/planning/pins-commands.ts';
import { startPlan } from '../../../../server/planning/commands.ts';
import { addPlenary } from '../../../../server/programme/plenary-commands.ts';
import {
  aCast,
  aForeignCast,
  aProgramme,
  asAttendee,
  asOrganiser,
  type Cast,
  operator,
  place,
} from '../../../support/cast.ts';
import { testServer, type TestServer } from '../../../support/server.ts';

type Ids = Readonly<Record<string, string>>;

/** One thing of each kind that an address or a body can name, all of one conference. */
async function thingsOf({ store }: TestServer, cast: Cast): Promise<Ids> {
  const { pass1, vattern, w1 } = await aProgramme(store, cast);
  const [sessionId] = await place(store, cast, [[w1, pass1, vattern]]);
  const made = await store.write(operator, (change) => ({
    plenaryId: addPlenary(change, cast.conferenceId, {
      kind: 'talk',
      title: 'Inledning',
      startsAt: '2026-12-12T09:00',
      endsAt: '2026-12-12T09:20',
    }).id,
    importId: importAttendees(change, cast.conferenceId, readAttendeeList('Ny Ek;ny.ek@example.org'))
      .importId!,
    pinId: addPin(change, cast.conferenceId, { workshopId: w1, passId: pass1 }).id,
    planId: startPlan(change, cast.conferenceId, { objective: 'ranks', timetable: 'kept', seed: 1 }).id,
    letterId: writtenLetter(change, cast),
  }));
  return {
    ...made,
    slug: cast.slug,
    attendeeId: cast.attendees.karin.id,
    passId: pass1,
    roomId: vattern,
    workshopId: w1,
    sessionId: sessionId!,
    presenterId: listPresenters(store.db, cast.conferenceId)[0]!.id,
  };
}

function writtenLetter(change: Change, { conferenceId, attendees }: Cast): string {
  const recipient = { kind: 'attendee', id: attendees.karin.id } as const;
  change.letter({ letter: 'invitation', recipient, conferenceId, data: {} });
  return change.db.select().from(outbox).orderBy(desc(outbox.id)).get()!.messageId;
}

async function twoConferences() {
  const server = await testServer();
  const [cast, foreign] = [await aCast(server.store), await aForeignCast(server.store)];
  return {
    ...server,
    own: await thingsOf(server, cast),
    theirs: await thingsOf(server, foreign),
    actors: {
      organiser: await asOrganiser(server, cast),
      attendee: asAttendee(server, cast, cast.attendees.karin),
      strangeOrganiser: await asOrganiser(server, foreign),
      strangeAttendee: asAttendee(server, foreign, foreign.attendees.karin),
    },
  };
}

/** Calls that only some may make. */
function closed({ app }: TestServer): Endpoint[] {
  return app.served.filter(({ action }) => !mayDo({ kind: 'anyone' }, action));
}

function namesOf({ path }: Endpoint): string[] {
  return [...path.matchAll(/:(\w+)/gu)].map(([, name]) => name!);
}

/** The body of the contract's own example, with things that exist in place of the ids. */
function bodyOf(endpoint: Endpoint, ids: Ids): Record<string, unknown> | undefined {
  if (!endpoint.body) return undefined;
  const [path] = Object.values(openApiOf([endpoint], 'http://localhost', '1').paths);
  const example = path![endpoint.method.toLowerCase()]!.requestBody!.content['application/json']!.example;
  return Object.fromEntries(
    Object.entries(example as Record<string, unknown>).map(([name, value]) => {
      if (name in ids) return [name, ids[name]];
      if (name === 'from') return [name, null];
      return [
        name,
        (name === 'passes' || name === 'closed') && Array.isArray(value) ? [ids['passId']] : value,
      ];
    }),
  );
}

/** Names that nothing has yet, so that a body is not refused for its name. */
function unused(body: object = {}): Record<string, string> {
  return { ...('name' in body && { name: 'Ny' }), ...('code' in body && { code: 'NY' }) };
}

function asked(
  { app }: TestServer,
  endpoint: Endpoint,
  { ids, body, headers = {} }: { ids: Ids; body?: object | undefined; headers?: Record<string, string> },
) {
  const url = endpoint.path.replaceAll(/:(\w+)/gu, (_, name: string) => ids[name]!);
  return app.inject({ method: endpoint.method, url, headers, ...(body && { payload: body }) });
}

/** Every row there is. */
function everything({ store }: TestServer): unknown {
  const tables = store.db.all<{ name: string }>(
    sql`select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name`,
  );
  return tables.map(({ name }) => [name, store.db.all(sql`select * from ${sql.identifier(name)}`)]);
}

describe('every call that only some may make', () => {
  test('is refused to everybody else, by role, and to those of another conference as if nothing were there', async () => {
    const server = await twoConferences();
    const before = everything(server);
    const got: string[] = [];
    const wanted: string[] = [];
    for (const endpoint of closed(server)) {
      const isOurs = namesOf(endpoint).includes('slug');
      for (const [who, headers] of [['anyone', {}], ...Object.entries(server.actors)] as const) {
        const kind = /attendee/iu.test(who) ? 'attendee' : 'organiser';
        const may =
          who !== 'anyone' &&
          mayDo(
            kind === 'attendee'
              ? { kind, conferenceId: '', attendeeId: '' }
              : { kind, hostId: '', organiserId: '' },
            endpoint.action,
          );
        if (may && !(isOurs && who.startsWith('strange'))) continue;
        const status = who === 'anyone' ? 401 : may ? 404 : 403;
        // oxlint-disable-next-line no-await-in-loop -- one after another, so that a change can be told
        const answer = await asked(server, endpoint, {
          ids: server.own,
          body: bodyOf(endpoint, server.own),
          headers,
        });
        got.push(`${endpoint.name}, ${who}: ${answer.statusCode}`);
        wanted.push(`${endpoint.name}, ${who}: ${status}`);
      }
    }
    expect(got).toEqual(wanted);
    expect(wanted.length).toBeGreaterThan(100);
    expect(everything(server)).toEqual(before);
  });

  test('finds nothing of another conference, whatever part of its address or body names it', async () => {
    const server = await twoConferences();
    const before = everything(server);
    const { own, theirs, actors } = server;
    const found: string[] = [];
    let asks = 0;
    for (const endpoint of closed(server).filter((one) => namesOf(one).includes('slug'))) {
      const isOrganisers = mayDo({ kind: 'organiser', hostId: '', organiserId: '' }, endpoint.action);
      const headers = isOrganisers ? actors.organiser : actors.attendee;
      const body = bodyOf(endpoint, own);
      const foreign = [
        ...namesOf(endpoint).map((name) => ({ name, ids: { ...own, [name]: theirs[name]! }, body })),
        ...Object.keys(body ?? {})
          .filter((name) => name in theirs && name !== 'slug')
          .map((name) => ({
            name: `${name} in the body`,
            ids: own,
            body: { ...body, [name]: theirs[name] },
          })),
        ...Object.keys(body ?? {})
          .filter((name) => name === 'passes' || name === 'closed')
          .map((name) => ({
            name,
            ids: own,
            body: { ...body, ...unused(body), [name]: [theirs['passId']] },
          })),
      ];
      for (const { name, ...rest } of foreign) {
        asks++;
        // oxlint-disable-next-line no-await-in-loop -- one after another, so that a change can be told
        const answer = await asked(server, endpoint, { ...rest, headers });
        if (answer.statusCode !== 404)
          found.push(`${endpoint.name}, ${name}: ${answer.statusCode} ${answer.body}`);
      }
    }
    expect(found).toEqual([]);
    expect(asks).toBeGreaterThan(60);
    expect(everything(server)).toEqual(before);
  });
});
