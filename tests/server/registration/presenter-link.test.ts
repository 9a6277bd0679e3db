import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { changeStage, editSettings } from '../../../server/conference/commands.ts';
import { editAttendee } from '../../../server/people/attendee-commands.ts';
import { loadProgramme } from '../../../server/programme/queries.ts';
import { takeSeat } from '../../../server/registration/picks-commands.ts';
import { picks, waitlist } from '../../../server/registration/tables.ts';
import { toIso } from '../../../shared/core/time.ts';
import { aCast, aProgramme, operator, place } from '../../support/cast.ts';
import { testStore } from '../../support/database.ts';

test('an attendee who turns out to be a presenter loses the seat of that pass and keeps the others', async () => {
  const store = testStore();
  const cast = await aCast(store);
  const at = await aProgramme(store, cast);
  const { conferenceId } = cast;
  const { id: attendeeId } = cast.attendees.goran;
  const [w1, , w3] = await place(store, cast, [
    [at.w1, at.pass1, at.vattern],
    [at.w2, at.pass1, at.siljan],
    [at.w3, at.pass2, at.vattern],
  ]);
  await store.write(operator, (change) => {
    const opensAt = toIso(change.now);
    editSettings(change, conferenceId, { windows: { picks: { opensAt, closesAt: null } } });
    changeStage(change, conferenceId, 'picks');
    takeSeat(change, { conferenceId, attendeeId, passId: at.pass1, sessionId: w1! });
    takeSeat(change, { conferenceId, attendeeId, passId: at.pass2, sessionId: w3! });
  });
  const { workshops } = loadProgramme(store.db, conferenceId);
  const presenterId = workshops.find(({ id }) => id === at.w2)!.presenters[0]!.id;

  await store.write(operator, (change) => editAttendee(change, conferenceId, attendeeId, { presenterId }));

  const held = store.db.select().from(picks).all();
  expect(held.map(({ sessionId }) => sessionId)).toEqual([w3]);
});

test('who is no presenter after all moves up at once to the seat they wait for', async () => {
  const store = testStore();
  const cast = await aCast(store);
  const at = await aProgramme(store, cast);
  const { conferenceId } = cast;
  const { goran, karin } = cast.attendees;
  const [w1] = await place(store, cast, [
    [at.w1, at.pass1, at.vattern],
    [at.w2, at.pass1, at.siljan],
  ]);
  const presenterId = loadProgramme(store.db, conferenceId).workshops.find(({ id }) => id === at.w2)!
    .presenters[0]!.id;
  await store.write(operator, (change) => {
    const opensAt = toIso(change.now);
    editSettings(change, conferenceId, { windows: { picks: { opensAt, closesAt: null } } });
    changeStage(change, conferenceId, 'picks');
    editAttendee(change, conferenceId, goran.id, { presenterId });
    change.db
      .insert(waitlist)
      .values({
        conferenceId,
        attendeeId: goran.id,
        passId: at.pass1,
        sessionId: w1!,
        workshopId: at.w1,
        at: change.now,
      })
      .run();
  });
  const seatOf = (attendeeId: string) =>
    store.db.select().from(picks).where(eq(picks.attendeeId, attendeeId)).all();

  await store.write(operator, (change) =>
    editAttendee(change, conferenceId, karin.id, { presenterId: null }),
  );
  expect(seatOf(goran.id)).toEqual([]);
  await store.write(operator, (change) =>
    editAttendee(change, conferenceId, goran.id, { presenterId: null }),
  );
  expect(seatOf(goran.id)).toMatchObject([{ sessionId: w1 }]);
});
