import { expect, test } from 'vitest';
import { InstanceError, readInstance, type InstanceFile } from '../../../shared/planning/instance.ts';

const small: InstanceFile = {
  passes: [{ id: 'P1' }, { id: 'P2' }],
  rooms: [{ id: 'R1', capacity: 10 }],
  workshops: [{ id: 'W1', presenters: ['Anna'] }],
  attendees: [{ id: 'A1', wishes: ['W1'] }],
};

const faultsOf = (file: unknown): readonly { where: string; why: string }[] => {
  try {
    readInstance(file);
    return [];
  } catch (error) {
    if (error instanceof InstanceError) return error.faults;
    throw error;
  }
};

test('what is left out gets its default', () => {
  expect(readInstance(small)).toMatchObject({
    fixed: null,
    rooms: [{ features: [], closed: [] }],
    workshops: [
      { minOfferings: 1, maxOfferings: 2, maxSize: Infinity, minSize: 0, reserved: 0, passes: ['P1', 'P2'] },
    ],
    attendees: [{ picks: 2, cannot: [], unlisted: 2 }],
  });
});

test.each<[string, object, { where: string; why: string }]>([
  [
    'an id that is there twice',
    {
      rooms: [
        { id: 'R1', capacity: 1 },
        { id: 'R1', capacity: 2 },
      ],
    },
    { where: 'rooms', why: 'R1 is there twice' },
  ],
  [
    'a wish for a workshop that is not there',
    { attendees: [{ id: 'A1', wishes: ['W9'] }] },
    { where: 'attendee A1 wishes', why: 'there is no workshop W9' },
  ],
  [
    'the same wish twice',
    { attendees: [{ id: 'A1', wishes: ['W1', 'W1'] }] },
    { where: 'attendee A1 wishes', why: 'a workshop is there twice' },
  ],
  [
    'a pin to an unknown pass',
    { pins: [{ id: 'p', workshop: 'W1', pass: 'P9' }] },
    { where: 'pin p', why: 'there is no pass P9' },
  ],
  [
    'a pin of a workshop alone',
    { pins: [{ workshop: 'W1' }] },
    { where: 'pins.0', why: 'names neither pass nor room' },
  ],
  [
    'a pin of an attendee and a workshop without a pass',
    { pins: [{ attendee: 'A1', workshop: 'W1' }] },
    {
      where: 'pins.0',
      why: 'a pin has workshop with pass, room or both; or attendee, pass and workshop (null: no seat there)',
    },
  ],
  [
    'an attendee without wishes of either kind',
    { attendees: [{ id: 'A1' }] },
    { where: 'attendee A1', why: 'has neither wishes nor wishesByPass' },
  ],
  [
    'a session that ends before it starts',
    {
      sessions: [
        { workshop: 'W1', pass: 'P1', room: 'R1', starts: '2026-01-01T10:00Z', ends: '2026-01-01T09:00Z' },
      ],
    },
    { where: 'session W1 in P1', why: 'does not start before it ends' },
  ],
])('%s is refused, saying where and why', (_, change, fault) => {
  expect(faultsOf({ ...small, ...change })).toEqual([fault]);
  expect(faultsOf(small)).toEqual([]);
});

test('a capacity that is no count is refused at its place', () => {
  expect(faultsOf({ ...small, rooms: [{ id: 'R1', capacity: -1 }] })).toMatchObject([
    { where: 'rooms.0.capacity' },
  ]);
});

test('an empty list of wishes is a list', () => {
  expect(faultsOf({ ...small, attendees: [{ id: 'A1', wishes: [] }] })).toEqual([]);
});
