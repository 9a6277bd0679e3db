import { expect, test } from 'vitest';
import { type GivenSeat, type UnmetWish, whyGiven, whyNotMet } from '../../../shared/planning/reasons.ts';

const session = { pass: 'Pass 1', seats: 40, taken: 40, presents: null, cannotCome: false, instead: null };
const wish: UnmetWish = {
  workshop: 'W3',
  first: 61,
  wished: 140,
  sessions: [session],
  drawn: null,
  lottery: false,
};

test('a full session says how many ranked it first for how many seats', () => {
  expect(whyNotMet(wish)).toEqual({
    sv: 'W3 var full i Pass 1: 61 önskade den i första hand, 40 platser.',
    en: 'W3 was full in Pass 1: 61 ranked it first, 40 seats.',
  });
});

test('where first wishes alone did not fill it, all wishes are counted', () => {
  expect(whyNotMet({ ...wish, first: 39 }).sv).toBe('W3 var full i Pass 1: 140 önskade den, 40 platser.');
});

test('seats of all its sessions are counted together', () => {
  const twice = [session, { ...session, pass: 'Pass 2', seats: 18, taken: 18 }];
  expect(whyNotMet({ ...wish, sessions: twice }).sv).toBe(
    'W3 var full i båda passen: 61 önskade den i första hand, 58 platser.',
  );
  const thrice = [...twice, { ...session, pass: 'Pass 3', seats: 2, taken: 2 }];
  expect(whyNotMet({ ...wish, sessions: thrice }).en).toBe(
    'W3 was full in all 3 passes: 61 ranked it first, 60 seats.',
  );
});

test('a workshop that is not given says so', () => {
  expect(whyNotMet({ ...wish, sessions: [] }).sv).toBe('W3 ges inte i programmet.');
});

test('a pass in which the person presents or cannot come is the reason, also where seats are free', () => {
  const free = { ...session, taken: 3 };
  expect(whyNotMet({ ...wish, sessions: [{ ...free, presents: 'W9' }] }).sv).toBe(
    'W3 ges i Pass 1, då du själv håller W9.',
  );
  expect(whyNotMet({ ...wish, sessions: [{ ...free, cannotCome: true }] }).sv).toBe(
    'W3 ges i Pass 1, då du inte kan vara med.',
  );
});

test('with seats left, what the person got instead is the reason', () => {
  const free = { ...session, taken: 39 };
  const better = { workshop: 'W1', wishedMore: true };
  expect(whyNotMet({ ...wish, sessions: [{ ...free, instead: better }] }).sv).toBe(
    'W3 ges i Pass 1, där du fick W1 som du önskade mer.',
  );
  const worse = { workshop: 'W7', wishedMore: false };
  expect(whyNotMet({ ...wish, sessions: [{ ...free, instead: worse }] }).sv).toBe(
    'W3 ges i Pass 1. Det gick inte ihop med de andra platserna i planen.',
  );
});

test('every pass has its own reason, and only the full ones in reach are counted', () => {
  const sessions = [
    { ...session, pass: 'Pass 1', seats: 58, taken: 58 },
    { ...session, pass: 'Pass 2', instead: { workshop: 'W1', wishedMore: true } },
    { ...session, pass: 'Pass 3', presents: 'W9' },
  ];
  expect(whyNotMet({ ...wish, sessions }).sv).toBe(
    'W3 var full i Pass 1: 61 önskade den i första hand, 58 platser. ' +
      'W3 ges i Pass 2, där du fick W1 som du önskade mer. W3 ges i Pass 3, då du själv håller W9.',
  );
  const second = { ...session, pass: 'Pass 2', seats: 1, taken: 1 };
  expect(whyNotMet({ ...wish, sessions: [sessions[0]!, second, sessions[2]!] }).en).toBe(
    'W3 was full in Pass 1 and Pass 2: 61 ranked it first, 59 seats. W3 is given in Pass 3, when you give W9 yourself.',
  );
});

test('where the draw alone decided, its seed is said; not where the seats were free', () => {
  expect(whyNotMet({ ...wish, drawn: 4711 }).sv).toBe(
    'W3 var full i Pass 1: 61 önskade den i första hand, 40 platser. ' +
      'En annan plan hade varit lika bra och gett dig platsen; lotten avgjorde (frö 4711).',
  );
  const free = { ...session, taken: 3, instead: { workshop: 'W7', wishedMore: false } };
  expect(whyNotMet({ ...wish, sessions: [free], drawn: 4711 }).sv).not.toContain('4711');
});

test('in a lottery the seats went to those who were drawn before', () => {
  expect(whyNotMet({ ...wish, drawn: 4711, lottery: true })).toEqual({
    sv: 'W3 var full i Pass 1: 61 önskade den i första hand, 40 platser. Platserna gick till dem som lottades före dig (frö 4711).',
    en: 'W3 was full in Pass 1: 61 ranked it first, 40 seats. The seats went to people drawn before you (seed 4711).',
  });
});

test('a seat is given because it was wished for, because it was left, or because somebody decided it', () => {
  const seat: GivenSeat = { workshop: 'W3', pass: 'Pass 2', rank: 1, wished: 4, pinned: false };
  expect(whyGiven(seat).sv).toBe('W3 var ditt förstahandsval.');
  expect(whyGiven({ ...seat, rank: 4 }).en).toBe('W3 was choice 4 on your list.');
  expect(whyGiven({ ...seat, rank: null }).sv).toBe(
    'W3 hade plats i Pass 2 när inget på din lista gick att ge dig då.',
  );
  expect(whyGiven({ ...seat, rank: null, wished: 0 }).sv).toBe(
    'W3 hade plats i Pass 2. Du hade inga önskemål.',
  );
  expect(whyGiven({ ...seat, pinned: true }).sv).toBe('Arrangören har bestämt platsen i W3.');
});
