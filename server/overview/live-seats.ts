import type { Follower } from '../core/change.ts';
import type { Store } from '../core/database.ts';
import { type EventStream, formatEvent } from '../core/http/events.ts';
import { newId } from '../core/ids.ts';
import { seatCounts } from '../registration/queries.ts';

/** Shortest time between all having heard one event and the next, in milliseconds: what changes meanwhile goes out together. */
const batchMilliseconds = 100;
/** Listeners for each millisecond more, so that thousands of open pages take a small part of the time that seats are given in. */
const listenersPerMillisecond = 5;
/** Listeners told in one turn of the event loop: picks and reads come in between. */
const toldAtOnce = 64;
/** Events kept for listeners that come back or fall behind. Who has missed more gets every session anew. */
const mostKept = 256;
/** In place of the last event of who has heard none of those kept. */
const nothing = -1;

/** Taken seats in memory, told to everyone who listens. It is fed by what is committed and asks the database once a conference. */
export interface LiveSeats {
  /** Taken seats by session, as committed last. */
  takenOf(conferenceId: string): ReadonlyMap<string, number>;
  /** Counts the changes: the same number, the same seats. */
  versionOf(conferenceId: string): number;
  /** Brings a listener up to date and keeps it so; returns how to stop. */
  listen(conferenceId: string, stream: EventStream): () => void;
  readonly follow: Follower;
  close(): void;
}

interface State {
  taken: Map<string, number>;
  version: number;
  /** The number of the last event. */
  sent: number;
  /** Sessions changed since then. */
  readonly pending: Set<string>;
  readonly kept: { readonly event: number; readonly sessions: readonly string[] }[];
  /** The newest seats, written once for all who have heard the same event. */
  readonly written: Map<number, Buffer>;
  readonly listeners: Set<Listener>;
  /** When the last of them had been told. */
  toldAt: number;
  /** Whether the next telling is waited for or goes on. */
  telling: boolean;
  timer: NodeJS.Timeout | undefined;
}

interface Listener {
  readonly stream: EventStream;
  /** The number of the event that it heard last. */
  heard: number;
}

export function createLiveSeats(store: Pick<Store, 'db' | 'door'>): LiveSeats {
  const states = new Map<string, State>();
  /** Event ids of another run of the server mean nothing here. */
  const run = newId();
  const isCrowded = store.door.patience();

  function stateOf(conferenceId: string): State {
    const known = states.get(conferenceId);
    if (known) return known;
    const state: State = {
      taken: read(conferenceId),
      version: 0,
      sent: 0,
      pending: new Set(),
      kept: [],
      written: new Map(),
      listeners: new Set(),
      toldAt: 0,
      telling: false,
      timer: undefined,
    };
    states.set(conferenceId, state);
    return state;
  }

  function read(conferenceId: string): Map<string, number> {
    return new Map(seatCounts(store.db, conferenceId).map(({ session, taken }) => [session, taken]));
  }

  function changed(state: State, sessions: Iterable<string>): void {
    state.version++;
    state.written.clear();
    for (const session of sessions) state.pending.add(session);
    if (state.pending.size > 0) tellSoon(state);
  }

  function tellSoon(state: State): void {
    if (state.telling) return;
    state.telling = true;
    const pause = batchMilliseconds + state.listeners.size / listenersPerMillisecond;
    const wait = Math.max(0, state.toldAt + pause - performance.now());
    state.timer = setTimeout(() => {
      if (state.pending.size > 0) numberPending(state);
      inTurn(() => tellOn(state, state.listeners.values(), false));
    }, wait).unref();
  }

  function numberPending(state: State): void {
    state.kept.push({ event: ++state.sent, sessions: [...state.pending] });
    if (state.kept.length > mostKept) state.kept.shift();
    state.pending.clear();
    state.written.clear();
  }

  /** Tells some listeners, and the others in later turns. Who has yet to take in the event before hears of all it missed when it has. */
  function tellOn(state: State, listeners: Iterator<Listener>, someBehind: boolean): void {
    let behind = someBehind;
    let asked = 0;
    for (let next = listeners.next(); next.done !== true; next = listeners.next()) {
      const listener = next.value;
      if (listener.heard === state.sent) continue;
      if (listener.stream.unread() > 0) behind = true;
      else tell(state, listener);
      if (++asked < toldAtOnce) continue;
      inTurn(() => tellOn(state, listeners, behind));
      return;
    }
    state.telling = false;
    state.toldAt = performance.now();
    if (behind || state.pending.size > 0) tellSoon(state);
  }

  function inTurn(work: () => void): void {
    setImmediate(() => {
      if (isCrowded()) inTurn(work);
      else work();
    });
  }

  function tell(state: State, listener: Listener): void {
    listener.stream.send(eventSince(state, listener.heard));
    listener.heard = state.sent;
  }

  function eventSince(state: State, heard: number): Buffer {
    const known = state.written.get(heard);
    if (known) return known;
    const seats = [...missedSince(state, heard)].flatMap((session) => {
      const taken = state.taken.get(session);
      return taken === undefined ? [] : [{ session, taken }];
    });
    const event = Buffer.from(formatEvent('seats', seats, `${run}-${state.sent}`));
    state.written.set(heard, event);
    return event;
  }

  /** The sessions that changed since an event, or all of them where that is not known. */
  function missedSince(state: State, heard: number): Iterable<string> {
    if (heard < oldest(state)) return state.taken.keys();
    return new Set(state.kept.filter(({ event }) => event > heard).flatMap(({ sessions }) => sessions));
  }

  /** The oldest event after which all is known. */
  function oldest(state: State): number {
    return state.sent - state.kept.length;
  }

  function heardBefore(state: State, lastEventId: string | undefined): number {
    const [ofRun, number] = (lastEventId ?? '').split('-');
    const last = Number(number);
    const known = ofRun === run && Number.isInteger(last) && last >= oldest(state) && last <= state.sent;
    return known ? last : nothing;
  }

  return {
    takenOf: (conferenceId) => stateOf(conferenceId).taken,
    versionOf: (conferenceId) => stateOf(conferenceId).version,
    listen(conferenceId, stream) {
      const state = stateOf(conferenceId);
      const listener = { stream, heard: heardBefore(state, stream.lastEventId) };
      if (listener.heard !== state.sent) tell(state, listener);
      state.listeners.add(listener);
      return () => state.listeners.delete(listener);
    },
    follow(news) {
      const state = states.get(news.conferenceId);
      if (!state) return;
      if (news.kind === 'seats-changed') {
        for (const { session, taken } of news.seats) state.taken.set(session, taken);
        changed(
          state,
          news.seats.map(({ session }) => session),
        );
      } else if (news.kind === 'programme-changed') {
        const before = state.taken;
        state.taken = read(news.conferenceId);
        changed(
          state,
          [...state.taken].filter(([id, taken]) => before.get(id) !== taken).map(([id]) => id),
        );
      }
    },
    close() {
      for (const { timer } of states.values()) clearTimeout(timer);
    },
  };
}
