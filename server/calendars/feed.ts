import ical, { escape, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { Language } from '../../shared/core/language.ts';
import type { Instant } from '../../shared/core/time.ts';
import { folded } from './folding.ts';
import { zoneTimes, type ZoneTimes } from './time-zone.ts';

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

/** A calendar to subscribe to, or a copy of it. */
export interface Feed {
  readonly name: string;
  readonly language: Language;
  readonly timeZone: string;
  /** Where the feed itself is. Null in a copy: it follows nothing, and whoever it is passed on to must not learn the address. */
  readonly source: string | null;
  /** The page that shows the same. */
  readonly page: string;
  readonly entries: readonly Entry[];
}

/** How long a program should wait before it asks again, in seconds. */
const refreshSeconds = 3600;

/**
 * A feed as iCalendar (RFC 5545, 7986). It holds nothing that differs from one reading to the next, so an unchanged feed is the
 * same to the byte. There is no METHOD: a subscription is not an invitation.
 *
 * ical-generator writes the frame and each event; both are kept, because many feeds hold the same events and writing is slow. The
 * zone and the events are put before the frame's end here: the library would write the zone before the last of the calendar's own
 * properties, where RFC 5545 (3.6) wants them first.
 */
export function calendarText(feed: Feed): string {
  const entries = [...feed.entries].sort(
    (a, b) => a.startsAt - b.startsAt || inOrder(a.title, b.title) || inOrder(a.uid, b.uid),
  );
  const zone = zoneTimes(
    feed.timeZone,
    entries.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]),
  );
  const events = entries.map((entry) => eventText(entry, feed.language, zone));
  return [frameText(feed), zone.block ?? '', ...events, 'END:VCALENDAR\r\n'].join('');
}

/** By code units: the same on every machine. */
function inOrder(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** What feeds say of themselves: so many are kept. */
const keptFrames = 5000;
const frames = new Map<string, string>();

function frameText({ name, language, source, page }: Feed): string {
  const form = JSON.stringify([name, language, source, page]);
  const known = frames.get(form);
  if (known !== undefined) return known;
  if (frames.size >= keptFrames) frames.clear();
  const text = writeFrame({ name, language, source, page });
  frames.set(form, text);
  return text;
}

/** A calendar up to the first thing in it. */
function writeFrame({ name, language, source, page }: Omit<Feed, 'timeZone' | 'entries'>): string {
  const calendar = ical({
    // The library writes a calendar's name as it stands; RFC 5545 wants it escaped like every text.
    name: escape(plainText(name), false),
    prodId: { company: 'Verkstad', product: 'Verkstad', language: language.toUpperCase() },
    url: page,
    ...(source !== null && { source, ttl: refreshSeconds }),
  });
  return calendar.toString().replace(/END:VCALENDAR$/u, '');
}

/** Entries that are kept stand in many feeds; each is written once for a language and a zone. */
const written = new WeakMap<Entry, Map<string, string>>();

function eventText(entry: Entry, language: Language, zone: ZoneTimes): string {
  const form = `${language} ${zone.timeZone}`;
  const known = written.get(entry)?.get(form);
  if (known !== undefined) return known;
  const text = writeEvent(entry, language, zone);
  written.set(entry, (written.get(entry) ?? new Map<string, string>()).set(form, text));
  return text;
}

function writeEvent(entry: Entry, language: Language, zone: ZoneTimes): string {
  const changedAt = new Date(entry.changedAt);
  const event = ical().createEvent({
    id: `${entry.uid}@verkstad`,
    sequence: entry.sequence,
    stamp: changedAt,
    lastModified: changedAt,
    start: zone.timeOf(entry.startsAt),
    end: zone.timeOf(entry.endsAt),
    timezone: zone.timeZone,
    summary: plainText(entry.cancelled ? `${cancelledWord[language]}: ${entry.title}` : entry.title),
    location: plainText(entry.place) || null,
    description: plainText(entry.description) || null,
    url: entry.url,
    status: entry.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    transparency: entry.cancelled ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
  });
  return folded(event.toString());
}

/**
 * A text for the library to escape. Whatever else breaks a line in some reader becomes the line break that it knows, and other
 * control characters go: a title can end neither its line nor its event.
 */
function plainText(text: string): string {
  return text.replaceAll(/\r\n|[\r\v\f\u0085\u2028\u2029]/gu, '\n').replaceAll(/(?![\t\n])\p{Cc}/gu, '');
}

/** Some programs show a cancelled event as if it took place, so the title says it too. */
const cancelledWord: Readonly<Record<Language, string>> = { sv: 'INSTÄLLD', en: 'CANCELLED' };
