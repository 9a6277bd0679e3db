import type { Allocation as Seats, Instance, Session } from '../../../shared/planning/instance.ts';
import { Allocation } from './allocation.ts';
import { measureOf } from './measure.ts';
import { compileProblem, type Problem } from './problem.ts';
import type { Timetable } from './seats.ts';

/** One thing that can be done to a timetable by hand, and where it leads. */
export interface HandMove {
  readonly pass: string;
  readonly room: string;
  readonly sessions: readonly Session[];
}

export interface MoveCostTask {
  /** Its `fixed` is the timetable as it stands; `previous` holds the seats that people have, or null where nobody has one. */
  readonly instance: Instance;
  readonly moves: readonly HandMove[];
  readonly seconds: number;
}

/** What a move would cost; see `moveCostSchema`. People by id, with their workshops before and after. */
export interface MoveCostFound {
  readonly pass: string;
  readonly room: string;
  readonly moved: number;
  readonly better: number;
  readonly worse: number;
  readonly missing: number;
  readonly cost: number;
  readonly people: readonly { readonly id: string; readonly from: string[]; readonly to: string[] }[];
}

const mostPeople = 10;

/** Stands for having no seat: in every pass, room for everybody, wished for less than anything. */
const nowhere = '\u0000nowhere ';

/**
 * What each of some moves by hand would cost people: everybody is seated in the timetable as it stands, then anew in each other one
 * from there, only those moving who lose a seat or gain by it. Where seats are held, as few as possible move instead. Best responses
 * and exchange paths as for plans: exact where every workshop is given once, elsewhere very near.
 */
export function costsOfMoves({ instance, moves, seconds }: MoveCostTask): MoveCostFound[] {
  const end = performance.now() + seconds * 1000;
  const problem = roomForAll(instance);
  const seats = new HandSeats(problem, instance.previous?.allocation ?? null);
  if (!seats.begin(instance.fixed ?? [])) return [];
  const costs: MoveCostFound[] = [];
  for (const { pass, room, sessions } of moves) {
    if (performance.now() > end) break;
    const cost = seats.compare(sessions);
    if (cost) costs.push({ pass, room, ...cost });
  }
  return costs;
}

/** The problem with rooms and sizes as they are, without what a hand may overrule, and with a place for those who find no seat. */
function roomForAll(instance: Instance): Problem {
  const all = instance.passes.map(({ id }) => id);
  const everybody = instance.attendees.length;
  const places = all.map((pass) => ({
    id: nowhere + pass,
    presenters: [],
    minOfferings: 0,
    maxOfferings: 1,
    maxSize: Infinity,
    minSize: 0,
    requires: [],
    reserved: 0,
    passes: [pass],
  }));
  const problem = compileProblem({
    ...instance,
    fixed: null,
    pins: instance.pins.filter((pin) => pin.attendee !== undefined),
    rooms: [...instance.rooms, { id: nowhere, capacity: everybody, features: [], closed: [] }],
    workshops: [...instance.workshops.map((workshop) => ({ ...workshop, minSize: 0 })), ...places],
  });
  const { N, W, rank, personStride, passStride, unlisted } = problem;
  for (let a = 0; a < N; a++) {
    for (let w = W - places.length; w < W; w++) {
      for (let base = a * personStride; base < (a + 1) * personStride; base += passStride || personStride)
        rank[base + w] = unlisted[a]! * 2;
    }
  }
  return problem;
}

class HandSeats {
  private readonly problem: Problem;
  private readonly allocation: Allocation;
  private readonly held: Seats | null;
  private timetable: Timetable = new Int16Array();
  private before = new Int16Array();

  constructor(problem: Problem, held: Seats | null) {
    this.problem = problem;
    this.held = held;
    this.allocation = new Allocation(problem, measureOf(problem, held ? 'changes' : 'ranks'));
  }

