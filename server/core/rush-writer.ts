import type { Worker } from 'node:worker_threads';
import { Refused, type Refusal } from '../../shared/core/refusal.ts';
import { busy, storageFull } from '../../shared/core/refusals.ts';
import type { Follower, News } from './change.ts';
import type { Door } from './door.ts';
import type { NamedCall } from './named-call.ts';
import { mostWaiting, type Turn, type Work } from './writer.ts';

export type ToThread =
  /** JSON of numbered calls: a text crosses to another thread at less cost than the objects in it. */
  { readonly kind: 'calls'; readonly calls: string } | { readonly kind: 'pause' | 'go' | 'stop' };

export type NumberedCall = readonly [number: number, call: NamedCall];

export type FromThread =
  | { readonly kind: 'ready' | 'paused' | 'stopped' }
  | { readonly kind: 'read-only'; readonly is: boolean }
  | { readonly kind: 'broken'; readonly message: string }
  | {
      readonly kind: 'answers';
      /** Calls that are answered, and their answers as JSON, a line each: one text costs less to hand over than many. */
      readonly numbers: readonly number[];
      readonly answers: string;
      readonly failures: readonly (readonly [number: number, why: Failure])[];
      /** What their commits changed, in order. */
      readonly news: readonly News[];
      readonly commands: number;
      readonly groups: number;
    };

export type Failure = { readonly refusal: Refusal } | { readonly message: string; readonly stack: string };

/** How long after somebody has called no rehearsal is taken: rehearsed and real calls share no group, and each change of kind would be a commit. */
const realCallsFirstMilliseconds = 300;

export interface RushOptions {
  /** Starts the thread that runs `writeInThread`. */
  readonly start: () => Worker;
  /** Named calls within a second that make a rush. */
  readonly calls: number;
  /** How long nobody has called before the thread's memory is given back, in milliseconds. */
  readonly quietMilliseconds?: number;
}

export interface RushWriterOptions extends RushOptions {
  /** Calls that may wait for their answers; one more is answered `busy` at once, however long the thread waits for the disk. */
  readonly maxQueue?: number | undefined;
  readonly follow: Follower;
  readonly door: Door;
  /** The thread ended by itself, or cannot trust the disk: nobody knows what it wrote last. */
  readonly onBroken: (error: unknown) => void;
  /** The thread has ended, and this one writes alone. */
  readonly onEnd?: () => void;
}

/**
 * A second writer in a thread of its own, for a rush: named calls are decided and committed there, while this thread reads, checks and
 * answers requests. It has its own connection, and the two take turns. It starts when a rush does or is expected, and ends when all is
 * quiet, so that an idle server carries nothing of it.
 */
export interface RushWriter {
  /** The answer as JSON, once it is on disk; null where there is no rush, and whoever asks writes it themselves. */
  perform(call: NamedCall): Promise<string> | null;
  /** Starts the thread before anybody has called; false where it runs or cannot start. */
  expect(): boolean;
  /** For the writer of this thread. */
  readonly turn: Turn;
  /** Whether the storage refuses its writes for now. */
  readOnly(): boolean;
  work(): Work;
  /** Ends well: takes nothing more, finishes what waits. */
  stop(): Promise<void>;
}

interface Asked {
  readonly resolve: (answer: string) => void;
  readonly reject: (error: Error) => void;
}

