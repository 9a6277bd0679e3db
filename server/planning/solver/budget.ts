/**
 * How long a plan may be worked on. With iterations no clock is read, so that the same input gives the same bytes;
 * with seconds the clock decides.
 */
export interface Budget {
  /** Whether work must stop now: the budget is spent or somebody cancelled. */
  spent(): boolean;
  /** Whether finishing touches must stop too: cancelled, or well past the time limit. */
  overdrawn(): boolean;
  /** Counts work done, in iterations. */
  work(iterations: number): void;
  /** Seconds left, Infinity where no clock is read. */
  secondsLeft(): number;
  /** No clock may be read. */
  readonly counted: boolean;
  readonly iterationsLeft: () => number;
}

export interface BudgetOptions {
  readonly seconds?: number | undefined;
  readonly iterations?: number | undefined;
  readonly cancelled?: (() => boolean) | undefined;
}

/** Milliseconds past the limit that finishing touches may take. */
const grace = 300;

export function startBudget({ seconds, iterations, cancelled }: BudgetOptions): Budget {
  const counted = iterations !== undefined;
  const end = counted ? Infinity : performance.now() + (seconds ?? 10) * 1000;
  let left = iterations ?? Infinity;
  const secondsLeft = (): number => (counted ? Infinity : Math.max(0, (end - performance.now()) / 1000));
  const stopped = (): boolean => cancelled?.() === true;
  return {
    counted,
    overdrawn: () => stopped() || (!counted && performance.now() >= end + grace),
    secondsLeft,
    iterationsLeft: () => left,
    work: (n) => {
      left -= n;
    },
    spent: () => left <= 0 || stopped() || (!counted && performance.now() >= end),
  };
}

/** A share of what is left of a budget; work done on it counts for the whole. */
export function shareOf(budget: Budget, share: number): Budget {
  const part = startBudget({
    seconds: budget.secondsLeft() * share,
    iterations: budget.counted ? Math.ceil(budget.iterationsLeft() * share) : undefined,
    cancelled: () => budget.spent(),
  });
  return {
    ...part,
    work: (iterations) => {
      part.work(iterations);
      budget.work(iterations);
    },
  };
}
