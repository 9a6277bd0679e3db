import type { Problem } from '../../shared/core/refusal.ts';
import type { Pick as Seat } from '../../shared/registration/vocabulary.ts';
import { ApiProblem } from '../core/api.ts';
import { type Held, heldIn } from './day.ts';

/** What is on its way in a pass: shown at once, kept only when the server has answered. */
export type Intent =
  | { readonly kind: 'take'; readonly session: string; readonly from: string | null; readonly back: boolean }
  | { readonly kind: 'queue'; readonly session: string }
  /** Waits for Ångra before it is sent. */
  | { readonly kind: 'leave'; readonly session: string; readonly sent: boolean }
  | { readonly kind: 'leave-queue'; readonly session: string };

/** What happened last in a pass, until the next thing does. */
export type Note =
  | { readonly kind: 'swapped'; readonly from: string; readonly to: string }
  /** Someone was faster: the seat is gone, what was held is kept. */
  | { readonly kind: 'lost'; readonly session: string; readonly back: boolean; readonly waiting: number }
  | { readonly kind: 'refused'; readonly problem: Problem }
  /** No answer came; the choice may or may not have been kept. */
  | { readonly kind: 'unsent'; readonly intent: Intent };

export interface PickingState {
  readonly intents: Readonly<Record<string, Intent>>;
  readonly notes: Readonly<Record<string, Note>>;
  /** When the server last answered that something was kept. */
  readonly savedAt: number | null;
}

/** What picking needs of the world. Each write answers with the new truth. */
export interface PickingPorts {
  readonly take: (pass: string, session: string, from: string | null, waitlist: boolean) => Promise<Held>;
  readonly release: (pass: string, leavingPage: boolean) => Promise<Held>;
  readonly leaveQueue: (session: string) => Promise<Held>;
  /** Reads the truth anew, after an answer that was lost or a change elsewhere. */
  readonly refresh: () => Promise<Held>;
  /** What the server last said. */
  readonly held: () => Held;
  readonly learn: (held: Held) => void;
  readonly now: () => number;
  /** Runs something later; the returned function calls it off. */
  readonly later: (milliseconds: number, run: () => void) => () => void;
}

/** How long a release waits for Ångra. */
export const undoTime = 6000;

/** Choosing, swapping and releasing as the page sees it; one write at a time, in the order they were made. */
export interface Picking {
  readonly state: () => PickingState;
  readonly subscribe: (changed: () => void) => () => void;
  /** Takes a seat, or swaps to it. `back`: undoes a swap. */
  readonly take: (pass: string, session: string, back?: boolean) => void;
  readonly queue: (pass: string, session: string) => void;
  readonly leaveQueue: (pass: string, session: string) => void;
  /** Gives the seat up in six seconds. */
  readonly leave: (pass: string) => void;
  /** Ångra: the seat was never given up. */
  readonly stay: (pass: string) => void;
  /** Tries again what got no answer. */
  readonly retry: (pass: string) => void;
  /** Sends what waits for Ångra at once: the page is being left. */
  readonly flush: () => void;
}

