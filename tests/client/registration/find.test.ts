import { expect, test } from 'vitest';
import { everything, finds, findsAll, findsWorkshop, topicsOf } from '../../../client/registration/find.ts';
import { aDay } from '../../support/client/a-day.ts';

const [w9, w1, w7] = aDay().passes[0].choices;
const about = (topics: string[]) => ({ ...w9!.workshop, topics });

test('every word of a search must stand somewhere: in title, text, people, organisations, topics or room', () => {
  expect(finds({ ...everything, search: 'w9 bjarne' }, w9!)).toBe(true);
  expect(finds({ ...everything, search: 'DANSKA  mälaren' }, w9!)).toBe(true);
  expect(finds({ ...everything, search: 'w9 vänern' }, w9!)).toBe(false);
});

test('å, ä and ö are letters of their own', () => {
  expect(finds({ ...everything, search: 'malaren' }, w9!)).toBe(false);
});

test('any of the chosen topics is enough, none chosen finds all', () => {
  const finding = { ...everything, topics: ['Analys', 'Styrning'] };
  expect(findsWorkshop(finding, about(['Styrning', 'Välfärd']))).toBe(true);
  expect(findsWorkshop(finding, about(['Välfärd']))).toBe(false);
  expect(findsWorkshop(everything, about([]))).toBe(true);
});

test('what is full is left out only where seats are asked for', () => {
  expect(finds({ ...everything, withSeats: true }, w7!)).toBe(false);
  expect(finds({ ...everything, withSeats: true }, w1!)).toBe(true);
  expect(finds(everything, w7!)).toBe(true);
});

test('an empty search is no search', () => {
  expect(findsAll({ ...everything, search: '  ' })).toBe(true);
  expect(findsAll({ ...everything, search: 'x' })).toBe(false);
});

test('topics come in order of how many workshops have them, then by the alphabet', () => {
  expect(topicsOf([about(['Välfärd', 'Analys']), about(['Analys']), about(['Ö', 'Ä'])])).toEqual([
    'Analys',
    'Välfärd',
    'Ä',
    'Ö',
  ]);
});
