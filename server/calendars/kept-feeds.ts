import type { ConferenceRow } from '../conference/queries.ts';
import type { Follower } from '../core/change.ts';
import { type CachedText, cachedText } from '../core/http/cached.ts';
import type { ProgrammeEntries } from './queries.ts';

/** What calendars are made of, kept until the conference or its programme changes. */
export interface KeptFeeds {
  /** All that calendars of the conference can hold; `load` is asked only where it is not kept. */
  entriesOf(conference: ConferenceRow, load: () => ProgrammeEntries): ProgrammeEntries;
  /** A calendar that everybody reads, by a name of its own: its address, or what it is a copy of. */
  feedOf(conference: ConferenceRow, name: string, draw: () => string): CachedText;
  readonly follow: Follower;
}

interface Kept {
  readonly madeFrom: string;
  entries?: ProgrammeEntries;
  readonly feeds: Map<string, CachedText>;
}

export function createKeptFeeds(): KeptFeeds {
  const kept = new Map<string, Kept>();

  function keptOf(conference: ConferenceRow): Kept {
    const madeFrom = JSON.stringify(conference);
    const known = kept.get(conference.id);
    if (known?.madeFrom === madeFrom) return known;
    const fresh: Kept = { madeFrom, feeds: new Map() };
    kept.set(conference.id, fresh);
    return fresh;
  }

  return {
    entriesOf(conference, load) {
      const known = keptOf(conference);
      known.entries ??= load();
      return known.entries;
    },
    feedOf(conference, name, draw) {
      const { feeds } = keptOf(conference);
      const feed = feeds.get(name) ?? cachedText(draw());
      feeds.set(name, feed);
      return feed;
    },
    follow(news) {
      if (news.kind === 'programme-changed') kept.delete(news.conferenceId);
    },
  };
}
