import { expect, test } from 'vitest';
import { inventedWorkshop } from '../../seeds/invented-workshops.ts';
import { realWorkshops } from '../../seeds/real-programme.ts';
import { handTimetable } from '../../seeds/timetable.ts';
import { demandOf, wishDrawer } from '../../seeds/wishes.ts';
import { seededRandom } from '../../shared/core/random.ts';

const workshops = realWorkshops().map(({ code, presenters }) => ({
  code,
  presenters: presenters.map(({ name }) => name),
}));
const names = (word: string, count: number) => Array.from({ length: count }, (_, i) => `${word} ${i + 1}`);
const draw = wishDrawer(realWorkshops(), 6, seededRandom(1));
const ballots = Array.from({ length: 300 }, draw);
const passesOfEach = (placed: readonly { workshop: string; pass: string }[]) => {
  const passes = new Map<string, string[]>();
  for (const { workshop, pass } of placed) passes.set(workshop, [...(passes.get(workshop) ?? []), pass]);
  return passes;
};
const facts = {
  workshops,
  rooms: names('room', 5),
  passes: names('pass', 3),
  offerings: 1,
  demand: demandOf(ballots, 3),
};

test('five rooms in three passes hold every workshop once, and Göran Andersson is never in two at a time', () => {
  const placed = handTimetable(facts);
  expect(placed.map(({ workshop }) => workshop).sort()).toEqual(workshops.map(({ code }) => code).sort());
  expect(new Set(placed.map(({ pass, room }) => `${pass} ${room}`)).size).toBe(15);
  const passOf = (code: string) => placed.find(({ workshop }) => workshop === code)?.pass;
  expect(passOf('W2')).not.toBe(passOf('W15'));
});

test('ten rooms and two offerings hold every workshop twice, but for what a presenter of two cannot give', () => {
  const placed = handTimetable({ ...facts, rooms: names('room', 10), offerings: 2 });
  const passes = passesOfEach(placed);
  expect(passes.size).toBe(15);
  expect([...passes].filter(([, given]) => given.length !== 2).map(([code]) => code)).toEqual(['W15']);
  for (const [, given] of passes) expect(new Set(given).size).toBe(given.length);
});

test('without a slot to spare the least wanted wait outside, so that two offerings are given', () => {
  const many = Array.from({ length: 60 }, (_, i) => ({ code: `W${i + 1}`, presenters: [`P${i + 1}`] }));
  const demand = new Map(many.map(({ code }, i) => [code, 60 - i]));
  const placed = handTimetable({
    workshops: many,
    rooms: names('room', 20),
    passes: names('pass', 3),
    offerings: 2,
    demand,
  });
  const passes = passesOfEach(placed);
  expect(placed).toHaveLength(60);
  expect(many.filter(({ code }) => !passes.has(code)).map(({ code }) => code)).toEqual(['W58', 'W59', 'W60']);
  expect([...passes].filter(([, given]) => given.length === 2).map(([code]) => code)).toEqual([
    'W1',
    'W2',
    'W3',
  ]);
});

test('in each pass the most wanted workshop has the largest room', () => {
  for (const pass of facts.passes) {
    const inPass = handTimetable(facts).filter((placed) => placed.pass === pass);
    const audiences = inPass.map(({ workshop }) => facts.demand.get(workshop) ?? 0);
    expect(inPass.map(({ room }) => room)).toEqual(facts.rooms);
    expect(audiences).toEqual([...audiences].sort((a, b) => b - a));
  }
});

test('wishes are the same for a seed, others for another, and six different workshops each', () => {
  const again = wishDrawer(realWorkshops(), 6, seededRandom(1));
  const other = wishDrawer(realWorkshops(), 6, seededRandom(2));
  expect(Array.from({ length: 300 }, again)).toEqual(ballots);
  expect(Array.from({ length: 300 }, other)).not.toEqual(ballots);
  expect(ballots.filter((wishes) => new Set(wishes).size !== 6)).toEqual([]);
});

test('some workshops are wanted by many more than others', () => {
  const demand = [...facts.demand.values()].sort((a, b) => b - a);
  expect(demand[0]! / demand.at(-1)!).toBeGreaterThan(3);
});

test('invented workshops follow the fifteenth with titles of their own', () => {
  const invented = Array.from({ length: 300 }, (_, i) =>
    inventedWorkshop(16 + i, 'Karin Ek', ['Region Skåne']),
  );
  expect(invented[0]?.code).toBe('W16');
  expect(new Set(invented.map(({ title }) => title)).size).toBe(300);
  expect(invented.filter(({ title }) => title.includes('%'))).toEqual([]);
});
