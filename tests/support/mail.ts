import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';
import { EventEmitter, once } from 'node:events';
import type { MailServer } from '../../server/core/mail-server.ts';
import { freePort } from './free-port.ts';

export interface Received {
  readonly from: string;
  readonly to: string;
  /** As it came over the line. */
  readonly raw: string;
  readonly mail: Email;
}

export interface TestMailServer {
  readonly settings: MailServer;
  /** Everything it has taken, in order. */
  readonly received: Received[];
  /** What it answers to the next recipients: `550 no such user`; empty: it takes them. */
  readonly refusals: string[];
  /** Waits until it has taken so many, and answers before the sender has heard of the last. */
  untilReceived(count: number): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** A mail server on this machine that keeps what it is given, and refuses what it is told to. Stopped when the test ends. */
export async function testMailServer(options: SMTPServerOptions = {}): Promise<TestMailServer> {
  const port = await freePort();
  const received: Received[] = [];
  const refusals: string[] = [];
  const news = new EventEmitter();
  let server = make();

  function make(): SMTPServer {
    const made = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      disableReverseLookup: true,
      logger: false,
      onRcptTo(_address, _session, callback) {
        const refusal = refusals.shift();
        if (refusal === undefined) return callback();
        const [code, ...words] = refusal.split(' ');
        callback(Object.assign(new Error(words.join(' ')), { responseCode: Number(code) }));
      },
      onData(stream, session, callback) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const raw = Buffer.concat(chunks);
          const { mailFrom, rcptTo } = session.envelope;
          void PostalMime.parse(raw).then((mail) => {
            received.push({
              from: mailFrom === false ? '' : mailFrom.address,
              to: rcptTo.map(({ address }) => address).join(', '),
              raw: raw.toString('utf8'),
              mail,
            });
            news.emit('received');
            callback();
          });
        });
      },
      ...options,
    });
    made.on('error', () => {});
    return made;
  }

  async function start(): Promise<void> {
    server = make();
    const listening = server.listen(port, '127.0.0.1');
    await once(listening, 'listening');
  }
  async function stop(): Promise<void> {
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
  await start();
  onTestFinished(stop);
  return {
    settings: {
      host: '127.0.0.1',
      port,
      secure: false,
      requireTls: false,
      auth: null,
      from: { name: null, address: 'workshop@reglab.example' },
      replyTo: null,
      perMinute: 10_000,
    },
    received,
    refusals,
    async untilReceived(count) {
      // oxlint-disable-next-line no-await-in-loop -- each letter is news
      while (received.length < count) await once(news, 'received');
    },
    start,
    stop,
  };
}
