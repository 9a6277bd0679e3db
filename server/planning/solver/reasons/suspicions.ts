import type { Problem } from '../problem.ts';
import type { Atom, Atoms } from './atoms.ts';
import { hallSets } from './hall.ts';

/** Atoms that stand and fall together. */
export type Clause = readonly Atom[];

/**
 * Places where a contradiction is likely, found by counting and matching, each with the requirements that may take part in it. They
 * are hints, to be confirmed by a model of just those: a hint too many costs time, and is no reason.
 */
export function suspicionsOf(problem: Problem, { all, crowds }: Atoms): Clause[][] {
  const look = new Look(problem, all);
  const suspicions = problem.fixed
    ? fixedSessions(look)
    : [...workshopsWithoutPlace(look), ...presenters(look), ...slots(look)];
  suspicions.push(...pinnedSeats(look), ...pinnedPeople(look, crowds), ...groups(look, crowds));
  suspicions.push(...smallSessions(look, crowds), ...tooFewWorkshops(look, crowds));
  return suspicions.filter((clauses) => clauses.length > 0);
}

class Look {
  readonly problem: Problem;
  readonly all: readonly Atom[];
  private readonly seatsThere: Int32Array;

  constructor(problem: Problem, all: readonly Atom[]) {
    this.problem = problem;
    this.all = all;
    const { P, W, R, slotSeats } = problem;
    this.seatsThere = new Int32Array(P * W).fill(-1);
    for (let slot = 0; slot < P * W * R; slot++) {
      const cell = Math.floor(slot / R);
      this.seatsThere[cell] = Math.max(this.seatsThere[cell]!, slotSeats[slot]!);
    }
  }

  /** The most seats of a workshop in a pass; −1 where it cannot be given. */
  seats(w: number, p: number): number {
    return this.seatsThere[p * this.problem.W + w]!;
  }

  passesOf(w: number): number[] {
    return Array.from({ length: this.problem.P }, (_, p) => p).filter((p) => this.seats(w, p) >= 0);
  }

  pinnedPasses(w: number): number[] {
    const { P, W, must } = this.problem;
    return Array.from({ length: P }, (_, p) => p).filter((p) => must[p * W + w]);
  }

  /** Each atom of these kinds about one of the workshops, alone. */
  each(kinds: readonly Atom['kind'][], workshops: ReadonlySet<number>): Clause[] {
    return this.all
      .filter((atom) => kinds.includes(atom.kind) && atom.crowd < 0 && workshops.has(atom.w))
      .map((atom) => [atom]);
  }

  /** All atoms of a kind about the workshops as one. */
  joint(kind: Atom['kind'], workshops: ReadonlySet<number>): Clause[] {
    return gathered(this.all.filter((atom) => atom.kind === kind && workshops.has(atom.w)));
  }

  of(kind: Atom['kind'], suits: (atom: Atom) => boolean = () => true): Clause {
    return this.all.filter((atom) => atom.kind === kind && suits(atom));
  }

  closings(): Clause[] {
    return this.of('closed').map((atom) => [atom]);
  }
}

const gathered = (clause: Clause): Clause[] => (clause.length > 0 ? [clause] : []);

/** Sessions that have to be given, one demand each: pinned ones in their pass, others wherever the workshop can be. */
function demandsOf(look: Look, workshops: Iterable<number>): { w: number; passes: number[] }[] {
  return [...workshops].flatMap((w) => {
    const pinned = look.pinnedPasses(w);
    const free = look.passesOf(w).filter((p) => !pinned.includes(p));
    const more = Math.max(0, Math.min(look.problem.minOfferings[w]!, look.problem.P) - pinned.length);
    return [
      ...pinned.map((p) => ({ w, passes: [p] })),
      ...Array.from({ length: more }, () => ({ w, passes: free })),
    ];
  });
}

