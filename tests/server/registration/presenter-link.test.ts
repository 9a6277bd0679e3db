import { expect, test } from 'vitest';
import { changeStage, editSettings } from '../../../server/conference/commands.ts';
import { editAttendee } from '../../../server/people/attendee-commands.ts';
import { loadProgramme } from '../../../server/programme/queries.ts';
import { takeSeat } from '../../../server/registration/picks-commands.ts';
import { picks } from '../../../server/registration/tables.ts';
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
