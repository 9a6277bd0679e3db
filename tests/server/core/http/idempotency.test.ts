import { describe, expect, it } from 'vitest';
import type { App } from '../../../../server/core/http/app-type.ts';
import { forgetAnswersTo, forgetOldAnswers } from '../../../../server/core/http/idempotency.ts';
import { idempotency } from '../../../../server/core/tables.ts';
import { testServer } from '../../../support/server.ts';
import { noteRoutes, titlesOf } from './notes.ts';

const ada = { 'x-test-attendee': 'ada' };
const bo = { 'x-test-attendee': 'bo' };
const day = 24 * 3_600_000;

function add(app: App, title: string, headers: Record<string, string>, url = '/api/own-notes') {
  return app.inject({ method: 'POST', url, headers, payload: { title, capacity: 1 } });
}

describe('the same key', () => {
  it('fifty times at once does it once and answers the same bytes', async () => {
    const { app } = await testServer({ routes: noteRoutes });
    const headers = { ...ada, 'idempotency-key': 'k1' };
    const answers = await Promise.all(Array.from({ length: 50 }, () => add(app, 'once', headers)));
    expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1);
    expect(answers[0]!.statusCode).toBe(200);
    expect(titlesOf(app)).toEqual(['once']);
  });

  it('with another body is refused', async () => {
    const { app } = await testServer({ routes: noteRoutes });
    const headers = { ...ada, 'idempotency-key': 'k1' };
    await add(app, 'first', headers);
    const answer = await add(app, 'second', headers);
    expect({ status: answer.statusCode, code: answer.json<{ code: string }>().code }).toEqual({
      status: 422,
      code: 'idempotency-mismatch',
    });
    expect(titlesOf(app)).toEqual(['first']);
  });

  it('of another person is another key', async () => {
    const { app } = await testServer({ routes: noteRoutes });
    await add(app, 'from Ada', { ...ada, 'idempotency-key': 'k1' });
    await add(app, 'from Bo', { ...bo, 'idempotency-key': 'k1' });
    expect(titlesOf(app)).toEqual(['from Ada', 'from Bo']);
  });

  it('to another call is another key', async () => {
    const { app } = await testServer({ routes: noteRoutes });
    const headers = { ...ada, 'idempotency-key': 'k1' };
    await add(app, 'own', headers);
    await add(app, 'other', headers, '/api/notes');
    expect(titlesOf(app)).toEqual(['own', 'other']);
  });

  it('is kept for a day and no longer', async () => {
    const { app, clock } = await testServer({ routes: noteRoutes });
    const headers = { ...ada, 'idempotency-key': 'k1' };
    await add(app, 'first day', headers);
    clock.advance(day - 1);
    expect((await add(app, 'first day', headers)).statusCode).toBe(200);
    expect(titlesOf(app)).toEqual(['first day']);
    clock.advance(1);
    await add(app, 'second day', headers);
    expect(titlesOf(app)).toEqual(['first day', 'second day']);
  });

  it('of somebody who is not signed in is not kept', async () => {
    const { app } = await testServer({ routes: noteRoutes });
    const headers = { 'idempotency-key': 'k1' };
    await add(app, 'one visitor', headers, '/api/notes');
    await add(app, 'another visitor', headers, '/api/notes');
    expect(titlesOf(app)).toEqual(['one visitor', 'another visitor']);
  });
});

it('a refused write keeps nothing, so that the key can be used when it is right', async () => {
  const { app } = await testServer({ routes: noteRoutes });
  const headers = { ...ada, 'idempotency-key': 'k1' };
  expect((await add(app, '', headers)).statusCode).toBe(400);
  expect((await add(app, 'right', headers)).statusCode).toBe(200);
});

it.each(['', 'two words', 'x'.repeat(201), 'nyckel-å'])('a key that is none is refused: %j', async (key) => {
  const { app } = await testServer({ routes: noteRoutes });
  const answer = await add(app, 'a', { ...ada, 'idempotency-key': key });
  expect(answer.json()).toMatchObject({ status: 400, fields: [{ path: 'Idempotency-Key' }] });
  expect(titlesOf(app)).toEqual([]);
});

describe('kept answers', () => {
  /** Answers that were given so much later than now. */
  const keepMany = (app: App, count: number, later = 0) =>
    app.store.write({ kind: 'system' }, ({ db, now }) => {
      const kept = {
        actorKey: 'attendee:ada',
        route: 'r',
        bodyHash: Buffer.of(0),
        answer: '',
        at: now + later,
      };
      for (let i = 0; i < count; i++)
        db.insert(idempotency)
          .values({ ...kept, key: `${i}` })
          .run();
    });
  const keys = (app: App) =>
    app.store.db.select({ actorKey: idempotency.actorKey }).from(idempotency).orderBy(idempotency.at).all();

  it('are forgotten after a day', async () => {
    const { app, clock } = await testServer({ routes: noteRoutes });
    await add(app, 'old', { ...ada, 'idempotency-key': 'old' });
    clock.advance(day);
    await add(app, 'new', { ...bo, 'idempotency-key': 'new' });
    clock.advance(1);
    await forgetOldAnswers(app.store);
    expect(keys(app)).toEqual([{ actorKey: 'attendee:bo' }]);
  });

  it('are forgotten some at a time, so that others come in between', async () => {
    const { app, clock } = await testServer({ routes: noteRoutes });
    await keepMany(app, 1000);
    clock.advance(day + 1);
    const forgotten = forgetOldAnswers(app.store);
    const next = app.store.write({ kind: 'system' }, ({ db }) => db.select().from(idempotency).all().length);
    expect(await next).toBe(800);
    await forgotten;
    expect(keys(app)).toEqual([]);
  });

  it('are forgotten though the clock was ahead when the oldest were given', async () => {
    const { app, clock } = await testServer({ routes: noteRoutes });
    await keepMany(app, 300, 365 * day);
    await add(app, 'a', { ...bo, 'idempotency-key': 'k' });
    clock.advance(2 * day);
    await forgetOldAnswers(app.store);
    expect(keys(app)).toEqual([]);
  });

  it('are forgotten with the person they were given to', async () => {
    const { app } = await testServer({ routes: noteRoutes });
    await add(app, 'a', { ...ada, 'idempotency-key': 'k' });
    await add(app, 'b', { ...bo, 'idempotency-key': 'k' });
    await app.store.write({ kind: 'system' }, (change) =>
      forgetAnswersTo(change, { kind: 'attendee', conferenceId: 'c1', attendeeId: 'ada' }),
    );
    expect(keys(app)).toEqual([{ actorKey: 'attendee:bo' }]);
  });
});
