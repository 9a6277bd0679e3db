import { checkPlan, sentenceOf } from '../../../shared/planning/constraints.ts';
import { figuresOf, valueOf, type Figures } from '../../../shared/planning/figures.ts';
import type { Instance } from '../../../shared/planning/instance.ts';
import {
  compareValues,
  gapBetween,
  type Objective,
  type Plan,
  type PlanDraft,
  type Refinement,
  type Value,
} from '../../../shared/planning/plan.ts';
import type { Reason } from '../../../shared/planning/no-plan-reasons.ts';
import { standingsOf, type PlanStandings } from '../../../shared/planning/standings.ts';
import { boundOf } from './bounds.ts';
import { shareOf, startBudget, type Budget } from './budget.ts';
import { modelSize, solveExactly } from './exact-model.ts';
import { FewestChanges } from './fewest-changes.ts';
import { drawLottery } from './lottery.ts';
import { atDrawOf } from './pass-draw.ts';
import { seatHandDraft } from './hand-draft.ts';
import { manyPeople } from './options.ts';
import { refineInTurn, type Refined } from './refinements.ts';
import { compileProblem, type Problem } from './problem.ts';
import { withTimetable } from './pass-branching.ts';
import { onReflection, reasonsAtOnce, whyNothing } from './reasons/reasons-seen.ts';
import { draftOf, type Timetable } from './seats.ts';
import { FairSeats, type FairReport } from './fair-seats.ts';
import { allocateFixed, fewPeople, fixedTimetable, seatsWorthATry, type SeatPrices } from './fixed-seats.ts';
import { WishedSeats } from './wished-seats.ts';
import { SearchHelper } from './search-helper.ts';
import { settleFairness } from './pooled-levels.ts';
import { isSearchable, searchJointly, type Found, type Report } from './strategy.ts';

export interface PlanOptions {
  readonly objective?: Objective | undefined;
  /** Refinements in order; `fill` where nothing is said. */
  readonly refine?: readonly Refinement[] | undefined;
  /** The time limit; 10 where neither seconds nor iterations are given. */
  readonly seconds?: number | undefined;
  /** Work limit in place of seconds: no clock is read and the same input gives the same plan. */
  readonly iterations?: number | undefined;
  readonly seed?: number | undefined;
  /** Draws this pass alone, with `served`: those before stand as in the previous plan, and who lost in them comes first. */
  readonly pass?: string | undefined;
}

/** What the search knows so far. */
export interface PlanProgress {
  readonly value: Value | null;
  readonly bound: Value | null;
  readonly gap: number | null;
  /** What it is doing, as a word of a closed list. */
  readonly trying: 'timetables' | 'seats' | 'exact' | 'fill';
}

export interface FoundPlan extends Plan {
  /** From the parsed instance to the checked plan; absent when no clock was read. */
  readonly seconds?: number;
  readonly figures: Figures;
  /** Of a lottery: the seed, and the ids in the order in which their turns came. */
  readonly draw?: { readonly seed: number; readonly order: readonly string[] };
}

export type PlanOutcome =
  | { readonly kind: 'plan'; readonly plan: FoundPlan }
  | { readonly kind: 'infeasible'; readonly reasons: readonly Reason[] }
  | { readonly kind: 'nothing-found' };

export interface PlanHooks {
  readonly onProgress?: ((progress: PlanProgress) => void) | undefined;
  readonly cancelled?: (() => boolean) | undefined;
}

type SearchedObjective = Exclude<Objective, 'lottery'>;
/** Seconds per seat that checking and describing a plan takes; more where there are too many for the processor's caches. */
const [finishing, finishingMany] = [6e-6, 1.1e-5];
/** Models up to this many columns are solved exactly at once; up to the second, when the search left a gap. */
const tiny = 200;
const moderate = 30_000;

