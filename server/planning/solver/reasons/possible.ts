import type { Instance } from '../../../../shared/planning/instance.ts';
import { sessionTimes, timesOverlap } from '../../../../shared/planning/standings.ts';
import type { Budget } from '../budget.ts';
import { LinearModel, minimise, type Term } from '../linear-model.ts';
import type { Timetable } from '../seats.ts';
import type { Atom, Atoms, Crowd } from './atoms.ts';
import type { Answer } from './irreducible.ts';

/**
 * Whether some of the requirements can hold together, by a mixed-integer model of exactly those: what nothing asks for is not in it.
 * People with the same possibilities are counted, not told apart. That is exact: counts with at most one seat per person in each
 * pass and in each workshop split into people by an edge colouring (König), evenly (de Werra).
 */
export class Possibility {
  private readonly instance: Instance;
  private readonly atoms: Atoms;
  private readonly budget: Budget;
  /** Models with more columns than this are not tried. */
  private readonly most: number;

  /** A timetable under which everything can hold, once that has been found. */
  timetable: Timetable | null = null;

  constructor(instance: Instance, atoms: Atoms, budget: Budget, most = 60_000) {
    this.instance = instance;
    this.atoms = atoms;
    this.budget = budget;
    this.most = most;
  }

  async of(kept: readonly Atom[]): Promise<Answer> {
    if (this.budget.spent()) return 'unknown';
    const model = new RequirementModel(this.instance, this.atoms, kept);
    if (!model.build(this.most)) return 'unknown';
    if (model.broken) return 'no';
    if (model.linear.cost.length === 0) return 'yes';
    const { status, values } = await minimise(model.linear, [], this.budget, { seed: 1 });
    if (status === 'infeasible') return 'no';
    if (status === 'unknown') return 'unknown';
    if (kept.length === this.atoms.all.length) this.timetable = model.timetable(values);
    return 'yes';
  }
}

/** Rooms that are alike in one pass as far as the kept requirements see. */
interface RoomClass {
  readonly first: number;
  readonly members: number[];
}

class RequirementModel {
  readonly linear = new LinearModel();
  /** A row without variables cannot hold. */
  broken = false;
  private readonly instance: Instance;
  private readonly crowds: readonly Crowd[];
  private readonly of: ReadonlyMap<Atom['kind'], readonly Atom[]>;
  /** By cell: columns with the room class they stand for. */
  private readonly slots: (readonly (readonly [column: number, room: number])[])[] = [];
  private readonly classes: RoomClass[][] = [];
  private readonly given: Term[][] = [];
  private readonly seats: Map<number, number>[] = [];
  private readonly workshopIndex: ReadonlyMap<string, number>;
  private readonly passIndex: ReadonlyMap<string, number>;
  private readonly atoms: Atoms;

  constructor(instance: Instance, atoms: Atoms, kept: readonly Atom[]) {
    this.instance = instance;
    this.atoms = atoms;
    this.crowds = atoms.crowds;
    const of = new Map<Atom['kind'], Atom[]>();
    for (const atom of kept) {
      const list = of.get(atom.kind);
      if (list) list.push(atom);
      else of.set(atom.kind, [atom]);
    }
    this.of = of;
    this.workshopIndex = new Map(instance.workshops.map(({ id }, w) => [id, w]));
    this.passIndex = new Map(instance.passes.map(({ id }, p) => [id, p]));
  }

  /** False where it would have more columns than `most`. */
  build(most: number): boolean {
    const crowds = this.crowdsConcerned();
    const workshops = this.workshopsConcerned(crowds);
    const { passes } = this.instance;
    if (workshops.size * passes.length * crowds.length > most) return false;
    for (let p = 0; p < passes.length; p++) this.addRooms(p, workshops);
    if (this.linear.cost.length > most) return false;
    this.addTimetableRules();
    for (const c of crowds) this.addCrowd(c);
    this.addSeatRules();
    return true;
  }

  /** The rooms that a solution gives, alike rooms of a pass in their order. */
  timetable(values: Float64Array): Timetable {
    const { passes, workshops } = this.instance;
    const rooms = new Int16Array(passes.length * workshops.length).fill(-1);
    passes.forEach((_, p) => {
      const free = new Map(this.classes[p]!.map(({ first, members }) => [first, [...members]]));
      workshops.forEach((__, w) => {
        const slot = this.slots[this.cell(w, p)]!.find(([column]) => values[column]! > 0.5);
        if (slot) rooms[this.cell(w, p)] = free.get(slot[1])!.shift()!;
      });
    });
    return rooms;
  }

