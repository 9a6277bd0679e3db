import { beforeEach, describe, expect, test } from 'vitest';
import { buildConference, type BuiltConference } from '../../../seeds/conference.ts';
import { outbox } from '../../../server/core/tables.ts';
import { endPlan, startPlan } from '../../../server/planning/commands.ts';
import { planningFacts, type PlanningFacts } from '../../../server/planning/facts-queries.ts';
import { publishPlan } from '../../../server/planning/publish-commands.ts';
import type { StoredAllocation, StoredSession } from '../../../server/planning/tables.ts';
import { whatIsBroken } from '../../../server/overview/verify.ts';
import { releaseSeat, takeSeat } from '../../../server/registration/picks-commands.ts';
import { queueLengths, seatCounts } from '../../../server/registration/queries.ts';
import type { Store } from '../../../server/core/database.ts';
import { testClock } from '../../support/clock.ts';
import { operator } from '../../support/cast.ts';
import { testStore } from '../../support/database.ts';

let store: Store;
let built: BuiltConference;
let facts: PlanningFacts;

beforeEach(async () => {
  const clock = testClock();
  store = testStore({ clock });
  built = await buildConference(store, { stage: 'picks', now: clock.now(), attendees: 60 });
  facts = now();
});

const now = () => planningFacts(store.db, built.conferenceId);
const as = (attendeeId: string) =>
  ({ kind: 'attendee', conferenceId: built.conferenceId, attendeeId }) as const;
const nobody: StoredAllocation = {};

/** A plan with fewest changes that has ended with these moves, as the solver would have ended it. */
async function aPlan(
  moves: StoredAllocation,
  sessions: readonly StoredSession[] = stored(),
): Promise<string> {
  return store.write(operator, (change) => {
    const { conferenceId } = built;
    const plan = startPlan(change, conferenceId, { objective: 'changes', timetable: 'free', seed: 1 });
    endPlan(change, plan.id, {
      state: 'done',
      revision: facts.revision,
      seconds: 1,
      result: { value: [Object.keys(moves).length, 1], bound: [0, 1], gap: 0, proven: true },
      figures: {
        attendees: 60,
        seats: 0,
        profile: [],
        firstWish: 0,
        allTopPicks: 0,
        worstRegret: 0,
        worstServed: [],
        fillMin: 0,
        fillMax: 0,
        movedAttendees: Object.keys(moves).length,
        movedSessions: 0,
      },
      sessions: [...sessions],
      allocation: { ...facts.held, ...moves },
      draws: {},
      replaced: Object.fromEntries(Object.keys(moves).map((id) => [id, facts.held[id] ?? {}])),
    });
    return plan.id;
  });
}

function stored(): StoredSession[] {
  const codes = new Map(facts.workshops.map(({ id, code }) => [id, code]));
  return facts.sessions.map((session) => ({
    ...session,
    code: codes.get(session.workshop)!,
    seats: 0,
    taken: 0,
    first: 0,
    wished: 0,
  }));
}

const publish = (planId: string) =>
  store.write(operator, (change) => publishPlan(change, built.conferenceId, planId));

const isFull = (pass: string, workshop: string) => {
  const session = built.sessions.find((s) => s.pass === pass && s.workshop === workshop);
  const count = seatCounts(store.db, built.conferenceId).find((c) => c.session === session?.id);
  return count?.taken === count?.seats;
};

/** Somebody who could sit in a session with free seats instead of the one they have in that pass, which nobody waits for. */
function somebodyToMove(): { id: string; seats: Record<string, string> } {
  const free = new Map(
    seatCounts(store.db, built.conferenceId).map(({ session, seats, taken }) => [session, seats - taken]),
  );
  const queues = queueLengths(store.db, built.conferenceId);
  const isWaitedFor = (pass: string, workshop: string | undefined) =>
    built.sessions.some((s) => s.pass === pass && s.workshop === workshop && queues.has(s.id));
  for (const [id, held] of Object.entries(facts.held)) {
    for (const { id: session, pass, workshop } of built.sessions) {
      const possible = held[pass] !== undefined && !Object.values(held).includes(workshop);
      if (possible && free.get(session)! > 1 && !isWaitedFor(pass, held[pass]))
        return { id, seats: { ...held, [pass]: workshop } };
    }
  }
  throw new Error('nobody can move');
}

