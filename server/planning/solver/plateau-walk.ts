import type { Random } from '../../../shared/core/random.ts';
import type { RefinedSeats } from './refined-seats.ts';

/** Of the typical change of a refinement, the temperature at the beginning and at the end. */
const [hot, cold] = [0.35, 0.06];

/**
 * Simulated annealing among plans that are equally good in the objective and in all refinements but the last: two people exchange their seats
 * of a pass, one takes a free seat, somebody exchanges what two passes
 * hold and two others make way, or gives up a seat that need not be had for somebody who has none. Steps that cost something of
 * what comes before the last refinement are never taken. `progress` is told how many steps more were
 * taken and tells how much of the walk is done, from 0 to 1.
 */
export function walkPlateau(seats: RefinedSeats, random: Random, progress: (more: number) => number): void {
  const { problem, seating, order, change } = seats;
  const { P, W, N } = problem;
  const { held, load, holders, least, given, seats: room } = seating;
  const last = order.length - 1;
  // A seat as before is part of the way to a person as before.
  const guide = order[last] === 'changes' ? 0.3 : 0;
  const energy = (): number => change[last]! + guide * change[last + 1]!;
  let [typical, sampled] = [0, 0];
  let temperature = 0;

  /** Keeps the changes since `begin`, or takes them back. */
  const judge = (): void => {
    const before = seats.changeBeforeLast();
    const up = energy();
    if (before === 0 && up !== 0) {
      typical += Math.abs(up);
      sampled++;
    }
    if (before < 0 || (before === 0 && (up <= 0 || random.next() < Math.exp(-up / temperature)))) return;
    seats.undo();
  };
  const anyHolder = (cell: number): number => holders[cell]![random.integer(load[cell]!)]!;

  const exchange = (a: number, p: number, u: number): void => {
    const here = given[p]!;
    const v = here[random.integer(here.length)]!;
    if (v === u) return;
    const [from, to] = [p * W + u, p * W + v];
    if (load[to]! < room[to]! && load[from]! > least[from]! && random.integer(load[to]! + 1) === 0) {
      if (seating.measure.additive && seating.rank(a, p, v) > seating.rank(a, p, u)) return;
      if (!seats.maySit(a, p, v)) return;
      seats.begin();
      seats.put(a, p, v);
      return judge();
    }
    if (load[to] === 0) return;
    const b = anyHolder(to);
    if (seating.measure.additive) {
      const now = seating.rank(a, p, u) + seating.rank(b, p, v);
      if (seating.rank(a, p, v) + seating.rank(b, p, u) > now) return;
    }
    if (!seats.maySit(a, p, v) || !seats.maySit(b, p, u)) return;
    seats.begin();
    seats.put(a, p, v);
    seats.put(b, p, u);
    judge();
  };

  const turn = (a: number, p: number, u: number): void => {
    const q = random.integer(P);
    const v = held[a * P + q]!;
    if (q === p || v < 0 || v === u || seats.stays[a * P + q]) return;
    const [across, back] = [p * W + v, q * W + u];
    if (seating.timetable[across]! < 0 || seating.timetable[back]! < 0) return;
    if (load[across] === 0 || load[back] === 0) return;
    const b = anyHolder(across);
    const c = anyHolder(back);
    seats.begin();
    seats.put(a, p, -1);
    seats.put(a, q, -1);
    if (!seats.maySit(a, p, v) || !seats.maySit(a, q, u)) return seats.undo();
    seats.put(a, p, v);
    seats.put(a, q, u);
    seats.put(b, p, -1);
    if (b === c) seats.put(b, q, -1);
    if (!seats.maySit(b, p, u)) return seats.undo();
    seats.put(b, p, u);
    if (!seats.maySit(c, q, v)) return seats.undo();
    seats.put(c, q, v);
    judge();
  };

  const wishers = seats.wishers();
  /** Where seats need not be had, somebody gives theirs up for somebody who has none in the pass. */
  const giveUp = (a: number, p: number, u: number): void => {
    const others = wishers[p * W + u]!;
    const b = others[random.integer(others.length)];
    if (b === undefined || !problem.byPass[a] || held[b * P + p]! >= 0) return;
    if (!seats.mayHaveMore(b) || !seats.maySit(b, p, u)) return;
    seats.begin();
    seats.put(a, p, -1);
    seats.put(b, p, u);
    judge();
  };

  for (let step = 0; ; step++) {
    if ((step & 255) === 0) {
      const done = progress(step === 0 ? 0 : 256);
      if (done >= 1) return;
      temperature = Math.max(1e-9, (sampled > 0 ? typical / sampled : 1) * hot * (cold / hot) ** done);
    }
    const a = random.integer(N);
    const p = random.integer(P);
    const u = held[a * P + p]!;
    if (u < 0 || seats.stays[a * P + p]) continue;
    if (wishers.length > 0 && random.integer(2) === 0) giveUp(a, p, u);
    else if (P > 1 && random.integer(3) === 0) turn(a, p, u);
    else exchange(a, p, u);
  }
}