  /** Everybody's seats in the timetable as it stands: those they hold, or the best by their wishes. */
  begin(sessions: readonly Session[]): boolean {
    const timetable = this.timetableOf(sessions);
    if (!timetable) return false;
    const { allocation, problem } = this;
    const { seating } = allocation;
    seating.setTimetable(timetable);
    this.timetable = timetable;
    if (this.held) {
      const { P, N, previous } = problem;
      for (let a = 0; a < N; a++) {
        for (let p = 0; p < P; p++) {
          const w = previous![a * P + p]!;
          if (w >= 0 && timetable[p * problem.W + w]! >= 0 && seating.mayHold(a, p, w)) seating.put(a, p, w);
        }
      }
      this.before = seating.held.slice();
      return true;
    }
    allocation.learnPrices(8, 0.1);
    if (!allocation.respond(12, 0.02, 1.5) || !allocation.repair()) return false;
    this.before = seating.held.slice();
    return true;
  }

  compare(sessions: readonly Session[]): Omit<MoveCostFound, 'pass' | 'room'> | null {
    const { allocation, problem, before } = this;
    const { P, N, instance } = problem;
    const { seating } = allocation;
    const timetable = this.timetableOf(sessions);
    if (!timetable) return null;
    seating.restore(this.timetable, before);
    const sums = Array.from({ length: N }, (_, a) => this.sumOf(a));
    const missingBefore = this.missing();
    seating.setTimetable(timetable);
    if (!allocation.reseat(0.1) || !allocation.repair()) return null;
    const losers: { id: string; loss: number; from: string[]; to: string[] }[] = [];
    let [moved, better, worse, cost] = [0, 0, 0, 0];
    for (let a = 0; a < N; a++) {
      const change = this.sumOf(a) - sums[a]!;
      cost += change;
      let same = true;
      for (let p = 0; p < P; p++) if (seating.held[a * P + p] !== before[a * P + p]) same = false;
      if (!same) moved++;
      if (change < 0) better++;
      if (change <= 0) continue;
      worse++;
      const [from, to] = [this.workshopsOf(before, a), this.workshopsOf(seating.held, a)];
      losers.push({ id: instance.attendees[a]!.id, loss: change, from, to });
    }
    const people = losers
      .toSorted((x, y) => y.loss - x.loss)
      .slice(0, mostPeople)
      .map(({ id, from, to }) => ({
        id,
        from: from.filter((w) => !to.includes(w)),
        to: to.filter((w) => !from.includes(w)),
      }));
    return { moved, better, worse, cost, missing: this.missing() - missingBefore, people };
  }

  private sumOf(a: number): number {
    const { P } = this.problem;
    const { seating } = this.allocation;
    let sum = 0;
    for (let p = 0; p < P; p++) {
      const w = seating.held[a * P + p]!;
      if (w >= 0) sum += seating.rank(a, p, w);
    }
    return sum;
  }

  private missing(): number {
    const { P, W } = this.problem;
    const { load } = this.allocation.seating;
    let missing = 0;
    for (let p = 0; p < P; p++) missing += load[p * W + W - P + p]!;
    return missing;
  }

  private workshopsOf(seats: Int16Array, a: number): string[] {
    const { P, W, instance } = this.problem;
    return Array.from({ length: P }, (_, p) => seats[a * P + p]!)
      .filter((w) => w >= 0 && w < W - P)
      .map((w) => instance.workshops[w]!.id);
  }

  /** Null where a session may not be where it is put. */
  private timetableOf(sessions: readonly Session[]): Timetable | null {
    const { P, W, R, slotSeats, instance } = this.problem;
    const index = (list: readonly { id: string }[]): Map<string, number> =>
      new Map(list.map(({ id }, i) => [id, i]));
    const [passOf, roomOf, workshopOf] = [
      index(instance.passes),
      index(instance.rooms),
      index(instance.workshops),
    ];
    const timetable = new Int16Array(P * W).fill(-1);
    for (const { workshop, pass, room } of sessions) {
      const cell = passOf.get(pass)! * W + workshopOf.get(workshop)!;
      const r = roomOf.get(room)!;
      if (timetable[cell]! >= 0 || slotSeats[cell * R + r]! < 0) return null;
      timetable[cell] = r;
    }
    for (let p = 0; p < P; p++) timetable[p * W + W - P + p] = R - 1;
    return timetable;
  }
}
