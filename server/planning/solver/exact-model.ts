import type { Objective, Refinement } from '../../../shared/planning/plan.ts';
import { idealSum } from '../../../shared/planning/standings.ts';
import type { Budget } from './budget.ts';
import { refinementTerms } from './exact-refinements.ts';
import { LinearModel, minimise, type Term } from './linear-model.ts';
import type { Problem } from './problem.ts';
import type { Seats, Timetable } from './seats.ts';

/**
 * The whole problem as one mixed-integer linear model, every rule and every objective, solved by HiGHS: exact, and
 * the ground that the faster methods stand on where they leave a gap. Lexicographic objectives are minimised entry by entry,
 * each fixed before the next. Meant for small instances and for fixed timetables; the columns are people × cells.
 */
export interface ExactResult {
  readonly status: 'optimal' | 'feasible' | 'infeasible' | 'unknown';
  readonly plan: { readonly timetable: Timetable; readonly seats: Seats } | null;
  /** Lower bounds of the leading entries of the value; the last of them where the search stopped. */
  readonly bound: readonly number[];
}

/** Columns that the model would have at most: people times the sessions that they may sit in. */
export function modelSize(problem: Problem): number {
  const { P, W, N, byPass, can } = problem;
  const cells = Array.from({ length: P * W }, (_, cell) => cell).filter((cell) => isPossible(problem, cell));
  if (!byPass.includes(1)) return N * cells.length;
  let size = 0;
  for (let a = 0; a < N; a++) {
    for (const cell of cells) {
      const p = Math.floor(cell / W);
      if (can[a * P + p] && (!byPass[a] || isWished(problem, a, p, cell % W))) size++;
    }
  }
  return size;
}

/** Whether a person may be seated in a cell, beyond what the rules say. */
export type MaySit = (a: number, cell: number) => boolean;

export async function solveExactly(
  problem: Problem,
  objective: Exclude<Objective, 'lottery'>,
  refine: readonly Refinement[],
  budget: Budget,
  seed: number,
  maySit: MaySit = () => true,
): Promise<ExactResult> {
  const model = buildModel(problem, maySit);
  const stages = objectiveStages(model, objective);
  const bound: number[] = [];
  let best: Float64Array | undefined;
  for (const stage of stages) {
    const result = await minimise(model.linear, stage.terms, budget, {
      seed,
      start: best,
      offset: stage.offset,
    });
    if (result.status === 'infeasible') return { status: 'infeasible', plan: null, bound };
    if (Number.isFinite(result.bound)) bound.push(result.bound);
    if (result.values.length > 0 || model.linear.cost.length === 0) best = result.values;
    if (result.status !== 'optimal') {
      return { status: best ? 'feasible' : 'unknown', plan: best ? readPlan(model, best) : null, bound };
    }
    const limit = result.value - stage.offset;
    model.linear.row(-Infinity, limit, stage.terms);
  }
  for (const refinement of refine) {
    if (!best) break;
    const terms =
      refinement === 'changes'
        ? countStage(model, (a) => addChanged(model, a), 1).terms
        : refinementTerms(model, refinement);
    if (terms.length === 0) continue;
    const result = await minimise(model.linear, terms, budget, { seed, offset: 0 });
    if (result.status !== 'optimal') break;
    best = result.values;
    model.linear.row(-Infinity, result.value, terms);
  }
  return { status: 'optimal', plan: readPlan(model, best ?? new Float64Array()), bound };
}

interface PersonColumns {
  /** Seats by cell. */
  readonly seats: ReadonlyMap<number, number>;
  /** Seats owed: a number, or a column where it depends on when the person presents. */
  readonly owed: { readonly least: number; readonly most: number; readonly terms: readonly Term[] };
}

export interface ExactModel {
  readonly problem: Problem;
  readonly linear: LinearModel;
  /** By cell · R + room. */
  readonly slots: ReadonlyMap<number, number>;
  readonly given: readonly (readonly Term[])[];
  readonly people: readonly PersonColumns[];
}

