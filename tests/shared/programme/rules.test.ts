import { describe, expect, test } from 'vitest';
import {
  type ChosenTimetable,
  type Placement,
  seatsOf,
  whyNotMove,
  whyNotPassTimes,
  whyNotPlace,
  whyNotRemove,
  whyNotSizes,
  whyNotSwap,
  whyNotTimes,
} from '../../../shared/programme/rules.ts';

const goran = { id: 'goran', name: 'Göran Andersson' };
const anna = { id: 'anna', name: 'Anna Sandström' };
const workshop = (code: string, changes: Partial<ChosenTimetable['workshops'][number]> = {}) => ({
  id: code.toLowerCase(),
  code,
  presenters: [],
  requires: [],
  maxOfferings: 1,
  passes: [],
  maxSize: null,
  reserved: 0,
  ...changes,
});

/** W2 (Göran) stands in Vättern in pass 1. */
const timetable: ChosenTimetable = {
  passes: [
    { id: 'p1', name: 'Pass 1' },
    { id: 'p2', name: 'Pass 2' },
  ],
  rooms: [
    { id: 'vattern', name: 'Vättern', capacity: 120, features: ['projector'], closed: [] },
    { id: 'malaren', name: 'Mälaren', capacity: 60, features: [], closed: ['p2'] },
    { id: 'siljan', name: 'Siljan', capacity: 30, features: [], closed: [] },
  ],
  workshops: [
    workshop('W2', { presenters: [goran] }),
    workshop('W15', { presenters: [anna, goran] }),
    workshop('W1', { presenters: [anna] }),
    workshop('W3', { requires: ['projector'] }),
    workshop('W4', { maxOfferings: 2, passes: ['p1'] }),
    workshop('W5', { maxOfferings: 2 }),
  ],
  sessions: [{ id: 's1', workshop: 'w2', pass: 'p1', room: 'vattern', taken: 0 }],
};
const place = (workshop: string, pass: string, room: string) =>
  whyNotPlace(timetable, { workshop, pass, room });
const placeWith = (sessions: Placement[], wanted: Placement) =>
  whyNotPlace({ ...timetable, sessions }, wanted)?.code;

describe('the seats of a session', () => {
  test('are what room and workshop both allow, less the reserved, and never less than none', () => {
    expect(seatsOf({ capacity: 60 }, { maxSize: null, reserved: 0 })).toBe(60);
    expect(seatsOf({ capacity: 60 }, { maxSize: 20, reserved: 3 })).toBe(17);
    expect(seatsOf({ capacity: 12 }, { maxSize: 20, reserved: 3 })).toBe(9);
    expect(seatsOf({ capacity: 2 }, { maxSize: 20, reserved: 3 })).toBe(0);
  });
});

describe('a workshop', () => {
  test('may stand where nothing is in its way', () => {
    expect(place('w1', 'p1', 'malaren')).toBeNull();
    expect(place('w15', 'p2', 'vattern')).toBeNull();
  });

  test('may not stand in a room that is taken then, but in the same room another time', () => {
    const refusal = place('w1', 'p1', 'vattern');
    expect(refusal?.code).toBe('room-taken');
    expect(refusal?.facts).toEqual({ room: 'Vättern', pass: 'Pass 1', workshop: 'W2' });
    expect(place('w1', 'p2', 'vattern')).toBeNull();
  });

  test('may not be given by someone who gives another then', () => {
    const refusal = place('w15', 'p1', 'malaren');
    expect(refusal?.facts).toEqual({ presenter: 'Göran Andersson', workshop: 'W2', pass: 'Pass 1' });
    expect(place('w1', 'p1', 'malaren')).toBeNull();
  });

  test('may not stand in a room that is closed then', () => {
    expect(place('w1', 'p2', 'malaren')?.code).toBe('room-closed');
    expect(place('w1', 'p1', 'malaren')).toBeNull();
  });

  test('needs a room with what it requires', () => {
    expect(place('w3', 'p2', 'siljan')?.code).toBe('lacks-feature');
    expect(place('w3', 'p2', 'vattern')).toBeNull();
  });

  test('runs only in the passes it may run in', () => {
    expect(place('w4', 'p2', 'siljan')?.code).toBe('not-in-that-pass');
    expect(place('w4', 'p1', 'siljan')).toBeNull();
  });

  test('is given once in a pass at most, even when it may be given twice', () => {
    const sessions = [{ id: 's', workshop: 'w5', pass: 'p1', room: 'malaren' }];
    expect(placeWith(sessions, { workshop: 'w5', pass: 'p1', room: 'siljan' })).toBe('already-in-pass');
    expect(placeWith(sessions, { workshop: 'w5', pass: 'p2', room: 'siljan' })).toBeUndefined();
  });

  test('is given as often as it may and no oftener', () => {
    const sessions = [{ id: 's', workshop: 'w1', pass: 'p1', room: 'malaren' }];
    expect(placeWith(sessions, { workshop: 'w1', pass: 'p2', room: 'siljan' })).toBe('given-often-enough');
    expect(placeWith(sessions, { id: 's', workshop: 'w1', pass: 'p2', room: 'siljan' })).toBeUndefined();
  });

  test('does not clash with itself where it stands', () => {
    expect(whyNotPlace(timetable, timetable.sessions[0]!)).toBeNull();
  });

  test('that nobody knows is a mistake of the program', () => {
    expect(() => place('w99', 'p1', 'vattern')).toThrow(RangeError);
  });
});