  private kept(kind: Atom['kind']): readonly Atom[] {
    return this.of.get(kind) ?? [];
  }

  private row(lower: number, upper: number, terms: readonly Term[]): void {
    if (terms.length > 0) this.linear.row(lower, upper, terms);
    else if (lower > 0 || upper < 0) this.broken = true;
  }

  private cell(w: number, p: number): number {
    return p * this.instance.workshops.length + w;
  }

  /** Whoever is owed or pinned something; everybody where a session needs people to run. */
  private crowdsConcerned(): number[] {
    if (this.kept('min-size').length > 0) return [...this.crowds.keys()];
    const concerned = new Set<number>();
    for (const { crowd } of [...this.kept('owed'), ...this.kept('pin')]) if (crowd >= 0) concerned.add(crowd);
    const groups = this.kept('together').length > 0 ? this.instance.groups : [];
    const person = new Map(this.instance.attendees.map(({ id }, a) => [id, a]));
    for (const id of groups.flatMap((group) => Object.values(group.passes).flat())) {
      concerned.add(this.atoms.crowdOf[person.get(id)!]!);
    }
    return [...concerned].toSorted((a, b) => a - b);
  }

  private workshopsConcerned(crowds: readonly number[]): ReadonlySet<number> {
    const all = this.instance.workshops.keys();
    if (this.kept('owed').some(({ crowd }) => crowds.includes(crowd))) return new Set(all);
    const named = [...this.kept('at-least'), ...this.kept('pin'), ...this.kept('scheduled')];
    return new Set(named.map(({ w }) => w).filter((w) => w >= 0));
  }

  private addRooms(p: number, workshops: ReadonlySet<number>): void {
    const { instance } = this;
    const fixed = new Map((instance.fixed ?? []).map((s) => [`${s.workshop}\n${s.pass}`, s.room]));
    const pass = instance.passes[p]!.id;
    const closed = new Set(
      this.kept('closed')
        .filter((a) => a.p === p)
        .map(({ r }) => r),
    );
    const counted = new Set(
      this.kept('capacity')
        .filter((a) => a.p === p)
        .map(({ r }) => r),
    );
    const requires = new Map<number, string[]>();
    for (const { w, about } of this.kept('requires')) {
      requires.set(w, [...(requires.get(w) ?? []), about[0]!.feature!]);
    }
    const features = new Set([...requires.values()].flat());
    const pins = this.kept('pin').filter((pin) => pin.crowd < 0 && pin.r >= 0 && (pin.p === p || pin.p < 0));
    const named = new Set(pins.map(({ r }) => r));
    const restricted = new Set(
      this.kept('passes')
        .map(({ w }) => w)
        .filter((w) => !instance.workshops[w]!.passes.includes(pass)),
    );
    const classes = new Map<string, RoomClass>();
    instance.rooms.forEach((room, r) => {
      if (closed.has(r)) return;
      const alone = instance.fixed !== null || named.has(r);
      const key = alone
        ? `=${r}`
        : JSON.stringify([
            counted.has(r) ? room.capacity : null,
            room.features.filter((f) => features.has(f)).toSorted(),
          ]);
      const known = classes.get(key);
      if (known) known.members.push(r);
      else classes.set(key, { first: r, members: [r] });
    });
    const uses = new Map<RoomClass, Term[]>([...classes.values()].map((room) => [room, []]));
    instance.workshops.forEach((workshop, w) => {
      const slots: [number, number][] = [];
      const terms: Term[] = [];
      const room = fixed.get(`${workshop.id}\n${pass}`);
      const possible = workshops.has(w) && !restricted.has(w) && (!instance.fixed || room !== undefined);
      for (const [roomClass, use] of possible ? uses : []) {
        const { features: has, id } = instance.rooms[roomClass.first]!;
        if (instance.fixed && room !== id) continue;
        if (requires.get(w)?.some((feature) => !has.includes(feature))) continue;
        if (pins.some((pin) => pin.w === w && pin.r !== roomClass.first)) continue;
        const column = this.linear.column(0, 1);
        slots.push([column, roomClass.first]);
        terms.push([column, 1]);
        use.push([column, 1]);
      }
      this.slots[this.cell(w, p)] = slots;
      this.given[this.cell(w, p)] = terms;
      this.row(0, 1, terms);
    });
    this.classes.push([...uses.keys()]);
    for (const [{ members }, use] of uses) this.row(0, members.length, use);
  }