const isPossible = (problem: Problem, cell: number): boolean => {
  for (let r = 0; r < problem.R; r++) if ((problem.slotSeats[cell * problem.R + r] ?? -1) >= 0) return true;
  return false;
};

function buildModel(problem: Problem, maySit: MaySit): ExactModel {
  const linear = new LinearModel();
  const { slots, given } = addSlots(problem, linear);
  const people = Array.from({ length: problem.N }, (_, a) => addPerson(problem, linear, given, a, maySit));
  const model = { problem, linear, slots, given, people };
  addTimetableRules(model);
  addSeatRules(model);
  return model;
}

/** A column for each room that a session may have, each session at most once. */
export function addSlots(problem: Problem, linear: LinearModel): Pick<ExactModel, 'slots' | 'given'> {
  const { P, W, R } = problem;
  const slots = new Map<number, number>();
  const given: Term[][] = [];
  for (let cell = 0; cell < P * W; cell++) {
    const terms: Term[] = [];
    for (let r = 0; r < R; r++) {
      if ((problem.slotSeats[cell * R + r] ?? -1) < 0) continue;
      const column = linear.column(0, 1);
      slots.set(cell * R + r, column);
      terms.push([column, 1]);
    }
    given.push(terms);
    linear.row(problem.must[cell] ? 1 : 0, 1, terms);
  }
  return { slots, given };
}

/** Rooms and presenters are in one place, and workshops given as often as they should be. */
export function addTimetableRules({ problem, linear, slots, given }: Omit<ExactModel, 'people'>): void {
  const { P, W, R } = problem;
  const sum = (cells: Iterable<number>): Term[] => [...cells].flatMap((cell) => given[cell] ?? []);
  for (let p = 0; p < P; p++) {
    for (let r = 0; r < R; r++) {
      const terms: Term[] = [];
      for (let w = 0; w < W; w++) {
        const column = slots.get((p * W + w) * R + r);
        if (column !== undefined) terms.push([column, 1]);
      }
      linear.row(0, 1, terms);
    }
    for (const workshops of problem.sharedPresenters) linear.row(0, 1, sum(workshops.map((w) => p * W + w)));
  }
  for (let w = 0; w < W; w++) {
    const cells = Array.from({ length: P }, (_, p) => p * W + w);
    linear.row(problem.minOfferings[w] ?? 0, problem.maxOfferings[w] ?? P, sum(cells));
  }
  for (const [a, b] of problem.overlaps) {
    if (problem.sharePresenter[(a % W) * W + (b % W)]) linear.row(0, 1, sum([a, b]));
  }
}

function addSeatRules({ problem, linear, slots, given, people }: ExactModel): void {
  const { P, W, R } = problem;
  const takers: Term[][] = given.map(() => []);
  for (const person of people) for (const [cell, column] of person.seats) takers[cell]?.push([column, 1]);
  for (let cell = 0; cell < P * W; cell++) {
    const room: Term[] = [];
    for (let r = 0; r < R; r++) {
      const column = slots.get(cell * R + r);
      if (column !== undefined) room.push([column, -(problem.slotSeats[cell * R + r] ?? 0)]);
    }
    const seated = takers[cell] ?? [];
    linear.row(-Infinity, 0, [...seated, ...room]);
    const minSize = problem.minSize[cell % W] ?? 0;
    if (minSize > 0) linear.row(0, Infinity, [...seated, ...room.map(([c]): Term => [c, -minSize])]);
  }
  people.forEach(({ seats }, a) => {
    for (const [x, y] of problem.overlaps) {
      const terms = [x, y].flatMap((cell): Term[] => {
        const column = seats.get(cell);
        const presents = problem.presentingPeople[cell % W]?.includes(a) ? (given[cell] ?? []) : [];
        return column === undefined ? [...presents] : [[column, 1], ...presents];
      });
      if (terms.length > 1) linear.row(0, 1, terms);
    }
  });
  for (const { pass, members } of problem.groups) {
    const first = people[members[0] ?? -1];
    for (const member of members.slice(1)) {
      const other = people[member];
      for (let cell = pass * W; cell < (pass + 1) * W; cell++) {
        const terms: Term[] = [];
        const mine = first?.seats.get(cell);
        const theirs = other?.seats.get(cell);
        if (mine !== undefined) terms.push([mine, 1]);
        if (theirs !== undefined) terms.push([theirs, -1]);
        if (terms.length > 0) linear.row(0, 0, terms);
      }
    }
  }
}

