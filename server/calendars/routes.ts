import type { FastifyReply } from 'fastify';
import { Refused } from '../../shared/core/refusal.ts';
import { notFound } from '../../shared/core/refusals.ts';
import type { Instant } from '../../shared/core/time.ts';
import * as contract from '../../shared/calendars/contract.ts';
import {
  conferenceById,
  conferenceForActor,
  conferenceForReader,
  type ConferenceRow,
} from '../conference/queries.ts';
import type { App } from '../core/http/app-type.ts';
import { attachment } from '../core/http/attachment.ts';
import { type CachedText, cachedText, sendCached } from '../core/http/cached.ts';
import { type Call, serve } from '../core/http/serve.ts';
import type { Db } from '../core/statement.ts';
import { hashToken } from '../core/tokens.ts';
import { renewCalendarAddress } from '../people/attendee-commands.ts';
import { refuseUnknownLink } from '../people/identify.ts';
import { attendeeByCalendar } from '../people/queries.ts';
import { calendarAddresses } from './addresses.ts';
import { calendarText } from './feed.ts';
import { createKeptFeeds } from './kept-feeds.ts';
import {
  attendeeLanguage,
  changedAt,
  loadEntries,
  personalEntries,
  programmeEntries,
  roomById,
  roomEntries,
} from './queries.ts';

type FeedCall = Call<unknown, { download?: '1' | undefined }, undefined>;

export default function routes(app: App): void {
  const { url } = app.config;
  const keptFeeds = createKeptFeeds();
  app.store.follow(keptFeeds.follow);
  const pageOf = (conference: ConferenceRow) => `${url}/c/${conference.slug}`;
  const entriesOf = (db: Db, conference: ConferenceRow) =>
    keptFeeds.entriesOf(conference, () => loadEntries(db, conference, pageOf(conference)));

  serve(app, contract.personalFeed, (call) => {
    const { token } = call.params;
    const owner = attendeeByCalendar(call.db, hashToken(token));
    if (owner === null) return refuseUnknownLink(app, call.request);
    const conference = conferenceForActor(
      { db: call.db, actor: owner },
      conferenceById(call.db, owner.conferenceId).slug,
    );
    const { timeZone, name } = conference;
    const language = attendeeLanguage(call.db, owner.attendeeId) ?? conference.language;
    const page = pageOf(conference);
    const source = isCopy(call) ? null : `${url}/calendar/${token}.ics`;
    const known = entriesOf(call.db, conference);
    const entries = personalEntries(call.db, known, owner.attendeeId, language);
    const feed = cachedText(calendarText({ name, language, timeZone, source, page, entries }));
    return sendFeed(call, conference, feed, 'private, no-cache');
  });

  serve(app, contract.programmeFeed, (call) => {
    const conference = conferenceForReader(call, call.params.slug);
    const { language, timeZone, name } = conference;
    const page = pageOf(conference);
    const source = isCopy(call) ? null : `${page}/programme.ics`;
    const feed = keptFeeds.feedOf(conference, source ?? 'copy', () => {
      const entries = programmeEntries(entriesOf(call.db, conference));
      return calendarText({ name, language, timeZone, source, page, entries });
    });
    return sendFeed(call, conference, feed, sharedCache(conference));
  });

  serve(app, contract.roomFeed, (call) => {
    const conference = conferenceForReader(call, call.params.slug);
    const room = roomById(call.db, conference.id, call.params.room);
    if (room === undefined) throw new Refused(notFound());
    const { language, timeZone } = conference;
    const page = pageOf(conference);
    const source = isCopy(call) ? null : `${page}/rooms/${room.id}.ics`;
    const feed = keptFeeds.feedOf(conference, source ?? `copy of ${room.id}`, () => {
      const name = `${conference.name} – ${room.name}`;
      const entries = roomEntries(entriesOf(call.db, conference), room);
      return calendarText({ name, language, timeZone, source, page, entries });
    });
    return sendFeed(call, conference, feed, sharedCache(conference));
  });

  serve(app, contract.renewCalendarAddress, async (call) => {
    const { actor } = call;
    const conference = conferenceForActor(call, call.params.slug);
    if (actor.kind !== 'attendee') throw new Refused(notFound());
    const calendarVersion = await call.write((change) =>
      renewCalendarAddress(change, conference.id, actor.attendeeId),
    );
    return calendarAddresses(app.store, url, {
      id: actor.attendeeId,
      conferenceId: conference.id,
      calendarVersion,
    });
  });
}

function isCopy({ query }: FeedCall): boolean {
  return query.download === '1';
}

/** What everybody may read any cache may keep, if it asks each time whether it is still so. */
function sharedCache({ publishedAt }: ConferenceRow): string {
  return publishedAt === null ? 'private, no-cache' : 'public, no-cache';
}

function sendFeed(
  call: FeedCall,
  conference: ConferenceRow,
  feed: CachedText,
  cacheControl: string,
): FastifyReply {
  const { db, now, reply } = call;
  if (isCopy(call)) void reply.header('content-disposition', attachment(`${conference.slug}.ics`));
  void reply.header('cache-control', cacheControl);
  return sendCached(call, { ...feed, changedAt: settledAt(changedAt(db, conference), now) }, feedType);
}

const feedType = 'text/calendar; charset=utf-8';

/** HTTP tells time in seconds: what changed in this second may change again in it, so its time is not told before the second is over. */
function settledAt(changedAt: Instant, now: Instant): Instant | undefined {
  return now - changedAt >= 1000 ? changedAt : undefined;
}
