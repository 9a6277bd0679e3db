import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { changeStage, editSettings } from '../../../server/conference/commands.ts';
import type { Change } from '../../../server/core/change.ts';
import { audit } from '../../../server/core/tables.ts';
import { plans } from '../../../server/planning/tables.ts';
import { addPass } from '../../../server/programme/pass-commands.ts';
import { addRoom } from '../../../server/programme/room-commands.ts';
import { placeWorkshop } from '../../../server/programme/session-commands.ts';
import { addWorkshop } from '../../../server/programme/workshop-commands.ts';
import { chosenBy } from '../../support/registration/own-registration.ts';
import type { PlanFigures } from '../../../shared/planning/vocabulary.ts';
import { aCast, aForeignCast, asAttendee, asOrganiser, type Cast } from '../../support/cast.ts';
import { testServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let cast: Cast;
let organiser: Record<string, string>;
let passId: string;
let sessionId: string;

beforeEach(async () => {
  server = await testServer();
  cast = await aCast(server.store);
  organiser = await asOrganiser(server, cast);
  await write((change) => {
    const id = cast.conferenceId;
    const times = { startsAt: '2026-12-12T09:00', endsAt: '2026-12-12T09:45' };
    passId = addPass(change, id, { name: 'Pass 1', ...times }).id;
    const roomId = addRoom(change, id, { name: 'Vättern', capacity: 1 }).id;
    const workshopId = addWorkshop(change, id, { code: 'W1', title: 'Folkhälsa' }).id;
    sessionId = placeWorkshop(change, id, { workshopId, passId, roomId }).id;
    const picks = { opensAt: '2026-11-01T00:00:00.000Z', closesAt: null };
    editSettings(change, id, { windows: { picks } });
    changeStage(change, id, 'picks');
  });
});

function write<T>(command: (change: Change) => T): Promise<T> {
  return server.store.write({ kind: 'operator' }, command);
}

async function pick(attendee: { readonly id: string }): Promise<void> {
  const answer = await server.app.inject({
    method: 'PUT',
    url: `/api/conferences/${cast.slug}/picks/${passId}`,
    headers: { ...asAttendee(server, cast, attendee), 'idempotency-key': 'once' },
    payload: { sessionId, waitlist: true },
  });
  expect(answer.statusCode).toBe(200);
}

function remove(path: string, headers = organiser) {
  return server.app.inject({ method: 'DELETE', url: `/api/conferences/${cast.slug}/${path}`, headers });
}

/** The files of the data folder that hold a text, as bytes. */
function filesWith(text: string): string[] {
  const { path } = server.store.folder;
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .filter((name) => readFileSync(join(path, name)).includes(text));
}

describe('erasing a person', () => {
  it('frees their seat for the next in line, ends their link, and leaves their name nowhere', async () => {
    const { karin, oscar } = cast.attendees;
    const link = asAttendee(server, cast, karin);
    await pick(karin);
    await pick(oscar);
    expect(filesWith('Karin Ek')).not.toEqual([]);

    const answer = await remove(`attendees/${karin.id}`);
    expect(answer.json()).toEqual({ erased: karin.id, seatsFreed: 1 });
    expect(chosenBy(server.store.db, oscar.id).picks).toMatchObject([{ session: sessionId }]);
    const me = await server.app.inject({ url: `/api/conferences/${cast.slug}/me`, headers: link });
    expect(me.statusCode).toBe(404);
    expect([filesWith('Karin Ek'), filesWith('karin.ek@')]).toEqual([[], []]);
    expect(filesWith('Oscar Lind')).not.toEqual([]);
  });

  it('keeps in the audit what was done, by id', async () => {
    const { karin } = cast.attendees;
    await pick(karin);
    await remove(`attendees/${karin.id}`);
    const actions = server.store.db
      .select()
      .from(audit)
      .all()
      .filter(({ subjectId }) => subjectId === karin.id)
      .map(({ action }) => action);
    expect(actions).toEqual([
      'attendee-added',
      'seat-taken',
      'seats-withdrawn',
      'attendee-removed',
      'attendee-erased',
    ]);
  });

  it('takes them out of the plans, and nobody else', async () => {
    const { karin, oscar } = cast.attendees;
    await write(({ db }) =>
      db
        .insert(plans)
        .values({
          id: 'plan',
          conferenceId: cast.conferenceId,
          number: 1,
          state: 'done',
          objective: 'ranks',
          timetable: 'kept',
          seed: 1,
          revision: 1,
          createdAt: 0,
          figures: {
            worstServed: [
              { name: 'Karin Ek', ranks: [9] },
              { name: 'Oscar Lind', ranks: [8] },
            ],
          } as unknown as PlanFigures,
          allocation: { [karin.id]: { [passId]: 'w' }, [oscar.id]: { [passId]: 'w' } },
          reasons: [
            { sv: 'Karin Ek och Oscar Lind vill samma.', en: 'Karin Ek and Oscar Lind want the same.' },
          ],
        })
        .run(),
    );
    await remove(`attendees/${karin.id}`);
    expect(server.store.db.select().from(plans).get()).toMatchObject({
      figures: { worstServed: [{ name: 'Oscar Lind', ranks: [8] }] },
      allocation: { [oscar.id]: { [passId]: 'w' } },
      reasons: [
        {
          sv: 'en raderad deltagare och Oscar Lind vill samma.',
          en: 'an erased attendee and Oscar Lind want the same.',
        },
      ],
    });
    expect(filesWith('Karin Ek')).toEqual([]);
  });

  it('is for the organisers of their conference alone', async () => {
    const foreign = await aForeignCast(server.store);
    const { karin } = cast.attendees;
    expect((await remove(`attendees/${foreign.attendees.karin.id}`)).statusCode).toBe(404);
    const theirs = await asOrganiser(server, foreign);
    expect((await remove(`attendees/${karin.id}`, theirs)).statusCode).toBe(404);
    const own = { cookie: '', 'sec-fetch-site': 'same-origin', ...asAttendee(server, cast, karin) };
    expect((await remove(`attendees/${karin.id}`, own)).statusCode).toBe(403);
    expect(chosenBy(server.store.db, karin.id).picks).toEqual([]);
  });
});

describe('undoing an import', () => {
  async function imported() {
    const answer = await server.app.inject({
      method: 'POST',
      url: `/api/conferences/${cast.slug}/attendee-imports`,
      headers: organiser,
      payload: { text: 'Lisa Berg;lisa.berg@example.org\nNils Dal;nils.dal@example.org' },
    });
    return answer.json<{ importId: string }>().importId;
  }

  async function search(text: string) {
    const url = `/api/conferences/${cast.slug}/attendees?search=${text}`;
    const answer = await server.app.inject({ url, headers: organiser });
    return answer.json<{ items: { id: string; name: string }[] }>().items;
  }

  it('takes everybody of it back, and no one else; it can be done once', async () => {
    const importId = await imported();
    expect((await remove(`attendee-imports/${importId}`)).json()).toEqual({ removed: 2 });
    expect((await search('')).map(({ name }) => name)).toEqual(['Göran Andersson', 'Karin Ek', 'Oscar Lind']);
    expect((await remove(`attendee-imports/${importId}`)).statusCode).toBe(404);
  });

  it('leaves their names nowhere', async () => {
    const importId = await imported();
    expect(filesWith('Lisa Berg')).not.toEqual([]);
    await remove(`attendee-imports/${importId}`);
    expect(filesWith('Lisa Berg')).toEqual([]);
    expect(filesWith('Karin Ek')).not.toEqual([]);
  });

  it('takes them out of the plans', async () => {
    const importId = await imported();
    const [lisa] = await search('Lisa');
    const { karin } = cast.attendees;
    const seats = { [passId]: 'w' };
    await write(({ db }) =>
      db
        .insert(plans)
        .values({
          id: 'plan',
          conferenceId: cast.conferenceId,
          number: 1,
          state: 'done',
          objective: 'ranks',
          timetable: 'kept',
          seed: 1,
          revision: 1,
          createdAt: 0,
          allocation: { [lisa!.id]: seats, [karin.id]: seats },
          draws: { [lisa!.id]: ['w'], [karin.id]: ['w'] },
        })
        .run(),
    );
    await remove(`attendee-imports/${importId}`);
    expect(server.store.db.select().from(plans).get()).toMatchObject({
      allocation: expect.not.objectContaining({ [lisa!.id]: seats }) as object,
      draws: { [karin.id]: ['w'] },
    });
  });

  it('is refused once one of them has chosen, by name', async () => {
    const importId = await imported();
    const [lisa] = await search('Lisa');
    await pick(lisa!);
    const refused = await remove(`attendee-imports/${importId}`);
    expect(refused.json()).toMatchObject({ status: 409, code: 'import-in-use' });
    expect(refused.json<{ detail: string }>().detail).toContain('Lisa Berg');
    expect(await search('Nils')).toHaveLength(1);
  });
});
