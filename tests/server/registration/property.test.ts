import { and, asc, eq, sql } from 'drizzle-orm';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change } from '../../../server/core/change.ts';
import type { Store } from '../../../server/core/database.ts';
import { audit, outbox } from '../../../server/core/tables.ts';
import { editSettings } from '../../../server/conference/commands.ts';
import { whatIsBroken } from '../../../server/overview/verify.ts';
import { editRoom } from '../../../server/programme/room-commands.ts';
import { orderWaitlist, setNeverMoveAfter } from '../../../server/registration/moving-commands.ts';
import { acceptSwap, offerSwap } from '../../../server/registration/swap-commands.ts';
import { offersOf } from '../../../server/registration/swap-queries.ts';
import { releaseSeat, takeSeat } from '../../../server/registration/picks-commands.ts';
import { picks, sessionSeats, waitlist } from '../../../server/registration/tables.ts';
import { leaveWaitlist } from '../../../server/registration/waitlist-commands.ts';
import { Refused } from '../../../shared/core/refusal.ts';
import { toIso } from '../../../shared/core/time.ts';
import { type TestClock, testClock } from '../../support/clock.ts';
import { testStore } from '../../support/database.ts';
import { createModel, type Model } from '../../support/registration/model.ts';
import { type SmallConference, smallConference } from '../../support/registration/small-conference.ts';

const people = ['Anna', 'Bo', 'Cia', 'Dag'];
const places = ['W1 Pass 1', 'W2 Pass 1', 'W3 Pass 1', 'W1 Pass 2', 'W4 Pass 2', 'W5 Pass 3'];
const limit = 2;

type Step =
  | {
      readonly do: 'take' | 'queue' | 'leave' | 'release' | 'reorder' | 'offer';
      readonly who: string;
      readonly session: string;
    }
  | { readonly do: 'accept'; readonly who: string; readonly owner: string; readonly session: string }
  | { readonly do: 'resize'; readonly session: string; readonly seats: number }
  | { readonly do: 'never after'; readonly who: string; readonly on: boolean }
  | { readonly do: 'window'; readonly open: boolean }
  | { readonly do: 'morning' };

const session = fc.constantFrom(...places);
const who = fc.constantFrom(...people);
const often = ['take', 'queue', 'queue', 'queue', 'leave', 'release', 'reorder', 'offer'] as const;
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 24, arbitrary: fc.record({ do: fc.constantFrom(...often), who, session }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('accept' as const), who, owner: who, session }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('resize' as const),
      session,
      seats: fc.integer({ min: 0, max: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('never after' as const), who, on: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('window' as const), open: fc.constantFrom(true, true, false) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('morning' as const) }) },
);

const passOf = (session: string) => session.slice(session.indexOf(' ') + 1);

interface Dependencies {
  readonly takeSeat: typeof takeSeat;
  readonly releaseSeat: typeof releaseSeat;
}

interface World {
  readonly small: SmallConference;
  readonly model: Model;
  readonly clock: TestClock;
  readonly commands: Dependencies;
}

function perform({ small, model, clock, commands }: World, step: Step): (change: Change) => void {
  const own = (who: string) => ({ conferenceId: small.id, attendeeId: small.idOf(who) });
  return (change) => {
    switch (step.do) {
      case 'take':
        return commands.takeSeat(change, small.wanted(step.who, step.session));
      case 'queue':
        return commands.takeSeat(change, { ...small.wanted(step.who, step.session), waitlist: true });
      case 'leave':
        return leaveWaitlist(change, small.wanted(step.who, step.session));
      case 'release':
        return commands.releaseSeat(change, small.wanted(step.who, step.session));
      case 'reorder': {
        const sessions = reversed(model, step).map((name) => small.idOf(name));
        return orderWaitlist(change, {
          ...own(step.who),
          passId: small.idOf(passOf(step.session)),
          sessions,
        });
      }
      case 'never after':
        return setNeverMoveAfter(change, { ...own(step.who), time: step.on ? '08:30' : null });
      case 'offer': {
        const { passId, sessionId } = small.wanted(step.who, step.session);
        return offerSwap(change, { ...own(step.who), passId, wants: sessionId });
      }
      case 'accept': {
        const offer = offersOf(change.db, small.idOf(step.owner), change.now).find(
          ({ pass }) => pass === small.idOf(passOf(step.session)),
        );
        return acceptSwap(change, { ...own(step.who), offerId: offer?.id ?? 'none' });
      }
      case 'resize':
        editRoom(change, small.id, small.idOf(`${step.session} room`), { capacity: step.seats });
        return;
      case 'window': {
        const picks = { opensAt: '2026-11-30T09:00:00.000Z', closesAt: step.open ? null : toIso(change.now) };
        editSettings(change, small.id, { windows: { picks } });
        return;
      }
      case 'morning':
        clock.set('2026-12-12T08:00:00.000Z');
    }
  };
}

