import type { Highs, Model } from 'highs';
import type { Budget } from './budget.ts';

/** A mixed-integer linear model under construction, row by row. */
export class LinearModel {
  readonly cost: number[] = [];
  readonly lower: number[] = [];
  readonly upper: number[] = [];
  readonly rowLower: number[] = [];
  readonly rowUpper: number[] = [];
  readonly starts: number[] = [0];
  readonly indices: number[] = [];
  readonly values: number[] = [];

  private readonly divisible = new Set<number>();

  /** A whole-number variable; returns its column. */
  column(lower: number, upper: number): number {
    this.cost.push(0);
    this.lower.push(lower);
    this.upper.push(upper);
    return this.cost.length - 1;
  }

  /** A variable that need not be whole. */
  share(lower: number, upper: number): number {
    const column = this.column(lower, upper);
    this.divisible.add(column);
    return column;
  }

  isWhole(column: number): boolean {
    return !this.divisible.has(column);
  }

  row(lower: number, upper: number, terms: Iterable<Term>): void {
    const sum = new Map<number, number>();
    for (const [column, factor] of terms) sum.set(column, (sum.get(column) ?? 0) + factor);
    for (const [column, factor] of sum) {
      this.indices.push(column);
      this.values.push(factor);
    }
    this.rowLower.push(lower);
    this.rowUpper.push(upper);
    this.starts.push(this.indices.length);
  }
}

export type Term = readonly [column: number, factor: number];

export interface LinearResult {
  readonly status: 'optimal' | 'infeasible' | 'feasible' | 'unknown';
  /** Best values found; empty where none. */
  readonly values: Float64Array;
  readonly value: number;
  /** Proven lower bound of the objective; −Infinity where nothing is known. */
  readonly bound: number;
}

let engine: Promise<Highs> | undefined;

interface Options {
  readonly seed: number;
  readonly start?: Float64Array | undefined;
  readonly nearlyWhole?: boolean;
  readonly inParts?: boolean;
}

/** HiGHS is loaded the first time a model is solved, never before. */
export function loadEngine(): Promise<Highs> {
  // The package types describe its CommonJS build; the module that is imported has the loader itself as its default.
  engine ??= import('highs').then((module) => (module.default as unknown as typeof module.default.default)());
  return engine;
}

/**
 * Presolve by enumeration: HiGHS 1.15.3 drops an equality when all but one of its columns are fixed by it, and then calls worse solutions
 * optimal, or models that have one infeasible (ERGO-Code/HiGHS issue 3216).
 */
const withoutEnumeration = 1 << 16;

/**
 * Minimises Σ factor · column by HiGHS (branch and cut). Objectives must be whole numbers: bounds are rounded up.
 * `start` is a feasible solution to begin from. `nearlyWhole`: the linear relaxation is expected to be nearly whole, so that HiGHS does not solve
 * the model again with columns fixed by their reduced costs, which takes longer than cutting off what is broken.
 * `inParts`: the relaxed variables make objectives possible that are no whole numbers; the value is what is reached, the bound rounded up.
 */
export async function minimise(
  linear: LinearModel,
  objective: readonly Term[],
  budget: Budget,
  options: Options & { offset?: number },
): Promise<LinearResult> {
  const highs = await loadEngine();
  const cost = new Float64Array(linear.cost.length);
  for (const [column, factor] of objective) cost[column] = (cost[column] ?? 0) + factor;
  const offset = options.offset ?? 0;
  if (cost.length === 0) {
    const possible = linear.rowLower.every((l) => l <= 0) && linear.rowUpper.every((u) => u >= 0);
    const none = new Float64Array();
    return { status: possible ? 'optimal' : 'infeasible', values: none, value: offset, bound: offset };
  }
  const model = create(highs, linear, cost, false);
  try {
    return run(highs, model, budget, options, offset);
  } finally {
    model.dispose();
  }
}

