import { Agent, request } from 'node:http';
import { setTimeout as after } from 'node:timers/promises';
import { buildConference } from '../../../seeds/conference.ts';
import { personalToken } from '../../../server/people/links.ts';
import { openStore } from '../../../server/store.ts';
import type { Programme } from '../../../shared/overview/contract.ts';
import type { Me } from '../../../shared/registration/contract.ts';
import type { Random } from '../../../shared/core/random.ts';
import type { Deed, Person } from './history.ts';

/** People who choose all at once, over HTTP, as independent clients do. */
export interface Crowd {
  readonly slug: string;
  readonly people: readonly Person[];
}

/** Makes a data folder with a conference whose picks are open now. */
export async function gather(dataDir: string, attendees: number): Promise<Crowd> {
  const store = openStore({ dataDir });
  const built = await buildConference(store, { stage: 'picks', now: Date.now(), attendees });
  const { conferenceId, slug } = built;
  const people = built.attendeeIds.map((id) => ({
    id,
    token: personalToken(store, { id, conferenceId, linkVersion: 1 }),
  }));
  await store.close();
  return { slug, people };
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly retryAfter: number | null;
}

export interface Asked {
  readonly token?: string;
  readonly key?: string;
  readonly body?: unknown;
}

/** A program's connection to a server: kept open, as many as there are people. Answers null where the connection broke. */
export class Connection {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 600 });
  readonly #url: () => string;

  constructor(url: () => string) {
    this.#url = url;
  }

  ask(method: string, path: string, { token, key, body }: Asked = {}): Promise<Answer | null> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve) => {
      const asking = request(
        new URL(path, this.#url()),
        {
          method,
          agent: this.#agent,
          headers: {
            ...(token !== undefined && { authorization: `Bearer ${token}` }),
            ...(key !== undefined && { 'idempotency-key': key }),
            ...(text !== undefined && { 'content-type': 'application/json' }),
          },
        },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('error', () => resolve(null));
          response.on('end', () => {
            if (!response.complete) return resolve(null);
            const wait = response.headers['retry-after'];
            resolve({
              status: response.statusCode!,
              body: parts.length === 0 ? undefined : (JSON.parse(Buffer.concat(parts).toString()) as unknown),
              retryAfter: wait === undefined ? null : Number(wait),
            });
          });
        },
      );
      asking.on('error', () => resolve(null));
      asking.end(text);
    });
  }

  async programme(slug: string): Promise<Programme> {
    return (await this.ask('GET', `/api/conferences/${slug}/programme`))!.body as Programme;
  }

  /** Everybody's own day, by attendee. */
  async days({ slug, people }: Crowd): Promise<Map<string, Me>> {
    const answers = await Promise.all(
      people.map(({ token }) => this.ask('GET', `/api/conferences/${slug}/me`, { token })),
    );
    return new Map(people.map(({ id }, i) => [id, answers[i]!.body as Me]));
  }

  close(): void {
    this.#agent.destroy();
  }
}

export interface RushOptions {
  readonly connection: Connection;
  readonly crowd: Crowd;
  readonly programme: Programme;
  readonly random: Random;
  /** Asked before every choice. */
  readonly goesOn: () => boolean;
  /** Whether to ask again under the same key where no answer came, until one does; else the choice stays unanswered. */
  readonly insist: boolean;
  /** Told of every choice that was answered. */
  readonly onAnswer?: () => void;
}

/**
 * Everybody takes, swaps, queues for and releases seats at random, each one choice after another, as fast as they are answered; a 503 is
 * asked again. Answers with all that was asked and answered.
 */
export async function rush(options: RushOptions): Promise<Deed[]> {
  const { crowd, goesOn } = options;
  const deeds: Deed[] = [];
  await Promise.all(
    crowd.people.map(async (person) => {
      while (goesOn()) {
        const deed = choose(options, person);
        deeds.push(deed);
        // oxlint-disable-next-line no-await-in-loop -- one choice after another
        await carryOut(options, person, deed);
      }
    }),
  );
  return deeds;
}

/** Choices so far: no two have the same key. */
let choices = 0;

function choose({ programme, random }: RushOptions, { id }: Person): Deed {
  const session = random.pick(programme.sessions);
  const releases = random.next() < 0.15;
  return {
    who: id,
    key: `choice-${choices++}`,
    pass: session.pass,
    wants: releases ? null : session.id,
    queues: random.next() < 0.3,
    sentAt: performance.now(),
    answeredAt: null,
    status: null,
    day: null,
  };
}

async function carryOut(
  { connection, crowd, goesOn, insist, onAnswer }: RushOptions,
  { token }: Person,
  deed: Deed,
): Promise<void> {
  const path = `/api/conferences/${crowd.slug}/picks/${deed.pass}`;
  const body = deed.wants === null ? undefined : { sessionId: deed.wants, waitlist: deed.queues };
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- asked again until it is answered
    const answer = await connection.ask(deed.wants === null ? 'DELETE' : 'PUT', path, {
      token,
      key: deed.key,
      body,
    });
    if (answer !== null && answer.status !== 503) {
      deed.answeredAt = performance.now();
      deed.status = answer.status;
      if (answer.status === 200) deed.day = answer.body as Me;
      onAnswer?.();
      return;
    }
    if (answer?.status === 503) deed.refusedFor = (answer.body as { code: string }).code;
    if (!insist && !(answer?.status === 503 && goesOn())) return;
    // oxlint-disable-next-line no-await-in-loop
    await after(answer === null ? 150 : 20);
  }
}
