import { describe, expect, test } from 'vitest';
import { formatsFor } from '../../../client/core/formats.ts';

const sv = formatsFor('sv', 'Europe/Stockholm');
const en = formatsFor('en', 'Europe/Stockholm');

describe('dates and times', () => {
  test('are written as Swedes write them, in the conference’s zone', () => {
    expect(sv.timeRange('2026-12-12T08:30:00.000Z', '2026-12-12T09:15:00.000Z')).toBe('09.30–10.15');
    expect(sv.date('2026-12-12T08:30:00.000Z')).toBe('12 december');
    expect(sv.dateTime('2026-12-12T08:30:00.000Z')).toBe('12 december kl. 09.30');
  });

  test('are written as the English write them', () => {
    expect(en.timeRange('2026-12-12T08:30:00.000Z', '2026-12-12T09:15:00.000Z')).toBe('09:30–10:15');
    expect(en.dateTime('2026-12-12T08:30:00.000Z')).toBe('12 December at 09:30');
  });

  test('follow summer time: the same instant of day is an hour later after the change', () => {
    expect(sv.time('2027-03-27T08:00:00.000Z')).toBe('09.00');
    expect(sv.time('2027-03-28T08:00:00.000Z')).toBe('10.00');
  });

  test('a day is the zone’s, not that of UTC', () => {
    expect(sv.dayKey('2026-12-11T23:30:00.000Z')).toBe('2026-12-12');
    expect(sv.dayKey('2026-12-11T22:30:00.000Z')).toBe('2026-12-11');
  });
});
