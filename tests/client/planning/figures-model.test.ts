import { expect, test } from 'vitest';
import {
  certaintyOf,
  changeOf,
  fillDots,
  gapPath,
  gapPoints,
  leadingNumber,
  rankBars,
  timetableDifferences,
} from '../../../client/planning/figures-model.ts';
import type { PlanProgress } from '../../../shared/planning/vocabulary.ts';

test('every rank of a short list has its bar, and unlisted workshops theirs', () => {
  expect(rankBars([60, 30, 0, 10])).toEqual([
    { kind: 'rank', rank: 1, seats: 60, share: 0.6 },
    { kind: 'rank', rank: 2, seats: 30, share: 0.3 },
    { kind: 'rank', rank: 3, seats: 0, share: 0 },
    { kind: 'unlisted', seats: 10, share: 0.1 },
  ]);
});

test('the tail of a long list is one bar, so that no seat is left out', () => {
  const bars = rankBars([40, 20, 10, 10, 5, 5, 4, 3, 3]);
  expect(bars.map((bar) => bar.kind)).toEqual(['rank', 'rank', 'rank', 'rank', 'rank', 'later', 'unlisted']);
  expect(bars.at(-2)).toEqual({ kind: 'later', from: 6, seats: 12, share: 0.12 });
});

test('a plan without seats has bars of no height', () => {
  expect(rankBars([0, 0]).map((bar) => bar.share)).toEqual([0, 0]);
  expect(rankBars([])).toEqual([]);
});

test('a plan is proven, within a gap, or unknown', () => {
  const ranks = { objective: 'ranks', proven: false, value: 1012, bound: 1000 } as const;
  expect(certaintyOf({ ...ranks, proven: true, bound: 1012, gap: 0 })).toEqual({ kind: 'proven' });
  expect(certaintyOf({ ...ranks, gap: 0.012 })).toEqual({ kind: 'gap', gap: 0.012 });
  expect(certaintyOf({ ...ranks, bound: null, gap: null })).toEqual({ kind: 'unknown' });
  expect(certaintyOf({ ...ranks, objective: 'lottery', value: null, bound: null, gap: null })).toEqual({
    kind: 'drawn',
  });
});

test('the number people follow is the sum of ranks, people with all their top wishes, or people moved', () => {
  expect(leadingNumber('ranks', 1262)).toBe(1262);
  expect(leadingNumber('top', [-183, 1290])).toBe(183);
  expect(leadingNumber('changes', [14, 1301])).toBe(14);
});

test('fairness has no single number to follow', () => {
  expect(leadingNumber('fair', [0, 0, 2, 40, 158])).toBeNull();
});

const step = (seconds: number, gap: number | null): PlanProgress => ({
  state: 'running',
  seconds,
  value: null,
  bound: null,
  gap,
  trying: 'timetables',
});

test('only steps where the gap changed are drawn', () => {
  expect(gapPoints([step(0, null), step(1, 0.4), step(2, 0.4), step(3, 0.1)])).toEqual([
    { seconds: 1, gap: 0.4 },
    { seconds: 3, gap: 0.1 },
  ]);
});

test('the falling gap is a stair from the first to now', () => {
  const points = [
    { seconds: 0, gap: 0.4 },
    { seconds: 5, gap: 0.1 },
  ];
  expect(gapPath(points, 10, { width: 100, height: 40 })).toBe('M0 0H50V30H100');
  expect(gapPath([], 10, { width: 100, height: 40 })).toBe('');
});

const session = (workshop: string, taken: number, seats: number, room = 'r1') => ({
  workshop,
  pass: 'p1',
  room,
  taken,
  seats,
});

test('sessions that are equally full stand on each other, others beside', () => {
  const dots = fillDots([session('W1', 50, 100), session('W2', 30, 60), session('W3', 90, 100)], 0.05);
  expect(dots.map((dot) => [dot.workshop, dot.row])).toEqual([
    ['W1', 0],
    ['W2', 1],
    ['W3', 0],
  ]);
});

test('only workshops that stand elsewhere differ between two timetables', () => {
  expect(
    timetableDifferences(
      [session('W1', 0, 1, 'r1'), session('W2', 0, 1, 'r2')],
      [session('W1', 0, 1, 'r1'), session('W2', 0, 1, 'r3')],
    ),
  ).toEqual([{ workshop: 'W2', here: [{ pass: 'p1', room: 'r2' }], there: [{ pass: 'p1', room: 'r3' }] }]);
});

test('a planned session stands as now, has moved, or is new', () => {
  const now = [{ workshop: 'W1', pass: 'p1', room: 'r1' }];
  expect(changeOf(session('W1', 0, 1, 'r1'), now)).toBe('same');
  expect(changeOf(session('W1', 0, 1, 'r2'), now)).toBe('moved');
  expect(changeOf(session('W2', 0, 1, 'r1'), now)).toBe('new');
});

test('where people are counted, the distance to the best is so many people, not a share of them', () => {
  const fair = { objective: 'fair', proven: false, gap: 8, value: [0, 9, 40], bound: [0, 1, 30] } as const;
  expect(certaintyOf({ ...fair, value: [...fair.value], bound: [...fair.bound] })).toEqual({
    kind: 'people',
    people: 8,
  });
  const top = { objective: 'top', proven: false, gap: 0.02, bound: [-120, 700] };
  expect(certaintyOf({ ...top, objective: 'top', value: [-118, 710] })).toEqual({
    kind: 'people',
    people: 2,
  });
  expect(certaintyOf({ ...top, objective: 'top', value: [-120, 714] })).toEqual({ kind: 'gap', gap: 0.02 });
});
