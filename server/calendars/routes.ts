import type { FastifyReply } from 'fastify';
import { Refused } from '../../shared/core/refusal.ts';
import { notFound } from '../../shared/core/refusals.ts';
import * as contract from '../../shared/calendars/contract.ts';
import {
  conferenceById,
  conferenceForActor,
  conferenceForReader,
  type ConferenceRow,
} from '../conference/queries.ts';
import type { App } from '../core/http/app-type.ts';
import { attachment } from '../core/http/attachment.ts';
import { cachedText, sendCached } from '../core/http/cached.ts';
import { type Call, serve } from '../core/http/serve.ts';
import { hashToken } from '../core/tokens.ts';
import { renewCalendarAddress } from '../people/attendee-commands.ts';
import { refuseUnknownLink } from '../people/identify.ts';
import { attendeeByCalendar } from '../people/queries.ts';
import { calendarAddresses } from './addresses.ts';
import { calendarText, type Feed } from './feed.ts';
import {
  attendeeLanguage,
  changedAt,
  personalEntries,
  programmeEntries,
  roomById,
  roomEntries,
} from './queries.ts';

type FeedCall = Call<unknown, { download?: '1' | undefined }, undefined>;

export default function routes(app: App): void {
  const { url } = app.config;
  const pageOf = (conference: ConferenceRow) => `${url}/c/${conference.slug}`;

  serve(app, contract.personalFeed, (call) => {
    const { token } = call.params;
    const owner = attendeeByCalendar(call.db, hashToken(token));
    if (owner === null) return refuseUnknownLink(app, call.request);
    const conference = conferenceForActor(
      { db: call.db, actor: owner },
      conferenceById(call.db, owner.conferenceId).slug,
    );
    const language = attendeeLanguage(call.db, owner.attendeeId) ?? conference.language;
    const page = pageOf(conference);
    return sendFeed(call, conference, {
      name: conference.name,
      language,
      timeZone: conference.timeZone,
      source: `${url}/calendar/${token}.ics`,
      page,
      entries: personalEntries(call.db, { conference, language, page }, owner.attendeeId),
    });
  });

  serve(app, contract.programmeFeed, (call) => {
    const conference = conferenceForReader(call, call.params.slug);
    const { language, timeZone, name } = conference;
    const page = pageOf(conference);
    return sendFeed(call, conference, {
      name,
      language,
      timeZone,
      source: `${page}/programme.ics`,
      page,
      entries: programmeEntries(call.db, { conference, language, page }),
    });
  });

  serve(app, contract.roomFeed, (call) => {
    const conference = conferenceForReader(call, call.params.slug);
    const room = roomById(call.db, conference.id, call.params.room);
    if (room === undefined) throw new Refused(notFound());
    const { language, timeZone, name } = conference;
    const page = pageOf(conference);
    return sendFeed(call, conference, {
      name: `${name} – ${room.name}`,
      language,
      timeZone,
      source: `${page}/rooms/${room.id}.ics`,
      page,
      entries: roomEntries(call.db, { conference, language, page }, room),
    });
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

function sendFeed(call: FeedCall, conference: ConferenceRow, feed: Feed): FastifyReply {
  const { db, query, reply } = call;
  if (query.download === '1') void reply.header('content-disposition', attachment(`${conference.slug}.ics`));
  void reply.header('cache-control', 'private, no-cache');
  const text = { ...cachedText(calendarText(feed)), changedAt: changedAt(db, conference) };
  return sendCached(call, text, 'text/calendar; charset=utf-8');
}
