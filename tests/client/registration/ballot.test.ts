import { describe, expect, test } from 'vitest';
import { moveWish, sameBallot, unwish, wish } from '../../../client/registration/ballot.ts';

describe('a ballot', () => {
  test('ranks in the order of tapping, each workshop once', () => {
    expect(wish(wish(wish([], 'W3'), 'W1'), 'W3')).toEqual(['W3', 'W1']);
  });

  test('moves a wish one place, and the ends hold it', () => {
    expect(moveWish(['W3', 'W1', 'W9'], 'W9', -1)).toEqual(['W3', 'W9', 'W1']);
    expect(moveWish(['W3', 'W1', 'W9'], 'W3', -1)).toEqual(['W3', 'W1', 'W9']);
    expect(moveWish(['W3', 'W1', 'W9'], 'W9', 1)).toEqual(['W3', 'W1', 'W9']);
  });

  test('a wish that is taken away closes the gap; one that was never there changes nothing', () => {
    expect(unwish(['W3', 'W1', 'W9'], 'W1')).toEqual(['W3', 'W9']);
    expect(unwish(['W3'], 'W1')).toEqual(['W3']);
    expect(moveWish(['W3'], 'W1', -1)).toEqual(['W3']);
  });

  test('is the same only in the same order', () => {
    expect(sameBallot(['W3', 'W1'], ['W3', 'W1'])).toBe(true);
    expect(sameBallot(['W3', 'W1'], ['W1', 'W3'])).toBe(false);
    expect(sameBallot(['W3'], ['W3', 'W1'])).toBe(false);
  });
});
