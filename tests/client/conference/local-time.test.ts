import { CalendarDate, Time } from '@internationalized/date';
import { expect, test } from 'vitest';
import {
  instantOf,
  localIntervalOf,
  localTimeOf,
  mayPassMidnight,
  sentInterval,
} from '../../../client/conference/local-time.ts';

const stockholm = 'Europe/Stockholm';

test('an instant is shown as the clocks of the zone show it, winter and summer', () => {
  expect(localTimeOf('2026-12-12T08:30:00.000Z', stockholm).time).toEqual(new Time(9, 30));
  expect(localTimeOf('2026-06-12T08:30:00.000Z', stockholm).time).toEqual(new Time(10, 30));
});

test('what is typed comes back as the same instant', () => {
  const instant = '2026-12-12T08:30:00.000Z';
  expect(instantOf(localTimeOf(instant, stockholm), stockholm)).toBe(instant);
});

test('an interval is sent as local times without a zone', () => {
  const item = { startsAt: '2026-12-12T08:30:00.000Z', endsAt: '2026-12-12T09:15:00.000Z' };
  expect(sentInterval(localIntervalOf(item, stockholm))).toEqual({
    startsAt: '2026-12-12T09:30',
    endsAt: '2026-12-12T10:15',
  });
});

test('a dinner past midnight ends the day after, also on the last day of a month', () => {
  const item = { startsAt: '2026-11-30T18:00:00.000Z', endsAt: '2026-12-01T00:00:00.000Z' };
  expect(sentInterval(localIntervalOf(item, stockholm))).toEqual({
    startsAt: '2026-11-30T19:00',
    endsAt: '2026-12-01T01:00',
  });
});

test('only an end that is not after the start raises the question of midnight', () => {
  const day = new CalendarDate(2026, 12, 12);
  const from = (starts: Time, ends: Time) => mayPassMidnight({ day, starts, ends, endsNextDay: false });
  expect(from(new Time(19, 0), new Time(1, 0))).toBe(true);
  expect(from(new Time(9, 30), new Time(9, 30))).toBe(true);
  expect(from(new Time(9, 30), new Time(10, 15))).toBe(false);
});
