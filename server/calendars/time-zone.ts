import { Temporal } from 'temporal-polyfill';
import { tzlib_get_ical_block, tzlib_get_offset } from 'timezones-ical-library';
import type { Instant } from '../../shared/core/time.ts';

/**
 * The VTIMEZONE of a zone: from 1970, with yearly rules, the only form that every calendar program reads right. Null where it would
 * not give one of the instants the local time that our own clock shows there, and for UTC itself: those are written in UTC.
 */
export function zoneBlock(timeZone: string, instants: readonly Instant[]): string | null {
  if (timeZone === 'UTC' || !instants.every((instant) => agree(timeZone, instant))) return null;
  const [block] = tzlib_get_ical_block(timeZone);
  if (block === undefined || block.includes('RDATE')) return null;
  // The library answers with the zone that this one follows: Europe/Berlin for Europe/Stockholm.
  return block.replaceAll(/^(TZID|X-LIC-LOCATION):.*$/gmu, `$1:${timeZone}`);
}

/** The zone's date and time of an instant. */
export function zonedTime(instant: Instant, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone);
}

function agree(timeZone: string, instant: Instant): boolean {
  const local = zonedTime(instant, timeZone);
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
  return tzlib_get_offset(timeZone, local.toPlainDate().toString(), time) === local.offset.replace(':', '');
}
