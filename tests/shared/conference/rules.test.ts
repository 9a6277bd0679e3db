import { describe, expect, test } from 'vitest';
import {
  hasReached,
  opensBetween,
  picksAreOpen,
  whyNotStage,
  whyNotWindow,
  wishesAreOpen,
} from '../../../shared/conference/rules.ts';

const open = { opensAt: 100, closesAt: 200 };
const never = { opensAt: null, closesAt: null };

describe('a window', () => {
  const timeZone = 'Europe/Stockholm';
  const conference = { stage: 'picks', timeZone, picks: open, wishes: never } as const;

  test('is open from its first millisecond until just before its last', () => {
    expect([99, 100, 199, 200].map((now) => picksAreOpen(conference, now))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test('means nothing at another stage', () => {
    expect(picksAreOpen({ ...conference, stage: 'planning' }, 150)).toBe(false);
    expect(picksAreOpen({ ...conference, stage: 'onsite' }, 150)).toBe(true);
    expect(wishesAreOpen({ stage: 'wishes', timeZone, picks: never, wishes: open }, 150)).toBe(true);
    expect(wishesAreOpen({ stage: 'picks', timeZone, picks: never, wishes: open }, 150)).toBe(false);
  });

  test('without an opening time is not open, without a closing time stays open', () => {
    expect(picksAreOpen({ ...conference, picks: { opensAt: null, closesAt: 200 } }, 150)).toBe(false);
    expect(picksAreOpen({ ...conference, picks: { opensAt: 100, closesAt: null } }, 9e15)).toBe(true);
  });

  test('opens once, at the stage it is for', () => {
    expect([99, 100, 101].map((from) => opensBetween(conference, from, 150))).toEqual([true, true, false]);
    expect(opensBetween(conference, 50, 100)).toBe(false);
    expect(opensBetween({ ...conference, stage: 'wishes' }, 50, 150)).toBe(false);
    expect(opensBetween({ ...conference, stage: 'wishes', wishes: open }, 50, 150)).toBe(true);
    expect(opensBetween({ ...conference, stage: 'onsite' }, 50, 150)).toBe(false);
    expect(opensBetween({ ...conference, picks: never }, 50, 150)).toBe(false);
  });

  test('may not close before it opens, nor at the same instant', () => {
    expect(whyNotWindow({ opensAt: 200, closesAt: 100 })?.code).toBe('window-backwards');
    expect(whyNotWindow({ opensAt: 200, closesAt: 200 })?.code).toBe('window-backwards');
    expect(whyNotWindow(open)).toBeNull();
    expect(whyNotWindow({ opensAt: null, closesAt: 100 })).toBeNull();
  });
});

describe('the stages', () => {
  test('come in order', () => {
    expect(hasReached('picks', 'planning')).toBe(true);
    expect(hasReached('picks', 'picks')).toBe(true);
    expect(hasReached('wishes', 'planning')).toBe(false);
  });

  test('do not go back from choosing once somebody has chosen', () => {
    expect(whyNotStage('picks', 'wishes', 1)?.code).toBe('stage-backwards');
    expect(whyNotStage('over', 'draft', 1)?.code).toBe('stage-backwards');
    expect(whyNotStage('picks', 'wishes', 0)).toBeNull();
  });

  test('go forward whatever is chosen, and back among the stages of choosing', () => {
    expect(whyNotStage('planning', 'picks', 5)).toBeNull();
    expect(whyNotStage('onsite', 'picks', 5)).toBeNull();
    expect(whyNotStage('planning', 'wishes', 5)).toBeNull();
  });
});