export function createRushWriter(options: RushWriterOptions): RushWriter {
  const { calls: enough, quietMilliseconds = 60_000, maxQueue = mostWaiting } = options;
  /** Whose turn it is to write; `asked`: theirs, and they have been asked to give it. */
  let turn: 'off' | 'starting' | 'theirs' | 'asked' | 'ours' = 'off';
  let worker: Worker | undefined;
  let ending = false;
  let stopped = false;
  let readOnly = false;
  const asked = new Map<number, Asked>();
  const waiting: (() => void)[] = [];
  let ended: (() => void)[] = [];
  let batch: NumberedCall[] = [];
  let number = 0;
  /** What threads before this one have done. */
  let before = { commands: 0, groups: 0 };
  let done = before;
  let secondFrom = 0;
  let inSecond = 0;
  let calledAt = 0;
  /** The last call that was no rehearsal. */
  let realCallAt = -Infinity;
  let quiet: NodeJS.Timeout | undefined;
  const isCrowded = options.door.patience();

  function tell(message: ToThread): void {
    worker?.postMessage(message);
  }

  function perform(call: NamedCall): Promise<string> | null {
    const isRehearsal = call.rehearsedAt !== null;
    if (!isRehearsal) calledAt = realCallAt = performance.now();
    if (turn === 'off' || turn === 'starting' || ending) {
      if (!isRehearsal && isRush()) begin();
      return null;
    }
    const givesWay = isRehearsal && performance.now() - realCallAt < realCallsFirstMilliseconds;
    if (givesWay || asked.size >= maxQueue) return Promise.reject(new Refused(busy()));
    return new Promise((resolve, reject) => {
      asked.set(++number, { resolve, reject });
      if (batch.push([number, call]) === 1) sendSoon();
    });
  }

  function isRush(): boolean {
    if (calledAt - secondFrom > 1000) {
      secondFrom = calledAt;
      inSecond = 0;
    }
    return ++inSecond >= enough;
  }

  /** Nobody who waits for an answer asks for more: that keeps the turns short. */
  function sendSoon(): void {
    setImmediate(() => {
      if (isCrowded()) sendSoon();
      else send();
    });
  }

  function send(): void {
    tell({ kind: 'calls', calls: JSON.stringify(batch) });
    batch = [];
  }

  function begin(): void {
    if (turn !== 'off' || stopped) return;
    turn = 'starting';
    let thread: Worker;
    try {
      thread = options.start();
    } catch (error) {
      return over(worker, error);
    }
    worker = thread;
    thread.on('message', (message: FromThread) => hear(message));
    thread.on('error', (error) => over(thread, error));
    thread.on('exit', () => over(thread, new Error('the thread that writes in a rush ended by itself')));
    quiet = setInterval(() => {
      if (performance.now() - calledAt > quietMilliseconds) end();
    }, quietMilliseconds / 4).unref();
  }

  function hear(message: FromThread): void {
    switch (message.kind) {
      case 'ready':
        return passOn();
      case 'paused':
        turn = 'ours';
        waiting.shift()?.();
        return;
      case 'answers':
        return answer(message);
      case 'read-only':
        readOnly = message.is;
        return;
      case 'broken':
        return options.onBroken(new Error(message.message));
      case 'stopped':
        return rest();
    }
  }

  function answer(message: Extract<FromThread, { kind: 'answers' }>): void {
    done = { commands: before.commands + message.commands, groups: before.groups + message.groups };
    for (const news of message.news) options.follow(news);
    const answers = message.answers.split('\n');
    message.numbers.forEach((called, i) => settle(called)?.resolve(answers[i]!));
    for (const [called, why] of message.failures)
      settle(called)?.reject('refusal' in why ? new Refused(why.refusal) : errorOf(why));
  }

  function settle(called: number): Asked | undefined {
    const one = asked.get(called);
    asked.delete(called);
    return one;
  }

  function passOn(): void {
    turn = 'theirs';
    tell({ kind: 'go' });
    if (waiting.length > 0) ask();
    else if (stopped) end();
  }

  function ask(): void {
    turn = 'asked';
    tell({ kind: 'pause' });
  }

  function end(): void {
    if (turn === 'off' || turn === 'starting' || ending) return;
    ending = true;
    if (batch.length > 0) send();
    tell({ kind: 'stop' });
  }

  /** Everything is answered and the connection closed: this thread writes alone again. */
  function rest(): void {
    turn = 'off';
    ending = false;
    readOnly = false;
    worker = undefined;
    before = done;
    clearInterval(quiet);
    options.onEnd?.();
    for (const resolve of ended) resolve();
    ended = [];
    waiting.shift()?.();
  }

  /** A thread that could not start is no loss. One that ends while it writes leaves nobody who knows what is written. */
  function over(thread: Worker | undefined, error: unknown): void {
    if (worker !== thread) return;
    stopped = true;
    if (turn === 'starting')
      console.error(
        'The thread that writes in a rush could not start; the server writes on without it:',
        error,
      );
    else options.onBroken(error);
    for (const { reject } of asked.values()) reject(new Refused(storageFull()));
    asked.clear();
    rest();
  }

  return {
    perform,
    expect() {
      calledAt = performance.now();
      const wasOff = turn === 'off';
      begin();
      return wasOff && turn !== 'off';
    },
    turn: {
      take(go) {
        if (turn === 'off' || turn === 'starting') return true;
        waiting.push(go);
        if (turn === 'theirs' && !ending) ask();
        return false;
      },
      give() {
        if (waiting.length > 0 && (turn === 'ours' || turn === 'off')) waiting.shift()?.();
        else if (turn === 'ours') passOn();
      },
    },
    readOnly: () => readOnly,
    work: () => ({ ...done, waiting: asked.size }),
    stop() {
      stopped = true;
      if (turn === 'off') return Promise.resolve();
      end();
      return new Promise((resolve) => void ended.push(resolve));
    },
  };
}

function errorOf({ message, stack }: { message: string; stack: string }): Error {
  return Object.assign(new Error(message), { stack });
}
