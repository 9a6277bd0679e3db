import { beforeEach, describe, expect, test, vi } from 'vitest';
import { buildConference, type BuiltConference } from '../../../seeds/conference.ts';
import { createSignInLink } from '../../../server/people/sign-in-commands.ts';
import { personalToken } from '../../../server/people/links.ts';
import { presenters } from '../../../server/people/tables.ts';
import { addPass } from '../../../server/programme/pass-commands.ts';
import { addRoom } from '../../../server/programme/room-commands.ts';
import { workshopPresenters } from '../../../server/programme/tables.ts';
import { planningFacts } from '../../../server/planning/facts-queries.ts';
import { planResultFor } from '../../../server/planning/result-queries.ts';
import { whatIsBroken } from '../../../server/overview/verify.ts';
import type { Stage } from '../../../shared/conference/stages.ts';
import type { Plan, PlanPerson, PlanProgress, PlanSummary } from '../../../shared/planning/vocabulary.ts';
import type { Answer } from '../../support/api-client.ts';
import { aForeignCast, asOrganiser, cookieOf, operator } from '../../support/cast.ts';
import { testServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let built: BuiltConference;
let organiser: { cookie: string; 'sec-fetch-site': string };

const sizes = { attendees: 24, workshops: 6, rooms: 2, passes: 3 };

async function at(stage: Stage): Promise<void> {
  server = await testServer();
  built = await buildConference(server.store, { stage, now: server.clock.now(), ...sizes });
  const token = await server.store.write(operator, (change) => createSignInLink(change, built.organiserId));
  const answer = await server.app.inject({
    method: 'POST',
    url: '/api/session/organiser',
    payload: { token },
  });
  organiser = { cookie: cookieOf(answer), 'sec-fetch-site': 'same-origin' };
}

async function call<T = unknown>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  payload?: object,
  headers: object = organiser,
): Promise<Answer<T>> {
  const answer = await server.app.inject({
    method,
    url: `/api/conferences/${built.slug}/plans${path}`,
    headers: { ...headers },
    ...(payload && { payload }),
  });
  return { status: answer.statusCode, body: answer.json() as T };
}

const wanted = { objective: 'ranks', timetable: 'kept', seconds: 10, seed: 1 };

async function ended(id: string): Promise<Plan> {
  return vi.waitFor(
    async () => {
      const { body } = await call<Plan>('GET', `/${id}`);
      expect(body.state).not.toBe('running');
      return body;
    },
    { timeout: 15_000, interval: 50 },
  );
}

async function planned(what: Partial<typeof wanted> = {}): Promise<Plan> {
  const { status, body } = await call<PlanSummary>('POST', '', { ...wanted, ...what });
  expect(status).toBe(200);
  return ended(body.id);
}

