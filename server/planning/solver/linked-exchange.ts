import type { Exchange } from './exchange.ts';
import type { Seating } from './seating.ts';
import { pathTo } from './shortest-paths.ts';

/** A person who takes in one pass the workshop they leave in another, where they enter something else, and so on. */
interface Link {
  readonly person: number;
  /** The passes that are left for it, with the place of what is entered there instead. */
  readonly steps: readonly { readonly pass: number; readonly enters: number }[];
  readonly cost: number;
}

/**
 * Exchange paths through several passes. In one pass a path moves one person per step; a person who already has the workshop in
 * another pass blocks it. Here such a person takes another workshop there (or what they leave in a third), and others close the gap
 * along a shortest path of that pass. The paths and cycles so enlarged are searched as before (Bellman–Ford). For costs of ranks alone, least sizes of 0 and
 * people who hold a seat in every pass they can.
 */
export class LinkedExchange {
  private readonly seating: Seating;
  private readonly exchange: Exchange;
  /** By pass and by place among the workshops given there: shortest paths, the next step on each, and the distance to a free seat. */
  private readonly paths: {
    distance: Float64Array;
    next: Int32Array;
    free: Float64Array;
    end: Int32Array;
  }[] = [];
  /** By pass and workshop: its place among those given there, −1 where it is not. */
  private readonly place: readonly Int32Array[];
  private readonly mostGain: number;
  /** Passes beside its own that a link may reach into. */
  private depth = 1;
  /** Moves made, to be taken back. */
  private readonly done: [person: number, pass: number, before: number][] = [];

  constructor(seating: Seating, exchange: Exchange) {
    this.seating = seating;
    this.exchange = exchange;
    this.place = seating.given.map((list) => {
      const at = new Int32Array(seating.problem.W).fill(-1);
      list.forEach((w, i) => {
        at[w] = i;
      });
      return at;
    });
    this.mostGain =
      seating.measure.weight * seating.problem.unlisted.reduce((most, x) => Math.max(most, x), 0);
  }

  /** Improves until nothing is found any more. */
  improve(stop: () => boolean): void {
    const { P } = this.seating.problem;
    for (let found = true; found && !stop();) {
      found = false;
      this.exchange.improve(stop);
      for (let p = 0; p < P; p++) this.paths[p] = this.shortest(p);
      for (this.depth = 1; this.depth < P && this.depth <= 2 && !found; this.depth++) {
        for (let p = 0; p < P && !found && !stop(); p++) found = this.improvePass(p, stop);
      }
    }
  }

