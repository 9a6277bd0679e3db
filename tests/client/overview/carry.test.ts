import { expect, test } from 'vitest';
import { cellAfterKey, isDrag } from '../../../client/overview/carry.ts';

const passes = [{ id: 'p1' }, { id: 'p2' }, { id: 'p3' }];
const rooms = [{ id: 'r1' }, { id: 'r2' }];
const from = (pass: string, room: string, key: string) => cellAfterKey({ pass, room }, key, passes, rooms);

test('arrows go to the next pass and the next room', () => {
  expect(from('p1', 'r1', 'ArrowRight')).toEqual({ pass: 'p2', room: 'r1' });
  expect(from('p1', 'r1', 'ArrowDown')).toEqual({ pass: 'p1', room: 'r2' });
});

test('arrows stay at the edge of the board', () => {
  expect(from('p3', 'r2', 'ArrowRight')).toEqual({ pass: 'p3', room: 'r2' });
  expect(from('p1', 'r1', 'ArrowUp')).toEqual({ pass: 'p1', room: 'r1' });
});

test('Home and End go to the first and the last pass', () => {
  expect(from('p2', 'r1', 'End')).toEqual({ pass: 'p3', room: 'r1' });
  expect(from('p2', 'r1', 'Home')).toEqual({ pass: 'p1', room: 'r1' });
});

test('other keys lead nowhere', () => {
  expect(from('p1', 'r1', 'a')).toBeNull();
});

test('a small tremble of the hand is a click, a longer way is a drag', () => {
  expect(isDrag({ x: 0, y: 0 }, { x: 3, y: 4 })).toBe(false);
  expect(isDrag({ x: 0, y: 0 }, { x: 0, y: 6 })).toBe(true);
});
