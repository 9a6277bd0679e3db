import ical, { escape, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { Language } from '../../shared/core/language.ts';
import type { Instant } from '../../shared/core/time.ts';
import { zoneBlock, zonedTime } from './time-zone.ts';

/** One thing in a calendar. `uid` and `sequence` are its identity for ever; `changedAt` is when it last became different. */
export interface Entry {
  readonly uid: string;
  readonly sequence: number;
  readonly changedAt: Instant;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly title: string;
  readonly place: string;
  readonly description: string;
  readonly url: string;
  readonly cancelled: boolean;
}

/** A calendar to subscribe to. */
export interface Feed {
  readonly name: string;
  readonly language: Language;
  readonly timeZone: string;
  /** Where the feed itself is, and the page that shows the same. */
  readonly source: string;
  readonly page: string;
  readonly entries: readonly Entry[];
}

/** How long a program should wait before it asks again, in seconds. */
const refreshSeconds = 3600;

/**
 * A feed as iCalendar (RFC 5545, 7986). It holds nothing that differs from one reading to the next, so an unchanged feed is the
 * same to the byte. There is no METHOD: a subscription is not an invitation.
 */
export function calendarText(feed: Feed): string {
  const entries = [...feed.entries].sort((a, b) => a.startsAt - b.startsAt || (a.uid < b.uid ? -1 : 1));
  const zone = zoneBlock(
    feed.timeZone,
    entries.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]),
  );
  const timeZone = zone === null ? 'UTC' : feed.timeZone;
  const calendar = ical({
    // The library writes the name as it stands; RFC 5545 wants it escaped like every text.
    name: escape(feed.name, false),
    prodId: { company: 'Verkstad', product: 'Verkstad', language: feed.language.toUpperCase() },
    source: feed.source,
    url: feed.page,
    ttl: refreshSeconds,
    events: entries.map((entry) => ({
      id: `${entry.uid}@verkstad`,
      sequence: entry.sequence,
      stamp: new Date(entry.changedAt),
      lastModified: new Date(entry.changedAt),
      start: zonedTime(entry.startsAt, timeZone),
      end: zonedTime(entry.endsAt, timeZone),
      timezone: zone === null ? null : timeZone,
      summary: entry.cancelled ? `${cancelledWord[feed.language]}: ${entry.title}` : entry.title,
      location: entry.place || null,
      description: entry.description || null,
      url: entry.url,
      status: entry.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      transparency: entry.cancelled ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
    })),
  });
  // The calendar itself is given no zone: it would write its stamps in it, where RFC 5545 asks for UTC, and properties after it.
  const text = `${calendar.toString()}\r\n`;
  return zone === null ? text : text.replace('\r\nBEGIN:VEVENT', () => `\r\n${zone}\r\nBEGIN:VEVENT`);
}

/** Some programs show a cancelled event as if it took place, so the title says it too. */
const cancelledWord: Readonly<Record<Language, string>> = { sv: 'INSTÄLLD', en: 'CANCELLED' };
