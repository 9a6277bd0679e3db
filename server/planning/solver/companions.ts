import type { Problem } from './problem.ts';

/**
 * Who must hold the same session in a pass, through one group or several, by person · P + pass; places that stand alone are not there.
 */
export function companions({ P, groups }: Problem): ReadonlyMap<number, readonly number[]> {
  const together = new Map<number, readonly number[]>();
  for (const { pass, members } of groups) {
    const all = new Set(members.flatMap((a) => together.get(a * P + pass) ?? [a]));
    const joined = [...all].sort((a, b) => a - b);
    if (joined.length > 1) for (const a of joined) together.set(a * P + pass, joined);
  }
  return together;
}