describe('a session', () => {
  const withTaken = (taken: number): ChosenTimetable => ({
    ...timetable,
    sessions: [
      { ...timetable.sessions[0]!, taken },
      { id: 's2', workshop: 'w15', pass: 'p2', room: 'siljan', taken: 0 },
    ],
  });
  const [empty, chosen] = [withTaken(0), withTaken(50)];

  test('moves freely while nobody has chosen it', () => {
    expect(whyNotMove(empty, empty.sessions[0]!, { pass: 'p1', room: 'siljan' })).toBeNull();
  });

  test('stays in its pass once someone has chosen it, and in a room that seats them all', () => {
    const move = (pass: string, room: string) =>
      whyNotMove(chosen, chosen.sessions[0]!, { pass, room })?.code;
    expect(move('p2', 'vattern')).toBe('has-picks');
    expect(move('p1', 'siljan')).toBe('capacity-below-taken');
    expect(move('p1', 'malaren')).toBeUndefined();
  });

  test('is not taken out of the timetable once someone has chosen it', () => {
    expect(whyNotRemove(chosen, chosen.sessions[0]!)?.code).toBe('has-picks');
    expect(whyNotRemove(empty, empty.sessions[0]!)).toBeNull();
  });

  test('changes places with another where both may stand, though one presenter gives both', () => {
    const [a, b] = [empty.sessions[0]!, empty.sessions[1]!];
    expect(whyNotSwap(empty, a, b)).toBeNull();
    expect(whyNotMove(empty, a, { pass: b.pass, room: b.room })?.code).toBe('presenter-busy');
  });

  test('does not change places where the other could not stand', () => {
    const sessions = [
      { id: 'a', workshop: 'w3', pass: 'p1', room: 'vattern', taken: 0 },
      { id: 'b', workshop: 'w1', pass: 'p1', room: 'siljan', taken: 0 },
    ];
    expect(whyNotSwap({ ...timetable, sessions }, sessions[0]!, sessions[1]!)?.code).toBe('lacks-feature');
    expect(whyNotSwap({ ...timetable, sessions }, sessions[1]!, sessions[0]!)?.code).toBe('lacks-feature');
  });
});

describe('times', () => {
  const hour = 3_600_000;
  const passes = [{ id: 'p1', name: 'Pass 1', startsAt: 10 * hour, endsAt: 11 * hour }];
  const whyNot = (startsAt: number, endsAt: number, id?: string) =>
    whyNotPassTimes({ id, startsAt, endsAt }, passes)?.code;

  test('of a pass may touch those of another but not overlap', () => {
    expect(whyNot(11 * hour, 12 * hour)).toBeUndefined();
    expect(whyNot(9 * hour, 10 * hour)).toBeUndefined();
    expect(whyNot(11 * hour - 1, 12 * hour)).toBe('passes-overlap');
    expect(whyNot(10 * hour, 11 * hour, 'p1')).toBeUndefined();
  });

  test('end after they start, at most a day later', () => {
    expect(whyNotTimes({ startsAt: 0, endsAt: 0 })?.code).toBe('ends-before-starts');
    expect(whyNotTimes({ startsAt: 0, endsAt: -1 })?.code).toBe('ends-before-starts');
    expect(whyNotTimes({ startsAt: 0, endsAt: 24 * hour })).toBeNull();
    expect(whyNotTimes({ startsAt: 0, endsAt: 25 * hour })?.code).toBe('ends-before-starts');
  });
});

test('sizes contradict each other when the smallest is larger than the largest', () => {
  const sizes = { minSize: 5, maxSize: null, minOfferings: 1, maxOfferings: 1 };
  expect(whyNotSizes(sizes)).toBeNull();
  expect(whyNotSizes({ ...sizes, maxSize: 5 })).toBeNull();
  expect(whyNotSizes({ ...sizes, maxSize: 4 })?.code).toBe('sizes-contradict');
  expect(whyNotSizes({ ...sizes, minOfferings: 2 })?.code).toBe('sizes-contradict');
});