/** Plans an instance in this thread. Throws where a plan would break a rule: such a plan is never handed out. */
export async function solve(
  instance: Instance,
  options: PlanOptions = {},
  hooks: PlanHooks = {},
): Promise<PlanOutcome> {
  const counted = options.iterations !== undefined;
  const started = counted ? 0 : performance.now();
  const objective = options.objective ?? 'ranks';
  if (objective === 'lottery') return drawSeats(instance, options, hooks);
  if (options.pass !== undefined) return drawPass(instance, options.pass, options, hooks);
  if (objective === 'changes' && !instance.previous) {
    throw new RangeError('changes: there is no previous plan to change');
  }
  const problem = compileProblem(instance);
  const { iterations } = options;
  // The check and the figures at the end take their time too, where there are very many seats.
  const limit = options.seconds ?? 10;
  const perSeat = problem.N >= manyPeople ? finishingMany : finishing;
  const seconds = limit - Math.min(0.3 * limit, problem.N * problem.P * perSeat);
  const budget = startBudget({ seconds, iterations, cancelled: hooks.cancelled });
  const best = new Incumbent(instance, problem, objective, hooks);
  const refine = options.refine ?? ['fill'];
  const seed = options.seed ?? 1;
  const seen = await reasonsAtOnce(problem, budget);
  if (seen) return { kind: 'infeasible', reasons: seen };
  // Of the time, refinements beyond the usual one have their share.
  const more = !counted && refine.some((one) => one !== 'fill');
  const searching = more ? shareOf(budget, 0.85) : budget;
  const outcome = await runStrategies(problem, objective, refine, searching, seed, best);
  if (outcome !== 'done') return { kind: 'infeasible', reasons: outcome };
  refineInTurn(problem, objective, refine, budget, seed, (improve) => best.refine('fill', improve));
  const checked = best.plan();
  if (!checked) return { kind: 'nothing-found' };
  const { plan, view } = checked;
  const figures = figuresOf(instance, plan, view);
  if (counted) return { kind: 'plan', plan: { ...plan, figures } };
  return {
    kind: 'plan',
    plan: { ...plan, seconds: Math.round(performance.now() - started) / 1000, figures },
  };
}

/** A lottery: there is nothing to be best at, and so neither a value nor a bound. */
async function drawSeats(instance: Instance, options: PlanOptions, hooks: PlanHooks): Promise<PlanOutcome> {
  const { iterations, seed = 1, seconds = 10 } = options;
  const started = iterations === undefined ? performance.now() : 0;
  const drawn = await drawLottery<Exclude<PlanOutcome, { kind: 'plan' }>>(
    instance,
    { seconds: 0.95 * seconds, iterations, seed },
    hooks.cancelled ?? (() => false),
    async (some, asked, cancelled) => {
      // What the first plan is worth is not what the lottery is worth.
      const tellWhat = ({ trying }: PlanProgress): void =>
        hooks.onProgress?.({ value: null, bound: null, gap: null, trying });
      const outcome = await solve(some, asked, { cancelled, onProgress: tellWhat });
      return outcome.kind === 'plan' ? outcome.plan : outcome;
    },
  );
  if (!drawn) return { kind: 'nothing-found' };
  if ('kind' in drawn) return drawn;
  const { order, ...draft } = drawn;
  refuseBroken(instance, draft);
  const plan: FoundPlan = {
    ...draft,
    objective: 'lottery',
    value: null,
    bound: null,
    gap: null,
    proven: false,
    draw: { seed, order },
    ...(iterations === undefined && { seconds: Math.round(performance.now() - started) / 1000 }),
    figures: figuresOf(instance, draft),
  };
  return { kind: 'plan', plan };
}

/** One draw of a festival, with a memory of the draws before. Nothing is claimed of the whole, whose later wishes are not known. */
async function drawPass(
  whole: Instance,
  pass: string,
  { iterations, seed = 1, seconds = 10 }: PlanOptions,
  hooks: PlanHooks,
): Promise<PlanOutcome> {
  const started = iterations === undefined ? performance.now() : 0;
  const { instance, losses } = atDrawOf(whole, pass, seed);
  const problem = compileProblem(instance);
  const wished = WishedSeats.of(problem);
  if (!wished) throw new RangeError('a pass is drawn where the timetable is fixed and all wish pass by pass');
  const budget = startBudget({ seconds: 0.9 * seconds, iterations, cancelled: hooks.cancelled });
  const seen = await reasonsAtOnce(problem, budget);
  if (seen) return { kind: 'infeasible', reasons: seen };
  const start = await wished.begin(budget);
  if (!start) return { kind: 'infeasible', reasons: await whyNothing(problem, budget) };
  const seats = await wished.seatLosers(losses, start, budget, seed);
  const draft = draftOf(problem, wished.timetable, seats);
  refuseBroken(instance, draft);
  const plan: FoundPlan = {
    ...draft,
    objective: 'served',
    value: valueOf(standingsOf(whole, draft), 'served'),
    bound: null,
    gap: null,
    proven: false,
    ...(iterations === undefined && { seconds: Math.round(performance.now() - started) / 1000 }),
    figures: figuresOf(whole, draft),
  };
  return { kind: 'plan', plan };
}

