import { beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../server/core/database.ts';
import { releaseSeat, type SeatWanted, takeSeat } from '../../../server/registration/picks-commands.ts';
import { seatCounts } from '../../../server/registration/queries.ts';
import type { Db } from '../../../server/core/statement.ts';
import { picks } from '../../../server/registration/tables.ts';
import { absences, workshopPresenters } from '../../../server/programme/tables.ts';
import { presenters } from '../../../server/people/tables.ts';
import { conferences } from '../../../server/conference/tables.ts';
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
      ['W2', 'Pass 1', 1],
      ['W1', 'Pass 2', 2],
      ['W3', 'Pass 2', 2],
      ['W4', 'Pass 3', 0],
      ['W5', 'Pass 3', 2],
    ],
    attendees: ['Anna', 'Bo', 'Cia'],
    picksPerAttendee: 2,
  });
});

type Wish = Omit<Partial<SeatWanted>, 'from'> & { from?: string | null };

/** Takes a seat; answers `ok` or the code of the refusal. */
function take(attendee: string, session: string, { from, ...wish }: Wish = {}): Promise<string> {
  const asked = {
    ...small.wanted(attendee, session),
    ...wish,
    ...(from !== undefined && { from: from === null ? null : small.idOf(from) }),
  };
  return outcome(store.write({ kind: 'system' }, (change) => takeSeat(change, asked)));
}

function release(attendee: string, pass: string): Promise<string> {
  const asked = { conferenceId: small.id, attendeeId: small.idOf(attendee), passId: small.idOf(pass) };
  return outcome(store.write({ kind: 'system' }, (change) => releaseSeat(change, asked)));
}

async function outcome(done: Promise<void>): Promise<string> {
  try {
    await done;
    return 'ok';
  } catch (error) {
    if (error instanceof Refused) return error.refusal.code;
    throw error;
  }
}

function takenOf(session: string): number | undefined {
  return seatCounts(store.db, small.id).find((row) => row.session === small.idOf(session))?.taken;
}

describe('taking a seat', () => {
  it('gives it and counts it', async () => {
    expect(await take('Anna', 'W1 Pass 1')).toBe('ok');
    expect(small.seatsOf(store, 'Anna')).toEqual(['W1 Pass 1']);
    expect(takenOf('W1 Pass 1')).toBe(1);
  });

  it('of a full session keeps what the person had', async () => {
    await take('Bo', 'W2 Pass 1');
    await take('Anna', 'W1 Pass 1');
    expect(await take('Anna', 'W2 Pass 1')).toBe('full');
    expect(small.seatsOf(store, 'Anna')).toEqual(['W1 Pass 1']);
    expect([takenOf('W1 Pass 1'), takenOf('W2 Pass 1')]).toEqual([1, 1]);
  });

  it('of a full session says how many wait for it, and not for others', async () => {
    await take('Bo', 'W2 Pass 1');
    await take('Cia', 'W4 Pass 3', { waitlist: true });
    const asked = small.wanted('Anna', 'W2 Pass 1');
    const waitingNow = () =>
      store
        .write({ kind: 'system' }, (change) => takeSeat(change, asked))
        .then(
          () => null,
          (error: unknown) => (error as Refused).refusal.facts?.['waiting'],
        );
    expect(await waitingNow()).toBe(0);
    await take('Cia', 'W2 Pass 1', { waitlist: true });
    expect(await waitingNow()).toBe(1);
  });

  it('of a session without seats is full from the start', async () => {
    expect(await take('Anna', 'W4 Pass 3')).toBe('full');
  });

  it('of the same pass is a swap, and the seat left can be taken', async () => {
    await take('Anna', 'W2 Pass 1');
    expect(await take('Anna', 'W1 Pass 1')).toBe('ok');
    expect(small.seatsOf(store, 'Anna')).toEqual(['W1 Pass 1']);
    expect(await take('Bo', 'W2 Pass 1')).toBe('ok');
  });

  it('twice is once', async () => {
    await take('Anna', 'W1 Pass 1');
    expect(await take('Anna', 'W1 Pass 1')).toBe('ok');
    expect(takenOf('W1 Pass 1')).toBe(1);
  });

  it('by two hundred at once gives one seat to one', async () => {
    const everyone = Array.from({ length: 200 }, (_, i) => `Person ${i}`);
    small = await smallConference(store, { sessions: [['W1', 'Pass 1', 1]], attendees: everyone });
    const outcomes = await Promise.all(everyone.map((person) => take(person, 'W1 Pass 1')));
    expect(outcomes.filter((code) => code === 'ok')).toHaveLength(1);
    expect(outcomes.filter((code) => code === 'full')).toHaveLength(199);
    expect(takenOf('W1 Pass 1')).toBe(1);
  });

  it('refuses the workshop in a second pass, but not another', async () => {
    await take('Anna', 'W1 Pass 1');
    expect(await take('Anna', 'W1 Pass 2')).toBe('same-workshop');
    expect(await take('Anna', 'W3 Pass 2')).toBe('ok');
  });

  it('refuses more seats than a person may have, but not a swap', async () => {
    await take('Anna', 'W2 Pass 1');
    await take('Anna', 'W3 Pass 2');
    expect(await take('Anna', 'W5 Pass 3')).toBe('enough-picks');
    expect(await take('Anna', 'W1 Pass 1')).toBe('ok');
  });

  it('refuses a session of another pass than the one asked for', async () => {
    const wrong = { passId: small.idOf('Pass 2') };
    expect(await take('Anna', 'W2 Pass 1', wrong)).toBe('wrong-pass');
  });

  it('refuses when the page shows an older choice, and not when it shows the present one', async () => {
    expect(await take('Anna', 'W1 Pass 1', { from: 'W2 Pass 1' })).toBe('changed-elsewhere');
    expect(await take('Anna', 'W1 Pass 1', { from: null })).toBe('ok');
    expect(await take('Anna', 'W2 Pass 1', { from: null })).toBe('changed-elsewhere');
    expect(await take('Anna', 'W2 Pass 1', { from: 'W1 Pass 1' })).toBe('ok');
  });

  it('finds nothing of another conference', async () => {
    const other = await smallConference(store, { sessions: [['W1', 'Pass 1', 2]], attendees: ['Dag'] });
    const foreign = { sessionId: other.idOf('W1 Pass 1') };
    expect(await take('Anna', 'W1 Pass 1', foreign)).toBe('not-found');
    expect(await take('Anna', 'W1 Pass 1', { ...foreign, passId: other.idOf('Pass 1') })).toBe('not-found');
  });
});