/** Turns what someone waits for in a pass around: the least wanted becomes the most wanted. */
function reversed(model: Model, { who, session }: { who: string; session: string }): string[] {
  return model.waitsFor(who, passOf(session)).toReversed();
}

/** The answer the model gives to the same step. */
function expected(model: Model, step: Step): string {
  switch (step.do) {
    case 'resize':
      return model.resize(step.session, step.seats);
    case 'window':
      return model.window(step.open);
    case 'morning':
      return model.morning();
    case 'never after':
      return model.neverAfter(step.who, step.on);
    case 'accept':
      return model.accept(step.who, step.owner, passOf(step.session));
    case 'take':
      return model.take(step.who, step.session, false);
    case 'queue':
      return model.take(step.who, step.session, true);
    case 'leave':
      return model.leave(step.who, step.session);
    case 'release':
      return model.release(step.who, passOf(step.session));
    case 'reorder':
      return model.order(step.who, passOf(step.session), reversed(model, step));
    case 'offer':
      return model.offer(step.who, step.session);
  }
}

/** Seats, queues and offers as stored, by name; and whether the counts agree with the seats. */
function stored(store: Store, small: SmallConference, now: number) {
  const { db } = store;
  const held = db.select().from(picks).where(eq(picks.conferenceId, small.id)).all();
  const waiting = db
    .select()
    .from(waitlist)
    .where(eq(waitlist.conferenceId, small.id))
    .orderBy(asc(waitlist.ticket))
    .all();
  const counts = db.select().from(sessionSeats).where(eq(sessionSeats.conferenceId, small.id)).all();
  const name = (id: string) => small.nameOf(id);
  const place = ({ attendeeId, passId, rank }: (typeof waiting)[number]) =>
    waiting.filter((w) => w.attendeeId === attendeeId && w.passId === passId && w.rank <= rank).length;
  return {
    seats: held.map((pick) => `${name(pick.attendeeId)}: ${name(pick.sessionId)}`).sort(),
    queues: waiting.map(
      (entry) =>
        `${name(entry.attendeeId)}: ${name(entry.sessionId)}, wanted ${place(entry)}, ${entry.passedOver?.code ?? 'not passed over'}`,
    ),
    offers: people
      .flatMap((who) =>
        offersOf(db, small.idOf(who), now).map(
          ({ gives, wants }) => `${who}: ${name(gives)} for ${name(wants)}`,
        ),
      )
      .sort(),
    drift: counts.filter(
      ({ sessionId, taken }) => taken !== held.filter((pick) => pick.sessionId === sessionId).length,
    ),
    toldTwice: db
      .select({ who: outbox.recipientId, n: sql<number>`count(*)` })
      .from(outbox)
      .where(and(eq(outbox.conferenceId, small.id), eq(outbox.letter, 'passed-over')))
      .groupBy(outbox.recipientId, outbox.data)
      .having(sql`count(*) > (select count(*) from ${audit} where ${audit.action} = 'queue-joined'
        and ${audit.subjectId} = ${outbox.recipientId}
        and json_extract(${audit.data}, '$.session') = json_extract(${outbox.data}, '$.session'))`)
      .all(),
  };
}

async function agreesWithModel(
  store: Store,
  clock: TestClock,
  steps: readonly Step[],
  commands: Dependencies,
): Promise<void> {
  clock.set('2026-12-01T09:00:00.000Z');
  const small = await smallConference(store, {
    sessions: places.map((place) => [...(place.split(/ (.*)/u).slice(0, 2) as [string, string]), 1] as const),
    attendees: people,
    picksPerAttendee: limit,
  });
  const model = createModel(Object.fromEntries(places.map((place) => [place, 1])), limit);
  const world = { small, model, clock, commands };
  for (const step of steps) {
    const answer = await store
      .write({ kind: 'system' }, perform(world, step))
      .then(() => 'ok')
      .catch((error: unknown) => {
        if (error instanceof Refused) return error.refusal.code;
        throw error;
      });
    expect(answer).toBe(expected(model, step));
    expect(stored(store, small, clock.now())).toEqual({ ...model.state(), drift: [], toldTwice: [] });
    expect(model.unserved()).toEqual([]);
  }
  expect(whatIsBroken(store.db)).toEqual([]);
}

/** `shortens`: whether a failure is made as short as it can be, which takes its time. */
function check(commands: Dependencies, { shortens = true } = {}): Promise<void> {
  const clock = testClock();
  const store = testStore({ clock });
  return fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 40, maxLength: 50 }), (steps) =>
      agreesWithModel(store, clock, steps, commands),
    ),
    { numRuns: 40, seed: 20261121, endOnFailure: !shortens },
  );
}

describe('whatever people do, in whatever order', () => {
  it('seats and queues are those of a simple model, with every count right and no free seat that someone waits for', async () => {
    await check({ takeSeat, releaseSeat });
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
    await expect(check(forgetful, { shortens: false })).rejects.toThrow('Property failed');
  }, 60_000);
});