function refuseBroken(instance: Instance, draft: PlanDraft, view?: PlanStandings): void {
  const violations = checkPlan(instance, draft, view);
  if (violations.length === 0) return;
  const sentences = violations.slice(0, 3).map((violation) => sentenceOf(violation, 'en'));
  throw new Error(`a plan was refused: ${sentences.join(' ')}`);
}

async function runStrategies(
  problem: Problem,
  objective: SearchedObjective,
  refine: readonly Refinement[],
  budget: Budget,
  seed: number,
  best: Incumbent,
): Promise<'done' | readonly Reason[]> {
  const size = modelSize(problem);
  if (isSearchable(problem, objective) && size > tiny) {
    best.trying = problem.fixed ? 'seats' : 'timetables';
    if (objective === 'changes') {
      await new FewestChanges(problem, budget, best.report).search();
    }
    if (problem.fixed && objective === 'fair' && (await seatFairly(problem, budget, seed, best)))
      return 'done';
    if (problem.fixed) {
      // Where costs are not additive, best responses of so many people may come too late.
      if (objective !== 'ranks' && problem.N > fewPeople && !best.found)
        allocateFixed(problem, 'ranks', shareOf(budget, 0.7), seed, onlyPlans(best));
      const prices = allocateFixed(problem, objective, budget, seed, best.report);
      if (prices) await closeGap(problem, prices, budget, seed, best);
    } else {
      const open = await searchAndPolish(problem, objective, budget, seed, best);
      if (open && (await closeCases(problem, open, budget, seed, best)))
        return best.found ? 'done' : whyNothing(problem, budget);
      if (best.found && !open) return 'done';
    }
  }
  const wished = objective === 'served' ? WishedSeats.of(problem) : null;
  if (wished && wished.size <= moderate * 4) {
    return (await seatWishers(wished, budget, seed, best)) ? 'done' : whyNothing(problem, budget);
  }
  const worthwhile = !best.found || (size <= moderate && !budget.spent());
  if (best.proven || !worthwhile) return 'done';
  best.trying = 'exact';
  if (!best.found && size > tiny) {
    const { reasons, timetable } = await onReflection(problem, budget);
    if (reasons.length > 0) return reasons;
    if (timetable) await seatPeople(problem, timetable, objective, budget, seed, best);
    if (best.found && isSearchable(problem, objective) && !problem.fixed) {
      best.trying = 'timetables';
      const open = await searchAndPolish(problem, objective, budget, seed, best);
      if (open && (await closeCases(problem, open, budget, seed, best))) return 'done';
      if (!open) return 'done';
    }
    best.trying = 'exact';
    if (size > moderate || budget.spent()) return 'done';
  }
  const result = await solveExactly(problem, objective, refinedExactly(refine, size), budget, seed);
  if (result.status === 'infeasible') return whyNothing(problem, budget);
  best.offerBound(result.bound);
  if (result.plan) best.offer(result.plan);
  if (result.status === 'optimal') best.prove();
  return 'done';
}

/** Refinements that the exact model can take over: all in tiny instances, else those that need few columns. */
function refinedExactly(refine: readonly Refinement[], size: number): readonly Refinement[] {
  const large = refine.findIndex((one) => one !== 'changes' && one !== 'sessions');
  return size <= tiny || large < 0 ? refine : refine.slice(0, large);
}