export function createPicking(ports: PickingPorts): Picking {
  let state: PickingState = { intents: {}, notes: {}, savedAt: null };
  let last: Promise<void> = Promise.resolve();
  const listeners = new Set<() => void>();
  const timers = new Map<string, () => void>();

  const set = (change: Partial<PickingState>): void => {
    state = { ...state, ...change };
    for (const changed of listeners) changed();
  };
  const note = (pass: string, next: Note | null): void =>
    set({ notes: next ? { ...state.notes, [pass]: next } : without(state.notes, pass) });
  const stopTimer = (pass: string): void => {
    timers.get(pass)?.();
    timers.delete(pass);
  };
  const begin = (pass: string, intent: Intent): void => {
    stopTimer(pass);
    set({ intents: { ...state.intents, [pass]: intent }, notes: without(state.notes, pass) });
  };
  const isCurrent = (pass: string, intent: Intent): boolean => state.intents[pass] === intent;

  const write = (intent: Intent, pass: string, leavingPage: boolean): Promise<Held> => {
    switch (intent.kind) {
      case 'take':
        return ports.take(pass, intent.session, heldIn(ports.held(), pass), false);
      case 'queue':
        return ports.take(pass, intent.session, heldIn(ports.held(), pass), true);
      case 'leave':
        return ports.release(pass, leavingPage);
      case 'leave-queue':
        return ports.leaveQueue(intent.session);
    }
  };

  const send = async (pass: string, intent: Intent, leavingPage: boolean): Promise<void> => {
    if (!isCurrent(pass, intent)) return;
    try {
      const held = await write(intent, pass, leavingPage);
      ports.learn(held);
      set({ savedAt: ports.now() });
      if (isCurrent(pass, intent)) {
        set({ intents: without(state.intents, pass) });
        note(pass, noteOf(intent));
      }
    } catch (error) {
      if (isCurrent(pass, intent)) {
        set({ intents: without(state.intents, pass) });
        note(pass, troubleOf(intent, error));
      }
      if (error instanceof ApiProblem) await ports.refresh().then(ports.learn, () => {});
    }
  };

  const enqueue = (pass: string, intent: Intent, leavingPage = false): void => {
    last = last.then(() => send(pass, intent, leavingPage));
  };

  const sendLeave = (pass: string, leavingPage: boolean): void => {
    const intent = state.intents[pass];
    if (intent?.kind !== 'leave' || intent.sent) return;
    stopTimer(pass);
    const sent: Intent = { ...intent, sent: true };
    set({ intents: { ...state.intents, [pass]: sent } });
    // A page that is being left cannot wait for its turn.
    if (leavingPage) void send(pass, sent, true);
    else enqueue(pass, sent);
  };

  const start = (pass: string, intent: Intent): void => {
    begin(pass, intent);
    enqueue(pass, intent);
  };

  const picking: Picking = {
    state: () => state,
    subscribe: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    take: (pass, session, back = false) => {
      const from = heldIn(shown(ports.held(), state), pass);
      if (from === session) {
        picking.stay(pass);
        return;
      }
      start(pass, { kind: 'take', session, from: heldIn(ports.held(), pass), back });
    },
    queue: (pass, session) => start(pass, { kind: 'queue', session }),
    leaveQueue: (pass, session) => start(pass, { kind: 'leave-queue', session }),
    leave: (pass) => {
      const session = heldIn(shown(ports.held(), state), pass);
      if (session === null) return;
      begin(pass, { kind: 'leave', session, sent: false });
      timers.set(
        pass,
        ports.later(undoTime, () => sendLeave(pass, false)),
      );
    },
    stay: (pass) => {
      const intent = state.intents[pass];
      if (intent?.kind !== 'leave' || intent.sent) return;
      stopTimer(pass);
      set({ intents: without(state.intents, pass) });
    },
    retry: (pass) => {
      const unsent = state.notes[pass];
      if (unsent?.kind !== 'unsent') return;
      const { intent } = unsent;
      begin(pass, intent);
      last = last.then(async () => {
        // The lost answer may have been a yes: ask what is true before asking for it again.
        await ports.refresh().then(ports.learn, () => {});
        if (!isCurrent(pass, intent)) return;
        if (isDone(intent, pass, ports.held())) {
          set({ intents: without(state.intents, pass), savedAt: ports.now() });
          note(pass, noteOf(intent));
        } else await send(pass, intent, false);
      });
    },
    flush: () => {
      for (const pass of Object.keys(state.intents)) sendLeave(pass, true);
    },
  };
  return picking;
}

/** What is shown: the server's truth with what is on its way. */
export function shown(held: Held, { intents }: PickingState): Held {
  let { picks, waitlist } = held;
  for (const [pass, intent] of Object.entries(intents)) {
    if (intent.kind === 'take') {
      const seat: Seat = { pass, session: intent.session, source: 'attendee' };
      picks = [...picks.filter((pick) => pick.pass !== pass), seat];
      waitlist = waitlist.filter((place) => place.session !== intent.session);
    }
    if (intent.kind === 'leave' && intent.sent) picks = picks.filter((pick) => pick.pass !== pass);
    if (intent.kind === 'leave-queue') {
      waitlist = waitlist.filter((place) => place.session !== intent.session);
    }
  }
  return { picks, waitlist };
}

/** Whether anything has been sent, or is about to be, that the server has not answered. */
export function isSaving({ intents }: PickingState): boolean {
  return Object.values(intents).some((intent) => intent.kind !== 'leave' || intent.sent);
}

/** Whether something got no answer and is not kept. */
export function isUnsaved({ notes }: PickingState): boolean {
  return Object.values(notes).some((note) => note.kind === 'unsent');
}

function noteOf(intent: Intent): Note | null {
  return intent.kind === 'take' && intent.from !== null && !intent.back
    ? { kind: 'swapped', from: intent.from, to: intent.session }
    : null;
}

function troubleOf(intent: Intent, error: unknown): Note {
  if (!(error instanceof ApiProblem)) return { kind: 'unsent', intent };
  const { problem } = error;
  if (problem.code === 'full' && intent.kind === 'take') {
    const waiting = problem.facts?.['waiting'];
    return {
      kind: 'lost',
      session: intent.session,
      back: intent.back,
      waiting: typeof waiting === 'number' ? waiting : 0,
    };
  }
  return { kind: 'refused', problem };
}

function isDone(intent: Intent, pass: string, held: Held): boolean {
  const queued = held.waitlist.some((place) => place.session === intent.session);
  switch (intent.kind) {
    case 'take':
      return heldIn(held, pass) === intent.session;
    case 'queue':
      return queued || heldIn(held, pass) === intent.session;
    case 'leave':
      return heldIn(held, pass) !== intent.session;
    case 'leave-queue':
      return !queued;
  }
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  const { [key]: _, ...rest } = record;
  return rest;
}
