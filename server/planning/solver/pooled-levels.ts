import { largestRegret } from '../../../shared/planning/figures.ts';
import { idealSum, standingsOf } from '../../../shared/planning/standings.ts';
import { FairSeats, type FairReport } from './fair-seats.ts';
import { withTimetable } from './pass-branching.ts';
import { draftOf } from './seats.ts';
import type { Found } from './strategy.ts';
import { seatsWanted } from './measure.ts';
import { shareOf, type Budget } from './budget.ts';
import { LinearModel, minimise, type Term } from './linear-model.ts';
import { leastSeatsOwed } from './pooled-bound.ts';
import { addRooms } from './pooled-model.ts';
import type { Problem } from './problem.ts';

/** Columns of a model that is still worth it. */
const mostColumns = 15_000;

/**
 * What is left to do for `fair` once a timetable is found: the fairest seats in it, and how many people must be at the worst regrets in
 * any timetable, from the worst of this plan down.
 */
export async function settleFairness(
  problem: Problem,
  found: Found,
  budget: Budget,
  seed: number,
  report: FairReport,
): Promise<void> {
  const worstOf = (one: Found): number => {
    const draft = draftOf(problem, one.timetable, one.seats);
    return standingsOf(problem.instance, draft).standings.reduce(
      (worst, { regret }) => Math.max(worst, regret),
      0,
    );
  };
  let worst = worstOf(found);
  const given = withTimetable(problem, found.timetable);
  await FairSeats.seat(given, found.timetable, shareOf(budget, 0.5), seed, {
    plan: (better) => {
      worst = Math.min(worst, worstOf(better));
      report.plan(better);
    },
    // What is true of one timetable says nothing of the others.
    atLeast: () => undefined,
  });
  const largest = largestRegret(problem.instance);
  let people = 0;
  const atLeast = Array.from({ length: largest }, () => 0);
  for (let regret = worst - 1; regret >= 0 && !budget.spent(); regret--) {
    people = Math.max(people, await peopleAbove(problem, regret, shareOf(budget, 0.7), seed));
    budget.work(100);
    atLeast.fill(people, largest - 1 - regret);
    report.atLeast(atLeast);
  }
}

/**
 * How many people at least have a regret above `regret`, in every timetable: the pooled bound with whole rooms, where everybody takes a
 * set of different workshops with no more regret than that, or counts and takes nothing. Who gives workshops, and so may be owed
 * fewer seats, is left out. 0 where nothing is known.
 */
async function peopleAbove(problem: Problem, regret: number, budget: Budget, seed: number): Promise<number> {
  const { W, N, rank, personStride, instance } = problem;
  const linear = new LinearModel();
  const { taken, most } = addRooms(linear, problem);
  const owed = leastSeatsOwed(problem);
  const above: Term[] = [];
  for (let a = 0; a < N; a++) {
    if (owed[a] !== seatsWanted(problem, a)) continue;
    const mine: Term[] = [];
    const ranks = rank.subarray(a * personStride, a * personStride + W);
    for (const set of setsWithin(
      ranks,
      most,
      owed[a]!,
      idealSum(instance.attendees[a]!, owed[a]!) + regret,
    )) {
      const term: Term = [linear.share(0, 1), 1];
      mine.push(term);
      for (const w of set) taken[w]!.push(term);
      if (linear.cost.length > mostColumns) return 0;
    }
    const none: Term = [linear.share(0, 1), 1];
    above.push(none);
    linear.row(1, 1, [...mine, none]);
  }
  for (const terms of taken) linear.row(-Infinity, 0, terms);
  const { status, bound } = await minimise(linear, above, budget, { seed, inParts: true });
  return status === 'infeasible' || !Number.isFinite(bound) ? 0 : Math.max(0, bound);
}

/** Sets of so many different workshops that are given at all, whose ranks come to no more than `limit`. */
function* setsWithin(ranks: Uint16Array, most: Int32Array, size: number, limit: number): Generator<number[]> {
  const list = [...ranks.keys()].filter((w) => most[w]! > 0).sort((v, w) => ranks[v]! - ranks[w]!);
  function* grow(from: number, set: readonly number[], sum: number): Generator<number[]> {
    if (set.length === size) {
      yield [...set];
      return;
    }
    for (let i = from; i < list.length; i++) {
      const w = list[i]!;
      // Those that follow have no smaller ranks.
      if (sum + ranks[w]! * (size - set.length) > limit) return;
      yield* grow(i + 1, [...set, w], sum + ranks[w]!);
    }
  }
  yield* grow(0, [], 0);
}
