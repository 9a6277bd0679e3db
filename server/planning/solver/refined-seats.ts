import type { Objective, Refinement } from '../../../shared/planning/plan.ts';
import { companions } from './companions.ts';
import { measureOf, type Measure } from './measure.ts';
import type { Problem } from './problem.ts';
import { Seating } from './seating.ts';
import type { Found } from './strategy.ts';

/**
 * Seats under change together with what the refinements measure. Changes are counted from `begin` on and can be taken back. Rules that tie people together are kept by
 * leaving the seats of groups alone.
 */
export class RefinedSeats {
  readonly problem: Problem;
  readonly seating: Seating;
  readonly order: readonly Refinement[];
  /** By person: the organisation, −1 where nobody else is of it. */
  readonly organisation: Int32Array;
  /** People by organisation, and how many of it sit in a cell: colleagues[organisation · P · W + cell]. */
  readonly members: readonly (readonly number[])[];
  readonly colleagues: Int32Array;
  /** By person: passes in which the seat differs from the previous plan. */
  readonly differing: Uint16Array;
  /** What the refinements have changed by since `begin`, in order; last the seats that differ from the previous plan. */
  readonly change: Float64Array;
  /** By person · P + pass: the seat stays. */
  readonly stays: Uint8Array;
  /** Since the plan was found: gains in the objective, counted negative, then what each of the refinements has changed by. */
  readonly total: Float64Array;
  private readonly log: number[] = [];
  /** For `fair`, how many more people have seats that cost so much; else what all seats cost more. */
  private readonly costs: Map<number, number> | null;
  private cost = 0;
  private readonly overlapping = new Map<number, number[]>();

  constructor(problem: Problem, objective: Objective, order: readonly Refinement[], found: Found) {
    const { P, W, N, pinned } = problem;
    this.problem = problem;
    this.order = order;
    this.seating = new Seating(
      problem,
      objective === 'served' ? servedPeople(problem) : measureOf(problem, objective),
    );
    this.change = new Float64Array(order.length + 1);
    this.total = new Float64Array(order.length + 1);
    this.costs = objective === 'fair' ? new Map() : null;
    this.stays = Uint8Array.from(pinned, (pin) => (pin === -1 ? 0 : 1));
    for (const place of companions(problem).keys()) this.stays[place] = 1;
    for (const [x, y] of problem.overlaps) {
      this.overlapping.set(x, [...(this.overlapping.get(x) ?? []), y]);
      this.overlapping.set(y, [...(this.overlapping.get(y) ?? []), x]);
    }
    this.organisation = new Int32Array(N).fill(-1);
    const byName = new Map<string, number[]>();
    if (order.some((one) => one === 'spread' || one === 'together')) {
      problem.instance.attendees.forEach(({ organisation }, a) => {
        if (organisation === null) return;
        const known = byName.get(organisation);
        if (known) known.push(a);
        else byName.set(organisation, [a]);
      });
    }
    this.members = [...byName.values()].filter((people) => people.length > 1);
    this.members.forEach((people, o) => {
      for (const a of people) this.organisation[a] = o;
    });
    this.colleagues = new Int32Array(this.members.length * P * W);
    this.differing = new Uint16Array(N);
    for (let slot = 0; slot < N * P; slot++)
      if ((problem.previous?.[slot] ?? -1) !== -1) this.differing[Math.floor(slot / P)]!++;
    this.seating.setTimetable(found.timetable);
    for (let a = 0; a < N; a++) for (let p = 0; p < P; p++) this.put(a, p, found.seats[a * P + p]!);
    this.begin();
    this.total.fill(0);
  }

  /** Counts changes from here; those before stay. */
  begin(): void {
    this.total[0]! += Math.sign(this.costChange());
    for (let i = 0; i < this.order.length; i++) this.total[i + 1]! += this.change[i]!;
    this.change.fill(0);
    this.costs?.clear();
    this.cost = 0;
    this.log.length = 0;
  }

  /** Takes back every change since `begin`, the last first. */
  undo(): void {
    for (let i = this.log.length - 3; i >= 0; i -= 3)
      this.put(this.log[i]!, this.log[i + 1]!, this.log[i + 2]!);
    // What came and went may have left a rounding.
    this.change.fill(0);
    this.cost = 0;
    this.begin();
  }

  put(a: number, p: number, w: number): void {
    const { seating, problem, order, change } = this;
    const { P, W } = problem;
    const before = seating.held[a * P + p]!;
    if (before === w) return;
    this.log.push(a, p, before);
    const cost = seating.costNow(a);
    const from = before < 0 ? -1 : p * W + before;
    const to = w < 0 ? -1 : p * W + w;
    const was = problem.previous?.[a * P + p] ?? -1;
    const seats = Number(was !== w) - Number(was !== before);
    const moved = Number(this.differing[a]! + seats > 0) - Number(this.differing[a]! > 0);
    this.differing[a]! += seats;
    const pairs = (from < 0 ? 0 : 1 - this.colleaguesAt(a, from)) + (to < 0 ? 0 : this.colleaguesAt(a, to));
    order.forEach((refinement, i) => {
      if (refinement === 'fill')
        change[i]! += (to < 0 ? 0 : this.filled(to, 1)) - (from < 0 ? 0 : this.filled(from, 0));
      else if (refinement === 'changes') change[i]! += moved;
      else if (refinement === 'spread') change[i]! += pairs;
      else if (refinement === 'together') change[i]! -= pairs;
    });
    change[order.length]! += seats;
    const mine = this.organisation[a]! * P * W;
    if (mine >= 0 && from >= 0) this.colleagues[mine + from]!--;
    if (mine >= 0 && to >= 0) this.colleagues[mine + to]!++;
    seating.put(a, p, w);
    const after = seating.costNow(a);
    this.cost += after - cost;
    if (this.costs && after !== cost) {
      this.costs.set(cost, (this.costs.get(cost) ?? 0) - 1);
      this.costs.set(after, (this.costs.get(after) ?? 0) + 1);
    }
  }

