import { beforeEach, describe, expect, it } from 'vitest';
import { conferenceById } from '../../../server/conference/queries.ts';
import { conferences } from '../../../server/conference/tables.ts';
import type { Store } from '../../../server/core/database.ts';
import { setAbsences } from '../../../server/registration/absences-commands.ts';
import { castBallot } from '../../../server/registration/ballots-commands.ts';
import { takeSeat } from '../../../server/registration/picks-commands.ts';
import { demandOf } from '../../../server/registration/queries.ts';
import { chosenBy } from '../../support/registration/own-registration.ts';
import { Refused } from '../../../shared/core/refusal.ts';
import { type TestClock, testClock } from '../../support/clock.ts';
import { testStore } from '../../support/database.ts';
import { type SmallConference, smallConference } from '../../support/registration/small-conference.ts';

let clock: TestClock;
let store: Store;
let small: SmallConference;

beforeEach(async () => {
  clock = testClock();
  store = testStore({ clock });
  small = await smallConference(store, {
    sessions: [
      ['W1', 'Pass 1', 2],
      ['W2', 'Pass 1', 2],
      ['W3', 'Pass 2', 2],
    ],
    attendees: ['Anna', 'Bo'],
    stage: 'wishes',
  });
});

async function outcome(done: Promise<unknown>): Promise<string> {
  try {
    await done;
    return 'ok';
  } catch (error) {
    if (error instanceof Refused) return error.refusal.code;
    throw error;
  }
}

const cast = (person: string, ...wishes: string[]) =>
  outcome(
    store.write({ kind: 'system' }, (change) =>
      castBallot(change, { conferenceId: small.id, attendeeId: small.idOf(person), wishes }),
    ),
  );

const wishesOf = (person: string) => chosenBy(store.db, small.idOf(person)).wishes;

describe('a ballot', () => {
  it('keeps the order, and a new one takes its place', async () => {
    await cast('Anna', 'W3', 'W1');
    expect(wishesOf('Anna')).toEqual(['W3', 'W1']);
    await cast('Anna', 'W1', 'W2', 'W3');
    expect(wishesOf('Anna')).toEqual(['W1', 'W2', 'W3']);
    await cast('Anna');
    expect(wishesOf('Anna')).toEqual([]);
  });

  it('with an unknown or doubled workshop is refused whole', async () => {
    await cast('Anna', 'W3');
    expect(await cast('Anna', 'W1', 'W99')).toBe('unknown-workshop');
    expect(await cast('Anna', 'W1', 'W1')).toBe('wished-twice');
    expect(wishesOf('Anna')).toEqual(['W3']);
  });

  it('is cast while the window is open, to the millisecond', async () => {
    const closes = clock.now() + 1000;
    await store.write({ kind: 'system' }, ({ db }) =>
      db.update(conferences).set({ wishesCloseAt: closes }).run(),
    );
    clock.set(closes - 1);
    expect(await cast('Anna', 'W1')).toBe('ok');
    clock.set(closes);
    expect(await cast('Anna', 'W2')).toBe('window-closed');
  });

  it('is not cast once seats are chosen', async () => {
    await store.write({ kind: 'system' }, ({ db }) => db.update(conferences).set({ stage: 'picks' }).run());
    expect(await cast('Anna', 'W1')).toBe('window-closed');
  });

  it('counts as demand, and makes plans computed before it stale', async () => {
    const before = conferenceById(store.db, small.id).revision;
    await cast('Anna', 'W1', 'W2');
    await cast('Bo', 'W2');
    expect(demandOf(store.db, small.id)).toEqual(
      new Map([
        [small.idOf('W1'), { wished: 1, wishedFirst: 1 }],
        [small.idOf('W2'), { wished: 2, wishedFirst: 1 }],
      ]),
    );
    expect(conferenceById(store.db, small.id).revision).toBe(before + 2);
  });
});

describe('a pass in which someone cannot come', () => {
  const away = (person: string, ...passes: string[]) =>
    outcome(
      store.write({ kind: 'system' }, (change) =>
        setAbsences(change, {
          conferenceId: small.id,
          attendeeId: small.idOf(person),
          passes: passes.map((pass) => small.idOf(pass)),
        }),
      ),
    );
  const cannot = (person: string) =>
    chosenBy(store.db, small.idOf(person)).cannot.map((pass) => small.nameOf(pass));

  it('is noted in place of what was noted before', async () => {
    await away('Anna', 'Pass 1', 'Pass 2');
    await away('Anna', 'Pass 2');
    expect([cannot('Anna'), cannot('Bo')]).toEqual([['Pass 2'], []]);
    await away('Anna');
    expect(cannot('Anna')).toEqual([]);
  });

  it('is refused where they have a seat then', async () => {
    await store.write({ kind: 'system' }, ({ db }) => db.update(conferences).set({ stage: 'picks' }).run());
    await store.write({ kind: 'system' }, (change) => takeSeat(change, small.wanted('Anna', 'W1 Pass 1')));
    expect(await away('Anna', 'Pass 1')).toBe('has-seat-then');
    expect(await away('Anna', 'Pass 2')).toBe('ok');
    expect(cannot('Anna')).toEqual(['Pass 2']);
  });

  it('is one of their own conference', async () => {
    const other = await smallConference(store, { sessions: [['W1', 'Pass 1', 1]], attendees: ['Dag'] });
    const asked = {
      conferenceId: small.id,
      attendeeId: small.idOf('Anna'),
      passes: [other.idOf('Pass 1')],
    };
    expect(await outcome(store.write({ kind: 'system' }, (change) => setAbsences(change, asked)))).toBe(
      'not-found',
    );
  });
});
