import type { Database as Sqlite } from 'better-sqlite3';
import { type Refusal, Refused } from '../../shared/core/refusal.ts';
import { busy, shuttingDown, storageFull } from '../../shared/core/refusals.ts';
import type { Actor } from '../../shared/core/access.ts';
import type { Instant } from '../../shared/core/time.ts';
import type { Change, Command } from './change.ts';
import type { Door } from './door.ts';
import { storageTrouble } from './storage-trouble.ts';

/** How large groups grow. */
export interface Groups {
  /** Commands. */
  readonly size: number;
  /**
   * Longest time a group works before it commits: `least`, or on a slow disk twice as long as the last commit took, up to `most`, or
   * most of the time would go to waiting for the disk.
   */
  readonly milliseconds: { readonly least: number; readonly most: number };
  /**
   * The part of the crowd, of those who wait and those who have just been answered, that a group takes at most. Where another thread answers
   * meanwhile, half: while one half is decided the other is answered and asks again, and neither thread waits for the other.
   */
  readonly part: number;
}

/** Where requests are read and answered in the same thread, they wait for each group. */
const briefGroups: Groups = { size: 128, milliseconds: { least: 8, most: 20 }, part: 1 };
/** Longest time that commands which have arrived wait for those arriving, in milliseconds. */
const gatheringMilliseconds = 2;
const probeMilliseconds = 1000;
/** Commands that may wait where nothing else is said. */
export const mostWaiting = 2000;
/** The part of the queue that one attendee may fill: nobody keeps the others out. */
const shareOfOne = 1 / 4;

export interface WriterOptions {
  readonly sqlite: Sqlite;
  /** Makes what one command sees, by the clock or as if it were `rehearsedAt`; its hooks are handed to `afterCommit`. */
  readonly changeFor: (
    actor: Actor,
    afterCommit: (hook: () => void) => void,
    rehearsedAt: Instant | null,
  ) => Change;
  /** The file or the disk cannot be trusted any more: nothing may be written after this. */
  readonly onBroken: (error: unknown) => void;
  readonly onHookError: (error: unknown) => void;
  readonly maxQueue?: number;
  /** How long a command waits for another process that holds the write lock, in milliseconds. */
  readonly lockMilliseconds?: number;
  readonly groups?: Groups;
  /**
   * Commands are made of what they are asked alone, so a group may be run twice: they share its transaction without a savepoint each,
   * and only where one of them wrote before it failed is the group undone and run again with savepoints.
   */
  readonly repeatable?: boolean;
  /** Where this thread accepts connections too. */
  readonly door?: Door;
  /** Where another thread writes too: whose turn it is. */
  readonly turn?: Turn;
  /** The storage began or ceased to refuse writes. */
  readonly onReadOnly?: (is: boolean) => void;
  /** A group is over and everyone in it has been answered. */
  readonly afterGroup?: () => void;
}

/** Two writers of one file take turns, a group at a time, so that neither ever waits for a lock that the other holds. */
export interface Turn {
  /** Whether a group may begin now. Where it may not, `go` is called once it may. */
  take(go: () => void): boolean;
  /** The group is over. */
  give(): void;
}

/** How a command ended. */
export type Ended = { readonly value: unknown } | { readonly error: unknown };

export interface Writer {
  write<T>(actor: Actor, command: Command<T>): Promise<T>;
  /**
   * The same for those who want no promise: `settle` is called with how it ended, before `afterGroup`. With `rehearsedAt` all is done but
   * the commit: the group, of rehearsals alone, is undone and its hooks forgotten.
   */
  submit(
    actor: Actor,
    command: Command<unknown>,
    settle: (ended: Ended) => void,
    rehearsedAt?: Instant | null,
  ): void;
  /** Whether the storage refuses writes for now. */
  readOnly(): boolean;
  work(): Work;
  /** Ends well: takes nothing more, finishes what waits. */
  stop(): Promise<void>;
}

/** What a writer has done since it was made. */
export interface Work {
  readonly commands: number;
  readonly groups: number;
  /** Commands in the queue. */
  readonly waiting: number;
}

