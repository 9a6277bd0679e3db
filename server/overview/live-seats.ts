import type { Reaction } from '../core/change.ts';
import type { Store } from '../core/database.ts';
import { type EventStream, formatEvent } from '../core/http/events.ts';
import { newId } from '../core/ids.ts';
import { seatCounts } from '../registration/queries.ts';

/** Shortest time between two events to the same listeners, in milliseconds: what changes meanwhile goes out together. */
const batchMilliseconds = 100;
/** Listeners for each millisecond more, so that thousands of open pages take a small part of the time that seats are given in. */
const listenersPerMillisecond = 5;
/** Events kept for listeners that come back. Who has missed more gets every session anew. */
const mostKept = 256;

/** Taken seats in memory, told to everyone who listens. It is fed by what is committed and asks the database once a conference. */
export interface LiveSeats {
  /** Taken seats by session, as committed last. */
  takenOf(conferenceId: string): ReadonlyMap<string, number>;
  /** Counts the changes: the same number, the same seats. */
  versionOf(conferenceId: string): number;
  /** Brings a listener up to date and keeps it so; returns how to stop. */
  listen(conferenceId: string, stream: EventStream): () => void;
  readonly react: Reaction;
  close(): void;
}

interface State {
  taken: Map<string, number>;
  version: number;
  /** The number of the last event sent. */
  sent: number;
  /** Sessions changed since then. */
  readonly pending: Set<string>;
  readonly kept: { readonly event: number; readonly sessions: readonly string[] }[];
  readonly streams: Set<EventStream>;
  sentAt: number;
  timer: NodeJS.Timeout | undefined;
}

export function createLiveSeats(store: Pick<Store, 'db'>): LiveSeats {
  const states = new Map<string, State>();
  /** Event ids of another run of the server mean nothing here. */
  const run = newId();

  function stateOf(conferenceId: string): State {
    const known = states.get(conferenceId);
    if (known) return known;
    const state: State = {
      taken: read(conferenceId),
      version: 0,
      sent: 0,
      pending: new Set(),
      kept: [],
      streams: new Set(),
      sentAt: 0,
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
    for (const session of sessions) state.pending.add(session);
    if (state.pending.size === 0 || state.timer !== undefined) return;
    const pause = batchMilliseconds + state.streams.size / listenersPerMillisecond;
    const wait = Math.max(0, state.sentAt + pause - performance.now());
    state.timer = setTimeout(() => send(state), wait).unref();
  }

  function send(state: State): void {
    state.timer = undefined;
    state.sentAt = performance.now();
    const sessions = [...state.pending];
    state.pending.clear();
    state.kept.push({ event: ++state.sent, sessions });
    if (state.kept.length > mostKept) state.kept.shift();
    const event = Buffer.from(eventOf(state, sessions));
    for (const stream of state.streams) stream.send(event);
  }

  function eventOf(state: State, sessions: Iterable<string>): string {
    const seats = [...sessions].flatMap((session) => {
      const taken = state.taken.get(session);
      return taken === undefined ? [] : [{ session, taken }];
    });
    return formatEvent('seats', seats, `${run}-${state.sent}`);
  }

  /** The sessions that changed since an event, or all of them where that is not known. */
  function missedSince(state: State, lastEventId: string | undefined): Iterable<string> {
    const [ofRun, number] = (lastEventId ?? '').split('-');
    const last = Number(number);
    const oldest = state.sent - state.kept.length;
    if (ofRun !== run || !(last >= oldest && last <= state.sent)) return state.taken.keys();
    return new Set(state.kept.filter(({ event }) => event > last).flatMap(({ sessions }) => sessions));
  }

  return {
    takenOf: (conferenceId) => stateOf(conferenceId).taken,
    versionOf: (conferenceId) => stateOf(conferenceId).version,
    listen(conferenceId, stream) {
      const state = stateOf(conferenceId);
      const missed = [...missedSince(state, stream.lastEventId)];
      if (missed.length > 0) stream.send(eventOf(state, missed));
      state.streams.add(stream);
      return () => state.streams.delete(stream);
    },
    react(change, news) {
      change.afterCommit(() => {
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
      });
    },
    close() {
      for (const { timer } of states.values()) clearTimeout(timer);
    },
  };
}
