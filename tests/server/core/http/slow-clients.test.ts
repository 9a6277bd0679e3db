import { expect, it } from 'vitest';
import { listeningServer } from '../../../support/server.ts';
import { noteRoutes } from './notes.ts';
import { answerToBytes } from './socket.ts';

it('a request that stalls is ended within ten seconds, in the headers as in the body', async () => {
  const { port } = await listeningServer({ routes: noteRoutes });
  const startedAt = performance.now();
  const [header, body] = await Promise.all([
    answerToBytes(port, 'POST /api/notes HTTP/1.1\r\nHost: x\r\nX-Slow: '),
    answerToBytes(
      port,
      'POST /api/notes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 40\r\n\r\n{"title":',
    ),
  ]);
  expect(header).toContain('HTTP/1.1 408');
  expect(body).toContain('HTTP/1.1 408');
  expect(performance.now() - startedAt).toBeLessThan(10_000);
});
