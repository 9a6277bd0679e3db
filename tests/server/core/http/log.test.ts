import { expect, it, vi } from 'vitest';
import { linesTogether } from '../../../../server/core/http/log.ts';
import { testServer } from '../../../support/server.ts';
import { noteRoutes } from './notes.ts';

const canary = 'canary7q';

function collectingLog() {
  const lines: string[] = [];
  return { lines, stream: { write: (line: string) => void lines.push(line) } };
}

it('the log says which route, how it went, who and which request, and nothing else', async () => {
  const { lines, stream } = collectingLog();
  const { app } = await testServer({ routes: noteRoutes, log: stream });
  await app.inject({ url: '/api/notes/n1', headers: { 'x-test-attendee': 'ada' } });
  expect(JSON.parse(lines.at(-1)!)).toEqual({
    level: 'info',
    time: expect.any(String),
    requestId: expect.any(String),
    route: 'GET /api/notes/:id',
    status: 200,
    ms: expect.any(Number),
    actor: 'attendee',
    actorId: 'ada',
    conferenceId: 'c1',
  });
});

it('no address, header, cookie, token or body reaches the log', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const { lines, stream } = collectingLog();
  const { app } = await testServer({ routes: noteRoutes, log: stream });
  const headers = {
    cookie: `session=${canary}; language=${canary}`,
    authorization: `Bearer ${canary}`,
    'user-agent': canary,
    'idempotency-key': canary,
    'x-request-id': canary,
    origin: 'http://localhost:3000',
    'content-type': 'application/json',
  };
  const title = canary;
  await app.inject({ method: 'POST', url: '/api/notes', headers, payload: { title, capacity: 1 } });
  await app.inject({ method: 'POST', url: '/api/notes', headers, payload: { [canary]: title } });
  await app.inject({ method: 'POST', url: '/api/notes', headers, payload: `{"title":"${canary}` });
  await app.inject({ url: `/api/notes/${canary}?x=${canary}`, headers });
  await app.inject({ url: `/me/${canary}`, headers });
  const { authorization: _, ...withoutToken } = headers;
  await app.inject({ url: '/api/notes/fails', headers: withoutToken });
  expect(lines.length).toBeGreaterThanOrEqual(7);
  expect(lines.join('')).not.toContain(canary);
  vi.mocked(console.error).mockClear();
});

it('something unexpected is logged with where it happened', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const { lines, stream } = collectingLog();
  const { app } = await testServer({ routes: noteRoutes, log: stream });
  await app.inject('/api/notes/fails');
  const line = lines.map((text) => JSON.parse(text) as Record<string, unknown>).find(({ err }) => err);
  expect(line).toMatchObject({
    level: 'error',
    err: { type: 'TypeError', stack: expect.stringContaining('notes.ts') },
  });
  vi.mocked(console.error).mockClear();
});

it('lines of one moment are written at once, in their order, and later ones later', async () => {
  const { lines, stream } = collectingLog();
  const log = linesTogether(stream);
  log.write('one\n');
  log.write('two\n');
  expect(lines).toEqual([]);
  await new Promise(setImmediate);
  log.write('three\n');
  await new Promise(setImmediate);
  expect(lines).toEqual(['one\ntwo\n', 'three\n']);
});