  /** A session more or less counts for `sessions`. */
  countSessions(more: number): void {
    this.order.forEach((refinement, i) => {
      if (refinement === 'sessions') this.change[i]! += more;
    });
  }

  /** Whether the changes since `begin` make the plan better: in the objective, or at no cost there in the first refinement that differs. */
  isBetter(): boolean {
    const cost = this.costChange();
    if (cost !== 0) return cost < 0;
    for (const x of this.change) if (x !== 0) return x < 0;
    return false;
  }

  /** Negative where the changes since `begin` are better in the objective, or at no cost there in a refinement before the last; 0 where they cost nothing of these. */
  changeBeforeLast(): number {
    const cost = this.costChange();
    if (cost !== 0) return cost;
    for (let i = 0; i + 1 < this.order.length; i++) if (this.change[i] !== 0) return this.change[i]!;
    return 0;
  }

  /** Negative where the changes since `begin` are better in the objective. */
  costChange(): number {
    if (!this.costs) return this.cost;
    // Costs only stand for regrets, of which the largest count first.
    let [largest, people] = [-Infinity, 0];
    for (const [cost, more] of this.costs) if (more !== 0 && cost > largest) [largest, people] = [cost, more];
    return people;
  }

  /** What one more person in a session adds to its fill, or what the last of `load + more` there has added. */
  filled(cell: number, more: 0 | 1): number {
    const seats = this.seating.seats[cell]!;
    const taken = this.seating.load[cell]! + more;
    return seats > 0
      ? Math.round((1e4 * taken ** 2) / seats ** 2) - Math.round((1e4 * (taken - 1) ** 2) / seats ** 2)
      : 0;
  }

  /** People of the person's organisation in a cell, the person too if they sit there. */
  colleaguesAt(a: number, cell: number): number {
    const organisation = this.organisation[a]!;
    return organisation < 0
      ? Number(
          this.seating.held[a * this.problem.P + Math.floor(cell / this.problem.W)] === cell % this.problem.W,
        )
      : this.colleagues[organisation * this.problem.P * this.problem.W + cell]!;
  }

  /** By cell: who wished for it and need not have a seat in its pass, nor anybody a seat in their place; empty but for `served`. */
  wishers(): readonly (readonly number[])[] {
    const { P, W, N, byPass, unlisted } = this.problem;
    const { seating } = this;
    if (seating.measure.objective !== 'served') return [];
    const wishers: number[][] = Array.from({ length: P * W }, () => []);
    for (let slot = 0; slot < N * P; slot++) {
      const [a, p] = [Math.floor(slot / P), slot % P];
      if (!byPass[a]) continue;
      for (const w of seating.given[p]!)
        if (seating.rank(a, p, w) < unlisted[a]!) wishers[p * W + w]!.push(a);
    }
    return wishers;
  }

  /** Whether a person may have a seat more. */
  mayHaveMore(a: number): boolean {
    const { P, picks } = this.problem;
    let seats = 0;
    for (let p = 0; p < P; p++) if (this.seating.held[a * P + p]! >= 0) seats++;
    return seats < picks[a]!;
  }

  /** Whether a person may sit in a cell beside what they hold in other passes. */
  maySit(a: number, p: number, w: number): boolean {
    const { problem, seating } = this;
    const { P, W } = problem;
    const slot = a * P + p;
    if (this.stays[slot] || !problem.can[slot] || seating.busy[slot]) return false;
    for (let q = 0; q < P; q++) if (q !== p && seating.held[a * P + q] === w) return false;
    if (problem.byPass[a] && seating.rank(a, p, w) >= problem.unlisted[a]!) return false;
    for (const other of this.overlapping.get(p * W + w) ?? []) {
      const v = other % W;
      if (seating.held[a * P + Math.floor(other / W)] === v) return false;
      if (seating.timetable[other]! >= 0 && problem.presentingPeople[v]!.includes(a)) return false;
    }
    return true;
  }
}

/** `served` as costs: whoever has a seat counts far more than all first wishes together. */
function servedPeople(problem: Problem): Measure {
  const { P, W, N, rank, unlisted, personStride, passStride } = problem;
  const points = new Uint16Array(N * P * (W + 1));
  for (let slot = 0; slot < N * P; slot++) {
    const a = Math.floor(slot / P);
    const base = a * personStride + (slot % P) * passStride;
    for (let w = 0; w < W; w++) {
      const first = rank[base + w] === 1 && unlisted[a]! > 1;
      points[slot * (W + 1) + w] = P + 1 + Number(first);
    }
  }
  const penalty = Float64Array.from({ length: P * (P + 2) + 1 }, (_, sum) =>
    sum === 0 ? 0 : 0 - heavy - (sum % (P + 1)),
  );
  return { objective: 'served', additive: false, weight: 0, points, penalty, penaltyStride: 0 };
}

/** More than all first wishes. */
const heavy = 2 ** 30;
