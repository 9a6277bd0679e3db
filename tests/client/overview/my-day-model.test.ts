import { describe, expect, test } from 'vitest';
import { withSeats } from '../../../client/overview/live-seats.ts';
import { dayOf, stretchesOf } from '../../../client/overview/my-day-model.ts';
import { aProgramme, aPublicPage } from '../../support/client/a-programme.ts';

const { conference } = aPublicPage();
const nobody = { wishes: [], presents: [], cannot: [] };

describe('my day', () => {
  test('has the passes in time order, each with its colour and its choices by number of code', () => {
    const { passes } = dayOf(conference, aProgramme(), nobody);
    expect(passes.map((p) => [p.name, p.colour, p.choices.map((c) => c.workshop.code)])).toEqual([
      ['Pass 1', 'lingon', ['W2', 'W10']],
      ['Pass 2', 'spruce', ['W9']],
    ]);
  });

  test('puts what I wished for first, with its rank', () => {
    const { passes } = dayOf(conference, aProgramme(), { ...nobody, wishes: ['W9', 'W10'] });
    expect(passes[0]!.choices.map((c) => [c.workshop.code, c.rank])).toEqual([
      ['W10', 2],
      ['W2', null],
    ]);
  });

  test('knows the pass in which I present, and not the other', () => {
    const { passes } = dayOf(conference, aProgramme(), {
      ...nobody,
      presents: [{ pass: 'p2', workshop: 'W9' }],
    });
    expect(passes.map((p) => p.presents)).toEqual([null, 'W9']);
  });
});

describe('the stretches of a day', () => {
  const date = (instant: string): string => instant.slice(0, 10);

  test('have what is for everybody before the pass it comes before, and the end of the day last', () => {
    const { passes } = dayOf(conference, aProgramme(), nobody);
    const days = stretchesOf(passes, aProgramme().plenaries, date);
    expect(
      days.map((d) => d.stretches.map((s) => [s.plenaries.map((p) => p.title), s.pass?.name ?? null])),
    ).toEqual([
      [
        [[], 'Pass 1'],
        [['Kaffe'], 'Pass 2'],
        [['Lunch'], null],
      ],
    ]);
  });

  test('keep two dates apart', () => {
    const { passes } = dayOf(conference, aProgramme(), nobody);
    const dinner = {
      ...aProgramme().plenaries[1]!,
      id: 'breakfast',
      title: 'Frukost',
      startsAt: '2026-12-13T07:00:00.000Z',
    };
    const days = stretchesOf(passes, [...aProgramme().plenaries, dinner], date);
    expect(days.map((d) => [d.date, d.stretches.length])).toEqual([
      ['2026-12-12', 3],
      ['2026-12-13', 1],
    ]);
  });
});

describe('live seats', () => {
  test('change the sessions they name and no others', () => {
    const programme = aProgramme();
    const next = withSeats(programme, [{ session: 's2', taken: 60 }]);
    expect(next.sessions.map((s) => [s.id, s.taken])).toEqual([
      ['s10', 3],
      ['s2', 60],
      ['s9', 60],
    ]);
  });

  test('that say nothing new give the same programme, so that nothing is drawn again', () => {
    const programme = aProgramme();
    expect(withSeats(programme, [{ session: 's2', taken: 59 }])).toBe(programme);
    expect(withSeats(programme, [{ session: 'unknown', taken: 1 }])).toBe(programme);
  });
});