describe('the database itself', () => {
  const write = (change: (db: Db) => void) =>
    outcome(store.write({ kind: 'system' }, ({ db }) => change(db))).catch(String);
  const pickOf = (attendee: string, session: string, pass: string, workshop: string) => ({
    conferenceId: small.id,
    attendeeId: small.idOf(attendee),
    passId: small.idOf(pass),
    sessionId: small.idOf(session),
    workshopId: small.idOf(workshop),
    source: 'attendee' as const,
    at: 0,
  });

  it('takes no second seat of the same workshop, but a third in another', async () => {
    const add = (...pick: Parameters<typeof pickOf>) =>
      write(
        (db) =>
          void db
            .insert(picks)
            .values(pickOf(...pick))
            .run(),
      );
    expect(await add('Anna', 'W1 Pass 1', 'Pass 1', 'W1')).toBe('ok');
    expect(await add('Anna', 'W1 Pass 2', 'Pass 2', 'W1')).toContain('never the same workshop twice');
    expect(await add('Bo', 'W1 Pass 2', 'Pass 2', 'W1')).toBe('ok');
    expect(await add('Anna', 'W3 Pass 2', 'Pass 2', 'W3')).toBe('ok');
  });

  it('makes no seat one of a workshop that the person has already', async () => {
    const change = (to: ReturnType<typeof pickOf>) =>
      write(
        (db) =>
          void db
            .insert(picks)
            .values(to)
            .onConflictDoUpdate({
              target: [picks.attendeeId, picks.passId],
              set: { sessionId: to.sessionId, workshopId: to.workshopId },
            })
            .run(),
      );
    await take('Anna', 'W1 Pass 1');
    await take('Anna', 'W3 Pass 2');
    expect(await change(pickOf('Anna', 'W1 Pass 2', 'Pass 2', 'W1'))).toContain('never the same workshop');
    expect(await change(pickOf('Anna', 'W2 Pass 1', 'Pass 1', 'W2'))).toBe('ok');
    expect(await change(pickOf('Anna', 'W1 Pass 2', 'Pass 2', 'W1'))).toBe('ok');
  });
});

