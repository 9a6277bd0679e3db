import type { Programme } from '../../shared/overview/contract.ts';
import type { Follower } from '../core/change.ts';
import type { Store } from '../core/database.ts';
import type { CachedText } from '../core/http/cached.ts';
import { newId } from '../core/ids.ts';
import { loadProgramme } from '../programme/queries.ts';
import type { LiveSeats } from './live-seats.ts';

/** The public programmes in memory: read again when the programme changes, with the seats that are taken now. */
export interface PublicProgrammes {
  programmeOf(conferenceId: string): Programme;
  /** The same as the API answers it. Its ETag is a number of this run of the server, not of the text: counting is cheaper than reading. */
  textOf(conferenceId: string): CachedText;
  /** Counts the changes of the programme, seats taken apart: the same number, the same programme. */
  versionOf(conferenceId: string): number;
  readonly follow: Follower;
}

interface Kept {
  readonly programme: Omit<Programme, 'sessions'>;
  readonly sessions: readonly Omit<Programme['sessions'][number], 'taken'>[];
  /** The programme as JSON, but for the sessions and the brace at the end. */
  readonly json: string;
  readonly version: number;
  answer?: { readonly seats: number; readonly text: CachedText };
}

export function createPublicProgrammes(store: Pick<Store, 'db'>, live: LiveSeats): PublicProgrammes {
  const kept = new Map<string, Kept>();
  const run = newId();
  let versions = 0;

  function keptOf(conferenceId: string): Kept {
    const known = kept.get(conferenceId);
    if (known) return known;
    const { sessions, ...programme } = publicProgramme(store, conferenceId);
    const json = JSON.stringify(programme).slice(0, -1);
    const fresh: Kept = { programme, sessions, json, version: ++versions };
    kept.set(conferenceId, fresh);
    return fresh;
  }

  function sessionsNow(conferenceId: string, { sessions }: Kept): Programme['sessions'] {
    const taken = live.takenOf(conferenceId);
    return sessions.map((session) => ({ ...session, taken: taken.get(session.id) ?? 0 }));
  }

  return {
    programmeOf(conferenceId) {
      const known = keptOf(conferenceId);
      return { ...known.programme, sessions: sessionsNow(conferenceId, known) };
    },
    textOf(conferenceId) {
      const known = keptOf(conferenceId);
      const seats = live.versionOf(conferenceId);
      if (known.answer?.seats !== seats) {
        const sessions = JSON.stringify(sessionsNow(conferenceId, known));
        const etag = `"${run}-${known.version}-${seats}"`;
        known.answer = { seats, text: { text: `${known.json},"sessions":${sessions}}`, etag } };
      }
      return known.answer.text;
    },
    versionOf: (conferenceId) => keptOf(conferenceId).version,
    follow(news) {
      if (news.kind === 'programme-changed') kept.delete(news.conferenceId);
    },
  };
}

/** What everybody may read: no attendees' ids, no sizes, needs or closed rooms. */
function publicProgramme({ db }: Pick<Store, 'db'>, conferenceId: string) {
  const { passes, rooms, workshops, sessions, plenaries } = loadProgramme(db, conferenceId);
  return {
    passes: [...passes],
    rooms: rooms.map(({ id, name, capacity, features }) => ({ id, name, capacity, features })),
    workshops: workshops.map(({ id, code, title, summary, language, presenters, organisations, topics }) => ({
      id,
      code,
      title,
      summary,
      language,
      presenters: presenters.map(({ name, affiliation }) => ({ name, affiliation })),
      organisations,
      topics,
    })),
    plenaries: [...plenaries],
    sessions,
  };
}