function addPerson(
  problem: Problem,
  linear: LinearModel,
  given: readonly (readonly Term[])[],
  a: number,
  maySit: MaySit,
): PersonColumns {
  const { P, W } = problem;
  const seats = new Map<number, number>();
  const presents: Term[][] = Array.from({ length: P }, () => []);
  problem.presentingPeople.forEach((people, w) => {
    if (!people.includes(a)) return;
    for (let p = 0; p < P; p++) presents[p]?.push(...(given[p * W + w] ?? []));
  });
  for (let p = 0; p < P; p++) {
    const pin = problem.pinned[a * P + p] ?? -1;
    const here: Term[] = [];
    for (let w = 0; w < W; w++) {
      const cell = p * W + w;
      const allowed =
        problem.can[a * P + p] === 1 && (pin === -1 || pin === w) && (given[cell]?.length ?? 0) > 0;
      if (!allowed || (problem.byPass[a] && !isWished(problem, a, p, w)) || !maySit(a, cell)) continue;
      const column = linear.column(0, 1);
      seats.set(cell, column);
      here.push([column, 1]);
    }
    linear.row(pin >= 0 || pin === -3 ? 1 : 0, pin === -3 ? 0 : 1, [...here, ...(presents[p] ?? [])]);
    // Somebody pinned to a seat does not present then.
    if (pin >= 0) linear.row(0, 0, presents[p] ?? []);
  }
  for (let w = 0; w < W; w++) {
    const terms = Array.from({ length: P }, (_, p) => seats.get(p * W + w)).filter((c) => c !== undefined);
    if (terms.length > 1)
      linear.row(
        0,
        1,
        terms.map((c): Term => [c, 1]),
      );
  }
  const all = [...seats.values()].map((column): Term => [column, 1]);
  const owed = addOwed(problem, linear, presents, a);
  const minus = owed.terms.map(([c, f]): Term => [c, -f]);
  const constant = owed.terms.length === 0 ? owed.most : 0;
  linear.row(problem.byPass[a] ? -Infinity : constant, constant, [...all, ...minus]);
  return { seats, owed };
}

function addOwed(
  problem: Problem,
  linear: LinearModel,
  presents: Term[][],
  a: number,
): PersonColumns['owed'] {
  const { P } = problem;
  const picks = problem.picks[a] ?? 0;
  let wanted = 0;
  const busy: Term[] = [];
  for (let p = 0; p < P; p++) {
    if (!problem.can[a * P + p]) continue;
    wanted++;
    busy.push(...(presents[p] ?? []));
  }
  const most = Math.min(picks, wanted);
  if (busy.length === 0) return { least: most, most, terms: [] };
  const owed = linear.column(0, most);
  const plenty = linear.column(0, 1);
  linear.row(-Infinity, wanted, [[owed, 1], ...busy]);
  // owed = min(picks, free): one of the two is reached, `plenty` says which.
  linear.row(0, Infinity, [
    [owed, 1],
    [plenty, -picks],
  ]);
  linear.row(wanted, Infinity, [[owed, 1], ...busy, [plenty, wanted]]);
  return { least: 0, most, terms: [[owed, 1]] };
}

const isWished = (problem: Problem, a: number, p: number, w: number): boolean =>
  rankOf(problem, a, p, w) < (problem.unlisted[a] ?? 0);

