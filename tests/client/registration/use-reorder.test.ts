import { expect, test } from 'vitest';
import { givesWay, landing } from '../../../client/registration/use-reorder.ts';

const rows = [0, 50, 100, 150].map((top) => ({ top, height: 50 }));

test.each([
  [0, 0, 0],
  [0, 60, 1],
  [0, 40, 0],
  [0, 500, 3],
  [3, -60, 2],
  [3, -500, 0],
  [1, 51, 2],
])('row %i dragged %i pixels lands at %i', (from, by, to) => {
  expect(landing(rows, from, by)).toBe(to);
});

test('rows between give way by the height of the dragged one, others stay', () => {
  expect([0, 1, 2, 3].map((i) => givesWay(i, { from: 0, to: 2, by: 0, height: 50 }))).toEqual([
    0, -50, -50, 0,
  ]);
  expect([0, 1, 2, 3].map((i) => givesWay(i, { from: 3, to: 2, by: 0, height: 50 }))).toEqual([0, 0, 50, 0]);
});
