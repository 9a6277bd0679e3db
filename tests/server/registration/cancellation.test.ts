import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../server/core/database.ts';
import { whatIsBroken } from '../../../server/overview/verify.ts';
import { editRoom } from '../../../server/programme/room-commands.ts';
import { placeWorkshop } from '../../../server/programme/session-commands.ts';
import { cancelledSessions, sessions } from '../../../server/programme/tables.ts';
import { cancelSession, undoCancellation } from '../../../server/registration/cancellation-commands.ts';
import { waitingPeople } from '../../../server/registration/queries.ts';
import { chosenBy } from '../../support/registration/own-registration.ts';
import { testClock } from '../../support/clock.ts';
import { testStore } from '../../support/database.ts';
import { asking, type Asking } from '../../support/registration/asking.ts';
import { type SmallConference, smallConference } from '../../support/registration/small-conference.ts';

let store: Store;
let small: SmallConference;
let people: Asking;

/** Anna and Bo sit in W1 in pass 1; Cia sits in W2 and waits for W1. */
beforeEach(async () => {
  const clock = testClock();
  store = testStore({ clock });
  small = await smallConference(store, {
    sessions: [
      ['W1', 'Pass 1', 2],
      ['W2', 'Pass 1', 3],
      ['W3', 'Pass 2', 3],
    ],
    attendees: ['Anna', 'Bo', 'Cia'],
  });
  people = asking(store, small, clock);
  await people.take('Anna', 'W1 Pass 1');
  clock.advance(1);
  await people.take('Bo', 'W1 Pass 1');
  await people.take('Cia', 'W2 Pass 1');
  await people.take('Cia', 'W1 Pass 1');
});

const cancel = () =>
  store.write({ kind: 'system' }, (change) =>
    cancelSession(change, { conferenceId: small.id, sessionId: small.idOf('W1 Pass 1') }),
  );
const undo = (cancellationId: string) =>
  store.write({ kind: 'system' }, (change) =>
    undoCancellation(change, { conferenceId: small.id, cancellationId }),
  );
const passOfSeats = (name: string) =>
  chosenBy(store.db, small.idOf(name)).picks.map(({ session }) => {
    const row = store.db.select().from(sessions).where(eq(sessions.id, session)).get()!;
    return small.nameOf(row.workshopId);
  });

describe('a session that is cancelled', () => {
  it('frees its seats, tells each person once, and is shown as cancelled in calendars', async () => {
    expect(await cancel()).toMatchObject({ seats: 2, waiting: 1 });
    expect(['Anna', 'Bo', 'Cia'].map(passOfSeats)).toEqual([[], [], ['W2']]);
    expect(people.letters().map(([name, letter]) => [name, letter])).toEqual([
      ['Anna', 'session-cancelled'],
      ['Bo', 'session-cancelled'],
      ['Cia', 'queue-ended'],
    ]);
    const [shown] = store.db.select().from(cancelledSessions).all();
    expect(shown).toMatchObject({ title: 'W1 Om W1', sequence: 1 });
    expect(whatIsBroken(store.db)).toEqual([]);
  });

  it('that is given after all gives back seats and places in line, but for who has something else by now', async () => {
    const { cancellation } = await cancel();
    await people.take('Bo', 'W2 Pass 1');
    expect(await undo(cancellation)).toMatchObject({ seats: 1, elsewhere: 1 });
    expect(['Anna', 'Bo', 'Cia'].map(passOfSeats)).toEqual([['W1'], ['W2'], ['W1']]);
    expect(
      people
        .letters()
        .slice(3)
        .map(([name, letter]) => [name, letter]),
    ).toEqual([
      ['Anna', 'seat-restored'],
      ['Cia', 'moved-up'],
    ]);
    expect(store.db.select().from(cancelledSessions).all()).toEqual([]);
    expect(whatIsBroken(store.db)).toEqual([]);
  });

  it('that is given after all in a room that is smaller by now puts who has no seat first in line', async () => {
    const { cancellation } = await cancel();
    await store.write({ kind: 'system' }, (change) =>
      editRoom(change, small.id, small.idOf('W1 Pass 1 room'), { capacity: 1 }),
    );
    const { session, ...counts } = await undo(cancellation);
    expect(counts).toEqual({ seats: 1, elsewhere: 0 });
    expect(
      waitingPeople(store.db, small.id)
        .get(session.id)!
        .map(({ name }) => name),
    ).toEqual(['Bo', 'Cia']);
    expect(whatIsBroken(store.db)).toEqual([]);
  });

  it('is given after all once, and not where something else stands by then', async () => {
    const { cancellation } = await cancel();
    await store.write({ kind: 'system' }, (change) =>
      placeWorkshop(change, small.id, {
        workshopId: small.idOf('W1'),
        passId: small.idOf('Pass 1'),
        roomId: small.idOf('W3 Pass 2 room'),
      }),
    );
    await expect(undo(cancellation)).rejects.toMatchObject({ refusal: { status: 409 } });
    await expect(undo('unknown')).rejects.toMatchObject({ refusal: { code: 'not-found' } });
  });
});