  /** All shortest paths of a pass (Floyd–Warshall). */
  private shortest(p: number) {
    const { seats, load, problem } = this.seating;
    const given = this.seating.given[p]!;
    const size = given.length;
    const distance = new Float64Array(size * size);
    const next = new Int32Array(size * size);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        distance[i * size + j] = i === j ? 0 : this.exchange.arcCost(p, given[i]!, given[j]!);
        next[i * size + j] = j;
      }
    }
    for (let k = 0; k < size; k++) {
      for (let i = 0; i < size; i++) {
        const first = distance[i * size + k]!;
        if (first === Infinity) continue;
        for (let j = 0; j < size; j++) {
          const through = first + distance[k * size + j]!;
          if (through >= distance[i * size + j]! - 1e-9) continue;
          distance[i * size + j] = through;
          next[i * size + j] = next[i * size + k]!;
        }
      }
    }
    const free = new Float64Array(size).fill(Infinity);
    const end = new Int32Array(size).fill(-1);
    for (let j = 0; j < size; j++) {
      const cell = p * problem.W + given[j]!;
      if (load[cell]! >= seats[cell]!) continue;
      for (let i = 0; i < size; i++) {
        if (distance[i * size + j]! >= free[i]!) continue;
        free[i] = distance[i * size + j]!;
        end[i] = j;
      }
    }
    return { distance, next, free, end };
  }

  /** The cheapest link from each session of a pass to each other, by place. */
  private links(p: number, stop: () => boolean): (Link | undefined)[] {
    const { problem, given, held, measure } = this.seating;
    const { P, N, pinned } = problem;
    const size = given[p]!.length;
    const links: (Link | undefined)[] = Array.from({ length: size * size });
    const left: number[] = [p];
    for (let a = 0; a < N; a++) {
      if ((a & 255) === 255 && stop()) break;
      const u = held[a * P + p]!;
      if (u < 0 || pinned[a * P + p] !== -1) continue;
      for (let q = 0; q < P; q++) {
        const x = held[a * P + q]!;
        if (q === p || x < 0 || this.place[p]![x]! < 0) continue;
        const arc = this.place[p]![u]! * size + this.place[p]![x]!;
        const base = measure.weight * (this.seating.rank(a, p, x) - this.seating.rank(a, p, u));
        const beyond = this.reenter(a, q, left, (links[arc]?.cost ?? Infinity) - base);
        if (beyond) links[arc] = { person: a, steps: beyond.steps, cost: base + beyond.cost };
      }
    }
    return links;
  }

  /** The cheapest way for somebody to leave what they hold in a pass and take something else; null where none costs less than `limit`. */
  private reenter(a: number, q: number, left: number[], limit: number): Omit<Link, 'person'> | null {
    const { problem, given, held, measure } = this.seating;
    const { P, pinned } = problem;
    const x = held[a * P + q]!;
    if (pinned[a * P + q] !== -1) return null;
    const there = given[q]!;
    const size = there.length;
    const { distance, free } = this.paths[q]!;
    const home = this.place[q]![x]!;
    const mine = measure.weight * this.seating.rank(a, q, x);
    let best: Omit<Link, 'person'> | null = null;
    let least = limit;
    for (let j = 0; j < size; j++) {
      if (j === home) continue;
      const y = there[j]!;
      const back = Math.min(distance[j * size + home]!, free[j]!);
      let cost = measure.weight * this.seating.rank(a, q, y) - mine + back;
      // Further passes give back no more than all the ranks that there are.
      if (cost >= least + this.mostGain) continue;
      let from = -1;
      for (let r = 0; r < P; r++) if (r !== q && !left.includes(r) && held[a * P + r] === y) from = r;
      if (from < 0) {
        if (cost >= least) continue;
        least = cost;
        best = { steps: [{ pass: q, enters: j }], cost };
        continue;
      }
      if (left.length >= this.depth) continue;
      left.push(q);
      const beyond = this.reenter(a, from, left, least - cost);
      left.pop();
      if (!beyond) continue;
      cost += beyond.cost;
      least = cost;
      best = { steps: [{ pass: q, enters: j }, ...beyond.steps], cost };
    }
    return best;
  }

  private holds(a: number, w: number): boolean {
    const { P } = this.seating.problem;
    for (let q = 0; q < P; q++) if (this.seating.held[a * P + q] === w) return true;
    return false;
  }

  /** One path or cycle of a pass that lowers the value; false where there is none. */
  private improvePass(p: number, stop: () => boolean): boolean {
    const { seating } = this;
    const given = seating.given[p]!;
    const size = given.length;
    const links = this.links(p, stop);
    const cost = new Float64Array(size * size);
    const start = seating.value;
    for (let tries = 0; tries < 40; tries++) {
      for (let arc = 0; arc < size * size; arc++) {
        const plain = this.exchange.arcCost(p, given[Math.floor(arc / size)]!, given[arc % size]!);
        cost[arc] = Math.min(plain, links[arc]?.cost ?? Infinity);
      }
      const cells = this.cheapest(p, cost);
      if (!cells) return false;
      let fine = true;
      for (let i = 0; fine && i + 1 < cells.length; i++) {
        const from = cells[i]!;
        const to = cells[i + 1]!;
        const link = links[from * size + to];
        const plain = this.exchange.arcCost(p, given[from]!, given[to]!);
        if (!link || plain <= link.cost) {
          fine = this.move(this.exchange.arcPerson(p, given[from]!, given[to]!), p, given[from]!, given[to]!);
          continue;
        }
        fine = this.follow(link, p, given[from]!, given[to]!);
        if (!fine) links[from * size + to] = undefined;
      }
      if (fine && seating.value < start - 1e-9 && this.within()) {
        this.done.length = 0;
        return true;
      }
      // Somebody was needed twice: without the first link of the path.
      this.takeBack();
      if (!fine) continue;
      const arc = cells.findIndex((from, i) => links[from * size + (cells[i + 1] ?? from)]);
      if (arc < 0) return false;
      links[cells[arc]! * size + cells[arc + 1]!] = undefined;
    }
    return false;
  }

  private cheapest(p: number, cost: Float64Array): number[] | null {
    const { seats, load, problem } = this.seating;
    const given = this.seating.given[p]!;
    const size = given.length;
    const distance = new Float64Array(size);
    const parent = new Int32Array(size).fill(-1);
    for (let round = 0, changed = true; changed; round++) {
      changed = false;
      for (let from = 0; from < size; from++) {
        for (let to = 0; to < size; to++) {
          const through = distance[from]! + cost[from * size + to]!;
          if (from === to || through >= distance[to]! - 1e-9) continue;
          distance[to] = through;
          parent[to] = from;
          changed = true;
        }
      }
      if (!changed || round === 0) continue;
      for (let from = 0; from < size; from++) {
        let at = from;
        for (let steps = 0; steps < size && at >= 0; steps++) at = parent[at]!;
        if (at >= 0) return pathTo(parent, at);
      }
    }
    let end = -1;
    for (let i = 0; i < size; i++) {
      const cell = p * problem.W + given[i]!;
      if (load[cell]! < seats[cell]! && distance[i]! < (end < 0 ? -1e-9 : distance[end]!)) end = i;
    }
    return end < 0 ? null : pathTo(parent, end);
  }

  /** Somebody changes between two sessions of a pass; false where they are no longer there, or have the other workshop already. */
  private move(a: number, p: number, from: number, to: number): boolean {
    if (this.seating.held[a * this.seating.problem.P + p] !== from || this.holds(a, to)) return false;
    this.put(a, p, to);
    return true;
  }

  private follow({ person, steps }: Link, p: number, from: number, to: number): boolean {
    const { held, given, problem } = this.seating;
    const { P } = problem;
    if (held[person * P + p] !== from) return false;
    const leaves = steps.map(({ pass }) => held[person * P + pass]!);
    if (leaves[0] !== to) return false;
    for (const { pass } of steps) this.put(person, pass, -1);
    this.put(person, p, to);
    for (const { pass, enters } of steps) {
      const w = given[pass]![enters]!;
      if (this.holds(person, w)) return false;
      this.put(person, pass, w);
    }
    return steps.every(({ pass, enters }, i) => {
      const there = given[pass]!;
      const size = there.length;
      const { distance, next, free, end } = this.paths[pass]!;
      const home = this.place[pass]![leaves[i]!]!;
      const target = distance[enters * size + home]! <= free[enters]! ? home : end[enters]!;
      for (let at = enters; at !== target;) {
        const step = next[at * size + target]!;
        const mover = this.exchange.arcPerson(pass, there[at]!, there[step]!);
        if (mover === person || !this.move(mover, pass, there[at]!, there[step]!)) return false;
        at = step;
      }
      return true;
    });
  }

  private put(a: number, p: number, w: number): void {
    this.done.push([a, p, this.seating.held[a * this.seating.problem.P + p]!]);
    this.seating.put(a, p, w);
  }

  private takeBack(): void {
    for (let move = this.done.pop(); move; move = this.done.pop()) this.seating.put(...move);
  }

  private within(): boolean {
    const { seats, load, given, problem } = this.seating;
    return given.every((list, p) => list.every((w) => load[p * problem.W + w]! <= seats[p * problem.W + w]!));
  }
}
