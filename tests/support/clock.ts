import type { Clock } from '../../server/core/clock.ts';
import { fromIso, type Instant } from '../../shared/core/time.ts';

/** A clock that stands still until the test moves it. */
export interface TestClock extends Clock {
  set(time: Instant | string): void;
  advance(milliseconds: number): void;
}

export function testClock(start: Instant | string = '2026-12-01T09:00:00.000Z'): TestClock {
  let now = instant(start);
  return {
    now: () => now,
    set: (time) => {
      now = instant(time);
    },
    advance: (milliseconds) => {
      now += milliseconds;
    },
  };
}

function instant(time: Instant | string): Instant {
  return typeof time === 'string' ? fromIso(time) : time;
}
