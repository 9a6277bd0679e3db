import type { ConferenceRow } from '../conference/queries.ts';
import type { Reaction } from '../core/change.ts';
import { type CachedText, cachedText } from '../core/http/cached.ts';

/** Calendars that everybody reads, drawn once and kept until the conference or its programme changes. */
export interface KeptFeeds {
  /** The calendar of that name (`programme`, a room's id); `draw` is asked for it only where none is kept. */
  feedOf(conference: ConferenceRow, name: string, draw: () => string): CachedText;
  readonly react: Reaction;
}

export function createKeptFeeds(): KeptFeeds {
  const kept = new Map<string, { readonly madeFrom: string; readonly feeds: Map<string, CachedText> }>();
  return {
    feedOf(conference, name, draw) {
      const madeFrom = JSON.stringify(conference);
      let known = kept.get(conference.id);
      if (known?.madeFrom !== madeFrom) {
        known = { madeFrom, feeds: new Map() };
        kept.set(conference.id, known);
      }
      const feed = known.feeds.get(name) ?? cachedText(draw());
      known.feeds.set(name, feed);
      return feed;
    },
    react(change, news) {
      if (news.kind === 'programme-changed') change.afterCommit(() => void kept.delete(news.conferenceId));
    },
  };
}
