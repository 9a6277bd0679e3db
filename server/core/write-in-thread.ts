import type { MessagePort } from 'node:worker_threads';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { Refused } from '../../shared/core/refusal.ts';
import { type News, type Reaction, type Standing, unknownOthers } from './change.ts';
import { changesOn, openConnection } from './database.ts';
import { dataFolder, readKey } from './data-folder.ts';
import type { Perform } from './named-call.ts';
import type { Db } from './statement.ts';
import type { Failure, FromThread, NumberedCall, ToThread } from './rush-writer.ts';
import { createWriter, type Ended } from './writer.ts';

/** Nobody else waits for this thread, so a group may last as long as those who wait for an answer can bear. */
const rushGroups = { size: 256, milliseconds: { least: 25, most: 40 }, part: 0.5 } as const;

/** What the thread is started with: where the data and the key lie. */
export interface RushThreadData {
  readonly dataDir: string;
  readonly keyFile?: string | undefined;
}

/** What the areas of the product do with a connection. */
interface InThread {
  readonly reactions: readonly Reaction[];
  readonly perform: Perform;
  readonly learn: (db: Db) => boolean;
}

/** The other side of a `RushWriter`: takes calls from `port`, and writes them in groups when it is this thread's turn. */
export function writeInThread(
  port: MessagePort,
  { dataDir, keyFile }: RushThreadData,
  { reactions, perform, learn }: InThread,
): void {
  const folder = dataFolder(dataDir, keyFile);
  const sqlite = openConnection(folder);
  const db = drizzle(sqlite);
  while (!learn(db));
  let numbers: number[] = [];
  let answers: string[] = [];
  let failures: [number, Failure][] = [];
  let news: News[] = [];
  let mine = false;
  let waiting: (() => void) | null = null;
  const standing: Standing = new Map();
  const others = unknownOthers();

  const tell = (message: FromThread): void => port.postMessage(message);
  const writer = createWriter({
    sqlite,
    changeFor: changesOn(db, readKey(folder), {
      reactions,
      follow: (item) => news.push(item),
      standing,
      others,
    }),
    onBroken: (error) => tell({ kind: 'broken', message: String(error) }),
    onHookError: (error) => console.error(error),
    onReadOnly: (is) => tell({ kind: 'read-only', is }),
    afterGroup: answer,
    groups: rushGroups,
    repeatable: true,
    turn: {
      take(go) {
        if (!mine) waiting = go;
        return mine;
      },
      give: () => {},
    },
  });

  function answer(): void {
    if (numbers.length + failures.length === 0) return;
    const { commands, groups } = writer.work();
    tell({ kind: 'answers', numbers, answers: answers.join('\n'), failures, news, commands, groups });
    numbers = [];
    answers = [];
    failures = [];
    news = [];
  }

  function note(number: number, ended: Ended): void {
    if ('error' in ended) failures.push([number, failureOf(ended.error)]);
    else {
      numbers.push(number);
      answers.push(ended.value as string);
    }
  }

  port.on('message', (message: ToThread) => {
    switch (message.kind) {
      case 'calls':
        for (const [number, call] of JSON.parse(message.calls) as NumberedCall[])
          writer.submit(
            call.actor,
            (change) => perform(change, call),
            (ended) => note(number, ended),
            call.rehearsedAt,
          );
        // Those who were refused a place in the queue.
        return answer();
      case 'pause':
        mine = false;
        return tell({ kind: 'paused' });
      case 'go': {
        mine = true;
        // The other thread may have written anything.
        standing.clear();
        Object.assign(others, unknownOthers());
        const go = waiting;
        waiting = null;
        return go?.();
      }
      case 'stop':
        void writer.stop().then(() => {
          sqlite.close();
          tell({ kind: 'stopped' });
          port.close();
        });
    }
  });
  tell({ kind: 'ready' });
}

function failureOf(error: unknown): Failure {
  if (error instanceof Refused) return { refusal: error.refusal };
  return error instanceof Error
    ? { message: error.message, stack: error.stack ?? '' }
    : { message: String(error), stack: '' };
}
