import { beforeEach, expect, it, vi } from 'vitest';
import type { Store } from '../../../server/core/database.ts';
import type { EventStream } from '../../../server/core/http/events.ts';
import { createLiveSeats, type LiveSeats } from '../../../server/overview/live-seats.ts';
import { takeSeat } from '../../../server/registration/picks-commands.ts';
import { testStore } from '../../support/database.ts';
import { type SmallConference, smallConference } from '../../support/registration/small-conference.ts';

let store: Store;
let small: SmallConference;
let seats: LiveSeats;

beforeEach(async () => {
  store = testStore();
  small = await smallConference(store, {
    slug: 'liten',
    sessions: [
      ['W1', 'Pass 1', 5],
      ['W2', 'Pass 2', 5],
    ],
    attendees: ['Anna', 'Bo'],
  });
  seats = createLiveSeats(store);
  store.follow(seats.follow);
});

const take = (person: string, session: string) =>
  store.write({ kind: 'system' }, (change) => takeSeat(change, small.wanted(person, session)));

/** A listener without a network: what it was sent, and how much of it the network has yet to take. */
class Page implements EventStream {
  readonly lastEventId = undefined;
  readonly events: (string | Buffer)[] = [];
  waiting = 0;
  readonly leave = seats.listen(small.id, this);

  send(event: string | Buffer): void {
    this.events.push(event);
  }

  unread(): number {
    return this.waiting;
  }

  close(): void {
    this.leave();
  }

  /** Taken seats as the last event told them. */
  heard(): Record<string, number> {
    const data = /^data: (.*)$/mu.exec(String(this.events.at(-1)))![1]!;
    const list = JSON.parse(data) as { session: string; taken: number }[];
    return Object.fromEntries(list.map(({ session, taken }) => [small.nameOf(session), taken]));
  }
}

const pages = (count: number) => Array.from({ length: count }, () => new Page());
const heardTwice = (all: readonly Page[]) => all.filter(({ events }) => events.length === 2).length;

it('many pages are told the same bytes, a part of them in each turn of the event loop', async () => {
  const all = pages(300);
  await take('Anna', 'W1 Pass 1');
  const told: number[] = [];
  while (told.at(-1) !== all.length) {
    told.push(heardTwice(all));
    // oxlint-disable-next-line no-await-in-loop -- turn by turn
    await new Promise(setImmediate);
  }
  expect([...new Set(told)]).toEqual([0, 64, 128, 192, 256, 300]);
  expect(new Set(all.map(({ events }) => events[1])).size).toBe(1);
  expect(all[299]!.heard()).toEqual({ 'W1 Pass 1': 1 });
});

it('while somebody connects in each turn, the others are told a few turns later', async () => {
  const all = pages(100);
  await take('Anna', 'W1 Pass 1');
  // oxlint-disable-next-line no-await-in-loop -- turn by turn
  while (heardTwice(all) === 0) await new Promise(setImmediate);
  const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now());
  for (let turn = 0; turn < 5; turn++) {
    store.door.welcome();
    // oxlint-disable-next-line no-await-in-loop -- the next connects a turn later
    await new Promise(setImmediate);
  }
  expect(heardTwice(all)).toBe(64);
  clock.mockRestore();
  await expect.poll(() => heardTwice(all)).toBe(100);
});

it('who leaves while the others are told is not told', async () => {
  const all = pages(100);
  await take('Anna', 'W1 Pass 1');
  // oxlint-disable-next-line no-await-in-loop -- turn by turn
  while (heardTwice(all) === 0) await new Promise(setImmediate);
  const left = all.filter(({ events }) => events.length === 1);
  expect(left).toHaveLength(36);
  for (const page of left) page.leave();
  const next = new Page();
  await take('Bo', 'W1 Pass 1');
  await expect.poll(() => next.heard()).toEqual({ 'W1 Pass 1': 2 });
  expect(left.every(({ events }) => events.length === 1)).toBe(true);
});

it('who has not taken in the last event is sent nothing more until then, and then all that it missed as it is now', async () => {
  const [quick, slow] = pages(2);
  slow!.waiting = 1;
  await take('Anna', 'W1 Pass 1');
  await expect.poll(() => quick!.heard()).toEqual({ 'W1 Pass 1': 1 });
  await take('Bo', 'W1 Pass 1');
  await expect.poll(() => quick!.heard()).toEqual({ 'W1 Pass 1': 2 });
  await take('Anna', 'W2 Pass 2');
  await expect.poll(() => quick!.heard()).toEqual({ 'W2 Pass 2': 1 });
  expect(slow!.events).toHaveLength(1);
  slow!.waiting = 0;
  await expect.poll(() => slow!.events.length).toBe(2);
  expect(slow!.heard()).toEqual({ 'W1 Pass 1': 2, 'W2 Pass 2': 1 });
});
