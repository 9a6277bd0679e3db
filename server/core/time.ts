import { Temporal } from 'temporal-polyfill';
import { Refused } from '../../shared/core/refusal.ts';
import { type Instant, timeDoesNotExist, timeIsAmbiguous } from '../../shared/core/time.ts';

/** Which of the two equal readings of the clock is meant, on the night it is turned back. */
export type Fold = 'earlier' | 'later';

/**
 * The instant of a local date and time (`2026-12-12T09:30`) in an IANA zone.
 * Refuses a time that the clocks skip, and one that they show twice unless `fold` says which.
 */
export function instantOf(localDateTime: string, timeZone: string, fold?: Fold): Instant {
  const local = Temporal.PlainDateTime.from(localDateTime);
  const earlier = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  const later = local.toZonedDateTime(timeZone, { disambiguation: 'later' });
  if (earlier.epochMilliseconds === later.epochMilliseconds) return earlier.epochMilliseconds;
  const skipped = !earlier.toPlainDateTime().equals(local);
  if (skipped) throw new Refused(timeDoesNotExist({ localDateTime, timeZone }));
  if (fold === undefined) throw new Refused(timeIsAmbiguous({ localDateTime, timeZone }));
  return (fold === 'earlier' ? earlier : later).epochMilliseconds;
}

/** The local date and time of an instant in a zone, to the minute: `2026-12-12T09:30`. */
export function localTimeOf(instant: Instant, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });
}

/** The instant of a time of day (`08:30`) on the day that another instant falls on in a zone. A time that the clocks skip is as much later. */
export function onSameDay(instant: Instant, timeOfDay: string, timeZone: string): Instant {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).withPlainTime(timeOfDay)
    .epochMilliseconds;
}