function workshopsWithoutPlace(look: Look): Clause[][] {
  const { problem } = look;
  return problem.instance.workshops.flatMap(({ minOfferings, maxOfferings }, w) => {
    const passes = look.passesOf(w);
    const pinned = look.pinnedPasses(w);
    const fine =
      pinned.every((p) => passes.includes(p)) &&
      minOfferings <= Math.min(passes.length, maxOfferings) &&
      pinned.length <= maxOfferings;
    if (fine) return [];
    const only = new Set([w]);
    const kinds = ['at-least', 'at-most', 'passes', 'requires', 'pin'] as const;
    return [[...look.each(kinds, only), ...look.closings()]];
  });
}

function presenters(look: Look): Clause[][] {
  const { problem } = look;
  const given = new Map<string, number[]>();
  problem.instance.workshops.forEach((workshop, w) => {
    for (const person of workshop.presenters) given.set(person, [...(given.get(person) ?? []), w]);
  });
  const suspicions: Clause[][] = [];
  const fine: [string, number[]][] = [];
  for (const [person, workshops] of given) {
    if (workshops.length < 2) continue;
    const demands = demandsOf(look, workshops);
    const sets = hallSets(
      demands.map(({ passes }) => passes),
      problem.P,
    );
    if (sets.length === 0) fine.push([person, workshops]);
    for (const set of sets) {
      const concerned = new Set(set.map((demand) => demands[demand]!.w));
      const presents = look.of(
        'presents',
        (atom) => concerned.has(atom.w) && atom.about[0]!.person === person,
      );
      suspicions.push([presents, ...jointly(look, concerned), ...look.closings()]);
    }
  }
  for (const part of connected(fine)) {
    if (part.length < 2) continue;
    const workshops = new Set(part.flatMap(([, list]) => list));
    if (fitTogether(look, workshops)) continue;
    suspicions.push([
      ...look.each(['presents', 'at-least', 'passes', 'requires', 'pin'], workshops),
      ...look.closings(),
    ]);
  }
  return suspicions;
}

/** Presenters in parts that share no workshop. */
function connected(
  given: readonly (readonly [string, readonly number[]])[],
): (readonly [string, readonly number[]])[][] {
  const parts: { workshops: Set<number>; people: (readonly [string, readonly number[]])[] }[] = [];
  for (const one of given) {
    const mine = parts.filter(({ workshops }) => one[1].some((w) => workshops.has(w)));
    const part = { workshops: new Set(one[1]), people: [one] };
    for (const other of mine) {
      for (const w of other.workshops) part.workshops.add(w);
      part.people.push(...other.people);
      parts.splice(parts.indexOf(other), 1);
    }
    parts.push(part);
  }
  return parts.map(({ people }) => people);
}

/** Whether passes can be found so that nobody presents twice in one; true as well where the search is too long to tell. */
function fitTogether(look: Look, workshops: ReadonlySet<number>): boolean {
  const { W, P, sharePresenter } = look.problem;
  const demands = demandsOf(look, workshops).toSorted((a, b) => a.passes.length - b.passes.length);
  const inPass: number[][] = Array.from({ length: P }, () => []);
  let steps = 20_000;
  const next = (k: number): boolean => {
    if (k === demands.length || steps-- <= 0) return true;
    const { w, passes } = demands[k]!;
    return passes.some((p) => {
      const there = inPass[p]!;
      if (there.some((v) => v === w || sharePresenter[v * W + w])) return false;
      there.push(w);
      const found = next(k + 1);
      there.pop();
      return found;
    });
  };
  return next(0);
}

/** Sessions that need more slots (a room in a pass) than suit them. */
function slots(look: Look): Clause[][] {
  const { P, W, R, slotSeats } = look.problem;
  const demands = demandsOf(
    look,
    Array.from({ length: W }, (_, w) => w),
  ).filter(({ passes }) => passes.length > 0);
  const domains = demands.map(({ w, passes }) =>
    passes.flatMap((p) =>
      Array.from({ length: R }, (_, r) => p * R + r).filter(
        (slot) => slotSeats[(p * W + w) * R + (slot % R)]! >= 0,
      ),
    ),
  );
  return hallSets(domains, P * R).map((set) => {
    const workshops = new Set(set.map((demand) => demands[demand]!.w));
    return [...jointly(look, workshops), ...look.closings()];
  });
}

