import { asc, eq } from 'drizzle-orm';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change } from '../../../server/core/change.ts';
import type { Store } from '../../../server/core/database.ts';
import { rooms } from '../../../server/programme/tables.ts';
import { releaseSeat, takeSeat } from '../../../server/registration/picks-commands.ts';
import { picks, sessionSeats, waitlist } from '../../../server/registration/tables.ts';
import { leaveWaitlist } from '../../../server/registration/waitlist-commands.ts';
import { Refused } from '../../../shared/core/refusal.ts';
import { testStore } from '../../support/database.ts';
import { createModel, type Model } from '../../support/registration/model.ts';
import { type SmallConference, smallConference } from '../../support/registration/small-conference.ts';

const people = ['Anna', 'Bo', 'Cia', 'Dag'];
const places = ['W1 Pass 1', 'W2 Pass 1', 'W3 Pass 1', 'W1 Pass 2', 'W2 Pass 2', 'W4 Pass 3'];
const limit = 2;

type Step =
  | { readonly do: 'take' | 'queue' | 'leave'; readonly who: string; readonly session: string }
  | { readonly do: 'release'; readonly who: string; readonly session: string }
  | { readonly do: 'resize'; readonly session: string; readonly seats: number };

const session = fc.constantFrom(...places);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'take' as const,
        'queue' as const,
        'queue' as const,
        'leave' as const,
        'release' as const,
      ),
      who: fc.constantFrom(...people),
      session,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('resize' as const),
      session,
      seats: fc.integer({ min: 0, max: 3 }),
    }),
  },
);

interface Dependencies {
  readonly takeSeat: typeof takeSeat;
  readonly releaseSeat: typeof releaseSeat;
}

function perform(small: SmallConference, step: Step, commands: Dependencies): (change: Change) => void {
  return (change) => {
    if (step.do === 'resize') {
      change.db
        .update(rooms)
        .set({ capacity: step.seats })
        .where(eq(rooms.id, small.idOf(`${step.session} room`)))
        .run();
      const sessions = [small.idOf(step.session)];
      return change.announce({ kind: 'programme-changed', conferenceId: small.id, sessions });
    }
    const wanted = small.wanted(step.who, step.session);
    switch (step.do) {
      case 'take':
        return commands.takeSeat(change, wanted);
      case 'queue':
        return commands.takeSeat(change, { ...wanted, waitlist: true });
      case 'leave':
        return leaveWaitlist(change, wanted);
      case 'release':
        return commands.releaseSeat(change, wanted);
    }
  };
}

/** The answer the model gives to the same step. */
function expected(model: Model, step: Step): string {
  switch (step.do) {
    case 'resize':
      return model.resize(step.session, step.seats);
    case 'take':
      return model.take(step.who, step.session, false);
    case 'queue':
      return model.take(step.who, step.session, true);
    case 'leave':
      return model.leave(step.who, step.session);
    case 'release':
      return model.release(step.who, step.session.slice(step.session.indexOf(' ') + 1));
  }
}

/** Seats and queues as stored, by name; and whether the counts agree with the seats. */
function stored(store: Store, small: SmallConference) {
  const { db } = store;
  const held = db.select().from(picks).where(eq(picks.conferenceId, small.id)).all();
  const waiting = db
    .select()
    .from(waitlist)
    .where(eq(waitlist.conferenceId, small.id))
    .orderBy(asc(waitlist.ticket))
    .all();
  const counts = db.select().from(sessionSeats).where(eq(sessionSeats.conferenceId, small.id)).all();
  return {
    seats: held.map((pick) => `${small.nameOf(pick.attendeeId)}: ${small.nameOf(pick.sessionId)}`).sort(),
    queues: waiting.map((entry) => `${small.nameOf(entry.attendeeId)}: ${small.nameOf(entry.sessionId)}`),
    drift: counts.filter(
      ({ sessionId, taken }) => taken !== held.filter((pick) => pick.sessionId === sessionId).length,
    ),
  };
}

async function agreesWithModel(store: Store, steps: readonly Step[], commands: Dependencies): Promise<void> {
  const small = await smallConference(store, {
    sessions: places.map((place) => [...(place.split(/ (.*)/u).slice(0, 2) as [string, string]), 1] as const),
    attendees: people,
    picksPerAttendee: limit,
  });
  const model = createModel(Object.fromEntries(places.map((place) => [place, 1])), limit);
  for (const step of steps) {
    const answer = await store
      .write({ kind: 'system' }, perform(small, step, commands))
      .then(() => 'ok')
      .catch((error: unknown) => {
        if (error instanceof Refused) return error.refusal.code;
        throw error;
      });
    expect(answer).toBe(expected(model, step));
    expect(stored(store, small)).toEqual({ ...model.state(), drift: [] });
    expect(model.unserved()).toEqual([]);
  }
}

function check(store: Store, commands: Dependencies, numRuns: number): Promise<void> {
  return fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) =>
      agreesWithModel(store, steps, commands),
    ),
    { numRuns, seed: 20261121 },
  );
}

describe('whatever people do, in whatever order', () => {
  it('seats and queues are those of a simple model, with every count right and no free seat that someone waits for', async () => {
    await check(testStore(), { takeSeat, releaseSeat }, 60);
  }, 60_000);

  it('a seat given past the queue would be noticed', async () => {
    const forgetful: Dependencies = {
      takeSeat,
      releaseSeat: (change, wanted) => {
        const before = change.db.select().from(waitlist).all();
        change.db.delete(waitlist).run();
        releaseSeat(change, wanted);
        if (before.length > 0) change.db.insert(waitlist).values(before).run();
      },
    };
    await expect(check(testStore(), forgetful, 60)).rejects.toThrow('Property failed');
  }, 60_000);
});