const rankOf = (problem: Problem, a: number, p: number, w: number): number =>
  problem.rank[a * problem.personStride + p * problem.passStride + w] ?? 0;

interface Stage {
  readonly terms: readonly Term[];
  readonly offset: number;
}

function objectiveStages(model: ExactModel, objective: Exclude<Objective, 'lottery'>): Stage[] {
  switch (objective) {
    case 'ranks':
      return [ranksStage(model)];
    case 'top':
      return [countStage(model, (a) => addTop(model, a), -1), ranksStage(model)];
    case 'served':
      return [
        countStage(model, (a) => addServed(model, a), -1),
        firstsStage(model),
        {
          terms: model.people.flatMap(({ seats }) => [...seats.values()].map((c): Term => [c, -1])),
          offset: 0,
        },
      ];
    case 'changes':
      return [countStage(model, (a) => addChanged(model, a), 1), ranksStage(model)];
    case 'fair':
      return fairStages(model);
  }
}

/** Sum of ranks, with the person's `unlisted` for every seat owed and missing. */
function personRanks({ problem, people }: ExactModel, a: number): Stage {
  const { W } = problem;
  const missing = problem.unlisted[a] ?? 0;
  const { seats, owed } = people[a]!;
  const terms: Term[] = [];
  for (const [cell, column] of seats) {
    terms.push([column, rankOf(problem, a, Math.floor(cell / W), cell % W) - missing]);
  }
  for (const [column, factor] of owed.terms) terms.push([column, factor * missing]);
  return { terms, offset: owed.terms.length === 0 ? owed.most * missing : 0 };
}

function ranksStage(model: ExactModel): Stage {
  const stages = model.people.map((_, a) => personRanks(model, a));
  return { terms: stages.flatMap((s) => [...s.terms]), offset: stages.reduce((sum, s) => sum + s.offset, 0) };
}

/** Counts people by a 0/1 expression each. */
function countStage(model: ExactModel, of: (a: number) => Stage, sign: number): Stage {
  const stages = model.people.map((_, a) => of(a));
  return {
    terms: stages.flatMap((stage) => stage.terms.map(([c, f]): Term => [c, f * sign])),
    offset: 0 + sign * stages.reduce((sum, stage) => sum + stage.offset, 0) || 0,
  };
}

function firstsStage({ problem, people }: ExactModel): Stage {
  const { W } = problem;
  const terms: Term[] = [];
  people.forEach(({ seats }, a) => {
    for (const [cell, column] of seats) {
      if (
        isWished(problem, a, Math.floor(cell / W), cell % W) &&
        rankOf(problem, a, Math.floor(cell / W), cell % W) === 1
      ) {
        terms.push([column, -1]);
      }
    }
  });
  return { terms, offset: 0 };
}

/** Columns e[k] = 1 where the person is owed k seats; a constant where it is known. */
function addOwedIs({ linear, people }: ExactModel, a: number): { k: number; column: number | null }[] {
  const { least, most, terms } = people[a]!.owed;
  if (terms.length === 0) return [{ k: most, column: null }];
  const choices = Array.from({ length: most - least + 1 }, (_, i) => ({
    k: least + i,
    column: linear.column(0, 1),
  }));
  linear.row(
    1,
    1,
    choices.map(({ column }): Term => [column, 1]),
  );
  linear.row(0, 0, [...choices.map(({ k, column }): Term => [column, -k]), ...terms]);
  return choices;
}