/** Seconds per seat that the best seats in the best timetable take. */
const polishing = 1.6e-4;
/** That share of the time at most, the timetable made by hand is seated first; it takes half of what is reckoned, and less. */
const mostByHand = 0.9;
/** Of the time for fair plans, for the seats in the best timetable and what is true of all. */
const fairnessShare = 0.25;
/** Timetables and seats together for most of the time, then the best seats in the timetable found. */
async function searchAndPolish(
  problem: Problem,
  objective: SearchedObjective,
  budget: Budget,
  seed: number,
  best: Incumbent,
): Promise<readonly Timetable[] | null> {
  const share = budget.counted ? 0.1 : (problem.N * problem.P * polishing) / budget.secondsLeft();
  const ranks = objective === 'ranks';
  const worthwhile = ranks && share <= 0.15;
  const polish = objective === 'fair' ? fairnessShare : worthwhile ? share : 0;
  const known = best.found;
  const searching = shareOf(budget, 1 - polish);
  if (ranks && share <= mostByHand && !known) seatHandDraft(problem, budget, seed, onlyPlans(best));
  // Where there is little time, the search goes on from there.
  const start = worthwhile ? known : best.found;
  // What is no sum over seats costs each person a search: very many begin with the least sum of ranks.
  const many = problem.N > fewPeople || problem.N * problem.P > 1000 * budget.secondsLeft();
  const sought = many ? 'ranks' : objective;
  const help = (first: Found) => SearchHelper.start(problem.instance, sought, seed, searching, first);
  const report = sought === objective ? best.report : onlyPlans(best);
  const left = await searchJointly(problem, sought, searching, seed, report, start, help);
  const open = sought === objective ? left : null;
  if (open || best.proven || !best.found || polish === 0) return open;
  best.trying = 'seats';
  if (objective === 'fair') {
    await settleFairness(problem, best.found, budget, seed, best.fairReport);
    return null;
  }
  allocateFixed(withTimetable(problem, best.found.timetable), objective, budget, seed, onlyPlans(best));
  return null;
}

/** The fairest seats in a fixed timetable; false where they are not proven and there is time left. */
async function seatFairly(problem: Problem, budget: Budget, seed: number, best: Incumbent): Promise<boolean> {
  const timetable = fixedTimetable(problem);
  if (!timetable) return false;
  const proven = await FairSeats.seat(problem, timetable, budget, seed, best.fairReport);
  if (proven) best.prove();
  return proven || (best.found !== null && budget.spent());
}

/** Seats that were wished for, in a fixed timetable; false where no plan exists. */
async function seatWishers(
  wished: WishedSeats,
  budget: Budget,
  seed: number,
  best: Incumbent,
): Promise<boolean> {
  best.trying = 'seats';
  const { timetable } = wished;
  const start = await wished.begin(budget);
  if (start) best.offer({ timetable, seats: start });
  if (budget.spent()) return true;
  best.trying = 'exact';
  const { status, seats, bound } = await wished.seatMost(start, budget, seed);
  if (seats) best.offer({ timetable, seats });
  best.offerBound(bound);
  if (status === 'optimal') best.prove();
  return status !== 'infeasible';
}

/** Seats for a timetable that is known to have them for everybody: exactly, or by prices where there are too many people. */
async function seatPeople(
  problem: Problem,
  timetable: Timetable,
  objective: SearchedObjective,
  budget: Budget,
  seed: number,
  best: Incumbent,
): Promise<void> {
  const given = withTimetable(problem, timetable);
  if (modelSize(given) > moderate) {
    // Groups, overlaps and wishes pass by pass are beyond prices.
    if (isSearchable(given, 'ranks')) allocateFixed(given, objective, budget, seed, onlyPlans(best));
    return;
  }
  const { plan } = await solveExactly(given, objective, [], budget, seed);
  if (plan) best.offer(plan);
}

/** What is found for one timetable among many: its plans count, its bounds hold for itself alone. */
function onlyPlans(best: Incumbent): Report {
  let bound = -Infinity;
  return {
    plan: best.report.plan,
    bound: (known) => {
      bound = Math.max(bound, known);
    },
    proven: () => bound >= (best.single ?? Infinity),
  };
}

/** Looks exactly into what prices leave possible below the value of a fixed timetable's seats. */
async function closeGap(
  problem: Problem,
  prices: SeatPrices,
  budget: Budget,
  seed: number,
  best: Incumbent,
): Promise<void> {
  const value = best.single;
  if (value === null || best.proven || budget.spent()) return;
  const maySit = seatsWorthATry(prices, value, moderate);
  if (!maySit) return;
  best.trying = 'exact';
  const result = await solveExactly(problem, 'ranks', [], budget, seed, maySit);
  if (result.plan) best.offer(result.plan);
  if (result.status === 'optimal' || result.status === 'infeasible') best.prove();
  else best.offerBound(result.bound.map((bound) => Math.min(bound, value)));
}

