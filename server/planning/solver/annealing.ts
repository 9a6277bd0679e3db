import type { Objective } from '../../../shared/planning/plan.ts';
import { shareOf, type Budget } from './budget.ts';
import { PooledBound } from './pooled-bound.ts';
import { pooledModelBound } from './pooled-model.ts';
import type { TimetableSearch } from './search.ts';
import type { SearchHelper } from './search-helper.ts';
import type { Found, Report } from './strategy.ts';

/** When the bounds over every timetable are learnt: before the search, between its rounds, or by somebody else. */
export type Bounds = 'first' | 'between' | 'none';

/** Steps between two looks at what else there is. */
const turn = 50;

/** The long search: rounds of simulated annealing, each twice as long as the one before. */
export class Annealing {
  private readonly search: TimetableSearch;
  private readonly objective: Objective;
  private readonly report: Report;
  /** The best value reported, of whoever found it. */
  told = Infinity;

  constructor(search: TimetableSearch, objective: Objective, report: Report) {
    this.search = search;
    this.objective = objective;
    this.report = report;
  }

  /** Reports what the search has found. */
  tell(): void {
    this.offer(this.search.best, this.search.best.value);
  }

  offer(found: Found, value: number): void {
    if (value >= this.told) return;
    this.told = value;
    this.report.plan(found, value);
  }

  /** One cooling; what a helper finds meanwhile is reported at once where no bytes depend on it. */
  async run(
    steps: number,
    from: number,
    to: number,
    budget: Budget,
    helper: SearchHelper | null = null,
  ): Promise<void> {
    for (let k = 0; k < steps && !budget.spent() && !this.report.proven(); k++) {
      this.search.step(from * (to / from) ** (k / steps));
      budget.work(1);
      if (k % turn !== 0) continue;
      this.tell();
      if (helper && !budget.counted) await helper.hear(this);
    }
    this.tell();
  }

  /** Rounds until the budget is spent or the best plan is proven; `rounded` is told of the end of each. */
  async rounds(
    budget: Budget,
    seed: number,
    bounds: Bounds,
    helper: SearchHelper | null = null,
    rounded: () => void = () => undefined,
  ): Promise<void> {
    const { search, report } = this;
    const { problem } = search;
    const pooled = this.objective === 'ranks' && bounds !== 'none' ? new PooledBound(problem) : null;
    const raise = (iterations: number): void => {
      if (!pooled) return;
      pooled.raise(iterations, search.best.value, shareOf(budget, 0.07));
      this.bound(Math.ceil(pooled.bound - 1e-3));
    };
    const raiseWhole = async (share: number): Promise<void> => {
      if (!pooled || budget.spent() || budget.secondsLeft() < 1.5) return;
      const bound = await pooledModelBound(problem, shareOf(budget, share), seed);
      budget.work(100);
      if (bound !== null) this.bound(bound);
    };
    raise(30);
    if (bounds === 'first') {
      raise(100);
      await raiseWhole(0.6);
    }
    const large = problem.P * problem.R > 40;
    const scale = this.objective === 'ranks' ? 1 : 3;
    for (let round = 0; !budget.spent() && !report.proven(); round++) {
      search.thorough = round > 0 && !large;
      await this.run(1500 * 2 ** Math.min(round, 6), (large ? 3 : 8) * scale, 0.4 * scale, budget, helper);
      rounded();
      if (helper) {
        const better = await helper.join(this, budget.counted ? round : null);
        if (better && better.value < search.best.value) search.resume(better);
      }
      if (bounds === 'between' && round === 0) await raiseWhole(0.3);
      else if (bounds === 'between') raise(100);
      if (round % 2 === 1) search.rewind();
    }
    if (helper && budget.counted) await helper.join(this, Infinity);
  }

  /** A bound holds for the best value as well as for any other. */
  bound(bound: number): void {
    this.report.bound(Math.min(bound, this.told));
  }
}
