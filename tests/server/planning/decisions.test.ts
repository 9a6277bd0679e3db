import { beforeEach, describe, expect, test, vi } from 'vitest';
import { startPlan } from '../../../server/planning/commands.ts';
import { createPlanRuns } from '../../../server/planning/runs.ts';
import { runPlan } from '../../../server/planning/solver/run.ts';
import { moveSession } from '../../../server/programme/session-commands.ts';
import { planningFacts } from '../../../server/planning/facts-queries.ts';
import type { MoveCost, Pin, Plan, PlanMove } from '../../../shared/planning/vocabulary.ts';
import { operator } from '../../support/cast.ts';
import { type AskedServer, askedServer } from '../../support/planning/asked-server.ts';

const sizes = { attendees: 24, workshops: 6, rooms: 2, passes: 3 };
let asked: AskedServer;
const facts = () => planningFacts(asked.server.store.db, asked.built.conferenceId);
const refusal = ({ status, body }: { status: number; body: { code: string } }) => [status, body.code];

describe('before anybody has a seat', () => {
  beforeEach(async () => {
    asked = await askedServer('planning', sizes);
  });

  test('a pin is kept, binds the next plan, makes the one before stale, and can be taken away', async () => {
    const before = await asked.planned({});
    const [w1] = facts().workshops;
    const place = before.sessions.find(({ workshop }) => workshop === w1!.code)!;
    const elsewhere = facts().passes.find(({ id }) => id !== place.pass)!;
    const body = { workshopId: w1!.id, passId: elsewhere.id };
    const pin = await asked.call<Pin>('POST', 'pins', body);
    expect(pin.body).toMatchObject({ workshop: w1!.id, pass: elsewhere.id, room: null, attendee: null });
    expect(refusal(await asked.call('POST', 'pins', body))).toEqual([409, 'pin-exists']);
    expect(refusal(await asked.call('POST', 'pins', { workshopId: w1!.id }))).toEqual([
      422,
      'pin-says-nothing',
    ]);

    const stale = (await asked.call<Plan>('GET', `plans/${before.id}`)).body;
    expect([stale.stale, stale.changes]).toEqual([true, [{ sv: 'Ny låsning', en: 'New pin' }]]);
    const bound = await asked.planned({});
    expect(bound.sessions.find(({ workshop }) => workshop === w1!.code)!.pass).toBe(elsewhere.id);
    expect([bound.stale, bound.changes]).toEqual([false, []]);

    expect((await asked.call('DELETE', `pins/${pin.body.id}`)).status).toBe(200);
    expect((await asked.call('DELETE', `pins/${pin.body.id}`)).status).toBe(404);
    expect((await asked.call<{ items: Pin[] }>('GET', 'pins')).body.items).toEqual([]);
  });

  test('a pinned seat is held in the plan, and contradictory pins are its named reason', async () => {
    const { workshop, pass } = facts().sessions[0]!;
    const { code, presenters } = facts().workshops.find(({ id }) => id === workshop)!;
    const attendee = facts().attendees.find(
      ({ id, cannot }) => cannot.length === 0 && !presenters.includes(id),
    )!;
    const body = { attendeeId: attendee.id, passId: pass, workshopId: workshop };
    const pin = await asked.call<Pin>('POST', 'pins', body);
    expect(pin.body.attendee).toEqual({ id: attendee.id, name: attendee.name });
    const bound = await asked.planned({ timetable: 'kept' });
    const found = await asked.call<{
      items: { seats: { pass: string; workshop: string; reason: object }[] }[];
    }>('GET', `plans/${bound.id}/attendees?find=${encodeURIComponent(attendee.name)}`);
    expect(found.body.items[0]!.seats).toContainEqual({
      pass,
      workshop: code,
      rank: expect.toSatisfy(() => true) as unknown,
      reason: {
        sv: `Arrangören har bestämt platsen i ${code}.`,
        en: `The organiser decided the seat in ${code}.`,
      },
    });

    const other = facts().passes.find(({ id }) => id !== pass)!;
    await asked.call('POST', 'pins', { ...body, passId: other.id });
    const impossible = await asked.planned({ timetable: 'kept' });
    expect(impossible.state).toBe('infeasible');
    expect(impossible.reasons[0]!.sv).toContain(attendee.name);
  });

  test('a pin costs what the plan without it is better by, and one that changes nothing costs nothing', async () => {
    const free = await asked.planned({});
    const [harmless] = free.sessions;
    const idOf = (code: string) => facts().workshops.find((w) => w.code === code)!.id;
    await asked.call('POST', 'pins', { workshopId: idOf(harmless!.workshop), passId: harmless!.pass });
    const smallest = facts().rooms.toSorted((a, b) => a.capacity - b.capacity)[0]!;
    const wanted = facts().attendees.map(({ wishes }) => wishes[0]);
    const popular = facts().workshops.toSorted(
      (a, b) => wanted.filter((w) => w === b.id).length - wanted.filter((w) => w === a.id).length,
    )[0]!;
    await asked.call('POST', 'pins', { workshopId: popular.id, roomId: smallest.id });
    const plan = await asked.planned({});
    expect(plan.prices).toBeNull();
    const { body } = await asked.call<Plan>('PUT', `plans/${plan.id}/prices`);
    const [dear, cheap] = body.prices!;
    expect([plan.proven, free.proven]).toEqual([true, true]);
    expect(dear).toMatchObject({ cost: Number(plan.value) - Number(free.value), exact: true });
    expect(dear!.better).toBeGreaterThan(0);
    expect(dear!.what.sv).toBe(`${popular.code} är låst till ${smallest.name}`);
    expect(cheap).toMatchObject({ cost: 0, better: 0, worse: 0, exact: true });
    expect((await asked.call<Plan>('GET', `plans/${plan.id}`)).body.prices).toEqual(body.prices);
    await asked.call('POST', 'pins', { workshopId: popular.id, passId: free.sessions[0]!.pass });
    expect(refusal(await asked.call('PUT', `plans/${plan.id}/prices`))).toEqual([409, 'stale']);
  });

  test('every place says what a move by hand would cost, as a plan of that timetable does', async () => {
    const { sessions, passes } = facts();
    const [first] = sessions;
    const listed = await asked.call<{ sessions: { id: string; workshop: string }[] }>('GET', 'programme');
    const sessionId = listed.body.sessions.find(({ workshop }) => workshop === first!.workshop)!.id;
    const { body } = await asked.call<{ held: boolean; items: MoveCost[] }>('POST', 'move-costs', {
      workshopId: first!.workshop,
      sessionId,
    });
    expect(body.held).toBe(false);
    expect(body.items).toHaveLength(passes.length * 2 - 1);
    expect(body.items.some(({ cost }) => cost !== 0)).toBe(true);
    const now = await asked.planned({ timetable: 'kept' });
    const move = (passId: string, roomId: string) =>
      asked.server.store.write(operator, (change) =>
        moveSession(change, asked.built.conferenceId, sessionId, { passId, roomId, swap: true }),
      );
    for (const { pass, room, cost, worse, people } of body.items.slice(0, 1)) {
      expect(people).toHaveLength(Math.min(10, worse));
      await move(pass, room);
      const then = await asked.planned({ timetable: 'kept' });
      expect(cost).toBe(Number(then.value) - Number(now.value));
      await move(first!.pass, first!.room);
    }
  });
});