/** Solves exactly what a search has left open; true when all of it was, which proves the best plan. */
async function closeCases(
  problem: Problem,
  open: readonly Timetable[],
  budget: Budget,
  seed: number,
  best: Incumbent,
): Promise<boolean> {
  best.trying = 'exact';
  for (const timetable of open) {
    if (best.proven) return true;
    const given = withTimetable(problem, timetable);
    const prices = allocateFixed(given, 'ranks', budget, seed, onlyPlans(best));
    if (prices && Math.ceil(prices.bound - 1e-6) >= (best.single ?? Infinity)) continue;
    const maySit = prices && best.single !== null ? seatsWorthATry(prices, best.single, moderate) : null;
    const result = await solveExactly(given, 'ranks', [], budget, seed, maySit ?? undefined);
    if (result.plan) best.offer(result.plan);
    if (result.status === 'feasible' || result.status === 'unknown') return false;
  }
  best.prove();
  return true;
}

/** The best plan so far and the best bound. No plan leaves before it is checked; one that breaks a rule stops everything. */
class Incumbent {
  found: Found | null = null;
  trying: PlanProgress['trying'] = 'exact';
  readonly report: Report;
  private value: Value | null = null;
  private bound: Value;
  private readonly instance: Instance;
  private readonly problem: Problem;
  private readonly objective: SearchedObjective;
  private readonly hooks: PlanHooks;

  constructor(instance: Instance, problem: Problem, objective: SearchedObjective, hooks: PlanHooks) {
    this.instance = instance;
    this.problem = problem;
    this.objective = objective;
    this.hooks = hooks;
    this.bound = boundOf(problem, objective, []);
    this.report = {
      plan: (found, value) => this.offer(found, objective === 'ranks' ? value : undefined),
      bound: (bound) => this.offerBound([bound]),
      proven: () => this.proven,
    };
  }

  get fairReport(): FairReport {
    return { plan: (found) => this.offer(found), atLeast: (counts) => this.offerBound(counts) };
  }

  get proven(): boolean {
    return this.value !== null && compareValues(this.bound, this.value) >= 0;
  }

  /** The value, where it is a single number. */
  get single(): number | null {
    return typeof this.value === 'number' ? this.value : null;
  }

  /** Takes a plan that is better than the one there is; `value` where it is known. */
  offer(found: Found, value: Value = this.valueOf(found)): void {
    if (this.value !== null && compareValues(value, this.value) >= 0) return;
    this.value = value;
    this.found = { timetable: found.timetable.slice(), seats: found.seats.slice() };
    this.tell();
  }

  offerBound(leading: readonly number[]): void {
    const bound = boundOf(this.problem, this.objective, leading);
    if (compareValues(bound, this.bound) <= 0) return;
    this.bound = bound;
    this.tell();
  }

  /** The value is the best there is. */
  prove(): void {
    if (this.value !== null) this.bound = this.value;
  }

  /** Replaces the plan by one that is no worse and better in another respect. */
  refine(trying: PlanProgress['trying'], improve: (found: Found) => Refined | null): void {
    if (!this.found || this.value === null) return;
    this.trying = trying;
    const better = improve(this.found);
    if (!better) return;
    const value = better.value ?? this.valueOf(better);
    if (compareValues(value, this.value) > 0) return;
    this.found = better;
    this.value = value;
  }

  /** The plan that is handed out, and as it was checked: keeps every rule, and is worth what it says. */
  plan(): { plan: Plan; view: PlanStandings } | null {
    if (!this.found) return null;
    const draft = draftOf(this.problem, this.found.timetable, this.found.seats);
    const view = standingsOf(this.instance, draft);
    refuseBroken(this.instance, draft, view);
    const value = valueOf(view, this.objective)!;
    if (compareValues(value, this.value ?? value) !== 0) {
      throw new Error(`a plan was refused: it is worth ${String(value)}, not ${String(this.value)}`);
    }
    const bound = this.proven ? value : this.bound;
    const { objective } = this;
    const gap = gapBetween(value, bound);
    return { plan: { ...draft, objective, value, bound, gap, proven: this.proven }, view };
  }

  private valueOf({ timetable, seats }: Found): Value {
    const draft = draftOf(this.problem, timetable, seats);
    return valueOf(standingsOf(this.instance, draft), this.objective)!;
  }

  private tell(): void {
    const { value, bound, trying } = this;
    this.hooks.onProgress?.({ value, bound, gap: value === null ? null : gapBetween(value, bound), trying });
  }
}
