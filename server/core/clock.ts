import type { Instant } from '../../shared/core/time.ts';

/** The only source of "now" on the server; tests hand in one that they can move. */
export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = { now: () => Date.now() };