interface Item {
  readonly actor: Actor;
  readonly command: Command<unknown>;
  readonly settle: (ended: Ended) => void;
  readonly queuedAt: number;
  readonly rehearsedAt: Instant | null;
}

interface Outcome {
  readonly item: Item;
  readonly hooks: readonly (() => void)[];
  readonly result: Ended;
}

/**
 * Group commit: commands that arrive together run one after another in one transaction, each in its own savepoint unless they are
 * `repeatable`, and nobody is answered before the commit that holds their write is on disk. Under load the groups form by themselves;
 * a command that comes alone waits for nothing but its own commit.
 */
export function createWriter(options: WriterOptions): Writer {
  const { sqlite, maxQueue = mostWaiting, lockMilliseconds = 200 } = options;
  const { size: groupSize, milliseconds: groupMilliseconds, part } = options.groups ?? briefGroups;
  const begin = sqlite.prepare('BEGIN IMMEDIATE');
  const commit = sqlite.prepare('COMMIT');
  const rollback = sqlite.prepare('ROLLBACK');
  const savepoint = sqlite.prepare('SAVEPOINT command');
  const release = sqlite.prepare('RELEASE command');
  const undo = sqlite.prepare('ROLLBACK TO command');
  const rowsWritten = sqlite.prepare('SELECT total_changes()').pluck();

  const queue: Item[] = [];
  /** How many commands of each attendee are in the queue. */
  const waitingOf = new Map<string, number>();
  let scheduled = false;
  let readOnly = false;
  let broken = false;
  let stopping = false;
  let drained: (() => void) | null = null;
  const isCrowded = options.door?.patience() ?? (() => false);
  let commands = 0;
  /** How long the last commit took, in milliseconds. */
  let commitTook = 0;
  let groups = 0;
  /** How many have been answered and not been followed by as many who ask. */
  let away = 0;
  let probeTimer: NodeJS.Timeout | undefined;
  /** Whether a probe waits for its turn. */
  let probing = false;

  function write<T>(actor: Actor, command: Command<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      submit(actor, command, (ended) => {
        if ('value' in ended) resolve(ended.value as T);
        else reject(ended.error);
      });
    });
  }

  function submit(
    actor: Actor,
    command: Command<unknown>,
    settle: Item['settle'],
    rehearsedAt: Instant | null = null,
  ): void {
    const no = whyNotQueue(actor);
    if (no) return settle({ error: new Refused(no) });
    enqueue({ actor, command, settle, queuedAt: performance.now(), rehearsedAt });
    schedule();
  }

  function whyNotQueue(actor: Actor): Refusal | null {
    if (stopping) return shuttingDown();
    if (readOnly || broken) return storageFull();
    return queue.length >= maxQueue || fillsTheQueue(actor) ? busy() : null;
  }

  function fillsTheQueue(actor: Actor): boolean {
    return actor.kind === 'attendee' && (waitingOf.get(actor.attendeeId) ?? 0) >= maxQueue * shareOfOne;
  }

  function enqueue(item: Item): void {
    queue.push(item);
    if (away > 0) away--;
    count(item, 1);
  }

  function dequeue(): Item {
    const item = queue.shift()!;
    count(item, -1);
    return item;
  }

  function count({ actor }: Item, more: 1 | -1): void {
    if (actor.kind !== 'attendee') return;
    const waiting = (waitingOf.get(actor.attendeeId) ?? 0) + more;
    if (waiting > 0) waitingOf.set(actor.attendeeId, waiting);
    else waitingOf.delete(actor.attendeeId);
  }

  function schedule(): void {
    if (scheduled || queue.length === 0) return;
    scheduled = true;
    gather(0, performance.now() + gatheringMilliseconds);
  }

  /** Requests that have reached the process are read turn by turn of the event loop: as long as a turn brings more, they share the commit. */
  function gather(before: number, until: number): void {
    setImmediate(() => {
      const waiting = queue.length;
      const more = waiting > before && waiting < groupSize && performance.now() < until;
      if (isCrowded() || more) gather(waiting, until);
      else flush();
    });
  }

  function flush(): void {
    if (options.turn?.take(takeTurn) ?? true) takeTurn();
  }

  function takeTurn(): void {
    scheduled = false;
    if (queue.length > 0) commitGroup();
    options.turn?.give();
    schedule();
    if (queue.length === 0) drained?.();
  }

  function commitGroup(): void {
    try {
      begin.run();
    } catch (error) {
      couldNotBegin(error);
      return;
    }
    const startedAt = performance.now();
    const enough = Math.min(Math.max(groupMilliseconds.least, 2 * commitTook), groupMilliseconds.most);
    const most = Math.min(groupSize, Math.ceil((queue.length + away) * part));
    let group: Outcome[] = [];
    let failure: { error: unknown } | null = null;
    let saving = options.repeatable !== true;
    const isRehearsal = queue[0]!.rehearsedAt !== null;
    do {
      const item = dequeue();
      const outcome = saving ? run(item) : runUnsaved(item);
      if (outcome === null) {
        saving = true;
        const items = [...group.map((before) => before.item), item];
        if (!beginAgain(items)) return;
        ({ group, failure } = runSaved(items));
      } else {
        group.push(outcome);
        failure = lostBy(outcome);
      }
    } while (
      failure === null &&
      queue.length > 0 &&
      (queue[0]!.rehearsedAt !== null) === isRehearsal &&
      group.length < most &&
      performance.now() - startedAt < enough
    );
    failure ??= isRehearsal ? tryUndo() : tryCommit();
    if (!isRehearsal) {
      commands += group.length;
      groups++;
    }
    away = Math.min(away + group.length, groupSize);
    if (failure) failGroup(group, failure.error);
    else settle(group);
    options.afterGroup?.();
  }

  /** A full disk may have rolled the whole group back: what the commands before this one wrote is gone too. */
  function lostBy({ result }: Outcome): { error: unknown } | null {
    if (!broken && sqlite.inTransaction) return null;
    return { error: 'error' in result ? result.error : null };
  }

  function run(item: Item): Outcome {
    const hooks: (() => void)[] = [];
    try {
      savepoint.run();
      const value = valueOf(item, hooks);
      release.run();
      return { item, hooks, result: { value } };
    } catch (error) {
      undoCommand();
      return { item, hooks: [], result: { error } };
    }
  }

  /** Null where the command failed after it had written, so that what it wrote is among what the others wrote. */
  function runUnsaved(item: Item): Outcome | null {
    const hooks: (() => void)[] = [];
    const before = rowsWritten.get();
    try {
      return { item, hooks, result: { value: valueOf(item, hooks) } };
    } catch (error) {
      if (sqlite.inTransaction && rowsWritten.get() !== before) return null;
      return { item, hooks: [], result: { error } };
    }
  }

  /** Undoes a group and begins it anew; where it cannot begin, all in it wait again. */
  function beginAgain(items: readonly Item[]): boolean {
    undoGroup();
    try {
      begin.run();
      return true;
    } catch (error) {
      for (const item of items) count(item, 1);
      queue.unshift(...items);
      couldNotBegin(error);
      return false;
    }
  }

  /** Those that come after one with which all was lost share its end. */
  function runSaved(items: readonly Item[]): { group: Outcome[]; failure: { error: unknown } | null } {
    const group: Outcome[] = [];
    let failure: { error: unknown } | null = null;
    for (const item of items) {
      const outcome: Outcome = failure === null ? run(item) : { item, hooks: [], result: failure };
      group.push(outcome);
      failure ??= lostBy(outcome);
    }
    return { group, failure };
  }

  function valueOf({ actor, command, rehearsedAt }: Item, hooks: (() => void)[]): unknown {
    const value = command(options.changeFor(actor, (hook) => hooks.push(hook), rehearsedAt));
    if (!(value instanceof Promise)) return value;
    value.catch(() => {});
    throw new TypeError('A command is synchronous: it returned a promise');
  }

  function undoCommand(): void {
    if (!sqlite.inTransaction) return;
    try {
      undo.run();
      release.run();
    } catch {
      undoGroup();
    }
  }

  function undoGroup(): void {
    try {
      if (sqlite.inTransaction) rollback.run();
    } catch (error) {
      breakDown(error);
    }
  }

  function breakDown(error: unknown): void {
    broken = true;
    refuseWaiting();
    options.onBroken(error);
  }

  function tryCommit(): { error: unknown } | null {
    const startedAt = performance.now();
    try {
      commit.run();
      commitTook = performance.now() - startedAt;
      return null;
    } catch (error) {
      undoGroup();
      return { error };
    }
  }

  function tryUndo(): { error: unknown } | null {
    try {
      rollback.run();
      return null;
    } catch (error) {
      undoGroup();
      return { error };
    }
  }

  function settle(group: readonly Outcome[]): void {
    for (const { item, hooks } of group) {
      if (item.rehearsedAt !== null) continue;
      for (const hook of hooks) {
        try {
          hook();
        } catch (error) {
          options.onHookError(error);
        }
      }
    }
    for (const { item, result } of group) {
      if ('value' in result) {
        item.settle(result);
        continue;
      }
      const trouble = storageTrouble(result.error);
      if (trouble) note(result.error);
      item.settle(trouble ? { error: new Refused(storageFull()) } : result);
    }
  }

  /** Refusals in a group that was lost are lost too: they were decided on writes that never happened. */
  function failGroup(group: readonly Outcome[], error: unknown): void {
    note(error);
    for (const { item } of group) item.settle({ error: new Refused(storageFull()) });
  }

  function note(error: unknown): void {
    switch (storageTrouble(error)) {
      case 'full':
        becomeReadOnly();
        break;
      case 'broken':
        breakDown(error);
        break;
      case 'locked':
      case null:
        break;
    }
  }

  /** Waiting for the lock inside SQLite would freeze every read, so the wait is made here, between attempts. */
  function couldNotBegin(error: unknown): void {
    const locked = storageTrouble(error) === 'locked';
    if (!locked) note(error);
    const giveUpBefore = locked ? performance.now() - lockMilliseconds : Infinity;
    while (queue.length > 0 && queue[0]!.queuedAt <= giveUpBefore)
      dequeue().settle({ error: new Refused(locked ? busy() : storageFull()) });
    options.afterGroup?.();
    if (queue.length === 0) return;
    scheduled = true;
    setTimeout(flush, 5);
  }

  function becomeReadOnly(): void {
    readOnly = true;
    options.onReadOnly?.(true);
    refuseWaiting();
    probeTimer ??= setInterval(probe, probeMilliseconds).unref();
  }

  function refuseWaiting(): void {
    while (queue.length > 0) dequeue().settle({ error: new Refused(storageFull()) });
  }

  function probe(): void {
    if (probing) return;
    probing = true;
    if (options.turn?.take(probeInTurn) ?? true) probeInTurn();
  }

  function probeInTurn(): void {
    probing = false;
    if (!stopping && !broken && canWrite()) {
      clearInterval(probeTimer);
      probeTimer = undefined;
      readOnly = false;
      options.onReadOnly?.(false);
    }
    options.turn?.give();
  }

  function canWrite(): boolean {
    try {
      begin.run();
      // Setting the version to what it is writes a page and means nothing.
      sqlite.pragma(`user_version = ${String(sqlite.pragma('user_version', { simple: true }))}`);
      commit.run();
      return true;
    } catch (error) {
      undoGroup();
      if (storageTrouble(error) === 'broken') note(error);
      return false;
    }
  }

  function stop(): Promise<void> {
    stopping = true;
    clearInterval(probeTimer);
    if (queue.length === 0) return Promise.resolve();
    return new Promise((resolve) => {
      drained = resolve;
    });
  }

  return {
    write,
    submit,
    readOnly: () => readOnly,
    work: () => ({ commands, groups, waiting: queue.length }),
    stop,
  };
}
