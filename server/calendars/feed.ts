import type { Language } from '../../shared/core/language.ts';
import type { Instant } from '../../shared/core/time.ts';
import { contentLine, textValue } from './content-lines.ts';
import { utcTime, zoneTimes, type ZoneTimes } from './time-zone.ts';

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

/** How long a program should wait before it asks again. */
const refresh = 'PT1H';

/**
 * A feed as iCalendar (RFC 5545, 7986). It holds nothing that differs from one reading to the next, so an unchanged feed is the
 * same to the byte. There is no METHOD: a subscription is not an invitation.
 */
export function calendarText(feed: Feed): string {
  const entries = [...feed.entries].sort(
    (a, b) => a.startsAt - b.startsAt || inOrder(a.title, b.title) || inOrder(a.uid, b.uid),
  );
  const zone = zoneTimes(
    feed.timeZone,
    entries.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]),
  );
  const name = textValue(feed.name);
  return [
    contentLine('BEGIN', 'VCALENDAR'),
    contentLine('VERSION', '2.0'),
    contentLine('PRODID', `-//Verkstad//Verkstad//${feed.language.toUpperCase()}`),
    contentLine('NAME', name),
    contentLine('X-WR-CALNAME', name),
    contentLine('URL', feed.page),
    contentLine('SOURCE;VALUE=URI', feed.source),
    contentLine('REFRESH-INTERVAL;VALUE=DURATION', refresh),
    contentLine('X-PUBLISHED-TTL', refresh),
    zone.block ?? '',
    ...entries.map((entry) => eventText(entry, feed.language, zone)),
    contentLine('END', 'VCALENDAR'),
  ].join('');
}

/** By code units: the same on every machine. */
function inOrder(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
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
  const changedAt = utcTime(entry.changedAt);
  const title = entry.cancelled ? `${cancelledWord[language]}: ${entry.title}` : entry.title;
  return [
    contentLine('BEGIN', 'VEVENT'),
    contentLine('UID', `${entry.uid}@verkstad`),
    contentLine('SEQUENCE', entry.sequence),
    contentLine('DTSTAMP', changedAt),
    contentLine('LAST-MODIFIED', changedAt),
    `DTSTART${zone.timeOf(entry.startsAt)}\r\n`,
    `DTEND${zone.timeOf(entry.endsAt)}\r\n`,
    contentLine('SUMMARY', textValue(title)),
    entry.place === '' ? '' : contentLine('LOCATION', textValue(entry.place)),
    entry.description === '' ? '' : contentLine('DESCRIPTION', textValue(entry.description)),
    contentLine('URL', entry.url),
    contentLine('STATUS', entry.cancelled ? 'CANCELLED' : 'CONFIRMED'),
    contentLine('TRANSP', entry.cancelled ? 'TRANSPARENT' : 'OPAQUE'),
    contentLine('END', 'VEVENT'),
  ].join('');
}

/** Some programs show a cancelled event as if it took place, so the title says it too. */
const cancelledWord: Readonly<Record<Language, string>> = { sv: 'INSTÄLLD', en: 'CANCELLED' };
