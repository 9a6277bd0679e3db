import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../server/core/database.ts';
import { conferences } from '../../../server/conference/tables.ts';
import { setAbsences } from '../../../server/registration/absences-commands.ts';
import { withdrawAttendee } from '../../../server/registration/erasure-commands.ts';
import { leaveWaitlist } from '../../../server/registration/waitlist-commands.ts';
import { rooms } from '../../../server/programme/tables.ts';
import type { Change } from '../../../server/core/change.ts';
import { type TestClock, testClock } from '../../support/clock.ts';
import { testStore } from '../../support/database.ts';
import { asking, type Asking } from '../../support/registration/asking.ts';
import {
  type SmallConference,
  smallConference,
  type SmallConferenceOptions,
} from '../../support/registration/small-conference.ts';

let clock: TestClock;
let store: Store;
let small: SmallConference;
let people: Asking;

beforeEach(() => {
  clock = testClock();
  store = testStore({ clock });
});

async function given(options: SmallConferenceOptions): Promise<void> {
  small = await smallConference(store, options);
  people = asking(store, small, clock);
}

function write<T>(command: (change: Change) => T): Promise<T> {
  return store.write({ kind: 'system' }, command);
}

const take = (...asked: [string, string]) => people.take(...asked);
const release = (...asked: [string, string]) => people.release(...asked);
const seats = (attendee: string) => small.seatsOf(store, attendee);
const queues = (attendee: string) => small.queuesOf(store, attendee);

describe('a full session', () => {
  beforeEach(async () => {
    await given({
      sessions: [
        ['W1', 'Pass 1', 1],
        ['W2', 'Pass 1', 3],
      ],
      attendees: ['Anna', 'Bo', 'Cia'],
    });
    await take('Anna', 'W1 Pass 1');
  });

  it('lets people queue in order, who keep what they have', async () => {
    await take('Bo', 'W2 Pass 1');
    await take('Bo', 'W1 Pass 1');
    await take('Cia', 'W1 Pass 1');
    expect([seats('Bo'), queues('Bo'), queues('Cia')]).toEqual([
      ['W2 Pass 1'],
      ['W1 Pass 1 #1'],
      ['W1 Pass 1 #2'],
    ]);
  });

  it('gives the seat that is freed to the first in line, who leaves the one they had', async () => {
    await take('Bo', 'W2 Pass 1');
    await take('Bo', 'W1 Pass 1');
    await take('Cia', 'W1 Pass 1');
    await release('Anna', 'Pass 1');
    expect([seats('Bo'), queues('Bo')]).toEqual([['W1 Pass 1'], []]);
    expect([seats('Cia'), queues('Cia')]).toEqual([[], ['W1 Pass 1 #1']]);
    expect(people.letters()).toEqual([['Bo', 'moved-up', ['W2 Pass 1 > W1 Pass 1']]]);
  });

  it('keeps the place of someone who asks again', async () => {
    await take('Bo', 'W1 Pass 1');
    await take('Cia', 'W1 Pass 1');
    await take('Bo', 'W1 Pass 1');
    expect(queues('Bo')).toEqual(['W1 Pass 1 #1']);
  });

  it('is left by who no longer wants to wait, even when choosing is closed', async () => {
    await take('Bo', 'W1 Pass 1');
    await take('Cia', 'W1 Pass 1');
    await write(({ db, now }) => db.update(conferences).set({ picksCloseAt: now }).run());
    await write((change) => leaveWaitlist(change, small.wanted('Bo', 'W1 Pass 1')));
    expect([queues('Bo'), queues('Cia')]).toEqual([[], ['W1 Pass 1 #1']]);
  });

  it('gets room for those in line when its room grows', async () => {
    await take('Bo', 'W1 Pass 1');
    await take('Cia', 'W1 Pass 1');
    await write((change) => {
      change.db
        .update(rooms)
        .set({ capacity: 2 })
        .where(eq(rooms.id, small.idOf('W1 Pass 1 room')))
        .run();
      const sessions = [small.idOf('W1 Pass 1')];
      change.announce({ kind: 'programme-changed', conferenceId: small.id, sessions });
    });
    expect([seats('Bo'), seats('Cia')]).toEqual([['W1 Pass 1'], []]);
  });

  it('moves no one once the pass has begun', async () => {
    await take('Bo', 'W1 Pass 1');
    clock.set('2026-12-13T09:00:00.000Z');
    await release('Anna', 'Pass 1');
    expect([seats('Bo'), queues('Bo')]).toEqual([[], ['W1 Pass 1 #1']]);
  });

  it('passes on the seat of someone who is erased', async () => {
    await take('Bo', 'W1 Pass 1');
    const freed = await write((change) => withdrawAttendee(change, small.id, small.idOf('Anna')));
    expect([freed, seats('Anna'), seats('Bo')]).toEqual([1, [], ['W1 Pass 1']]);
  });
});

