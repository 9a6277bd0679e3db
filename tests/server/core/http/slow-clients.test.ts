import { connect } from 'node:net';
import { expect, it, vi } from 'vitest';
import { listeningServer } from '../../../support/server.ts';
import { noteRoutes, titlesOf } from './notes.ts';

const start =
  'POST /api/notes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 31\r\n\r\n{"title":';
const rest = '"A note","capacity":1}';

/** Sends the first part at once, the other when the server has ended its side, and keeps its own side open. */
function stalls(port: number, first: string, then: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => socket.write(first));
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('end', () => socket.write(then, () => resolve(answer)));
    socket.on('error', () => {});
  });
}

it('a request that stalls is ended within ten seconds, what comes later is not done, and nobody can keep the connection', async () => {
  const { app, port } = await listeningServer({ routes: noteRoutes });
  const connections = () =>
    new Promise((resolve) => {
      app.server.getConnections((_error, count) => resolve(count));
    });
  const startedAt = performance.now();
  const [header, body, whole] = await Promise.all([
    stalls(port, 'POST /api/notes HTTP/1.1\r\nHost: x\r\nX-Slow: ', ''),
    stalls(port, start, rest),
    stalls(port, '', start + rest),
  ]);
  expect(header).toContain('HTTP/1.1 408');
  expect(body).toContain('HTTP/1.1 408');
  expect(whole).toContain('HTTP/1.1 408');
  expect(performance.now() - startedAt).toBeLessThan(10_000);
  await vi.waitFor(async () => expect(await connections()).toBe(0), 3000);
  expect(titlesOf(app)).toEqual([]);
}, 20_000);

it('one that arrives slowly and in time is done', async () => {
  const { app, port } = await listeningServer({ routes: noteRoutes });
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(start);
      setTimeout(() => socket.write(rest), 50);
    });
    socket.on('data', (chunk) => {
      resolve(chunk.toString('latin1'));
      socket.destroy();
    });
  });
  expect(answer).toContain('HTTP/1.1 200');
  expect(titlesOf(app)).toEqual(['A note']);
});