describe('once people have chosen', () => {
  beforeEach(async () => {
    asked = await askedServer('picks', { ...sizes, rooms: 3 });
  });

  test('a lost seat moves few, each is named with the seat before, the seat after and why', async () => {
    const { rooms, passes } = facts();
    const held = facts().held;
    const [absent] = Object.keys(held);
    const [pass] = Object.keys(held[absent!]!);
    await asked.server.store.write(operator, ({ db }) => {
      db.run(`insert into absences (conference_id, attendee_id, pass_id)
        values ('${asked.built.conferenceId}', '${absent}', '${pass}')`);
    });
    const plan = await asked.planned({ objective: 'changes', timetable: 'kept' });
    const { items } = (await asked.call<{ items: PlanMove[] }>('GET', `plans/${plan.id}/moves`)).body;
    expect(items).toHaveLength(plan.figures!.movedAttendees);
    expect(items).toContainEqual(
      expect.objectContaining({ name: facts().attendees.find(({ id }) => id === absent)!.name }),
    );
    const why = items.flatMap(({ seats }) => seats).map(({ reason }) => reason.sv);
    const name = passes.find(({ id }) => id === pass)!.name;
    expect(why).toContain(`Kan inte vara med i ${name}.`);
    expect(rooms).toHaveLength(3);

    await asked.call('PUT', `plans/${plan.id}/publication`);
    const after = (await asked.call<{ items: PlanMove[] }>('GET', `plans/${plan.id}/moves`)).body;
    expect(after.items).toEqual(items);
  });

  test('a place on the board says how many would have to move', async () => {
    const [first] = facts().sessions;
    const { body } = await asked.call<{ held: boolean; items: MoveCost[] }>('POST', 'move-costs', {
      workshopId: first!.workshop,
      sessionId: asked.built.sessions.find((s) => s.pass === first!.pass && s.workshop === first!.workshop)!
        .id,
    });
    expect(body.held).toBe(true);
    const elsewhere = body.items.filter(({ pass }) => pass !== first!.pass);
    const sitting = Object.values(facts().held).filter((seats) => seats[first!.pass] === first!.workshop);
    for (const { moved } of elsewhere) expect(moved).toBeGreaterThanOrEqual(sitting.length);
    expect(await asked.call('POST', 'move-costs', { workshopId: 'aaaaaaaaaaaaaa' })).toMatchObject({
      status: 404,
    });
  });
});

