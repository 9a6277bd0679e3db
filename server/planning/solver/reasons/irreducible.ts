/** Whether requirements can hold together; `unknown` where the budget did not last. */
export type Answer = 'yes' | 'no' | 'unknown';

/**
 * A smallest-by-inclusion part of the requirements that cannot hold: together contradictory, every proper subset possible.
 * QuickXplain (U. Junker, AAAI 2004). Later requirements are kept in preference to earlier ones. Null where the whole is not known
 * to be contradictory (`known` says that it is), or where some answer was `unknown`.
 */
export async function irreducible<T>(
  requirements: readonly T[],
  possible: (some: readonly T[]) => Promise<Answer>,
  known = false,
): Promise<T[] | null> {
  let sure = true;
  const contradictory = async (some: readonly T[]): Promise<boolean> => {
    const answer = await possible(some);
    if (answer === 'unknown') sure = false;
    return answer === 'no';
  };
  const explain = async (
    background: readonly T[],
    grown: boolean,
    candidates: readonly T[],
  ): Promise<T[]> => {
    if (!sure || (grown && (await contradictory(background)))) return [];
    if (candidates.length === 1) return [...candidates];
    const half = Math.ceil(candidates.length / 2);
    const early = candidates.slice(0, half);
    const late = candidates.slice(half);
    const fromEarly = await explain([...background, ...late], late.length > 0, early);
    const fromLate = await explain([...background, ...fromEarly], fromEarly.length > 0, late);
    return [...fromEarly, ...fromLate];
  };
  if (!known && !(await contradictory(requirements))) return null;
  const core = await explain([], false, requirements);
  return sure ? core : null;
}
