// Makes load over plain sockets with the least work of its own: it shares the machine with the server.
import { connect, type Socket } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as after } from 'node:timers/promises';
import type { CrowdOrder, CrowdResult, Order, RushOrder, RushResult } from './booking-load.ts';

const headEnd = Buffer.from('\r\n\r\n');
const lengthName = Buffer.from('content-length: ');
const codeName = Buffer.from('"code":"');
const patienceMilliseconds = 60_000;

interface Answer {
  readonly status: number;
  readonly head: Buffer;
  readonly body: Buffer;
}

/** A keep-alive connection that carries one request at a time. */
class Connection {
  readonly #port: number;
  #socket: Socket | undefined;
  #received: Buffer[] = [];
  #needed = 0;
  #settle: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  async ask(request: string): Promise<Answer> {
    this.#socket ??= await this.#open();
    const socket = this.#socket;
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      socket.write(request, 'latin1');
    });
  }

  end(): void {
    this.#socket?.destroy();
  }

  #open(): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true });
      socket.once('connect', () => resolve(socket));
      socket.on('data', (chunk) => this.#take(chunk));
      socket.on('error', reject);
      socket.on('close', () => {
        this.#socket = undefined;
        this.#received = [];
        this.#needed = 0;
        this.#settle?.reject(new Error('the connection was closed'));
      });
    });
  }

  #take(chunk: Buffer): void {
    let whole = chunk;
    if (this.#received.length > 0) {
      this.#received.push(chunk);
      this.#needed -= chunk.length;
      if (this.#needed > 0) return;
      whole = Buffer.concat(this.#received);
      this.#received = [];
    }
    const end = whole.indexOf(headEnd);
    const at = end === -1 ? -1 : whole.indexOf(lengthName);
    const length =
      at === -1 || at > end ? 0 : Number.parseInt(whole.toString('latin1', at + 16, at + 26), 10);
    const missing = end === -1 ? 1 : end + 4 + length - whole.length;
    if (missing > 0) {
      this.#received = [whole];
      this.#needed = missing;
      return;
    }
    const status = (whole[9]! - 48) * 100 + (whole[10]! - 48) * 10 + (whole[11]! - 48);
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.resolve({ status, head: whole.subarray(0, end), body: whole.subarray(end + 4) });
  }
}

