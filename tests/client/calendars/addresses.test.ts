import { expect, test } from 'vitest';
import { subscriptionAddress, wholeAddress } from '../../../client/calendars/addresses.ts';

test('a feed is subscribed to by webcal, over http and https alike', () => {
  expect(subscriptionAddress('https://example.org/calendar/abc.ics')).toBe(
    'webcal://example.org/calendar/abc.ics',
  );
  expect(subscriptionAddress('http://localhost:3000/calendar/abc.ics')).toBe(
    'webcal://localhost:3000/calendar/abc.ics',
  );
});

test('a feed without a host is on this site, one with a host is left alone', () => {
  expect(wholeAddress('/calendar/abc.ics', 'https://example.org/c/x/me')).toBe(
    'https://example.org/calendar/abc.ics',
  );
  expect(wholeAddress('https://cal.example.org/abc.ics', 'https://example.org/')).toBe(
    'https://cal.example.org/abc.ics',
  );
});
