// Reads calendars over plain sockets with the least work of its own: it shares the machine with the server.
import { connect, type Socket } from 'node:net';
import type { ReadingOrder, ReadingResult } from './calendar-load.ts';

async function read({ port, reads, connections, seconds }: ReadingOrder): Promise<ReadingResult> {
  const requests = reads.map(
    ({ path, etag }) =>
      `GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\n${etag === undefined ? '' : `If-None-Match: ${etag}\r\n`}\r\n`,
  );
  const milliseconds: number[] = [];
  const statuses: Record<string, number> = {};
  let next = 0;
  const startedAt = performance.now();
  const endAt = startedAt + seconds * 1000;

  await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      const answers = statusesFrom(socket);
      while (performance.now() < endAt) {
        const askedAt = performance.now();
        socket.write(requests[next++ % requests.length]!);
        // oxlint-disable-next-line no-await-in-loop -- a connection carries one request at a time
        const { value: status } = await answers.next();
        milliseconds.push(performance.now() - askedAt);
        statuses[status ?? 'closed'] = (statuses[status ?? 'closed'] ?? 0) + 1;
        if (status === undefined) break;
      }
      socket.destroy();
    }),
  );
  const spent = (performance.now() - startedAt) / 1000;
  milliseconds.sort((a, b) => a - b);
  const quantile = (share: number) => milliseconds[Math.floor(share * (milliseconds.length - 1))]!;
  return { rps: milliseconds.length / spent, p50: quantile(0.5), p99: quantile(0.99), statuses };
}

/** The status of each answer, once all of it has come. */
async function* statusesFrom(socket: Socket): AsyncGenerator<string, undefined> {
  let received: Buffer = Buffer.alloc(0);
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    const end = received.indexOf('\r\n\r\n');
    if (end === -1) continue;
    const head = received.toString('latin1', 0, end);
    const status = head.slice(9, 12);
    const length = status === '304' ? 0 : Number(/\r\ncontent-length: (\d+)/iu.exec(head)?.[1] ?? 0);
    if (received.length < end + 4 + length) continue;
    received = received.subarray(end + 4 + length);
    yield status;
  }
}

process.on('message', (order) => void read(order as ReadingOrder).then((result) => process.send!(result)));
process.on('disconnect', () => process.exit(0));
