import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Change } from '../../../server/core/change.ts';
import type { Store } from '../../../server/core/database.ts';
import { outbox } from '../../../server/core/tables.ts';
import { presenters } from '../../../server/people/tables.ts';
import { rooms, sessions, workshopPresenters, workshops } from '../../../server/programme/tables.ts';
import { takeSeat } from '../../../server/registration/picks-commands.ts';
import { seatCounts } from '../../../server/registration/queries.ts';
import { Refused } from '../../../shared/core/refusal.ts';
import { testStore } from '../../support/database.ts';
import { type SmallConference, smallConference } from '../../support/registration/small-conference.ts';

let store: Store;
let small: SmallConference;

beforeEach(async () => {
  store = testStore();
  small = await smallConference(store, {
    sessions: [
      ['W1', 'Pass 1', 2],
      ['W2', 'Pass 1', 5],
    ],
    attendees: ['Anna', 'Bo', 'Cia'],
  });
});

function write<T>(command: (change: Change) => T): Promise<T> {
  return store.write({ kind: 'system' }, command);
}

const take = (person: string, session: string) =>
  write((change) => takeSeat(change, { ...small.wanted(person, session), waitlist: true }));

/** Changes the programme as its own commands do: write, then tell. */
function programme(edit: (db: Change['db']) => void, session = 'W1 Pass 1'): Promise<void> {
  return write((change) => {
    edit(change.db);
    const ids = [small.idOf(session)];
    change.announce({ kind: 'programme-changed', conferenceId: small.id, sessions: ids });
  });
}

const room = (capacity: number) => (db: Change['db']) => {
  db.update(rooms)
    .set({ capacity })
    .where(eq(rooms.id, small.idOf('W1 Pass 1 room')))
    .run();
};

function leaving(session: string): Promise<void> {
  return write((change) => {
    const ids = [small.idOf(session)];
    change.announce({ kind: 'session-leaving', conferenceId: small.id, sessions: ids });
    change.db.delete(sessions).where(eq(sessions.id, ids[0]!)).run();
  });
}

async function refusalOf(done: Promise<unknown>) {
  const error: unknown = await done.catch((thrown: unknown) => thrown);
  if (!(error instanceof Refused)) throw new Error('was not refused');
  return error.refusal;
}

const seatsOf = (session: string) =>
  seatCounts(store.db, small.id).find((row) => row.session === small.idOf(session))?.seats;

describe('the seats of a session', () => {
  it('are what its room and its workshop allow, less what is reserved', async () => {
    expect(seatsOf('W1 Pass 1')).toBe(2);
    await programme(room(10));
    expect(seatsOf('W1 Pass 1')).toBe(10);
    await programme((db) => db.update(workshops).set({ maxSize: 8, reserved: 3 }).run());
    expect(seatsOf('W1 Pass 1')).toBe(5);
  });

  it('cannot be fewer than are taken: the refusal lists what is too small', async () => {
    await take('Anna', 'W1 Pass 1');
    await take('Bo', 'W1 Pass 1');
    const refusal = await refusalOf(programme(room(1)));
    expect([refusal.code, refusal.facts]).toEqual([
      'capacity-below-taken',
      { sessions: [{ workshop: 'W1', pass: 'Pass 1', taken: 2, seats: 1 }] },
    ]);
    expect(seatsOf('W1 Pass 1')).toBe(2);
  });

  it('can be exactly as many as are taken', async () => {
    await take('Anna', 'W1 Pass 1');
    await programme(room(1));
    expect(seatsOf('W1 Pass 1')).toBe(1);
  });
});

describe('a session that leaves', () => {
  it('stays as long as anyone has a seat in it', async () => {
    await take('Anna', 'W1 Pass 1');
    const refusal = await refusalOf(leaving('W1 Pass 1'));
    expect([refusal.code, refusal.facts]).toEqual([
      'has-picks',
      { workshop: 'W1', pass: 'Pass 1', taken: 1 },
    ]);
  });

  it('takes its queue with it and tells those who waited', async () => {
    await programme(room(0));
    await take('Anna', 'W1 Pass 1');
    await leaving('W1 Pass 1');
    expect(small.queuesOf(store, 'Anna')).toEqual([]);
    const told = store.db.select().from(outbox).all();
    expect(told.map(({ letter, recipientId }) => [letter, small.nameOf(recipientId)])).toEqual([
      ['queue-ended', 'Anna'],
    ]);
  });
});

describe('someone who is to present', () => {
  it('leaves the seat they had then, is told, and the next in line has it', async () => {
    await programme(room(1));
    await take('Anna', 'W1 Pass 1');
    await take('Bo', 'W1 Pass 1');
    await programme((db) => {
      const conferenceId = small.id;
      db.insert(presenters)
        .values({ id: 'anna', conferenceId, name: 'Anna', attendeeId: small.idOf('Anna') })
        .run();
      db.insert(workshopPresenters)
        .values({ conferenceId, workshopId: small.idOf('W2'), presenterId: 'anna', position: 0 })
        .run();
    }, 'W2 Pass 1');
    expect([small.seatsOf(store, 'Anna'), small.seatsOf(store, 'Bo')]).toEqual([[], ['W1 Pass 1']]);
    const told = store.db.select().from(outbox).all();
    expect(told.map(({ letter, recipientId }) => [letter, small.nameOf(recipientId)])).toEqual([
      ['seat-freed-to-present', 'Anna'],
      ['moved-up', 'Bo'],
    ]);
  });
});

describe('a conference where people have chosen', () => {
  const stage = (to: string) =>
    write((change) => change.announce({ kind: 'stage-changed', conferenceId: small.id, from: 'picks', to }));

  it('goes on, but not back', async () => {
    await take('Anna', 'W1 Pass 1');
    expect((await refusalOf(stage('planning'))).code).toBe('stage-backwards');
    await expect(stage('onsite')).resolves.toBeUndefined();
  });

  it('goes back as long as no one has', async () => {
    await expect(stage('planning')).resolves.toBeUndefined();
  });
});
