import { CalendarDate, parseAbsolute, Time, toCalendarDateTime, toZoned } from '@internationalized/date';

/** A day and a time of day as an organiser types them; the conference's zone gives them meaning. */
export interface LocalTime {
  readonly day: CalendarDate;
  readonly time: Time;
}

/** What the clocks of a zone show at an instant (ISO 8601). */
export function localTimeOf(instant: string, timeZone: string): LocalTime {
  const { year, month, day, hour, minute } = parseAbsolute(instant, timeZone);
  return { day: new CalendarDate(year, month, day), time: new Time(hour, minute) };
}

/** `2026-12-12T09:30`, as the programme's times are sent. */
export function localDateTime({ day, time }: LocalTime): string {
  return toCalendarDateTime(day, time).toString().slice(0, 16);
}

/** The instant, ISO 8601 in UTC, of a local time. An hour that the clocks show twice counts as the earlier one, a skipped one as the next. */
export function instantOf({ day, time }: LocalTime, timeZone: string): string {
  return toZoned(toCalendarDateTime(day, time), timeZone, 'compatible').toDate().toISOString();
}

/** An interval typed as a day and two times; an end that is not after the start may mean the day after. */
export interface LocalInterval {
  readonly day: CalendarDate;
  readonly starts: Time;
  readonly ends: Time;
  readonly endsNextDay: boolean;
}

export function localIntervalOf(
  item: { readonly startsAt: string; readonly endsAt: string },
  timeZone: string,
): LocalInterval {
  const starts = localTimeOf(item.startsAt, timeZone);
  const ends = localTimeOf(item.endsAt, timeZone);
  return {
    day: starts.day,
    starts: starts.time,
    ends: ends.time,
    endsNextDay: ends.day.compare(starts.day) > 0,
  };
}

export function sentInterval(interval: LocalInterval): { startsAt: string; endsAt: string } {
  const { day, starts, ends, endsNextDay } = interval;
  return {
    startsAt: localDateTime({ day, time: starts }),
    endsAt: localDateTime({ day: endsNextDay ? day.add({ days: 1 }) : day, time: ends }),
  };
}

/** Whether the question of the day after needs asking at all. */
export function mayPassMidnight({ starts, ends }: LocalInterval): boolean {
  return ends.compare(starts) <= 0;
}