  private addTimetableRules(): void {
    const { passes, workshops } = this.instance;
    const P = passes.length;
    const over = (w: number): Term[] => passes.flatMap((_, p) => this.given[this.cell(w, p)]!);
    for (const { w } of this.kept('at-least')) this.row(workshops[w]!.minOfferings, Infinity, over(w));
    for (const { w } of this.kept('at-most')) this.row(0, workshops[w]!.maxOfferings, over(w));
    for (const { w, p } of this.kept('scheduled')) this.row(1, 1, this.given[this.cell(w, p)]!);
    for (const { w, p, crowd } of this.kept('pin')) {
      if (crowd < 0 && p >= 0) this.row(1, 1, this.given[this.cell(w, p)]!);
    }
    const overlaps = this.overlaps();
    for (const given of this.givenByPresenter().values()) {
      for (let p = 0; p < P && given.length > 1; p++)
        this.row(
          0,
          1,
          given.flatMap((w) => this.given[this.cell(w, p)]!),
        );
      for (const [a, b] of overlaps) {
        const both = [a, b].filter((cell) => given.includes(cell % workshops.length));
        if (both.length === 2)
          this.row(
            0,
            1,
            both.flatMap((cell) => this.given[cell]!),
          );
      }
    }
  }

  private givenByPresenter(): Map<string, number[]> {
    const by = new Map<string, number[]>();
    for (const { w, about } of this.kept('presents')) {
      const person = about[0]!.person!;
      by.set(person, [...(by.get(person) ?? []), w]);
    }
    return by;
  }

  /** Pairs of cells of a fixed timetable in different passes that overlap in time. */
  private overlaps(): [number, number][] {
    const cells = (this.instance.fixed ?? []).map((session) => ({
      cell: this.cell(this.workshopIndex.get(session.workshop)!, this.passIndex.get(session.pass)!),
      pass: session.pass,
      ...sessionTimes(session),
    }));
    const pairs: [number, number][] = [];
    for (const [i, a] of cells.entries()) {
      for (const b of cells.slice(i + 1)) {
        if (a.pass !== b.pass && timesOverlap(a, b)) pairs.push([a.cell, b.cell]);
      }
    }
    return pairs;
  }

  private addCrowd(c: number): void {
    const { instance } = this;
    const { passes, workshops, attendees } = instance;
    const crowd = this.crowds[c]!;
    const size = crowd.members.length;
    const attendee = attendees[crowd.members[0]!]!;
    const absent = new Set(
      this.kept('absent')
        .filter((a) => a.crowd === c)
        .map(({ p }) => p),
    );
    const onlyWished = this.kept('wished').some((a) => a.crowd === c);
    const pins = this.kept('pin').filter((a) => a.crowd === c);
    const gives = (this.givenByPresenter().get(attendee.id) ?? []).filter(() => size === 1);
    const seats = new Map<number, number>();
    this.seats[c] = seats;
    passes.forEach((pass, p) => {
      const here: Term[] = [];
      const wished = onlyWished ? (attendee.wishesByPass[pass.id] ?? []) : null;
      workshops.forEach((workshop, w) => {
        const cell = this.cell(w, p);
        if (absent.has(p) || this.given[cell]!.length === 0 || (wished && !wished.includes(workshop.id)))
          return;
        const column = this.linear.column(0, size);
        seats.set(cell, column);
        here.push([column, 1]);
      });
      const presents = gives.flatMap((w) => this.given[this.cell(w, p)]!);
      this.row(0, size, [...here, ...presents]);
      for (const pin of pins) {
        if (pin.p !== p) continue;
        const column = seats.get(this.cell(pin.w, p));
        if (pin.w < 0) this.row(0, 0, here);
        else this.row(1, 1, column === undefined ? [] : [[column, 1]]);
      }
    });
    if (this.kept('never-twice').length > 0) {
      workshops.forEach((_, w) => {
        const same = passes.flatMap((__, p): Term[] => {
          const column = seats.get(this.cell(w, p));
          return column === undefined ? [] : [[column, 1]];
        });
        if (same.length > 1) this.row(0, size, same);
      });
    }
    for (const pair of this.overlaps()) {
      const terms = pair.flatMap((cell): Term[] => {
        const column = seats.get(cell);
        const presents = gives.includes(cell % workshops.length) ? this.given[cell]! : [];
        return column === undefined ? [...presents] : [[column, 1], ...presents];
      });
      if (terms.length > 1) this.row(0, size, terms);
    }
    if (this.kept('owed').some((a) => a.crowd === c)) this.addOwed(crowd, seats);
  }

