import { describe, expect, test } from 'vitest';
import { type Held, nextBest, progressOf, seatsLeft, whyNotHere } from '../../../client/registration/day.ts';
import { aDay, openTime } from '../../support/client/a-day.ts';

const nothing: Held = { picks: [], waitlist: [] };
const w3: Held = { picks: [{ pass: 'p2', session: 'w3-session', source: 'attendee' }], waitlist: [] };

describe('what a choice answers', () => {
  test('the same workshop in another pass is refused, another workshop is not', () => {
    const day = aDay();
    const [pass1, pass2] = day.passes;
    const held: Held = { picks: [{ pass: 'p1', session: 'w9-session', source: 'attendee' }], waitlist: [] };
    expect(whyNotHere(day, held, pass2, pass2.choices[1]!, openTime)?.code).toBe('same-workshop');
    expect(whyNotHere(day, held, pass2, pass2.choices[0]!, openTime)).toBeNull();
    expect(whyNotHere(day, held, pass1, pass1.choices[1]!, openTime)).toBeNull();
  });

  test('a full session is not refused: it has a queue', () => {
    const day = aDay();
    const [pass1] = day.passes;
    expect(seatsLeft(pass1.choices[2]!)).toBe(0);
    expect(whyNotHere(day, nothing, pass1, pass1.choices[2]!, openTime)).toBeNull();
  });

  test('nothing can be chosen a millisecond before the window opens', () => {
    const day = aDay();
    const [pass1] = day.passes;
    const opensAt = day.conference.picks.opensAt!;
    expect(whyNotHere(day, nothing, pass1, pass1.choices[0]!, opensAt - 1)?.code).toBe('window-closed');
    expect(whyNotHere(day, nothing, pass1, pass1.choices[0]!, opensAt)).toBeNull();
  });
});

describe('the next best', () => {
  test('is the first wish with seats left, though another has more seats', () => {
    const day = aDay();
    const [pass1] = day.passes;
    expect(nextBest(day, nothing, pass1, 'w7-session', openTime)?.workshop.code).toBe('W9');
  });

  test('is the one with most seats where the wish is what was lost', () => {
    const day = aDay();
    const [pass1] = day.passes;
    expect(nextBest(day, nothing, pass1, 'w9-session', openTime)?.workshop.code).toBe('W1');
  });

  test('is never what one holds already, a full one, or one that is refused', () => {
    const day = aDay();
    const [, pass2] = day.passes;
    const held: Held = {
      picks: [...w3.picks, { pass: 'p1', session: 'w9-session', source: 'attendee' }],
      waitlist: [],
    };
    expect(nextBest(day, held, pass2, 'gone', openTime)).toBeNull();
  });
});

test('progress counts the passes in which one can choose', () => {
  const day = aDay();
  const [pass1, pass2] = day.passes;
  expect(progressOf(day, w3)).toEqual({ chosen: 1, wanted: 2 });
  expect(progressOf({ ...day, passes: [{ ...pass1, presents: 'W2' }, pass2] }, w3)).toEqual({
    chosen: 1,
    wanted: 1,
  });
});
