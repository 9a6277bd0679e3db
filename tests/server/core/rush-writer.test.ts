import { existsSync, statSync } from 'node:fs';
import type { Worker } from 'node:worker_threads';
import { setTimeout as after } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { News } from '../../../server/core/change.ts';
import type { NamedCall } from '../../../server/core/named-call.ts';
import type { Store } from '../../../server/core/database.ts';
import { hashToken } from '../../../server/core/tokens.ts';
import { audit } from '../../../server/core/tables.ts';
import { whatIsBroken } from '../../../server/overview/verify.ts';
import { seatCounts } from '../../../server/registration/queries.ts';
import { openStore } from '../../../server/store.ts';
import { full } from '../../../shared/registration/refusals.ts';
import { takeSeat } from '../../../shared/registration/contract.ts';
import type { Me } from '../../../shared/registration/contract.ts';
import { temporaryFolder } from '../../support/database.ts';
import { type SmallConference, smallConference } from '../../support/registration/small-conference.ts';
import { threadOf } from '../../support/thread.ts';

interface Options {
  readonly people?: number;
  readonly seats?: number;
  readonly quietMilliseconds?: number;
  readonly onBroken?: (error: unknown) => void;
  readonly thread?: (data: unknown) => Worker;
}

/** A store whose second writer starts at the first named call, and a conference with one session to choose. */
async function rushing({ people = 20, seats = 20, quietMilliseconds, onBroken, thread }: Options = {}) {
  const dataDir = temporaryFolder();
  const threads: Worker[] = [];
  const start = () => {
    const started = (thread ?? ((data) => threadOf('server/rush-thread.ts', data)))({ dataDir });
    threads.push(started);
    return started;
  };
  const store = openStore({
    dataDir,
    onBroken: onBroken ?? vi.fn(),
    rush: { start, calls: 1, quietMilliseconds },
  });
  onTestFinished(() => store.close());
  const names = Array.from({ length: people }, (_, i) => `Person ${i}`);
  const small = await smallConference(store, {
    sessions: [
      ['W1', 'Pass 1', seats],
      ['W2', 'Pass 1', seats],
    ],
    attendees: names,
    day: '2099-12-12',
  });
  const call = (name: string, session = 'W1 Pass 1', more: Partial<NamedCall> = {}): NamedCall => ({
    name: takeSeat.name,
    actor: { kind: 'attendee', conferenceId: small.id, attendeeId: small.idOf(name) },
    credential: null,
    params: { slug: small.slug, passId: small.idOf('Pass 1') },
    body: { sessionId: small.idOf(session) },
    url: 'https://verkstad.example',
    ...more,
  });
  return { store, small, names, call, threads, dataDir, inThread: () => untilInThread(store, call) };
}

/** Asks until the second writer has answered something. */
async function untilInThread(store: Store, call: (name: string) => NamedCall): Promise<void> {
  const groupsOf = () => store.work().groups;
  for (let tries = 0; tries < 400; tries++) {
    const own = vi.spyOn(store, 'write');
    // oxlint-disable-next-line no-await-in-loop -- one after another until it is there
    await store.perform(call('Person 0'));
    own.mockRestore();
    if (isInThread(store)) return;
    // oxlint-disable-next-line no-await-in-loop
    await after(10);
  }
  throw new Error(`the second writer did not start; ${groupsOf()} groups`);
}
