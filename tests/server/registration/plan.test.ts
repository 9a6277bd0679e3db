import { beforeEach, describe, expect, it } from 'vitest';
import type { Change } from '../../../server/core/change.ts';
import type { Store } from '../../../server/core/database.ts';
import { outbox } from '../../../server/core/tables.ts';
import { takeSeat } from '../../../server/registration/picks-commands.ts';
import { clearPicks, movePicks, replacePicks } from '../../../server/registration/plan-commands.ts';
import { seatCounts } from '../../../server/registration/queries.ts';
import { sessions } from '../../../server/programme/tables.ts';
import { Refused } from '../../../shared/core/refusal.ts';
import { eq } from 'drizzle-orm';
import { testStore } from '../../support/database.ts';
import { type SmallConference, smallConference } from '../../support/registration/small-conference.ts';

let store: Store;
let small: SmallConference;

beforeEach(async () => {
  store = testStore();
  small = await smallConference(store, {
    sessions: [
      ['W1', 'Pass 1', 1],
      ['W2', 'Pass 1', 2],
      ['W3', 'Pass 2', 2],
    ],
    attendees: ['Anna', 'Bo', 'Cia'],
  });
});

const people = ['Anna', 'Bo', 'Cia'];

function write<T>(command: (change: Change) => T): Promise<T> {
  return store.write({ kind: 'system' }, command);
}

/** An allocation by names: `{ Anna: ['W1 Pass 1'] }`. */
function allocation(seats: Record<string, string[]>) {
  return Object.fromEntries(
    Object.entries(seats).map(([person, places]) => [
      small.idOf(person),
      Object.fromEntries(
        places.map((place) => {
          const [workshop, pass] = place.split(/ (.*)/u) as [string, string];
          return [small.idOf(pass), small.idOf(workshop)];
        }),
      ),
    ]),
  );
}

const take = (person: string, session: string) =>
  write((change) => takeSeat(change, { ...small.wanted(person, session), waitlist: true }));

const seats = () => people.map((person) => small.seatsOf(store, person));
const taken = () => {
  const counts = new Map(seatCounts(store.db, small.id).map((row) => [row.session, row.taken]));
  return ['W1 Pass 1', 'W2 Pass 1', 'W3 Pass 2'].map((session) => counts.get(small.idOf(session)));
};

describe('the seats of a plan', () => {
  it('take the place of all that there was, queues too, with every count right', async () => {
    await take('Anna', 'W1 Pass 1');
    await take('Bo', 'W1 Pass 1');
    const plan = allocation({ Anna: ['W2 Pass 1', 'W3 Pass 2'], Bo: ['W2 Pass 1'], Cia: ['W1 Pass 1'] });
    expect(await write((change) => replacePicks(change, small.id, plan))).toBe(4);
    expect(seats()).toEqual([['W2 Pass 1', 'W3 Pass 2'], ['W2 Pass 1'], ['W1 Pass 1']]);
    expect(taken()).toEqual([1, 2, 1]);
    expect(small.queuesOf(store, 'Bo')).toEqual([]);
  });

  it('follow a timetable that was changed in the same transaction', async () => {
    await take('Anna', 'W1 Pass 1');
    await write((change) => {
      clearPicks(change, small.id);
      change.db
        .update(sessions)
        .set({ passId: small.idOf('Pass 2') })
        .where(eq(sessions.id, small.idOf('W1 Pass 1')))
        .run();
      replacePicks(change, small.id, allocation({ Bo: ['W1 Pass 2'] }));
    });
    expect([seats(), taken()]).toEqual([
      [[], ['W1 Pass 1'], []],
      [1, 0, 0],
    ]);
  });

  it('are refused where there are more of them than seats, and nothing is changed', async () => {
    await take('Cia', 'W1 Pass 1');
    const plan = allocation({ Anna: ['W1 Pass 1'], Bo: ['W1 Pass 1'] });
    await expect(write((change) => replacePicks(change, small.id, plan))).rejects.toThrow(Refused);
    expect(seats()).toEqual([[], [], ['W1 Pass 1']]);
  });
});

describe('a plan with fewest changes', () => {
  beforeEach(async () => {
    await take('Anna', 'W1 Pass 1');
    await take('Bo', 'W2 Pass 1');
    await take('Cia', 'W3 Pass 2');
  });

  it('writes the differences, says who moved, and writes to them alone', async () => {
    const plan = allocation({ Anna: ['W2 Pass 1'], Bo: ['W1 Pass 1'], Cia: ['W3 Pass 2'] });
    const moves = await write((change) => movePicks(change, small.id, plan));
    expect(seats()).toEqual([['W2 Pass 1'], ['W1 Pass 1'], ['W3 Pass 2']]);
    expect(
      moves.map(({ attendeeId, from, to }) => [attendeeId, from, to].map((id) => id && small.nameOf(id))),
    ).toEqual([
      ['Anna', 'W1 Pass 1', 'W2 Pass 1'],
      ['Bo', 'W2 Pass 1', 'W1 Pass 1'],
    ]);
    const told = store.db.select().from(outbox).all();
    expect(told.map(({ recipientId, letter }) => [small.nameOf(recipientId), letter])).toEqual([
      ['Anna', 'moved-by-plan'],
      ['Bo', 'moved-by-plan'],
    ]);
  });

  it('lets those who wait have what it frees', async () => {
    await take('Bo', 'W1 Pass 1');
    const plan = allocation({ Anna: ['W3 Pass 2'], Bo: ['W2 Pass 1'], Cia: ['W3 Pass 2'] });
    await write((change) => movePicks(change, small.id, plan));
    expect(seats()).toEqual([['W3 Pass 2'], ['W1 Pass 1'], ['W3 Pass 2']]);
    expect(taken()).toEqual([1, 0, 2]);
  });

  it('is refused where a seat it counts on was taken meanwhile', async () => {
    const plan = allocation({ Anna: ['W1 Pass 1'], Bo: ['W1 Pass 1'], Cia: ['W3 Pass 2'] });
    await expect(write((change) => movePicks(change, small.id, plan))).rejects.toThrow('full');
    expect(seats()).toEqual([['W1 Pass 1'], ['W2 Pass 1'], ['W3 Pass 2']]);
  });
});
