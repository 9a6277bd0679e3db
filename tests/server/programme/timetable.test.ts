import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { withdrawProgramme } from '../../../server/conference/commands.ts';
import { loadProgramme } from '../../../server/programme/queries.ts';
import { removeSession } from '../../../server/programme/session-commands.ts';
import { cancelledSessions, sessions } from '../../../server/programme/tables.ts';
import { replaceTimetable } from '../../../server/programme/timetable-commands.ts';
import { picks, sessionSeats } from '../../../server/registration/tables.ts';
import { takeSeat } from '../../../server/registration/picks-commands.ts';
import { changeStage, editSettings } from '../../../server/conference/commands.ts';
import { aCast, aProgramme, type Cast, type CastProgramme, operator, place } from '../../support/cast.ts';
import { testServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let cast: Cast;
let at: CastProgramme;
let w1: string;
let w2: string;
let w4: string;

beforeEach(async () => {
  server = await testServer();
  cast = await aCast(server.store);
  at = await aProgramme(server.store, cast);
  [w1, w2, w4] = (await place(server.store, cast, [
    [at.w1, at.pass1, at.vattern],
    [at.w2, at.pass2, at.vattern],
    [at.w4, at.pass1, at.siljan],
  ])) as [string, string, string];
});

const replace = (...placings: [string, string, string][]) =>
  server.store.write(operator, (change) =>
    replaceTimetable(
      change,
      cast.conferenceId,
      placings.map(([workshop, pass, room]) => ({ workshop, pass, room })),
    ),
  );
const rows = () =>
  new Map(
    server.store.db
      .select()
      .from(sessions)
      .all()
      .map((row) => [row.id, row]),
  );
const cancelled = () => server.store.db.select().from(cancelledSessions).all();
const placings = () =>
  loadProgramme(server.store.db, cast.conferenceId).sessions.map((s) => [s.workshop, s.pass, s.room]);

describe('a new timetable', () => {
  test('that is the old one changes nothing', async () => {
    const before = rows();
    const answer = await replace(
      [at.w1, at.pass1, at.vattern],
      [at.w2, at.pass2, at.vattern],
      [at.w4, at.pass1, at.siljan],
    );
    expect(answer).toEqual({ added: [], moved: [], removed: [] });
    expect(rows()).toEqual(before);
  });

  test('lets sessions live on in other rooms and passes, one step newer for calendars', async () => {
    const before = rows();
    server.clock.advance(1000);
    const answer = await replace(
      [at.w1, at.pass1, at.hjalmaren],
      [at.w2, at.pass3, at.vattern],
      [at.w4, at.pass1, at.siljan],
    );
    expect(answer).toEqual({ added: [], moved: [w1, w2], removed: [] });
    expect(rows().get(w1)).toEqual({
      ...before.get(w1),
      roomId: at.hjalmaren,
      sequence: 1,
      changedAt: server.clock.now(),
    });
    expect(rows().get(w2)).toMatchObject({ uid: before.get(w2)!.uid, passId: at.pass3, sequence: 1 });
    expect(rows().get(w4)).toEqual(before.get(w4));
  });

  test('can turn sessions around in a circle, through rooms and passes', async () => {
    await replace([at.w1, at.pass2, at.vattern], [at.w2, at.pass1, at.siljan], [at.w4, at.pass1, at.vattern]);
    expect([rows().get(w1), rows().get(w2), rows().get(w4)]).toMatchObject([
      { passId: at.pass2, roomId: at.vattern },
      { passId: at.pass1, roomId: at.siljan },
      { passId: at.pass1, roomId: at.vattern },
    ]);
  });

  test('keeps the session of the same pass, and of the rest the one nearest in time', async () => {
    const answer = await replace(
      [at.w1, at.pass1, at.vattern],
      [at.w2, at.pass2, at.vattern],
      [at.w4, at.pass2, at.roxen],
      [at.w4, at.pass1, at.roxen],
    );
    expect(answer.moved).toEqual([w4]);
    expect(rows().get(w4)).toMatchObject({ passId: at.pass1, roomId: at.roxen });
    expect(rows().get(answer.added[0]!)).toMatchObject({ passId: at.pass2, sequence: 0 });
  });

  test('shows what it leaves out as cancelled, and the same event again when it comes back', async () => {
    const { uid } = rows().get(w2)!;
    await replace([at.w1, at.pass1, at.vattern]);
    expect(
      cancelled()
        .map(({ workshopId }) => workshopId)
        .sort(),
    ).toEqual([at.w2, at.w4].sort());
    expect(cancelled().find((row) => row.uid === uid)).toMatchObject({
      title: 'W2 Workshop W2',
      place: 'Vättern',
      sequence: 1,
    });
    const { added } = await replace([at.w1, at.pass1, at.vattern], [at.w2, at.pass3, at.vattern]);
    expect(rows().get(added[0]!)).toMatchObject({ uid, sequence: 2, passId: at.pass3 });
    expect(cancelled().map(({ workshopId }) => workshopId)).toEqual([at.w4]);
  });

  test('leaves no trace of what nobody has seen', async () => {
    await server.store.write(operator, (change) => withdrawProgramme(change, cast.conferenceId));
    await replace([at.w1, at.pass1, at.vattern]);
    expect(cancelled()).toEqual([]);
  });

  test.each([
    [
      'two workshops in one room',
      'room-taken',
      () => [at.w1, at.pass1, at.vattern],
      () => [at.w3, at.pass1, at.vattern],
    ],
    [
      'a presenter in two places',
      'presenter-busy',
      () => [at.w2, at.pass1, at.vattern],
      () => [at.w15, at.pass1, at.siljan],
    ],
    [
      'a workshop twice in a pass',
      'already-in-pass',
      () => [at.w4, at.pass1, at.vattern],
      () => [at.w4, at.pass1, at.siljan],
    ],
    [
      'a workshop too often',
      'given-often-enough',
      () => [at.w1, at.pass1, at.vattern],
      () => [at.w1, at.pass2, at.siljan],
    ],
    [
      'a closed room',
      'room-closed',
      () => [at.w1, at.pass1, at.vattern],
      () => [at.w2, at.pass2, at.malaren],
    ],
    [
      'a room of nowhere',
      'not-found',
      () => [at.w1, at.pass1, at.vattern],
      () => [at.w2, at.pass2, 'nowhere'],
    ],
  ] as const)('with %s is refused, and the old one stands', async (_name, code, first, second) => {
    const before = rows();
    const asked = replace(
      first() as unknown as [string, string, string],
      second() as unknown as [string, string, string],
    );
    await expect(asked).rejects.toMatchObject({ refusal: { code } });
    expect(rows()).toEqual(before);
  });
});

describe('with people in their seats', () => {
  beforeEach(async () => {
    await server.store.write(operator, (change) => {
      const opensAt = new Date(change.now).toISOString();
      editSettings(change, cast.conferenceId, { windows: { picks: { opensAt, closesAt: null } } });
      changeStage(change, cast.conferenceId, 'picks');
    });
    const { conferenceId } = cast;
    const attendeeId = cast.attendees.karin.id;
    await server.store.write({ kind: 'attendee', conferenceId, attendeeId }, (change) =>
      takeSeat(change, { conferenceId, attendeeId, passId: at.pass1, sessionId: w1 }),
    );
  });

  const held = () => server.store.db.select().from(picks).all();
  const takenOf = (id: string) =>
    server.store.db.select().from(sessionSeats).where(eq(sessionSeats.sessionId, id)).get();

  test('sessions change rooms under them, and everyone keeps the seat', async () => {
    const before = held();
    await replace([at.w1, at.pass1, at.siljan], [at.w4, at.pass1, at.vattern], [at.w2, at.pass2, at.vattern]);
    expect(held()).toEqual(before);
    expect(takenOf(w1)).toMatchObject({ seats: 30, taken: 1 });
    expect(takenOf(w4)).toMatchObject({ seats: 20, taken: 0 });
  });

  test('their session does not leave its pass or the timetable', async () => {
    const before = placings();
    const elsewhere = replace([at.w1, at.pass3, at.vattern]);
    await expect(elsewhere).rejects.toMatchObject({ refusal: { code: 'has-picks' } });
    await expect(replace()).rejects.toMatchObject({ refusal: { code: 'has-picks' } });
    const removed = server.store.write(operator, (change) => removeSession(change, cast.conferenceId, w1));
    await expect(removed).rejects.toMatchObject({ refusal: { code: 'has-picks' } });
    expect(placings()).toEqual(before);
    expect(cancelled()).toEqual([]);
  });

  test('after a refusal the foreign keys hold for the next command as before', async () => {
    await replace([at.w1, at.pass3, at.vattern]).catch(() => {});
    const broken = server.store.write(operator, (change) =>
      change.db.update(sessions).set({ roomId: 'nowhere' }).where(eq(sessions.id, w2)).run(),
    );
    await expect(broken).rejects.toThrow('FOREIGN KEY');
  });
});
