import { expect, it } from 'vitest';
import { noteRoutes } from './notes.ts';
import { testServer } from '../../../support/server.ts';

it('the server is healthy when it is ready', async () => {
  const { app } = await testServer();
  const answer = await app.inject('/healthz');
  expect({ status: answer.statusCode, body: answer.json<unknown>() }).toEqual({
    status: 200,
    body: { status: 'ok' },
  });
});

it.each(['starting', 'stopping'] as const)('and not while it is %s', async (state) => {
  const { app } = await testServer();
  app.readiness.state = state;
  const answer = await app.inject('/healthz');
  expect({ status: answer.statusCode, body: answer.json<unknown>() }).toEqual({
    status: 503,
    body: { status: 'unavailable', reason: state },
  });
  expect(answer.headers['retry-after']).toBe('2');
});

it('a server that stops turns new requests away, in the form of every other no', async () => {
  const { app } = await testServer({ routes: noteRoutes });
  app.readiness.state = 'stopping';
  const answer = await app.inject('/api/notes');
  expect(answer.json()).toMatchObject({
    status: 503,
    code: 'unavailable',
    detail: 'Tjänsten stängs av just nu. Ingenting har ändrats; försök igen strax.',
  });
  expect(answer.headers).toMatchObject({
    connection: 'close',
    'retry-after': expect.stringMatching(/^[123]$/u),
  });
});
