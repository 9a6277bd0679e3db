import type { ICalDayJsStub } from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import { tzlib_get_ical_block, tzlib_get_offset } from 'timezones-ical-library';
import type { Instant } from '../../shared/core/time.ts';

/** The times of one zone as calendars write them. */
export interface ZoneTimes {
  /** The zone that times are written in: the one asked for, or UTC. */
  readonly timeZone: string;
  /**
   * The VTIMEZONE, with its line breaks: from 1970, with yearly rules, the only form that every calendar program reads right. Null
   * where it would not give one of the instants the local time that our own clock shows there, and for UTC itself: those are
   * written in UTC.
   */
  readonly block: string | null;
  /** A time of an event, for ical-generator to write. */
  timeOf(instant: Instant): Date | ICalDayJsStub;
}

export function zoneTimes(timeZone: string, instants: readonly Instant[]): ZoneTimes {
  const zone = zoneOf(timeZone);
  if (zone.block === null || !instants.every((instant) => localTime(zone, instant).agrees))
    return { timeZone: 'UTC', block: null, timeOf: (instant) => new Date(instant) };
  return { timeZone, block: zone.block, timeOf: (instant) => localTime(zone, instant).time };
}

interface LocalTime {
  readonly time: ICalDayJsStub;
  /** Whether the zone's block leads to the same offset as our own clock. */
  readonly agrees: boolean;
}

interface Zone {
  readonly timeZone: string;
  readonly block: string | null;
  readonly times: Map<Instant, LocalTime>;
}

/** Both libraries are slow and a conference has few times, so what they answered is kept: at most this many of a zone. */
const keptTimes = 5000;
const zones = new Map<string, Zone>();

function zoneOf(timeZone: string): Zone {
  const known = zones.get(timeZone);
  if (known) return known;
  const zone = { timeZone, block: blockOf(timeZone), times: new Map<Instant, LocalTime>() };
  zones.set(timeZone, zone);
  return zone;
}

function blockOf(timeZone: string): string | null {
  if (timeZone === 'UTC') return null;
  const [block] = tzlib_get_ical_block(timeZone);
  if (block === undefined || block.includes('RDATE')) return null;
  // The library answers with the zone that this one follows: Europe/Berlin for Europe/Stockholm.
  return `${block.replaceAll(/^(TZID|X-LIC-LOCATION):.*$/gmu, `$1:${timeZone}`).trimEnd()}\r\n`;
}

function localTime({ timeZone, times }: Zone, instant: Instant): LocalTime {
  const known = times.get(instant);
  if (known) return known;
  if (times.size >= keptTimes) times.clear();
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
  const [date, time] = [local.toPlainDate(), local.toPlainTime()].map(String) as [string, string];
  const answer = {
    time: readyTime(instant, date.replaceAll('-', ''), time.slice(0, 8).replaceAll(':', '')),
    agrees: tzlib_get_offset(timeZone, date, time.slice(0, 5)) === local.offset.replace(':', ''),
  };
  times.set(instant, answer);
  return answer;
}

/**
 * A local time in the words of Day.js, one of the libraries whose dates ical-generator takes. It asks only for a date and a time of day,
 * each in one form, and gets them ready: writing Temporal's own is ten times slower.
 */
function readyTime(instant: Instant, date: string, timeOfDay: string): ICalDayJsStub {
  return {
    format: (form) => (form === 'YYYYMMDD' ? date : timeOfDay),
    isValid: () => true,
    toDate: () => new Date(instant),
    toJSON: () => new Date(instant).toISOString(),
  };
}
