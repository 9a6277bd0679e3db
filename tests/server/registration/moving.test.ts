import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../server/core/database.ts';
import { chosenBy } from '../../support/registration/own-registration.ts';
import { type TestClock, testClock } from '../../support/clock.ts';
import { testStore } from '../../support/database.ts';
import { asking, type Asking } from '../../support/registration/asking.ts';
import { type SmallConference, smallConference } from '../../support/registration/small-conference.ts';

let clock: TestClock;
let store: Store;
let small: SmallConference;
let people: Asking;

/** Anna and Bo sit in W1 and W2, Cia in W3 and waits for both, in that order; Dag waits for W1 behind her. All in pass 1, 10:00. */
beforeEach(async () => {
  clock = testClock();
  store = testStore({ clock });
  small = await smallConference(store, {
    sessions: [
      ['W1', 'Pass 1', 1],
      ['W2', 'Pass 1', 1],
      ['W3', 'Pass 1', 3],
      ['W1', 'Pass 2', 3],
    ],
    attendees: ['Anna', 'Bo', 'Cia', 'Dag'],
  });
  people = asking(store, small, clock);
  await people.take('Anna', 'W1 Pass 1');
  await people.take('Bo', 'W2 Pass 1');
  await people.take('Cia', 'W3 Pass 1');
  await people.take('Cia', 'W1 Pass 1');
  await people.take('Cia', 'W2 Pass 1');
  await people.take('Dag', 'W1 Pass 1');
});

const seats = (name: string) => small.seatsOf(store, name);
const queues = (name: string) => small.queuesOf(store, name);
const passedOver = (name: string) =>
  chosenBy(store.db, small.idOf(name)).waitlist.map((waiting) => waiting.passedOver?.code ?? null);

describe('what someone waits for most in a pass', () => {
  it('is what they say, and their place in each queue stays', async () => {
    expect(queues('Cia')).toEqual(['W1 Pass 1 #1', 'W2 Pass 1 #1']);
    expect(await people.order('Cia', 'Pass 1', 'W2 Pass 1', 'W1 Pass 1')).toBe('ok');
    expect(queues('Cia')).toEqual(['W2 Pass 1 #1', 'W1 Pass 1 #1']);
    await people.release('Bo', 'Pass 1');
    expect([seats('Cia'), queues('Cia')]).toEqual([['W2 Pass 1'], []]);
  });

  it('and they go on waiting for it when something less wanted comes true', async () => {
    await people.order('Cia', 'Pass 1', 'W2 Pass 1', 'W1 Pass 1');
    await people.release('Anna', 'Pass 1');
    expect([seats('Cia'), queues('Cia')]).toEqual([['W1 Pass 1'], ['W2 Pass 1 #1']]);
  });

  it.each([
    ['leaves one out', ['W1 Pass 1']],
    ['names one twice', ['W1 Pass 1', 'W1 Pass 1']],
    ['names another', ['W1 Pass 1', 'W3 Pass 1']],
  ])('is not a list that %s', async (_, sessions) => {
    expect(await people.order('Cia', 'Pass 1', ...sessions)).toBe('other-queues');
    expect(queues('Cia')).toEqual(['W1 Pass 1 #1', 'W2 Pass 1 #1']);
  });
});

describe('someone who is not to be moved after 08:30', () => {
  beforeEach(() => people.neverAfter('Cia', '08:30'));

  it('is moved until then on the day itself, where the conference is', async () => {
    clock.set('2026-12-12T07:29:59.999Z');
    await people.release('Anna', 'Pass 1');
    expect(seats('Cia')).toEqual(['W1 Pass 1']);
  });

  it('is passed over from then on, told once, and keeps seat and place', async () => {
    clock.set('2026-12-12T07:30:00.000Z');
    await people.release('Anna', 'Pass 1');
    expect([seats('Cia'), queues('Cia')]).toEqual([['W3 Pass 1'], ['W1 Pass 1 #1', 'W2 Pass 1 #1']]);
    expect(seats('Dag')).toEqual(['W1 Pass 1']);
    await people.release('Dag', 'Pass 1');
    expect(passedOver('Cia')).toEqual(['not-moved-after', null]);
    expect(people.letters()).toEqual([
      ['Cia', 'passed-over', 'W1'],
      ['Dag', 'moved-up', ['nothing > W1 Pass 1']],
    ]);
  });

  it('gets what is free when they change their mind', async () => {
    clock.set('2026-12-12T07:30:00.000Z');
    await people.release('Bo', 'Pass 1');
    expect(seats('Cia')).toEqual(['W3 Pass 1']);
    await people.neverAfter('Cia', null);
    expect(seats('Cia')).toEqual(['W2 Pass 1']);
  });
});

describe('who is passed over', () => {
  it('because they would have the workshop twice is told why, once, also in what they read of themselves', async () => {
    await people.take('Cia', 'W1 Pass 2');
    await people.release('Anna', 'Pass 1');
    await people.release('Dag', 'Pass 1');
    const [waiting] = chosenBy(store.db, small.idOf('Cia')).waitlist;
    expect(waiting).toMatchObject({
      position: 1,
      passedOver: {
        at: '2026-12-01T09:00:00.000Z',
        code: 'same-workshop',
        reason: { sv: 'Du går redan på W1 i Pass 2. Lämna den platsen först om du vill byta tid.' },
      },
    });
    expect(people.letters().filter(([name]) => name === 'Cia')).toEqual([['Cia', 'passed-over', 'W1']]);
    expect(people.audited(2)).toEqual([
      ['moved-up', 'Dag'],
      ['seat-released', 'Dag'],
    ]);
  });

  it('is not somebody who merely holds another seat in the pass', async () => {
    await people.release('Anna', 'Pass 1');
    expect([seats('Cia'), passedOver('Cia')]).toEqual([['W1 Pass 1'], []]);
  });
});