  /** Seats owed: min(picks, passes wanted in which nothing is presented), whatever else is kept. */
  private addOwed(
    { members, wanted, picks, byPass, gives }: Crowd,
    seats: ReadonlyMap<number, number>,
  ): void {
    const all = [...seats.values()].map((column): Term => [column, 1]);
    const free = wanted.filter(Boolean).length;
    const busy = wanted.flatMap((wants, p): Term[] => {
      const presents = wants
        ? gives.map((w) => this.given[this.cell(w, p)]!).filter((terms) => terms.length > 0)
        : [];
      if (presents.length === 0) return [];
      const column = this.linear.column(0, 1);
      for (const terms of presents)
        this.row(0, Infinity, [[column, 1], ...terms.map(([x]): Term => [x, -1])]);
      this.row(-Infinity, 0, [[column, 1], ...presents.flat().map(([x]): Term => [x, -1])]);
      return [[column, 1]];
    });
    if (busy.length === 0) {
      const owed = members.length * Math.min(picks, free);
      this.row(byPass ? 0 : owed, owed, all);
      return;
    }
    const owed = this.linear.column(0, Math.min(picks, free));
    const plenty = this.linear.column(0, 1);
    this.row(-Infinity, free, [[owed, 1], ...busy]);
    this.row(0, Infinity, [
      [owed, 1],
      [plenty, -picks],
    ]);
    this.row(free, Infinity, [[owed, 1], ...busy, [plenty, free]]);
    this.row(byPass ? -Infinity : 0, 0, [...all, [owed, -1]]);
  }

  private addSeatRules(): void {
    const { workshops, rooms, attendees, groups } = this.instance;
    const W = workshops.length;
    const workshopsOf = (kind: Atom['kind']): ReadonlySet<number> =>
      new Set(this.kept(kind).map(({ w }) => w));
    const [capped, reserved, least] = [
      workshopsOf('max-size'),
      workshopsOf('reserved'),
      workshopsOf('min-size'),
    ];
    const counted = new Set(this.kept('capacity').map(({ r, p }) => r * this.instance.passes.length + p));
    const takers: Term[][] = this.given.map(() => []);
    for (const seats of this.seats) {
      for (const [cell, column] of seats ?? []) takers[cell]!.push([column, 1]);
    }
    takers.forEach((seated, cell) => {
      const w = cell % W;
      const p = Math.floor(cell / W);
      const { maxSize, reserved: kept, minSize } = workshops[w]!;
      const room = this.slots[cell]!.map(([column, r]): Term => {
        const capacity = counted.has(r * this.instance.passes.length + p) ? rooms[r]!.capacity : Infinity;
        const seats = Math.min(capacity, capped.has(w) ? maxSize : Infinity) - (reserved.has(w) ? kept : 0);
        return [column, -Math.max(0, Math.min(seats, attendees.length))];
      });
      if (seated.length > 0) this.row(-Infinity, 0, [...seated, ...room]);
      if (least.has(w)) this.row(0, Infinity, [...seated, ...room.map(([x]): Term => [x, -minSize])]);
    });
    const person = new Map(attendees.map(({ id }, a) => [id, a]));
    for (const { about, p } of this.kept('together')) {
      const { group, pass } = about[0]!;
      const members = groups.find(({ id }) => id === group)!.passes[pass!]!;
      const [first, ...others] = members.map((id) => this.seats[this.atoms.crowdOf[person.get(id)!]!]!);
      for (const other of others) {
        for (let cell = p * W; cell < (p + 1) * W; cell++) {
          const [mine, theirs] = [first!.get(cell), other.get(cell)];
          this.row(0, 0, [
            ...(mine === undefined ? [] : [[mine, 1] as const]),
            ...(theirs === undefined ? [] : [[theirs, -1] as const]),
          ]);
        }
      }
    }
  }
}
