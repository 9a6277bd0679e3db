import { expect, test } from 'vitest';
import { movesBetween } from '../../../client/registration/moved-up.ts';

const own = { pass: 'p1', session: 's1', source: 'attendee' } as const;
const fromQueue = { pass: 'p1', session: 's2', source: 'waitlist' } as const;

test('a seat from the queue is a move, from the seat that was held or from none', () => {
  expect(movesBetween([own], [fromQueue])).toEqual({ p1: { from: 's1', to: 's2' } });
  expect(movesBetween([], [fromQueue])).toEqual({ p1: { from: null, to: 's2' } });
});

test('a seat that was there already is none, nor is one that I took myself', () => {
  expect(movesBetween([fromQueue], [fromQueue])).toEqual({});
  expect(movesBetween([fromQueue], [own])).toEqual({});
  expect(movesBetween([], [own])).toEqual({});
});
