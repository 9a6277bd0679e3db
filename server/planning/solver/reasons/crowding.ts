import type { Sentence } from '../../../../shared/core/language.ts';
import { counted as inNumbers, wordList, wordsOf } from '../../../../shared/planning/requirement-words.ts';
import { requirementKinds } from '../../../../shared/planning/requirements.ts';
import type { Problem } from '../problem.ts';
import { largestAssignment } from './assignment.ts';
import { together, type Atom, type Atoms } from './atoms.ts';
import type { Clause } from './suspicions.ts';

/** People who need more seats in some passes than those passes can ever have. */
export interface Shortage {
  /** All requirements of a kind that take part, as one clause. */
  readonly clauses: readonly Clause[];
  /** Whether some of the clauses leave too few seats by themselves. */
  readonly remains: (clauses: readonly Clause[]) => boolean;
  readonly message: (clauses: readonly Clause[]) => Sentence;
}

type Kind = Atom['kind'];

/** From what is rather left out to what is the heart of the matter. */
const counted: readonly Kind[] = [
  'at-most',
  'requires',
  'passes',
  'reserved',
  'max-size',
  'absent',
  'closed',
  'capacity',
  'owed',
];

/** Every set of passes is looked at up to this many passes; beyond, each pass alone and all together. */
const mostPasses = 7;

/** Joint assignments of workshops to slots up to this size are made for every set of passes, larger ones for all passes. */
const smallAssignment = 5000;

/**
 * Hall's condition for seats: whoever is owed k seats and can come in f passes outside a set needs at least k − f seats inside it. The
 * seats that a pass can have are the largest assignment of workshops to its rooms; where workshops may only be given so often, the
 * largest over the passes together.
 */
export function shortagesOf(problem: Problem, atoms: Atoms): Shortage[] {
  const count = new SeatCount(problem, atoms);
  const kinds = new Set(counted);
  const missing = (passes: readonly number[]): number => {
    const { needed } = count.need(passes, kinds);
    return needed === 0 ? 0 : needed - count.seats(passes, kinds);
  };
  let short: number[][] = [];
  for (const passes of passSets(problem.P)) {
    // A set of passes with a short one in it says nothing new.
    if (short.some((earlier) => earlier.every((p) => passes.includes(p))) || missing(passes) <= 0) continue;
    short.push(passes);
  }
  // Of sets that overlap, each without a smaller one, all passes together are short of the most.
  for (let i = 0; i < short.length; i++) {
    const overlapping = short.filter((other, j) => j > i && other.some((p) => short[i]!.includes(p)));
    if (overlapping.length === 0) continue;
    const union = [...new Set([short[i]!, ...overlapping].flat())].toSorted((a, b) => a - b);
    if (missing(union) > 0) short[i] = union;
    short = short.filter((other, j) => j <= i || !overlapping.includes(other));
    i--;
  }
  return short.map((passes) => shortageIn(problem, atoms, count, passes));
}

function shortageIn(problem: Problem, atoms: Atoms, count: SeatCount, passes: readonly number[]): Shortage {
  const kinds = new Set(counted);
  const { hungry } = count.need(passes, kinds);
  const concerned = new Set(hungry);
  const clauses = counted.flatMap((kind): Clause[] => {
    const clause = atoms.all.filter(
      (atom) =>
        atom.kind === kind &&
        (atom.crowd < 0 || concerned.has(atom.crowd)) &&
        (atom.p < 0 || passes.includes(atom.p) === (kind !== 'absent')),
    );
    return clause.length > 0 ? [clause] : [];
  });
  const people = hungry.reduce((sum, c) => sum + atoms.crowds[c]!.members.length, 0);
  const counts = (some: readonly Clause[]): { needed: number; seats: number } => {
    const kept = new Set(some.map(([first]) => first!.kind));
    const { needed } = count.need(passes, kept);
    return { needed, seats: needed > 0 ? count.seats(passes, kept) : 0 };
  };
  const remains = (some: readonly Clause[]): boolean => {
    const { needed, seats } = counts(some);
    return needed > seats;
  };
  const message = (some: readonly Clause[]): Sentence =>
    inWords(problem, passes, some, { people, ...counts(some) });
  return { clauses, remains, message };
}

function passSets(P: number): number[][] {
  const all = Array.from({ length: P }, (_, p) => p);
  if (P === 0) return [];
  if (P > mostPasses) return [...all.map((p) => [p]), all];
  const sets = Array.from({ length: 2 ** P - 1 }, (_, i) => all.filter((p) => (i + 1) & (1 << p)));
  return sets.toSorted((a, b) => a.length - b.length);
}

class SeatCount {
  private readonly problem: Problem;
  private readonly atoms: Atoms;
  private readonly known = new Map<string, number>();

  constructor(problem: Problem, atoms: Atoms) {
    this.problem = problem;
    this.atoms = atoms;
  }

  /** Seats needed inside the passes, and the crowds that need them. */
  need(passes: readonly number[], kinds: ReadonlySet<Kind>): { needed: number; hungry: number[] } {
    const hungry: number[] = [];
    let needed = 0;
    if (!kinds.has('owed')) return { needed, hungry };
    const { P, maxOfferings } = this.problem;
    this.atoms.crowds.forEach(({ members, wanted, picks, byPass, gives }, c) => {
      if (byPass) return;
      const busy = gives.reduce((sum, w) => sum + (kinds.has('at-most') ? maxOfferings[w]! : P), 0);
      const free = wanted.filter(Boolean).length;
      const elsewhere = wanted.filter((wants, p) => wants && !passes.includes(p)).length;
      const outside = kinds.has('absent') ? elsewhere : P - passes.length;
      const need = Math.min(picks, Math.max(0, free - busy)) - outside;
      if (need <= 0) return;
      hungry.push(c);
      needed += need * members.length;
    });
    return { needed, hungry };
  }