/** The model in the engine; `relaxed`: no variable needs be whole. */
function create(highs: Highs, linear: LinearModel, cost: Float64Array, relaxed: boolean): Model {
  const infinite = (x: number): number =>
    x === Infinity ? highs.infinity : x === -Infinity ? -highs.infinity : x;
  const { integer, continuous } = highs.constants.variableType;
  return highs.createModel({
    numCols: cost.length,
    numRows: linear.rowLower.length,
    colCost: cost,
    colLower: Float64Array.from(linear.lower, infinite),
    colUpper: Float64Array.from(linear.upper, infinite),
    rowLower: Float64Array.from(linear.rowLower, infinite),
    rowUpper: Float64Array.from(linear.rowUpper, infinite),
    integrality: Int32Array.from(cost, (_, column) =>
      !relaxed && linear.isWhole(column) ? integer : continuous,
    ),
    matrix: {
      format: 'csr',
      numRows: linear.rowLower.length,
      numCols: cost.length,
      starts: Int32Array.from(linear.starts),
      indices: Int32Array.from(linear.indices),
      values: Float64Array.from(linear.values),
    },
  });
}

/**
 * The dual values of the rows at an optimum of the linear relaxation: what one more of a row's limit would change. Null where there is
 * none, or it was not reached in time.
 */
export async function rowDuals(
  linear: LinearModel,
  objective: readonly Term[],
  budget: Budget,
): Promise<Float64Array | null> {
  const highs = await loadEngine();
  const cost = new Float64Array(linear.cost.length);
  for (const [column, factor] of objective) cost[column] = (cost[column] ?? 0) + factor;
  const model = create(highs, linear, cost, true);
  try {
    model.options.set({ output_flag: false });
    if (!budget.counted) model.options.set({ time_limit: Math.max(0.05, budget.secondsLeft()) });
    model.run();
    const optimal = model.getModelStatus() === highs.constants.modelStatus.optimal;
    return optimal ? Float64Array.from(model.getSolution().rowDual) : null;
  } finally {
    model.dispose();
  }
}

function run(highs: Highs, model: Model, budget: Budget, options: Options, offset: number): LinearResult {
  model.options.set({
    output_flag: false,
    random_seed: options.seed % 2147483647,
    mip_rel_gap: 0,
    mip_abs_gap: 0.9,
    presolve_rule_off: withoutEnumeration,
    ...(options.nearlyWhole && { mip_heuristic_run_root_reduced_cost: false }),
  });
  if (budget.counted)
    model.options.set({ mip_max_nodes: Math.max(1, Math.min(budget.iterationsLeft(), 1e6)) });
  else model.options.set({ time_limit: Math.max(0.05, budget.secondsLeft()) });
  if (options.start) model.setSolution({ colValue: options.start });
  model.run({
    [highs.constants.callbackType.mipInterrupt](event) {
      if (budget.counted ? budget.overdrawn() : budget.spent()) event.interrupt();
      return undefined;
    },
  });
  const status = model.getModelStatus();
  const { modelStatus } = highs.constants;
  const unbounded = -Infinity;
  const none = { values: new Float64Array(), value: Infinity };
  if (status === modelStatus.infeasible || status === modelStatus.unboundedOrInfeasible) {
    return { status: 'infeasible', ...none, bound: Infinity };
  }
  const { colValue } = model.getSolution();
  const found = Number(model.info.get('primal_solution_status')) === 2 && colValue.length > 0;
  const value = model.getObjectiveValue();
  const reached = Number(model.info.get('mip_dual_bound'));
  const bound = Number.isFinite(reached) && Math.abs(reached) < 1e20 ? Math.ceil(reached - 1e-6) : unbounded;
  if (status === modelStatus.optimal || status === modelStatus.empty) {
    const best = options.inParts ? value : Math.round(value);
    return {
      status: 'optimal',
      values: Float64Array.from(colValue),
      value: best + offset,
      bound: (options.inParts ? bound : best) + offset,
    };
  }
  if (!found) return { status: 'unknown', ...none, bound: bound + offset };
  return {
    status: 'feasible',
    values: Float64Array.from(colValue),
    value: Math.round(value) + offset,
    bound: bound + offset,
  };
}
