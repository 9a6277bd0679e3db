import { expect, test } from 'vitest';
import { sentInterval } from '../../../client/conference/local-time.ts';
import { nextItemInterval, nextName, nextPassInterval } from '../../../client/programme/next-interval.ts';

const passes = [
  { startsAt: '2026-12-12T09:30:00.000Z', endsAt: '2026-12-12T10:15:00.000Z' },
  { startsAt: '2026-12-12T08:30:00.000Z', endsAt: '2026-12-12T09:15:00.000Z' },
];

test('the next pass is as long as the last in time, a quarter of an hour after it', () => {
  expect(sentInterval(nextPassInterval(passes, 'Europe/Stockholm'))).toEqual({
    startsAt: '2026-12-12T11:30',
    endsAt: '2026-12-12T12:15',
  });
});

test('an item for everybody comes right after what there is, and lies over none of it', () => {
  expect(sentInterval(nextItemInterval(passes, 'Europe/Stockholm'))).toEqual({
    startsAt: '2026-12-12T11:15',
    endsAt: '2026-12-12T11:45',
  });
});

test('names go on counting, also where one has been removed', () => {
  expect(nextName(['Pass 1', 'Pass 3'], 'Pass')).toBe('Pass 4');
  expect(nextName([], 'Pass')).toBe('Pass 1');
  expect(nextName(['Morgon'], 'Pass')).toBe('Pass 1');
});