describe('once people have chosen, publishing a plan', () => {
  test('moves exactly those it moves, and tells them', async () => {
    const { id, seats } = somebodyToMove();
    const queues = queueLengths(store.db, built.conferenceId);
    const letters = store.db.select().from(outbox).all().length;
    await publish(await aPlan({ [id]: seats }));
    expect(now().held).toEqual({ ...facts.held, [id]: seats });
    const written = store.db.select().from(outbox).all().slice(letters);
    expect(written.filter(({ letter }) => letter === 'moved-by-plan')).toMatchObject([{ recipientId: id }]);
    expect(queueLengths(store.db, built.conferenceId)).toEqual(queues);
    expect(whatIsBroken(store.db)).toEqual([]);
  });

  test('keeps the seats that others have taken or left since it was computed', async () => {
    const { id, seats } = somebodyToMove();
    const planId = await aPlan({ [id]: seats });
    const [other, passId] = Object.entries(facts.held)
      .filter(([attendee]) => attendee !== id)
      .flatMap(([attendee, held]) => Object.entries(held).map(([pass, w]) => [attendee, pass, w] as const))
      .find(([, pass, workshop]) => !isFull(pass, workshop))!;
    await store.write(as(other), (change) =>
      releaseSeat(change, { conferenceId: built.conferenceId, attendeeId: other, passId }),
    );
    const between = now().held;
    await publish(planId);
    expect(now().held).toEqual({ ...between, [id]: seats });
  });

  test('is refused where somebody it moves has chosen otherwise since, and nothing is written', async () => {
    const { id, seats } = somebodyToMove();
    const planId = await aPlan({ [id]: seats });
    const [passId] = Object.keys(facts.held[id]!);
    await store.write(as(id), (change) =>
      releaseSeat(change, { conferenceId: built.conferenceId, attendeeId: id, passId: passId! }),
    );
    const before = now();
    await expect(publish(planId)).rejects.toMatchObject({
      refusal: { code: 'stale', facts: { changes: ['seats-changed'] } },
    });
    expect(now()).toEqual(before);
  });

  test('lets two sessions change rooms, those who would not fit leaving first, and queues keep their place', async () => {
    const counts = new Map(seatCounts(store.db, built.conferenceId).map((count) => [count.session, count]));
    const queues = queueLengths(store.db, built.conferenceId);
    const large = built.sessions.find(({ id }) => queues.has(id))!;
    const small = built.sessions.find(
      ({ id, pass, seats }) => id !== large.id && pass === large.pass && seats < large.seats,
    )!;
    const over = counts.get(large.id)!.taken - small.seats;
    expect(over).toBeGreaterThan(0);
    const leaving = Object.entries(facts.held)
      .filter(([, seats]) => seats[large.pass] === large.workshop)
      .slice(0, over);
    const moves: StoredAllocation = Object.fromEntries(
      leaving.map(([id, seats]) => [
        id,
        Object.fromEntries(Object.entries(seats).filter(([pass]) => pass !== large.pass)),
      ]),
    );
    const swapped = stored().map((session) => {
      if (session.pass !== large.pass) return session;
      if (session.workshop === large.workshop) return { ...session, room: small.room };
      return session.workshop === small.workshop ? { ...session, room: large.room } : session;
    });
    await publish(await aPlan(moves, swapped));
    const after = new Map(seatCounts(store.db, built.conferenceId).map((count) => [count.session, count]));
    expect(after.get(large.id)).toMatchObject({ seats: small.seats, taken: small.seats });
    expect(after.get(small.id)).toMatchObject({ seats: large.seats });
    expect(queueLengths(store.db, built.conferenceId).get(large.id)).toBe(queues.get(large.id));
    expect(whatIsBroken(store.db)).toEqual([]);
  });
});

test('before people choose, a plan takes the place of every seat and session', async () => {
  const clock = testClock();
  store = testStore({ clock });
  built = await buildConference(store, { stage: 'planning', now: clock.now(), attendees: 20 });
  facts = now();
  const [first] = facts.sessions;
  const [attendee] = facts.attendees;
  const only = stored().filter(({ workshop, pass }) => workshop === first!.workshop && pass === first!.pass);
  await publish(await aPlan({ [attendee!.id]: { [first!.pass]: first!.workshop } }, only));
  expect(now().sessions).toEqual([first]);
  expect(now().held).toEqual({ [attendee!.id]: { [first!.pass]: first!.workshop } });
});

test('an attendee who takes a seat does not make a plan stale', async () => {
  const planId = await aPlan(nobody);
  const attendeeId = built.attendeeIds[0]!;
  const free = seatCounts(store.db, built.conferenceId).find(({ seats, taken }) => taken < seats)!;
  const { pass } = built.sessions.find(({ id }) => id === free.session)!;
  await store.write(as(attendeeId), (change) =>
    takeSeat(change, { conferenceId: built.conferenceId, attendeeId, passId: pass, sessionId: free.session }),
  );
  await expect(publish(planId)).resolves.toMatchObject({ publishedAt: expect.any(Number) as number });
});