function addTop(model: ExactModel, a: number): Stage {
  const { problem, linear, people } = model;
  const { W } = problem;
  const terms: Term[] = [];
  let offset = 0;
  for (const { k, column } of addOwedIs(model, a)) {
    if (k === 0) {
      if (column === null) offset = 1;
      else terms.push([column, 1]);
      continue;
    }
    const top = linear.column(0, 1);
    const seats: Term[] = [];
    for (const [cell, seat] of people[a]!.seats) {
      const p = Math.floor(cell / W);
      const rank = rankOf(problem, a, p, cell % W);
      if (isWished(problem, a, p, cell % W) && rank <= (problem.byPass[a] ? 1 : k)) seats.push([seat, 1]);
    }
    linear.row(0, Infinity, [...seats, [top, -k]]);
    if (column !== null)
      linear.row(0, Infinity, [
        [column, 1],
        [top, -1],
      ]);
    terms.push([top, 1]);
  }
  return { terms, offset };
}

function addServed({ linear, people }: ExactModel, a: number): Stage {
  const served = linear.column(0, 1);
  const seats = [...people[a]!.seats.values()].map((column): Term => [column, 1]);
  linear.row(0, Infinity, [...seats, [served, -1]]);
  return { terms: [[served, 1]], offset: 0 };
}

function addChanged({ problem, linear, people }: ExactModel, a: number): Stage {
  const { P, W, previous } = problem;
  if (!previous) return { terms: [], offset: 0 };
  const { seats } = people[a]!;
  const changed = linear.column(0, 1);
  for (let p = 0; p < P; p++) {
    const before = previous[a * P + p] ?? -1;
    if (before === -1) {
      for (const [cell, column] of seats) {
        if (Math.floor(cell / W) === p)
          linear.row(-Infinity, 0, [
            [column, 1],
            [changed, -1],
          ]);
      }
      continue;
    }
    const column = before >= 0 ? seats.get(p * W + before) : undefined;
    linear.row(
      1,
      Infinity,
      column === undefined
        ? [[changed, 1]]
        : [
            [column, 1],
            [changed, 1],
          ],
    );
  }
  return { terms: [[changed, 1]], offset: 0 };
}

/** Leximin: how many have at least the largest regret, then at least the next, down to 1. */
function fairStages(model: ExactModel): Stage[] {
  const { problem, linear, people } = model;
  const levels: Term[][] = [];
  people.forEach((person, a) => {
    const attendee = problem.instance.attendees[a]!;
    const { terms, offset } = personRanks(model, a);
    const ideal = addOwedIs(model, a);
    const most = person.owed.most * attendee.unlisted - idealSum(attendee, person.owed.most);
    const constant = ideal[0]?.column === null ? idealSum(attendee, ideal[0].k) : 0;
    const regret = [
      ...terms,
      ...ideal.flatMap(({ k, column }): Term[] =>
        column === null ? [] : [[column, -idealSum(attendee, k)]],
      ),
    ];
    const atLeast = Array.from({ length: most }, () => linear.column(0, 1));
    atLeast.forEach((column, i) => {
      (levels[i] ??= []).push([column, 1]);
      if (i > 0)
        linear.row(0, Infinity, [
          [atLeast[i - 1]!, 1],
          [column, -1],
        ]);
    });
    linear.row(-Infinity, constant - offset, [...regret, ...atLeast.map((c): Term => [c, -1])]);
  });
  // Where nobody can regret anything, any plan will do.
  if (levels.length === 0) levels.push([]);
  return Array.from(levels, (terms) => ({ terms: terms ?? [], offset: 0 })).toReversed();
}

function readPlan(
  { problem, slots, people }: ExactModel,
  values: Float64Array,
): NonNullable<ExactResult['plan']> {
  const { P, W, R, N } = problem;
  const timetable = new Int16Array(P * W).fill(-1);
  for (const [slot, column] of slots)
    if ((values[column] ?? 0) > 0.5) timetable[Math.floor(slot / R)] = slot % R;
  const seats = new Int16Array(N * P).fill(-1);
  people.forEach((person, a) => {
    for (const [cell, column] of person.seats) {
      if ((values[column] ?? 0) > 0.5) seats[a * P + Math.floor(cell / W)] = cell % W;
    }
  });
  return { timetable, seats };
}
