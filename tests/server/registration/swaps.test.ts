import { beforeEach, describe, expect, it } from 'vitest';
import { conferences } from '../../../server/conference/tables.ts';
import type { Store } from '../../../server/core/database.ts';
import { whatIsBroken } from '../../../server/overview/verify.ts';
import { withdrawAttendee } from '../../../server/registration/erasure-commands.ts';
import { considerSwap, withdrawSwap } from '../../../server/registration/swap-commands.ts';
import { type TestClock, testClock } from '../../support/clock.ts';
import { testStore } from '../../support/database.ts';
import { asking, type Asking } from '../../support/registration/asking.ts';
import { type SmallConference, smallConference } from '../../support/registration/small-conference.ts';

let clock: TestClock;
let store: Store;
let small: SmallConference;
let people: Asking;
let offer: string;

const hour = 3_600_000;
const seats = (name: string) => small.seatsOf(store, name);
const seen = (name: string) =>
  considerSwap(
    { db: store.db, now: clock.now() },
    { conferenceId: small.id, attendeeId: small.idOf(name), offerId: offer },
  );

/** Anna has W1 and offers it for Bo's W2; Cia waits for both. */
beforeEach(async () => {
  clock = testClock();
  store = testStore({ clock });
  small = await smallConference(store, {
    sessions: [
      ['W1', 'Pass 1', 1],
      ['W2', 'Pass 1', 1],
      ['W3', 'Pass 1', 2],
      ['W2', 'Pass 2', 2],
      ['W4', 'Pass 2', 2],
    ],
    attendees: ['Anna', 'Bo', 'Cia'],
  });
  people = asking(store, small, clock);
  await people.take('Anna', 'W1 Pass 1');
  await people.take('Bo', 'W2 Pass 1');
  await people.take('Cia', 'W1 Pass 1');
  await people.take('Cia', 'W2 Pass 1');
  expect(await people.offer('Anna', 'W2 Pass 1')).toBe('ok');
  [offer] = people.offersOf('Anna') as [string];
});

describe('a swap that both agree to', () => {
  it('changes both seats at once, past the queue, with a line for each and a letter to who offered it', async () => {
    expect(seen('Bo')).toMatchObject({ from: 'Anna', whyNot: null });
    expect(await people.accept('Bo', offer)).toBe('ok');
    expect([seats('Anna'), seats('Bo'), seats('Cia')]).toEqual([['W2 Pass 1'], ['W1 Pass 1'], []]);
    expect(people.letters()).toEqual([['Anna', 'seat-exchanged', ['W1 Pass 1 > W2 Pass 1']]]);
    expect(people.audited(2)).toEqual([
      ['seat-exchanged', 'Anna'],
      ['seat-exchanged', 'Bo'],
    ]);
    expect(whatIsBroken(store.db)).toEqual([]);
  });

  it('happens once', async () => {
    await people.accept('Bo', offer);
    expect(await people.accept('Bo', offer)).toBe('offer-gone');
    expect(seats('Bo')).toEqual(['W1 Pass 1']);
  });

  it('takes who gets what they waited for out of its queue', async () => {
    await people.take('Bo', 'W1 Pass 1');
    await people.accept('Bo', offer);
    expect([seats('Bo'), small.queuesOf(store, 'Bo')]).toEqual([['W1 Pass 1'], []]);
  });

  it('frees nobody’s hands for a workshop twice, on either side', async () => {
    await people.take('Anna', 'W4 Pass 2');
    await people.offer('Anna', 'W2 Pass 1');
    [offer] = people.offersOf('Anna') as [string];
    await people.take('Anna', 'W2 Pass 2');
    expect(await people.accept('Bo', offer)).toBe('offer-gone');
    expect([seats('Anna'), seats('Bo')]).toEqual([['W1 Pass 1', 'W2 Pass 2'], ['W2 Pass 1']]);
  });
});

describe('an offer', () => {
  it('is not for who lacks the seat it asks for, nor for who made it', async () => {
    expect(await people.accept('Cia', offer)).toBe('seat-not-held');
    expect(await people.accept('Anna', offer)).toBe('own-offer');
    expect(seen('Cia').whyNot?.code).toBe('seat-not-held');
  });

  it('stands for two days', async () => {
    clock.advance(48 * hour - 1);
    expect(seen('Bo').whyNot).toBeNull();
    clock.advance(1);
    expect(await people.accept('Bo', offer)).toBe('offer-gone');
    expect(people.offersOf('Anna')).toEqual([]);
  });

  it('stands no longer than until the pass begins', async () => {
    clock.set('2026-12-12T08:59:59.999Z');
    await people.offer('Anna', 'W2 Pass 1');
    [offer] = people.offersOf('Anna') as [string];
    clock.set('2026-12-12T09:00:00.000Z');
    expect(await people.accept('Bo', offer)).toBe('offer-gone');
  });

  it('is withdrawn when its owner leaves the seat, and does not come back with it', async () => {
    await people.take('Anna', 'W3 Pass 1');
    await people.release('Cia', 'Pass 1');
    await people.take('Anna', 'W1 Pass 1');
    expect(people.offersOf('Anna')).toEqual([]);
    expect(await people.accept('Bo', offer)).toBe('offer-gone');
  });

  it('can be taken back by its owner and nobody else', async () => {
    const take = (name: string) =>
      store.write({ kind: 'system' }, (change) =>
        withdrawSwap(change, { conferenceId: small.id, attendeeId: small.idOf(name), offerId: offer }),
      );
    await expect(take('Bo')).rejects.toMatchObject({ refusal: { code: 'offer-gone' } });
    await take('Anna');
    expect(await people.accept('Bo', offer)).toBe('offer-gone');
  });

  it('is replaced by the next one for the same seat', async () => {
    await people.offer('Anna', 'W3 Pass 1');
    expect(people.offersOf('Anna')).toHaveLength(1);
    expect(await people.accept('Bo', offer)).toBe('offer-gone');
  });

  it('goes with who is erased', async () => {
    await store.write({ kind: 'system' }, (change) => withdrawAttendee(change, small.id, small.idOf('Anna')));
    expect(await people.accept('Bo', offer)).toBe('offer-gone');
  });

  it('is made and accepted only while choosing is open', async () => {
    await store.write({ kind: 'system' }, ({ db, now }) =>
      db.update(conferences).set({ picksCloseAt: now }).run(),
    );
    expect(await people.accept('Bo', offer)).toBe('window-closed');
    expect(await people.offer('Anna', 'W3 Pass 1')).toBe('window-closed');
    expect([seats('Anna'), seats('Bo')]).toEqual([['W1 Pass 1'], ['W2 Pass 1']]);
  });

  it('needs a seat to give, and another to want in the same pass', async () => {
    expect(await people.offer('Cia', 'W1 Pass 1')).toBe('nothing-to-offer');
    expect(await people.offer('Anna', 'W1 Pass 1')).toBe('nothing-to-offer');
  });
});