describe('before the picks open', () => {
  beforeEach(() => at('planning'));

  test('a plan is computed from the wishes and says what it is worth', async () => {
    const plan = await planned();
    expect(plan).toMatchObject({ number: 1, state: 'done', proven: true, gap: 0, stale: false });
    expect(plan.value).toEqual(plan.bound);
    expect(plan.sessions).toHaveLength(6);
    expect(plan.figures).toMatchObject({
      attendees: 24,
      seats: plan.sessions.reduce((n, s) => n + s.taken, 0),
    });
    expect(plan.figures!.profile.reduce((sum, n) => sum + n, 0)).toBe(plan.figures!.seats);
    const names = planningFacts(server.store.db, built.conferenceId).attendees.map(({ name }) => name);
    for (const { name } of plan.figures!.worstServed) expect(names).toContain(name);
  });

  test('how far wishes are met is told of those who cast some; others are not worst served for having none', async () => {
    const [none, some] = built.attendeeIds;
    await server.store.write(operator, ({ db }) => {
      db.run(`delete from wishes where attendee_id = '${none}'`);
    });
    const plan = await planned();
    const { attendees } = planningFacts(server.store.db, built.conferenceId);
    expect(attendees.find(({ id }) => id === some)!.wishes).not.toEqual([]);
    const name = attendees.find(({ id }) => id === none)!.name;
    const { figures } = plan;
    expect(figures!.attendees).toBe(23);
    expect(figures!.worstServed.map((served) => served.name)).not.toContain(name);
    expect(figures!.profile.reduce((sum, n) => sum + n, 0)).toBeLessThan(figures!.seats);
  });

  test('a lottery tells its seed and claims nothing; the same seed gives the same seats, and says so to who missed one', async () => {
    const people = async (plan: Plan) =>
      (await call<{ items: PlanPerson[] }>('GET', `/${plan.id}/attendees`)).body.items;
    const first = await planned({ objective: 'lottery', seed: 4711 });
    expect(first).toMatchObject({
      state: 'done',
      seed: 4711,
      value: null,
      bound: null,
      gap: null,
      proven: false,
    });
    const once = await people(first);
    const again = await people(await planned({ objective: 'lottery', seed: 4711 }));
    expect(again).toEqual(once);
    const reasons = once.flatMap((person) => person.reasons.map(({ reason }) => reason.sv));
    expect(reasons.some((reason) => reason.includes('lottades före dig (frö 4711)'))).toBe(true);
  });

  test('a second plan is refused while one is being computed, and possible afterwards', async () => {
    const first = await call<PlanSummary>('POST', '', wanted);
    const second = await call<{ code: string }>('POST', '', wanted);
    expect([second.status, second.body.code]).toEqual([409, 'plan-running']);
    await ended(first.body.id);
    expect((await planned()).number).toBe(2);
  });

  test('publishing writes the timetable and everybody’s seats, and the plan does not age by it', async () => {
    const plan = await planned();
    const published = await call<Plan>('PUT', `/${plan.id}/publication`);
    expect(published.status).toBe(200);
    expect(published.body).toMatchObject({ stale: false, publishedAt: expect.any(String) as string });
    const { sessions, held } = planningFacts(server.store.db, built.conferenceId);
    expect(sessions).toHaveLength(plan.sessions.length);
    const taken = Object.values(held).reduce((n, seats) => n + Object.keys(seats).length, 0);
    expect(taken).toBe(plan.figures!.seats);
    expect(whatIsBroken(server.store.db)).toEqual([]);
    expect((await call<{ items: PlanSummary[] }>('GET', '')).body.items).toMatchObject([{ stale: false }]);
  });

  test('a plan whose facts have changed is shown as stale and refused, and nothing is written', async () => {
    const plan = await planned();
    await server.store.write(operator, (change) =>
      addRoom(change, built.conferenceId, { name: 'Lilla salen', capacity: 10 }),
    );
    expect((await call<Plan>('GET', `/${plan.id}`)).body.stale).toBe(true);
    const refused = await call<{ code: string; facts: unknown }>('PUT', `/${plan.id}/publication`);
    expect([refused.status, refused.body.code]).toEqual([409, 'stale']);
    expect(refused.body.facts).toEqual({ number: 1, changes: ['room-added'] });
    expect(planningFacts(server.store.db, built.conferenceId).held).toEqual({});
  });

  test('the timetable stays when only the seats are asked for, and is decided too when both are', async () => {
    const places = (sessions: readonly { pass: string; room: string }[]) =>
      sessions.map(({ pass, room }) => `${pass} ${room}`).sort();
    const { sessions } = planningFacts(server.store.db, built.conferenceId);
    const kept = await planned();
    expect(places(kept.sessions)).toEqual(places(sessions));
    expect(kept.figures).toMatchObject({ movedSessions: 0 });
    const free = await planned({ timetable: 'free', seconds: 2 });
    expect(free.sessions).toHaveLength(6);
    expect(free.value).toBeLessThanOrEqual(Number(kept.value));
  });

  test('a timetable that is kept owes nobody a seat in a pass that has no sessions', async () => {
    await server.store.write(operator, (change) => {
      addPass(change, built.conferenceId, {
        name: 'Kvällspass',
        startsAt: '2030-01-01T18:00',
        endsAt: '2030-01-01T19:00',
      });
      const [w] = planningFacts(change.db, built.conferenceId).workshops;
      const presenterId = change.newId();
      change.db
        .insert(presenters)
        .values({
          id: presenterId,
          conferenceId: built.conferenceId,
          name: 'Anna',
          attendeeId: built.attendeeIds[0]!,
        })
        .run();
      change.db
        .insert(workshopPresenters)
        .values({ conferenceId: built.conferenceId, workshopId: w!.id, presenterId, position: 9 })
        .run();
    });
    const plan = await planned();
    expect([plan.state, plan.reasons]).toEqual(['done', []]);
  });

  test('an attendee reads what the published plan gave them, wish by wish', async () => {
    const plan = await planned();
    const attendee = built.attendeeIds[3]!;
    const resultOf = (id: string) => planResultFor(server.store, { conferenceId: built.conferenceId, id });
    expect(resultOf(attendee)).toBeNull();
    await call('PUT', `/${plan.id}/publication`);
    const result = resultOf(attendee)!;
    expect(result.plan).toBe(1);
    const held = planningFacts(server.store.db, built.conferenceId).held[attendee]!;
    expect(result.seats.map(({ pass }) => pass).sort()).toEqual(Object.keys(held).sort());
    const everybody = built.attendeeIds.flatMap((id) => resultOf(id)!.reasons);
    expect(everybody.length).toBeGreaterThan(0);
    const [asked] = result.seats;
    const { name } = planningFacts(server.store.db, built.conferenceId).attendees.find(
      ({ id }) => id === attendee,
    )!;
    const found = await call<{ items: PlanPerson[] }>(
      'GET',
      `/${plan.id}/attendees?find=${encodeURIComponent(name.slice(1).toLowerCase())}`,
    );
    const { seats, reasons } = result;
    expect(found.body.items).toContainEqual(expect.objectContaining({ name, seats, reasons }));
    expect(asked!.reason.sv).toContain(asked!.workshop);
    for (const { workshop, reason } of everybody) {
      expect(reason.sv.startsWith(`${workshop} `)).toBe(true);
      expect(reason.en).toMatch(/^W\d+ (?:was full in|is given in|is not in)/u);
    }
  });

  test('a plan is followed as events until it has ended, and after that as its end', async () => {
    const url = await server.app.listen({ host: '127.0.0.1', port: 0 });
    const { body } = await call<PlanSummary>('POST', '', wanted);
    const follow = async () => {
      const path = `/api/conferences/${built.slug}/plans/${body.id}/progress`;
      const text = await (await fetch(url + path, { headers: organiser })).text();
      return [...text.matchAll(/^event: progress\ndata: (.+)$/gmu)].map(
        ([, data]) => JSON.parse(data!) as PlanProgress,
      );
    };
    const steps = await follow();
    expect(steps[0]?.state).toBe('running');
    expect(steps.at(-1)).toMatchObject({ state: 'done', value: expect.any(Number) as number });
    expect(await follow()).toMatchObject([{ state: 'done', value: steps.at(-1)?.value }]);
  });

  test('a cancelled plan ends at once', async () => {
    const { body } = await call<PlanSummary>('POST', '', { ...wanted, timetable: 'free', seconds: 60 });
    const cancelled = await call<PlanSummary>('DELETE', `/${body.id}/run`);
    expect(cancelled.status).toBe(200);
    expect(['cancelled', 'done']).toContain(cancelled.body.state);
  });

  test('a plan that a stopped server left running has failed, in words', async () => {
    await call<PlanSummary>('POST', '', { ...wanted, timetable: 'free', seconds: 60 });
    await server.app.close();
    const next = await testServer({ store: server.store, clock: server.clock });
    server = { ...server, app: next.app };
    const [plan] = (await call<{ items: PlanSummary[] }>('GET', '')).body.items;
    const { body } = await call<Plan>('GET', `/${plan!.id}`);
    expect(body.state).toBe('failed');
    expect(body.reasons[0]?.sv).toBe('Servern stängdes medan planen räknades. Kör den igen.');
  });

  test('what cannot be planned is answered with reasons that name it', async () => {
    const [w1] = planningFacts(server.store.db, built.conferenceId).workshops;
    await server.store.write(operator, ({ db }) => {
      db.run(`update workshops set requires = '["remote"]' where conference_id = '${built.conferenceId}'`);
      db.run(`update rooms set features = '[]'`);
    });
    const plan = await planned();
    expect(plan.state).toBe('infeasible');
    expect(plan.sessions).toEqual([]);
    expect(plan.reasons.length).toBeGreaterThan(0);
    expect(JSON.stringify(plan.reasons).toLowerCase()).not.toContain(w1!.id);
  });

  test('the plans of another host are not found, and an attendee may not see any', async () => {
    const plan = await planned();
    const foreign = await aForeignCast(server.store);
    const stranger = await asOrganiser(server, foreign);
    expect((await call('GET', `/${plan.id}`, undefined, stranger)).status).toBe(404);
    const token = personalToken(server.store, {
      id: built.attendeeIds[0]!,
      conferenceId: built.conferenceId,
      linkVersion: 1,
    });
    const attendee = await call('GET', '', undefined, { authorization: `Bearer ${token}` });
    expect(attendee.status).toBe(403);
  });
});

describe('once people have chosen', () => {
  beforeEach(() => at('picks'));

  test('a plan that was not computed to move few is refused with how many it would move', async () => {
    const plan = await planned();
    const before = planningFacts(server.store.db, built.conferenceId);
    const refused = await call<{ code: string }>('PUT', `/${plan.id}/publication`);
    expect([refused.status, refused.body.code]).toEqual([409, 'picks-would-move']);
    expect(planningFacts(server.store.db, built.conferenceId)).toEqual(before);
  });

  test('with nothing changed, fewest changes moves nobody', async () => {
    const plan = await planned({ objective: 'changes' });
    expect(plan.value).toEqual([0, expect.any(Number)]);
    const before = planningFacts(server.store.db, built.conferenceId).held;
    expect((await call('PUT', `/${plan.id}/publication`)).status).toBe(200);
    expect(planningFacts(server.store.db, built.conferenceId).held).toEqual(before);
  });
});