/** What keeps workshops from other places, each kind as one: every workshop of a Hall set counts. */
function jointly(look: Look, workshops: ReadonlySet<number>): Clause[] {
  const requires = look.of('requires', ({ w }) => workshops.has(w));
  const features = new Set(requires.map(({ about }) => about[0]!.feature));
  return [
    ...look.joint('at-least', workshops),
    ...look.joint('passes', workshops),
    ...gathered(look.of('pin', ({ w, crowd }) => crowd < 0 && workshops.has(w))),
    ...[...features].map((name) => requires.filter(({ about }) => about[0]!.feature === name)),
  ];
}

/** A fixed timetable that breaks a rule by itself, and what pins ask of it. */
function fixedSessions(look: Look): Clause[][] {
  const { P, W, R, must, overlaps, sharePresenter, instance } = look.problem;
  const suspects = new Set<number>();
  const roomOf = new Map<number, string>();
  const index = new Map(instance.workshops.map(({ id }, w) => [id, w]));
  const passIndex = new Map(instance.passes.map(({ id }, p) => [id, p]));
  for (const { workshop, pass, room } of instance.fixed ?? [])
    roomOf.set(passIndex.get(pass)! * W + index.get(workshop)!, room);
  for (let cell = 0; cell < P * W; cell++) {
    const w = cell % W;
    const p = Math.floor(cell / W);
    if (must[cell] && look.seats(w, p) < 0) suspects.add(w);
    for (let v = 0; v < w && roomOf.has(cell); v++) {
      const other = roomOf.get(p * W + v);
      if (other !== undefined && (other === roomOf.get(cell) || sharePresenter[v * W + w]))
        suspects.add(v).add(w);
    }
  }
  for (const [a, b] of overlaps) {
    if (sharePresenter[(a % W) * W + (b % W)]) suspects.add(a % W).add(b % W);
  }
  if (suspects.size === 0 || R === 0) return [];
  const kinds = ['presents', 'requires', 'passes', 'scheduled', 'pin'] as const;
  return [[...look.each(kinds, suspects), ...look.closings()]];
}

/** People pinned to more than they can hold, or to what cannot be. */
function pinnedPeople(look: Look, crowds: Atoms['crowds']): Clause[][] {
  const { W, sharePresenter } = look.problem;
  const pinsOf = new Map<number, Atom[]>();
  for (const pin of look.of('pin', ({ crowd }) => crowd >= 0))
    pinsOf.set(pin.crowd, [...(pinsOf.get(pin.crowd) ?? []), pin]);
  return [...pinsOf].flatMap(([crowd, pins]) => {
    const { wanted, picks, gives, byPass } = crowds[crowd]!;
    const seats = pins.filter(({ w }) => w >= 0);
    const without = new Set(pins.filter(({ w }) => w < 0).map(({ p }) => p));
    const owed = Math.min(picks, wanted.filter(Boolean).length);
    const left = wanted.filter((wants, p) => wants && !without.has(p)).length;
    const fine =
      gives.length === 0 &&
      !byPass &&
      new Set(pins.map(({ p }) => p)).size === pins.length &&
      new Set(seats.map(({ w }) => w)).size === seats.length &&
      seats.every(({ w, p }) => wanted[p] && look.seats(w, p) > 0) &&
      seats.length <= owed &&
      left >= owed;
    if (fine) return [];
    const named = new Set([...seats.map(({ w }) => w), ...gives]);
    for (let v = 0; v < W; v++) if (seats.some(({ w }) => sharePresenter[v * W + w])) named.add(v);
    const kinds = ['presents', 'passes', 'requires', 'at-most', 'scheduled', 'at-least', 'pin'] as const;
    return [
      [
        ...look.of('never-twice').map((atom) => [atom]),
        ...look.of('owed', (atom) => atom.crowd === crowd).map((atom) => [atom]),
        ...look.of('wished', (atom) => atom.crowd === crowd).map((atom) => [atom]),
        ...look.of('absent', (atom) => atom.crowd === crowd).map((atom) => [atom]),
        ...look.each(kinds, named),
        ...look.closings(),
        ...pins.map((atom) => [atom]),
      ],
    ];
  });
}