  /** The most seats that any timetable has in the passes. */
  seats(passes: readonly number[], kinds: ReadonlySet<Kind>): number {
    const { W, R, fixed, instance } = this.problem;
    if (fixed) return passes.reduce((sum, p) => sum + this.fixedSeats(p, kinds), 0);
    const limited = kinds.has('at-most') && instance.workshops.some((w) => w.maxOfferings < passes.length);
    const slots = passes.length * R;
    const small = slots * slots * W <= smallAssignment * 40;
    if (limited && (small || (passes.length === this.problem.P && slots <= 300)))
      return this.jointSeats(passes, kinds);
    return passes.reduce((sum, p) => sum + this.passSeats(p, kinds), 0);
  }

  private fixedSeats(p: number, kinds: ReadonlySet<Kind>): number {
    const { instance } = this.problem;
    const pass = instance.passes[p]!.id;
    const workshops = new Map(instance.workshops.map(({ id }, w) => [id, w]));
    const rooms = new Map(instance.rooms.map(({ id }, r) => [id, r]));
    return (instance.fixed ?? [])
      .filter((session) => session.pass === pass)
      .reduce((sum, { workshop, room }) => {
        const seats = this.weight(workshops.get(workshop)!, rooms.get(room)!, p, kinds);
        return sum + Math.max(0, seats);
      }, 0);
  }

  private passSeats(p: number, kinds: ReadonlySet<Kind>): number {
    const key = `${p} ${[...kinds].join(' ')}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const { W, R } = this.problem;
    const table = new Float64Array(W * R);
    for (let r = 0; r < R; r++) for (let w = 0; w < W; w++) table[r * W + w] = this.weight(w, r, p, kinds);
    const seats = largestAssignment(R, W, (r, w) => table[r * W + w]!);
    this.known.set(key, seats);
    return seats;
  }

  private jointSeats(passes: readonly number[], kinds: ReadonlySet<Kind>): number {
    const { W, R, maxOfferings } = this.problem;
    const copies = Array.from({ length: W }, (_, w) => w).flatMap((w) =>
      Array.from({ length: Math.min(maxOfferings[w]!, passes.length) }, () => w),
    );
    const table = new Float64Array(passes.length * R * W);
    passes.forEach((p, i) => {
      for (let r = 0; r < R; r++)
        for (let w = 0; w < W; w++) table[(i * R + r) * W + w] = this.weight(w, r, p, kinds);
    });
    return largestAssignment(
      passes.length * R,
      copies.length,
      (slot, copy) => table[slot * W + copies[copy]!]!,
    );
  }

  /** Seats of a workshop in a room, as far as the kinds kept limit them; −Infinity where they forbid it. */
  private weight(w: number, r: number, p: number, kinds: ReadonlySet<Kind>): number {
    const { instance, N } = this.problem;
    const workshop = instance.workshops[w]!;
    const room = instance.rooms[r]!;
    const pass = instance.passes[p]!.id;
    if (kinds.has('closed') && room.closed.includes(pass)) return -Infinity;
    if (kinds.has('passes') && !workshop.passes.includes(pass)) return -Infinity;
    if (kinds.has('requires') && !workshop.requires.every((f) => room.features.includes(f))) return -Infinity;
    const seats = Math.min(
      kinds.has('capacity') ? room.capacity : Infinity,
      kinds.has('max-size') ? workshop.maxSize : Infinity,
    );
    return Math.max(0, Math.min(N, seats - (kinds.has('reserved') ? workshop.reserved : 0)));
  }
}

function inWords(
  { instance }: Problem,
  passes: readonly number[],
  clauses: readonly Clause[],
  { people, needed, seats }: { people: number; needed: number; seats: number },
): Sentence {
  const where = wordList(passes.map((p) => instance.passes[p]!.id));
  const who = inNumbers(people, 'person', 'personer', 'person', 'people');
  const rest = clauses
    .filter(([first]) => first!.kind !== 'owed' && first!.kind !== 'capacity')
    .toSorted((a, b) => requirementKinds.indexOf(a[0]!.kind) - requirementKinds.indexOf(b[0]!.kind))
    .map((clause) => wordsOf(instance, together(clause)));
  const because = {
    sv: rest.length === 0 ? '' : ` (${rest.map(({ sv }) => sv).join('; ')})`,
    en: rest.length === 0 ? '' : ` (${rest.map(({ en }) => en).join('; ')})`,
  };
  if (seats === 0)
    return {
      sv: `${who.sv} ska ha plats i ${where.sv}, där ingen finns${because.sv}.`,
      en: `${who.en} ${people === 1 ? 'is' : 'are'} owed a seat in ${where.en}, where there is none${because.en}.`,
    };
  const there = inNumbers(seats, 'plats', 'platser', 'seat', 'seats');
  return people === needed
    ? {
        sv: `${who.sv} delar på ${there.sv} i ${where.sv}${because.sv}.`,
        en: `${who.en} share ${there.en} in ${where.en}${because.en}.`,
      }
    : {
        sv: `${who.sv} behöver ${needed} platser i ${where.sv}, men där finns högst ${seats}${because.sv}.`,
        en: `${who.en} need ${needed} seats in ${where.en}, but there are at most ${seats}${because.en}.`,
      };
}