describe('who may not hold the seat', () => {
  it('is passed over and keeps their place until they may', async () => {
    await given({
      sessions: [
        ['W1', 'Pass 1', 1],
        ['W1', 'Pass 2', 1],
      ],
      attendees: ['Anna', 'Bo', 'Cia'],
    });
    await take('Anna', 'W1 Pass 2');
    await take('Bo', 'W1 Pass 2');
    await take('Cia', 'W1 Pass 2');
    await take('Bo', 'W1 Pass 1');
    await release('Anna', 'Pass 2');
    expect([seats('Bo'), queues('Bo'), seats('Cia')]).toEqual([
      ['W1 Pass 1'],
      ['W1 Pass 2 #1'],
      ['W1 Pass 2'],
    ]);
    await release('Cia', 'Pass 2');
    expect(seats('Bo')).toEqual(['W1 Pass 1']);
    await release('Bo', 'Pass 1');
    expect([seats('Bo'), queues('Bo')]).toEqual([['W1 Pass 2'], []]);
  });

  it('because they cannot come is out of that queue, and back in none', async () => {
    await given({ sessions: [['W1', 'Pass 1', 1]], attendees: ['Anna', 'Bo'] });
    await take('Anna', 'W1 Pass 1');
    await take('Bo', 'W1 Pass 1');
    const away = { conferenceId: small.id, attendeeId: small.idOf('Bo'), passes: [small.idOf('Pass 1')] };
    await write((change) => setAbsences(change, away));
    await release('Anna', 'Pass 1');
    expect([seats('Bo'), queues('Bo')]).toEqual([[], []]);
  });

  it('because they have enough moves up once they release another', async () => {
    await given({
      sessions: [
        ['W1', 'Pass 1', 1],
        ['W2', 'Pass 2', 1],
      ],
      attendees: ['Anna', 'Bo'],
      picksPerAttendee: 1,
    });
    await take('Anna', 'W1 Pass 1');
    await take('Bo', 'W1 Pass 1');
    await take('Bo', 'W2 Pass 2');
    await release('Anna', 'Pass 1');
    expect(seats('Bo')).toEqual(['W2 Pass 2']);
    await release('Bo', 'Pass 2');
    expect(seats('Bo')).toEqual(['W1 Pass 1']);
  });
});

describe('someone in several queues of a pass', () => {
  beforeEach(async () => {
    await given({
      sessions: [
        ['W1', 'Pass 1', 1],
        ['W2', 'Pass 1', 1],
        ['W3', 'Pass 1', 3],
      ],
      attendees: ['Anna', 'Bo', 'Cia'],
    });
    await take('Anna', 'W1 Pass 1');
    await take('Bo', 'W2 Pass 1');
    await take('Cia', 'W3 Pass 1');
    await take('Cia', 'W1 Pass 1');
    await take('Cia', 'W2 Pass 1');
  });

  it('leaves them all when the one joined first comes true', async () => {
    await release('Anna', 'Pass 1');
    expect([seats('Cia'), queues('Cia')]).toEqual([['W1 Pass 1'], []]);
  });

  it('goes on waiting for the first when the second comes true', async () => {
    await release('Bo', 'Pass 1');
    expect([seats('Cia'), queues('Cia')]).toEqual([['W2 Pass 1'], ['W1 Pass 1 #1']]);
  });
});

describe('a chain of three', () => {
  it('moves at once, each with one line in the audit and one letter', async () => {
    await given({
      sessions: [
        ['W1', 'Pass 1', 1],
        ['W2', 'Pass 1', 1],
        ['W3', 'Pass 1', 1],
        ['W4', 'Pass 1', 1],
      ],
      attendees: ['Anna', 'Bo', 'Cia', 'Dag'],
    });
    for (const [i, person] of ['Anna', 'Bo', 'Cia', 'Dag'].entries()) await take(person, `W${i + 1} Pass 1`);
    for (const [i, person] of ['Bo', 'Cia', 'Dag'].entries()) await take(person, `W${i + 1} Pass 1`);
    await release('Anna', 'Pass 1');
    expect(['Anna', 'Bo', 'Cia', 'Dag'].map(seats)).toEqual([
      [],
      ['W1 Pass 1'],
      ['W2 Pass 1'],
      ['W3 Pass 1'],
    ]);
    expect(people.letters()).toEqual([
      ['Bo', 'moved-up', ['W2 Pass 1 > W1 Pass 1']],
      ['Cia', 'moved-up', ['W3 Pass 1 > W2 Pass 1']],
      ['Dag', 'moved-up', ['W4 Pass 1 > W3 Pass 1']],
    ]);
    expect(people.audited(4)).toEqual([
      ['seat-released', 'Anna'],
      ['moved-up', 'Bo'],
      ['moved-up', 'Cia'],
      ['moved-up', 'Dag'],
    ]);
  });

  it('may be set off by a swap, and come back to the one who swapped', async () => {
    await given({
      sessions: [
        ['W1', 'Pass 1', 1],
        ['W2', 'Pass 1', 1],
        ['W3', 'Pass 1', 1],
      ],
      attendees: ['Anna', 'Bo'],
    });
    await take('Anna', 'W1 Pass 1');
    await take('Bo', 'W2 Pass 1');
    await take('Anna', 'W2 Pass 1');
    await take('Bo', 'W1 Pass 1');
    await take('Anna', 'W3 Pass 1');
    expect([seats('Anna'), seats('Bo')]).toEqual([['W2 Pass 1'], ['W1 Pass 1']]);
  });
});