describe('what must never happen', () => {
  const quiet = () => vi.spyOn(console, 'error').mockImplementation(() => undefined);

  test('the planning thread is killed midway: the plan has failed, the one before stands and the server answers', async () => {
    asked = await askedServer('planning', { attendees: 300, workshops: 15, rooms: 5, passes: 3 });
    const before = await asked.planned({ timetable: 'kept', seconds: 1 });
    expect(before.state).toBe('done');
    const said = quiet();
    const kill = (worker: { terminate(): Promise<number> }) => setTimeout(() => void worker.terminate(), 300);
    process.once('worker', kill as never);
    const plan = await asked.planned({ objective: 'fair', seconds: 60 });
    expect([plan.state, plan.sessions, plan.value]).toEqual(['failed', [], null]);
    expect(said).toHaveBeenCalledOnce();
    said.mockRestore();
    expect((await asked.call<Plan>('GET', `plans/${before.id}`)).body).toEqual(before);
    expect((await asked.call('PUT', `plans/${before.id}/publication`)).status).toBe(200);
    expect((await asked.planned({ timetable: 'kept', seconds: 1 })).state).toBe('done');
  });

  test.each([
    { what: 'as it is', spoil: false },
    { what: 'with a workshop in two rooms at once', spoil: true },
  ])('a plan $what is kept only when the checker finds nothing', async ({ spoil }) => {
    asked = await askedServer('planning', sizes);
    const { store, clock } = asked.server;
    const said = spoil ? quiet() : null;
    const runs = createPlanRuns(store, clock, async (...args) => {
      const outcome = await runPlan(...args);
      if (!spoil || outcome.kind !== 'plan') return outcome;
      const [one, ...rest] = outcome.plan.sessions;
      const twin = rest.find(({ pass }) => pass === one!.pass)!;
      const sessions = [{ ...one!, room: twin.room }, ...rest];
      return { ...outcome, plan: { ...outcome.plan, sessions } };
    });
    const plan = await store.write(operator, (change) =>
      startPlan(change, asked.built.conferenceId, { objective: 'ranks', timetable: 'free', seed: 1 }),
    );
    runs.begin({ plan, seconds: 5 });
    const kept = await vi.waitFor(async () => {
      const { body } = await asked.call<Plan>('GET', `plans/${plan.id}`);
      expect(body.state).not.toBe('running');
      return body;
    }, 15_000);
    expect([kept.state, kept.sessions.length > 0]).toEqual(spoil ? ['failed', false] : ['done', true]);
    if (!spoil) return;
    const rooms = facts().rooms.map(({ name }) => name);
    expect(rooms.some((room) => kept.reasons[1]!.sv.startsWith(`${room} har både `))).toBe(true);
    expect(said).toHaveBeenCalledOnce();
    said!.mockRestore();
  });
});