async function rush({ port, slug, connections, people }: RushOrder): Promise<RushResult> {
  const first: number[] = [];
  let total = 0;
  for (const { wants } of people) {
    first.push(total);
    total += wants.length;
  }
  const milliseconds = new Float64Array(total);
  const status = new Uint16Array(total);
  const codes: (string | null)[] = Array.from({ length: total }, () => null);
  const seen = { wrong: 0, retries: 0, bytes: 0, granted: 0 };
  const key = Math.random().toString(36).slice(2);
  let next = 0;

  async function visit(connection: Connection): Promise<void> {
    for (let who = next++; who < people.length; who = next++) {
      const { token, wants } = people[who]!;
      for (const [i, { pass, session }] of wants.entries()) {
        const pick = first[who]! + i;
        const body = `{"sessionId":"${session}"}`;
        const request =
          `PUT /api/conferences/${slug}/picks/${pass} HTTP/1.1\r\nHost: localhost:${port}\r\n` +
          `Authorization: Bearer ${token}\r\nIdempotency-Key: ${key}-${pick}\r\n` +
          `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
        const startedAt = performance.now();
        // oxlint-disable-next-line no-await-in-loop -- one after another is what a person does
        const answer = await finalAnswer(connection, request, startedAt);
        milliseconds[pick] = performance.now() - startedAt;
        status[pick] = answer.status;
        if (answer.status === 200) {
          seen.granted++;
          seen.bytes += answer.body.length;
          if (!answer.body.includes(session)) seen.wrong++;
        } else {
          codes[pick] = codeOf(answer.body);
        }
      }
    }
  }

  /** What is not a yes or a no is asked again, after the time that the server names. */
  async function finalAnswer(connection: Connection, request: string, startedAt: number): Promise<Answer> {
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop -- asked again until it answers
      const answer = await connection.ask(request).catch(() => null);
      if (answer?.status === 200 || answer?.status === 409) return answer;
      if (answer !== null && answer.status !== 503 && answer.status !== 429)
        throw new Error(`answered ${answer.status}: ${answer.body.toString()}`);
      if (performance.now() - startedAt > patienceMilliseconds) throw new Error('no answer within a minute');
      seen.retries++;
      // oxlint-disable-next-line no-await-in-loop
      await after(answer === null ? 20 : 1000 * retryAfter(answer.head));
    }
  }

  const open = Array.from({ length: connections }, () => new Connection(port));
  const startedAt = performance.now();
  await Promise.all(open.map(visit));
  const seconds = (performance.now() - startedAt) / 1000;
  for (const connection of open) connection.end();
  const { wrong, retries, bytes, granted } = seen;
  return { seconds, milliseconds, status, codes, wrong, retries, bytes: granted && bytes / granted };
}

function codeOf(body: Buffer): string | null {
  const at = body.indexOf(codeName);
  if (at === -1) return null;
  return body.toString('latin1', at + 8, body.indexOf(34, at + 8));
}

function retryAfter(head: Buffer): number {
  return Number(/\r\nretry-after: (\d+)/iu.exec(head.toString('latin1'))?.[1] ?? 1);
}

/** Opens the listeners and starts the readers; answers with how to end it all. */
async function gather({
  port,
  slug,
  listeners,
  readers,
  pace,
}: CrowdOrder): Promise<() => Promise<CrowdResult>> {
  const seen = { events: 0, bytes: 0, failures: 0, over: false };
  const taken: Record<string, number> = {};
  const sockets: Socket[] = [];
  for (let i = 0; i < listeners; i++) {
    const socket = connect({ port, host: '127.0.0.1' });
    const heard = new Promise<void>((resolve, reject) => {
      socket.once('data', () => resolve());
      socket.once('error', reject);
    });
    socket.on('error', () => seen.failures++);
    socket.on('data', (chunk) => {
      seen.bytes += chunk.length;
      seen.events++;
    });
    if (i === 0) readEvents(socket, taken);
    socket.write(
      `GET /api/conferences/${slug}/seats HTTP/1.1\r\nHost: localhost:${port}\r\nAccept: text/event-stream\r\n\r\n`,
    );
    sockets.push(socket);
    // oxlint-disable-next-line no-await-in-loop -- pages are not all opened in one instant
    if (i % 50 === 49 || i === listeners - 1) await heard;
  }

  const milliseconds: number[] = [];
  const request = `GET /api/conferences/${slug}/programme HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`;
  async function read(place: number): Promise<void> {
    const connection = new Connection(port);
    await after((place / readers) * pace);
    let due = performance.now();
    while (!seen.over) {
      // oxlint-disable-next-line no-await-in-loop -- one reading after another
      const answer = await connection.ask(request).catch(() => null);
      milliseconds.push(performance.now() - due);
      if (answer?.status !== 200) seen.failures++;
      due = Math.max(due + pace, performance.now());
      // oxlint-disable-next-line no-await-in-loop
      await after(due - performance.now());
    }
    connection.end();
  }
  const lag = monitorEventLoopDelay({ resolution: 5 });
  lag.enable();
  const startedAt = performance.now();
  const reading = Promise.all(Array.from({ length: readers }, (_, place) => read(place)));
  return async () => {
    seen.over = true;
    await reading;
    const seconds = (performance.now() - startedAt) / 1000;
    lag.disable();
    // The last changes are on their way for a moment.
    await after(2000);
    for (const socket of sockets) socket.destroy();
    const { events, bytes, failures } = seen;
    return {
      seconds,
      milliseconds: Float64Array.from(milliseconds),
      lag: lag.max / 1e6,
      failures,
      events,
      megabytes: bytes / 1e6,
      taken,
    };
  };
}

/** Keeps up with what one listener is told. */
function readEvents(socket: Socket, taken: Record<string, number>): void {
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('utf8');
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const data = /^data: (.*)$/mu.exec(event)?.[1];
      if (data === undefined) continue;
      for (const { session, taken: count } of JSON.parse(data) as { session: string; taken: number }[])
        taken[session] = count;
    }
  });
}

let disperse: (() => Promise<CrowdResult>) | undefined;
process.on('message', (order: Order) => {
  void obey(order).then((result) => process.send!(result));
});

async function obey(order: Order): Promise<RushResult | CrowdResult | null> {
  switch (order.kind) {
    case 'rush':
      return rush(order);
    case 'crowd':
      disperse = await gather(order);
      return null;
    case 'stop':
      return disperse!();
  }
}
