import type { FastifyBaseLogger } from 'fastify';
import type { Actor } from '../../shared/core/access.ts';
import { Refused } from '../../shared/core/refusal.ts';
import { type Instant, toIso } from '../../shared/core/time.ts';
import type { Post } from '../../shared/messages/vocabulary.ts';
import type { Clock } from '../core/clock.ts';
import type { Command } from '../core/change.ts';
import type { Config } from '../core/config.ts';
import type { Store } from '../core/database.ts';
import { composeLetter, type LetterRow } from './compose.ts';
import { decideLetters } from './deciding-commands.ts';
import { createMailer, type Mailer, type Outcome } from './mail.ts';
import { forgetLetter, noteLapsed, noteOutcome } from './outbox-commands.ts';
import { listDue, rulesOf } from './outbox-queries.ts';

const roundMilliseconds = 3000;
const stopMilliseconds = 3000;
const batchSize = 30;
const atOnce = 3;
/** How long nothing is sent after the mail server could not be used; doubled each time, up to the longest. */
const rest = { first: 30_000, longest: 15 * 60_000 };

const system: Actor = { kind: 'system' };

interface PostOfficeOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly config: Pick<Config, 'url' | 'mailServer'>;
  readonly log: Pick<FastifyBaseLogger, 'warn' | 'info'>;
}

/**
 * Decides on letters that time calls for, and hands what waits in the outbox to the mail server. It works beside the server's
 * requests: reads, sends, and only then writes down what came of it, so nothing ever waits for a mail server.
 */
export interface PostOffice {
  /** Decides and sends everything that is due now; one round at a time. */
  round(): Promise<void>;
  /** Rounds every few seconds until the server stops. */
  start(): void;
  stop(): Promise<void>;
  /** How letters are getting out, as organisers are told. */
  status(): Post;
}

declare module 'fastify' {
  interface FastifyInstance {
    readonly postOffice: PostOffice;
  }
}

interface Trouble {
  readonly since: Instant;
  readonly says: string;
  readonly restUntil: Instant;
  readonly rest: number;
}

export function createPostOffice({ store, clock, config, log }: PostOfficeOptions): PostOffice {
  const { mailServer, url } = config;
  const mailer: Mailer | null = mailServer ? createMailer(mailServer, url) : null;
  /** Letters that are out, and whose row could not be written yet: they must not go again. */
  const unwritten = new Map<number, Outcome>();
  let trouble: Trouble | null = null;
  let stopping = false;
  let going: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;

  function round(): Promise<void> {
    going ??= wholeRound().finally(() => {
      going = null;
    });
    return going;
  }

  async function wholeRound(): Promise<void> {
    await decideLetters(store, clock.now(), mailer !== null);
    if (!mailer) return;
    for (const [id, outcome] of unwritten) {
      // oxlint-disable-next-line no-await-in-loop -- the storage was full; one is enough to find out whether it still is
      if (!(await wrote(id, outcome))) return;
    }
    while (mayGoOn()) {
      const due = store.read((db) => listDue(db, clock.now(), batchSize));
      if (due.length === 0) return;
      // oxlint-disable-next-line no-await-in-loop -- a batch, then what is urgent by then
      await inParallel(due, (row) => sendOne(mailer, row));
      if (unwritten.size > 0) return;
    }
  }

  function mayGoOn(): boolean {
    return !stopping && !isResting();
  }

  function isResting(): boolean {
    return trouble !== null && clock.now() < trouble.restUntil;
  }

  async function sendOne(through: Mailer, row: LetterRow): Promise<void> {
    if (!mayGoOn() || unwritten.has(row.id)) return;
    const office = { deriving: store, url, now: clock.now() };
    const composed = store.read((db) => composeLetter(db, office, row));
    if (!composed) return keep((change) => forgetLetter(change, row.id));
    const { reader, facts, content } = composed;
    if (!content) return keep((change) => noteLapsed(change, row.id));
    if (reader.mail === null) return keep((change) => noteOutcome(change, row.id, nowhere));
    const outcome = await through.send({
      messageId: row.messageId,
      to: { name: reader.name, address: reader.mail },
      content,
      facts,
      replyTo: store.read((db) => rulesOf(db, reader.conferenceId)).replyTo,
    });
    if (stopping && outcome.kind !== 'sent') return;
    noteTrouble(outcome);
    await wrote(row.id, outcome);
  }

  function noteTrouble(outcome: Outcome): void {
    if (outcome.kind !== 'trouble') {
      if (trouble) log.info('the mail server takes letters again');
      trouble = null;
      return;
    }
    const now = clock.now();
    if (isResting()) return;
    const next = trouble ? Math.min(rest.longest, trouble.rest * 2) : rest.first;
    trouble = { since: trouble?.since ?? now, says: outcome.says, rest: next, restUntil: now + next };
    log.warn({ reason: outcome.says }, 'the mail server cannot be used');
  }

  async function wrote(id: number, outcome: Outcome): Promise<boolean> {
    unwritten.set(id, outcome);
    try {
      await store.write(system, (change) => noteOutcome(change, id, outcome));
      unwritten.delete(id);
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return false;
    }
  }

  /** What cannot be written now is found again the next time. */
  async function keep(command: Command<void>): Promise<void> {
    await store.write(system, command).catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error;
    });
  }

  function next(): void {
    if (stopping) return;
    timer = setTimeout(() => {
      void round()
        .catch((error: unknown) => {
          if (!stopping) log.warn(error);
        })
        .finally(next);
    }, roundMilliseconds).unref();
  }

  return {
    round,
    start: next,
    async stop() {
      stopping = true;
      clearTimeout(timer);
      if (going) {
        const ended = going.catch(() => {});
        await Promise.race([
          ended,
          new Promise((resolve) => void setTimeout(resolve, stopMilliseconds).unref()),
        ]);
      }
      mailer?.close();
    },
    status: () => ({
      hasServer: mailServer !== null,
      from: mailServer?.from.address ?? null,
      trouble: trouble && { since: toIso(trouble.since), says: trouble.says },
    }),
  };
}

const nowhere: Outcome = { kind: 'no-address', says: '' };

async function inParallel<T>(items: readonly T[], each: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const work = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) {
      // oxlint-disable-next-line no-await-in-loop -- as many at once as there are workers
      await each(item);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}
