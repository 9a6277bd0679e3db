import type { Refusal } from '../../../shared/core/refusal.ts';
import { tooManyAttempts } from '../../../shared/core/refusals.ts';
import type { Clock } from '../clock.ts';

/** Failures counted per address. Three hundred people may share the venue's address, so successes never count. */
export interface Attempts {
  countFailure(ip: string): void;
  whyNotAttempt(ip: string): Refusal | null;
}

const mostAddresses = 10_000;

/** At most `limit` failures per address in a window of `milliseconds`. Kept in memory: a restart forgives. */
export function createAttempts(clock: Clock, limit = 100, milliseconds = 10 * 60_000): Attempts {
  const failures = new Map<string, { count: number; until: number }>();

  function current(ip: string) {
    const entry = failures.get(ip);
    if (entry && entry.until > clock.now()) return entry;
    failures.delete(ip);
    return undefined;
  }

  return {
    countFailure(ip) {
      const entry = current(ip);
      if (entry) {
        entry.count++;
        return;
      }
      const oldest = failures.keys().next();
      if (failures.size >= mostAddresses && oldest.done !== true) failures.delete(oldest.value);
      failures.set(ip, { count: 1, until: clock.now() + milliseconds });
    },
    whyNotAttempt: (ip) => ((current(ip)?.count ?? 0) >= limit ? tooManyAttempts() : null),
  };
}
