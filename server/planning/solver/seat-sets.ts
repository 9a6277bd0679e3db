import { idealSum } from '../../../shared/planning/standings.ts';
import type { Seating } from './seating.ts';
import type { ListedChoices } from './tight-seats.ts';

/** Seats of one person looked at, of everybody together, before listing is given up. */
const patience = 3e7;

/** Sets of everybody together that are worth their memory. */
const mostSets = 400_000;

/** Everything that people can hold in a timetable: sets of seats, each with its regret. */
export interface SeatSets extends ListedChoices {
  /** By set. */
  readonly regret: Uint16Array;
}

/** Lists the sets of seats that people can hold in a timetable, one person at a time, by depth-first search with bounds. */
export class SetLister {
  private readonly seating: Seating;
  /** By person: the least sum of ranks there can be. */
  readonly ideal: Int32Array;
  private readonly open: number[] = [];
  /** By place in `open`: workshops from the best wished on. */
  private readonly ways: number[][] = [];
  /** By place in `open` and seats still owed: the least sum of ranks. */
  private readonly rest: number[][] = [];
  private readonly current: Int16Array;
  private left = patience;
  private person = 0;
  private limit = 0;

  constructor(seating: Seating) {
    const { N, P, instance } = seating.problem;
    this.seating = seating;
    this.current = new Int16Array(P);
    this.ideal = Int32Array.from({ length: N }, (_, a) => idealSum(instance.attendees[a]!, seating.owed(a)));
  }

  /** The least regret of everybody as if they were alone; null where somebody has no seats, or it takes too long. */
  least(): Int32Array | null {
    const least = new Int32Array(this.ideal.length);
    for (let a = 0; a < least.length; a++) {
      let sum = Infinity;
      this.limit = Infinity;
      this.begin(a);
      this.descend(0, this.seating.owed(a), 0, (found) => {
        sum = found;
        this.limit = found - 1;
      });
      if (sum === Infinity || this.left < 0) return null;
      least[a] = sum - this.ideal[a]!;
    }
    return least;
  }

  /** Everybody's sets up to a regret each; null where there are too many. */
  within(most: (a: number) => number): SeatSets | null {
    const { P, N } = this.seating.problem;
    const first = new Int32Array(N + 1);
    const choices: number[] = [];
    const regret: number[] = [];
    for (let a = 0; a < N; a++) {
      const ideal = this.ideal[a]!;
      this.limit = ideal + most(a);
      this.begin(a);
      this.descend(0, this.seating.owed(a), 0, (sum) => {
        regret.push(sum - ideal);
        for (let p = 0; p < P; p++) choices.push(this.current[p]!);
      });
      if (this.left < 0 || regret.length > mostSets) return null;
      first[a + 1] = regret.length;
    }
    return { first, choices: Int16Array.from(choices), regret: Uint16Array.from(regret) };
  }

  private begin(a: number): void {
    const { seating, open, ways, rest } = this;
    const { P, W, can } = seating.problem;
    this.person = a;
    this.current.fill(-1);
    open.length = 0;
    ways.length = 0;
    for (let p = 0; p < P; p++) {
      const away = can[a * P + p] !== 1 || seating.busy[a * P + p] === 1;
      // Pinned to a seat that cannot be held, nothing will do.
      if (away && this.mayIdle(a, p)) continue;
      open.push(p);
      ways.push(
        seating.given[p]!.filter((w) => seating.mayHold(a, p, w) && seating.seats[p * W + w]! > 0).sort(
          (x, y) => seating.rank(a, p, x) - seating.rank(a, p, y),
        ),
      );
    }
    const owed = seating.owed(a);
    rest.length = 0;
    rest[open.length] = Array.from({ length: owed + 1 }, (_, seats) => (seats === 0 ? 0 : Infinity));
    for (let k = open.length - 1; k >= 0; k--) {
      const best = ways[k]![0];
      const rank = best === undefined ? Infinity : seating.rank(a, open[k]!, best);
      const idle = this.mayIdle(a, open[k]!);
      rest[k] = rest[k + 1]!.map((without, seats) =>
        Math.min(idle ? without : Infinity, seats > 0 ? rest[k + 1]![seats - 1]! + rank : Infinity),
      );
    }
  }

  /** Whether a person may hold nothing in a pass, by the pins. */
  private mayIdle(a: number, p: number): boolean {
    const pin = this.seating.problem.pinned[a * this.seating.problem.P + p]!;
    return pin === -1 || pin === -2;
  }

  private descend(k: number, owed: number, sum: number, found: (sum: number) => void): void {
    if (--this.left < 0 || sum + this.rest[k]![owed]! > this.limit) return;
    const { open, current, person, seating } = this;
    const p = open[k];
    if (p === undefined) {
      found(sum);
      return;
    }
    if (owed > 0) {
      for (const w of this.ways[k]!) {
        const rank = seating.rank(person, p, w);
        if (sum + rank + this.rest[k + 1]![owed - 1]! > this.limit) break;
        if (current.includes(w)) continue;
        current[p] = w;
        this.descend(k + 1, owed - 1, sum + rank, found);
        current[p] = -1;
      }
    }
    if (this.mayIdle(person, p)) this.descend(k + 1, owed, sum, found);
  }
}

/** Those sets alone that are wanted. */
export function someOf(
  { first, choices, regret }: SeatSets,
  wanted: (a: number, set: number) => boolean,
): SeatSets {
  const P = regret.length === 0 ? 0 : choices.length / regret.length;
  const from = new Int32Array(first.length);
  const kept: number[] = [];
  for (let a = 0; a + 1 < first.length; a++) {
    for (let set = first[a]!; set < first[a + 1]!; set++) if (wanted(a, set)) kept.push(set);
    from[a + 1] = kept.length;
  }
  const some = new Int16Array(kept.length * P);
  kept.forEach((set, i) => some.set(choices.subarray(set * P, (set + 1) * P), i * P));
  return { first: from, choices: some, regret: Uint16Array.from(kept, (set) => regret[set]!) };
}
