import { expect, test } from 'vitest';
import { hear, seatNews } from '../../../client/registration/seat-news.ts';
import { aDay } from '../../support/client/a-day.ts';

const { choices } = aDay().passes[0];
const withTaken = (code: string, taken: number) =>
  choices.map((choice) => (choice.workshop.code === code ? { ...choice, taken } : choice));

test('a workshop that fills up is news, one seat more or less is not', () => {
  expect(seatNews(hear(choices), withTaken('W9', 60))).toEqual({ filled: ['W9'], freed: [] });
  expect(seatNews(hear(choices), withTaken('W9', 59))).toBeNull();
});

test('a full workshop with a seat again is news', () => {
  expect(seatNews(hear(choices), withTaken('W7', 39))).toEqual({ filled: [], freed: ['W7'] });
});

test('what was not heard of before is no news', () => {
  expect(seatNews(hear([]), choices)).toBeNull();
});