describe('the window', () => {
  it('opens and closes by the server’s clock, to the millisecond', async () => {
    const opens = clock.now() + 1000;
    await store.write({ kind: 'system' }, ({ db }) =>
      db
        .update(conferences)
        .set({ picksOpenAt: opens, picksCloseAt: opens + 500 })
        .run(),
    );
    const at = async (time: number, session: string) => {
      clock.set(time);
      return take('Anna', session);
    };
    expect(await at(opens - 1, 'W1 Pass 1')).toBe('window-closed');
    expect(await at(opens, 'W1 Pass 1')).toBe('ok');
    expect(await at(opens + 499, 'W2 Pass 1')).toBe('ok');
    expect(await at(opens + 500, 'W1 Pass 1')).toBe('window-closed');
    expect(await release('Anna', 'Pass 1')).toBe('window-closed');
    expect(small.seatsOf(store, 'Anna')).toEqual(['W2 Pass 1']);
  });
});

describe('someone who presents', () => {
  beforeEach(() =>
    store.write({ kind: 'system' }, (change) => {
      const { db } = change;
      const presenterId = change.newId();
      const conferenceId = small.id;
      db.insert(presenters)
        .values({ id: presenterId, conferenceId, name: 'Anna', attendeeId: small.idOf('Anna') })
        .run();
      db.insert(workshopPresenters)
        .values({ conferenceId, workshopId: small.idOf('W2'), presenterId, position: 0 })
        .run();
    }),
  );

  it('attends nothing in that pass, and may in another', async () => {
    expect(await take('Anna', 'W1 Pass 1')).toBe('presents-then');
    expect(await take('Anna', 'W3 Pass 2')).toBe('ok');
  });

  it('does not keep others from attending', async () => {
    expect(await take('Bo', 'W1 Pass 1')).toBe('ok');
  });
});

describe('someone who cannot come', () => {
  it('in a pass has no seat there', async () => {
    await store.write({ kind: 'system' }, ({ db }) =>
      db
        .insert(absences)
        .values({ conferenceId: small.id, attendeeId: small.idOf('Anna'), passId: small.idOf('Pass 1') })
        .run(),
    );
    expect(await take('Anna', 'W1 Pass 1')).toBe('cannot-then');
    expect(await take('Anna', 'W1 Pass 2')).toBe('ok');
  });
});

describe('releasing a seat', () => {
  it('frees it', async () => {
    await take('Anna', 'W2 Pass 1');
    expect(await release('Anna', 'Pass 1')).toBe('ok');
    expect(takenOf('W2 Pass 1')).toBe(0);
    expect(await take('Bo', 'W2 Pass 1')).toBe('ok');
  });

  it('where there is none says so', async () => {
    expect(await release('Anna', 'Pass 1')).toBe('nothing-to-release');
  });
});

describe('someone who leaves a session again and again', () => {
  const leaveOften = async (times: number) => {
    for (let i = 0; i < times; i++) {
      // oxlint-disable-next-line no-await-in-loop -- one after another
      expect(await take('Anna', 'W2 Pass 1')).toBe('ok');
      // oxlint-disable-next-line no-await-in-loop
      await release('Anna', 'Pass 1');
    }
  };

  it('may have it back three times in ten minutes, so that undo works, and then rests', async () => {
    await leaveOften(4);
    expect(await take('Anna', 'W2 Pass 1')).toBe('too-often');
    expect(await take('Anna', 'W1 Pass 1')).toBe('ok');
    expect(await take('Bo', 'W2 Pass 1')).toBe('ok');
  });

  it('may have it again when the ten minutes are over', async () => {
    await leaveOften(4);
    clock.advance(600_000 - 1);
    expect(await take('Anna', 'W2 Pass 1')).toBe('too-often');
    clock.advance(1);
    expect(await take('Anna', 'W2 Pass 1')).toBe('ok');
  });

  it('may wait for it in the queue as everybody may', async () => {
    await leaveOften(4);
    await take('Bo', 'W2 Pass 1');
    expect(await take('Anna', 'W2 Pass 1', { waitlist: true })).toBe('ok');
    await release('Bo', 'Pass 1');
    expect(small.seatsOf(store, 'Anna')).toEqual(['W2 Pass 1']);
  });
});