/** More people pinned to a session than it has seats. */
function pinnedSeats(look: Look): Clause[][] {
  const pinned = new Map<number, Atom[]>();
  for (const pin of look.of('pin', ({ crowd, w }) => crowd >= 0 && w >= 0)) {
    const cell = pin.p * look.problem.W + pin.w;
    pinned.set(cell, [...(pinned.get(cell) ?? []), pin]);
  }
  return [...pinned].flatMap(([cell, pins]) => {
    const [w, p] = [cell % look.problem.W, Math.floor(cell / look.problem.W)];
    if (new Set(pins.map(({ crowd }) => crowd)).size <= Math.max(0, look.seats(w, p))) return [];
    const only = new Set([w]);
    return [
      [
        ...gathered(look.of('capacity', (atom) => atom.p === p)),
        ...look.each(['max-size', 'reserved', 'requires', 'passes', 'pin'], only),
        ...gathered(look.of('closed', (atom) => atom.p === p)),
        pins,
      ],
    ];
  });
}

/** Members of a group who are pinned apart, or cannot all come. */
function groups(look: Look, crowds: Atoms['crowds']): Clause[][] {
  const { instance } = look.problem;
  const crowdOf = new Map(
    crowds.flatMap(({ members }, c) => members.map((a) => [instance.attendees[a]!.id, c] as const)),
  );
  return look.of('together').flatMap((atom) => {
    const { group, pass } = atom.about[0]!;
    const members = instance.groups
      .find(({ id }) => id === group)!
      .passes[pass!]!.map((id) => crowdOf.get(id)!);
    const pins = look.of('pin', ({ crowd, p }) => p === atom.p && members.includes(crowd));
    const held = new Set(pins.map(({ w }) => w));
    const apart = held.size > 1 || (held.size === 1 && pins[0]!.w >= 0);
    if (!apart) return [];
    const concerned = (other: Atom): boolean => members.includes(other.crowd) && other.p === atom.p;
    return [
      [
        ...look.of('never-twice').map((one) => [one]),
        [atom],
        ...look.of('wished', ({ crowd }) => members.includes(crowd)).map((one) => [one]),
        ...look.of('absent', concerned).map((one) => [one]),
        ...pins.map((one) => [one]),
      ],
    ];
  });
}

/** Workshops that have to be given and can never have the people that they need. */
function smallSessions(look: Look, crowds: Atoms['crowds']): Clause[][] {
  const { problem } = look;
  return problem.instance.workshops.flatMap(({ minSize }, w) => {
    if (minSize === 0 || demandsOf(look, [w]).length === 0) return [];
    const passes = look.passesOf(w);
    const comers = (p: number): number =>
      crowds.reduce((sum, { wanted, members }) => sum + (wanted[p] ? members.length : 0), 0);
    if (passes.some((p) => look.seats(w, p) >= minSize && comers(p) >= minSize)) return [];
    const only = new Set([w]);
    const kinds = ['min-size', 'at-least', 'max-size', 'reserved', 'requires', 'passes', 'pin'] as const;
    return [
      [
        ...gathered(look.of('capacity')),
        ...gathered(look.of('absent')),
        ...look.each(kinds, only),
        ...gathered(look.of('closed')),
      ],
    ];
  });
}

/** People who are owed more seats than there are different workshops. */
function tooFewWorkshops(look: Look, crowds: Atoms['crowds']): Clause[][] {
  const { W, maxOfferings } = look.problem;
  const given = Array.from({ length: W }, (_, w) => w).filter(
    (w) => maxOfferings[w]! > 0 && look.passesOf(w).length > 0,
  ).length;
  const hungry = new Set(
    crowds.flatMap(({ picks, wanted, byPass, gives }, c) =>
      !byPass && gives.length === 0 && Math.min(picks, wanted.filter(Boolean).length) > given ? [c] : [],
    ),
  );
  if (hungry.size === 0) return [];
  const every = new Set(Array.from({ length: W }, (_, w) => w));
  return [
    [
      ...look.of('never-twice').map((atom) => [atom]),
      ...look
        .of('owed', ({ crowd }) => hungry.has(crowd))
        .slice(0, 1)
        .map((atom) => [atom]),
      ...look.each(['requires', 'passes', 'at-most'], every),
    ],
  ];
}
