import { expect, test } from 'vitest';
import { realTalk, realWorkshops } from '../../seeds/real-programme.ts';
import { passesOf, plenariesOf, regions, roomsFor } from '../../seeds/utsikt-ar-insikt.ts';

test('the fifteen workshops are W1 to W15, each with a title, presenters and organisations', () => {
  const workshops = realWorkshops();
  expect(workshops.map(({ code }) => code)).toEqual(Array.from({ length: 15 }, (_, i) => `W${i + 1}`));
  expect(
    workshops.filter((w) => !w.title || w.presenters.length === 0 || w.organisations.length === 0),
  ).toEqual([]);
});

test('a presenter is read with an affiliation that holds a comma, and a moderator loses the word', () => {
  const presenters = realWorkshops().flatMap((workshop) => workshop.presenters);
  expect(presenters).toContainEqual({
    name: 'Lars Wallrup',
    affiliation: 'Attraktiv Region, Norrbottens läns landsting',
  });
  expect(presenters).toContainEqual({ name: 'Klas Danerlöv', affiliation: 'SKL' });
});

test('Göran Andersson is the only presenter of more than one workshop: W2 and W15', () => {
  const codes = new Map<string, string[]>();
  for (const { code, presenters } of realWorkshops())
    for (const { name } of presenters) codes.set(name, [...(codes.get(name) ?? []), code]);
  expect([...codes].filter(([, given]) => given.length > 1)).toEqual([['Göran Andersson', ['W2', 'W15']]]);
});

test('the talk names its discussants and all fourteen factors', () => {
  const { title, summary } = realTalk();
  expect(title).toBe('14 framgångsfaktorer för regional utveckling');
  expect(summary).toContain('Sigrid Hedin, analytiker, Tillväxtverket');
  expect(summary).toContain('14. Samspela med staten');
});

test('there are twenty-one regions, none twice', () => {
  expect(new Set(regions).size).toBe(21);
});

test('five rooms seat 300 attendees in a pass with the spare seats of the day', () => {
  const rooms = roomsFor(300, 5, 5);
  expect(rooms.map(({ name, capacity }) => [name, capacity])).toEqual([
    ['Vänern', 90],
    ['Vättern', 75],
    ['Mälaren', 62],
    ['Hjälmaren', 52],
    ['Siljan', 44],
  ]);
  expect(rooms.reduce((sum, { capacity }) => sum + capacity, 0)).toBe(Math.ceil(300 / 0.93));
});

test.each([
  [5000, 20, 20],
  [60_000, 63, 63],
  [10, 5, 5],
  [40, 20, 5],
])(
  '%i attendees find seats in the %i rooms of which %i are used, and no room has the name of another',
  (attendees, count, used) => {
    const rooms = roomsFor(attendees, count, used);
    expect(new Set(rooms.map(({ name }) => name)).size).toBe(count);
    const seats = rooms.slice(0, used).reduce((sum, { capacity }) => sum + capacity, 0);
    expect(seats).toBeGreaterThanOrEqual(attendees);
  },
);

test('nothing for everybody lies in a pass, in one day or in three', () => {
  for (const count of [1, 3, 6, 14]) {
    const passes = passesOf(count);
    expect(passes).toHaveLength(count);
    for (const plenary of plenariesOf(count)) {
      const inside = passes.filter(
        (pass) => pass.day === plenary.day && pass.starts < plenary.ends && plenary.starts < pass.ends,
      );
      expect(inside, plenary.title).toEqual([]);
    }
  }
});
