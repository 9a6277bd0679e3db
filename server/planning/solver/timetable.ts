import type { Random } from '../../../shared/core/random.ts';
import { AssignmentSolver } from './assignment.ts';
import type { Problem } from './problem.ts';
import type { Timetable } from './seats.ts';

/** By workshop: how many people would like a seat, wishes beyond the seats owed counting less and less. */
export function demandOf({
  N,
  W,
  P,
  rank,
  personStride,
  passStride,
  unlisted,
  picks,
  byPass,
}: Problem): Float64Array {
  const demand = new Float64Array(W).fill(0.001);
  for (let a = 0; a < N; a++) {
    for (let p = 0; p < (passStride > 0 ? P : 1); p++) {
      const base = a * personStride + p * passStride;
      const owed = byPass[a] ? 1 : picks[a]!;
      for (let w = 0; w < W; w++) {
        const place = rank[base + w]!;
        if (place < unlisted[a]!) demand[w]! += place <= owed ? 1 : 1 / (1 + place - owed);
      }
    }
  }
  return demand;
}

/** Whether a workshop may be given in a pass beside those that are there. */
export function fitsPass(
  { W, P, sharePresenter }: Problem,
  timetable: Timetable,
  p: number,
  w: number,
): boolean {
  if (p < 0 || p >= P) return false;
  for (let v = 0; v < W; v++) {
    if (timetable[p * W + v]! >= 0 && (v === w || sharePresenter[v * W + w])) return false;
  }
  return true;
}

/**
 * A timetable that keeps every rule of rooms, presenters, pins and offerings, or null where this attempt found none: the workshops
 * hardest to place first, then further offerings by highest averages of demand (D'Hondt's divisors or others), the larger audience in the larger room.
 */
export function constructTimetable(
  problem: Problem,
  demand: Float64Array,
  random: Random,
  divisor = 1,
): Timetable | null {
  const { P, W, R, slotSeats, must, minOfferings, maxOfferings } = problem;
  const timetable = new Int16Array(P * W).fill(-1);
  const taken = new Uint8Array(P * R);
  const offered = new Int32Array(W);
  const inPass = new Int32Array(P);
  const audience = new Float64Array(P);
  const share = (w: number): number => demand[w]! / (offered[w]! > 0 ? offered[w]! + divisor : 1);

  const bestRoom = (p: number, w: number): number => {
    let best = -1;
    let most = -Infinity;
    for (let r = 0; r < R; r++) {
      const seats = slotSeats[(p * W + w) * R + r]!;
      if (seats < 0 || taken[p * R + r]) continue;
      const worth = Math.min(seats, share(w)) - 0.3 * Math.max(0, seats - share(w)) + random.next();
      if (worth > most) {
        most = worth;
        best = r;
      }
    }
    return best;
  };
  const put = (p: number, w: number): boolean => {
    if (!fitsPass(problem, timetable, p, w)) return false;
    const r = bestRoom(p, w);
    if (r < 0) return false;
    timetable[p * W + w] = r;
    taken[p * R + r] = 1;
    offered[w]!++;
    inPass[p]!++;
    audience[p]! += share(w);
    return true;
  };
  const choices = Int32Array.from({ length: W }, (_, w) => {
    let count = 0;
    for (let slot = 0; slot < P * R; slot++) {
      const p = Math.floor(slot / R);
      if (slotSeats[(p * W + w) * R + (slot % R)]! >= 0) count++;
    }
    for (let v = 0; v < W; v++) if (v !== w && problem.sharePresenter[v * W + w]) count -= P;
    return count;
  });

  const cells = random
    .shuffle([...must.keys()].filter((cell) => must[cell]))
    .sort((x, y) => choices[x % W]! - choices[y % W]!);
  for (const cell of cells) if (!put(Math.floor(cell / W), cell % W)) return null;
  const byNeed = random
    .shuffle([...offered.keys()])
    .map((w) => ({ w, key: choices[w]! - 0.01 * demand[w]! + random.next() * 3 }))
    .sort((x, y) => x.key - y.key);
  const placeSomewhere = (w: number): boolean => {
    const passes = random
      .shuffle([...inPass.keys()])
      .sort((p, q) => inPass[p]! - inPass[q]! || audience[p]! - audience[q]!);
    return passes.some((p) => put(p, w));
  };
  for (const { w } of byNeed) {
    if (offered[w]! > maxOfferings[w]!) return null;
    while (offered[w]! < minOfferings[w]!) if (!placeSomewhere(w)) return null;
  }
  const full = new Uint8Array(W);
  for (;;) {
    let next = -1;
    for (let w = 0; w < W; w++) {
      if (full[w] || offered[w]! >= maxOfferings[w]!) continue;
      if (next < 0 || share(w) > share(next)) next = w;
    }
    if (next < 0) break;
    if (!placeSomewhere(next)) full[next] = 1;
  }
  giveRooms(
    problem,
    timetable,
    demand.map((people, w) => people / Math.max(1, offered[w]!)),
  );
  return timetable;
}

/** How much a seat counts beside one that somebody is expected in; more where a pass would otherwise seat too few. */
const seatWorths = [-0.01, 0.1, 0.3, 1, 100];

/** In each pass the rooms that seat most of the audience expected, and everybody who owes a seat then (Kuhn–Munkres). */
function giveRooms(problem: Problem, timetable: Timetable, audience: Float64Array): void {
  const { P, W, R, slotSeats } = problem;
  const rooms = new AssignmentSolver(R + 1);
  const needed = seatsNeeded(problem);
  for (let p = 0; p < P; p++) {
    const given = Array.from({ length: W }, (_, w) => w).filter((w) => timetable[p * W + w]! >= 0);
    const seatsOf = (k: number, r: number): number => slotSeats[(p * W + given[k]!) * R + r]!;
    for (const each of seatWorths) {
      const worth = rooms.solve(given.length, R, (k, r) => {
        const seats = seatsOf(k, r);
        return seats < 0 ? -Infinity : Math.min(seats, audience[given[k]!]!) + each * seats;
      });
      if (worth === -Infinity) break;
      let seats = 0;
      given.forEach((w, k) => {
        timetable[p * W + w] = rooms.column[k]!;
        seats += seatsOf(k, rooms.column[k]!);
      });
      if (seats >= needed[p]!) break;
    }
  }
}

/**
 * Moves sessions until every pass seats those who owe a seat in it, where tight rooms and limited workshops meet; false where
 * none of `steps` random changes leads there. Changes that do not lessen the shortage are kept now and then, so as not to get stuck.
 */
export function seatEveryPass(
  problem: Problem,
  timetable: Timetable,
  random: Random,
  steps: number,
): boolean {
  const needed = seatsNeeded(problem);
  let short = shortage(problem, timetable, needed);
  for (let step = 0; short > 0 && step < steps; step++) {
    const move = drawMove(problem, timetable, random);
    if (!move) continue;
    const before = move.cells.map((cell) => timetable[cell]!);
    for (const [i, cell] of move.cells.entries()) timetable[cell] = move.rooms[i]!;
    const now = shortage(problem, timetable, needed);
    if (now <= short || random.next() < 0.02) short = now;
    else for (const [i, cell] of move.cells.entries()) timetable[cell] = before[i]!;
  }
  return short === 0;
}

/** By pass: people who owe a seat in every pass they are free in, and last the seats owed in all. */
function seatsNeeded({ N, P, can, picks, byPass }: Problem): Int32Array {
  const needed = new Int32Array(P + 1);
  for (let a = 0; a < N; a++) {
    if (byPass[a]) continue;
    let free = 0;
    for (let p = 0; p < P; p++) free += can[a * P + p]!;
    needed[P]! += Math.min(free, picks[a]!);
    if (picks[a]! >= free) for (let p = 0; p < P; p++) needed[p]! += can[a * P + p]!;
  }
  return needed;
}

function shortage({ P, W, R, slotSeats }: Problem, timetable: Timetable, needed: Int32Array): number {
  let short = 0;
  let total = 0;
  for (let p = 0; p < P; p++) {
    let seats = 0;
    for (let w = 0; w < W; w++) {
      const room = timetable[p * W + w]!;
      if (room >= 0) seats += slotSeats[(p * W + w) * R + room]!;
    }
    short += Math.max(0, needed[p]! - seats);
    total += seats;
  }
  return Math.max(short, needed[P]! - total);
}

/** A small change of a timetable: cells and their new rooms. */
export interface Move {
  readonly cells: number[];
  readonly rooms: number[];
}

/**
 * Draws a random change that keeps every rule of the timetable: what two slots hold is exchanged (in one pass that swaps rooms,
 * across passes it moves workshops; either may be empty), or a slot is given to another workshop, or emptied. Null where the draw is none.
 */
export function drawMove(problem: Problem, timetable: Timetable, random: Random): Move | null {
  const { P, W, R } = problem;
  const slot = random.integer(P * R);
  if (random.next() >= 0.35) return exchangeSlots(problem, timetable, slot, random.integer(P * R));
  const x = random.integer(W + 1) - 1;
  return x < 0 && random.next() >= 0.1 ? null : giveSlot(problem, timetable, slot, x);
}

/** Another workshop in a slot (pass · R + room), or none (−1); null where a rule forbids it. */
export function giveSlot(problem: Problem, timetable: Timetable, slot: number, x: number): Move | null {
  const { W, R, slotSeats, must, minOfferings, maxOfferings } = problem;
  const p = Math.floor(slot / R);
  const r = slot % R;
  const w = inSlot(problem, timetable, slot);
  if (x === w || (w >= 0 && (must[p * W + w] || timesGiven(problem, timetable, w) <= minOfferings[w]!)))
    return null;
  if (x < 0) return { cells: [p * W + w], rooms: [-1] };
  if (timesGiven(problem, timetable, x) >= maxOfferings[x]!) return null;
  if (!fitsWithout(problem, timetable, p, x, w) || slotSeats[(p * W + x) * R + r]! < 0) return null;
  return w < 0 ? { cells: [p * W + x], rooms: [r] } : { cells: [p * W + w, p * W + x], rooms: [-1, r] };
}

/** What two slots hold exchanged; null where that is nothing, or a rule forbids it. */
export function exchangeSlots(
  problem: Problem,
  timetable: Timetable,
  slot: number,
  other: number,
): Move | null {
  const { W, R, slotSeats, must } = problem;
  const [p, r] = [Math.floor(slot / R), slot % R];
  const [q, s] = [Math.floor(other / R), other % R];
  const w = inSlot(problem, timetable, slot);
  const x = inSlot(problem, timetable, other);
  if (w === x) return null;
  const allowed = (y: number, pass: number, room: number): boolean =>
    y < 0 || slotSeats[(pass * W + y) * R + room]! >= 0;
  if (!allowed(w, q, s) || !allowed(x, p, r)) return null;
  const cells: number[] = [];
  const rooms: number[] = [];
  const set = (cell: number, room: number): void => {
    cells.push(cell);
    rooms.push(room);
  };
  if (p === q) {
    if (w >= 0) set(p * W + w, s);
    if (x >= 0) set(p * W + x, r);
    return { cells, rooms };
  }
  if ((w >= 0 && must[p * W + w]) || (x >= 0 && must[q * W + x])) return null;
  if (w >= 0 && !fitsWithout(problem, timetable, q, w, x)) return null;
  if (x >= 0 && !fitsWithout(problem, timetable, p, x, w)) return null;
  if (w >= 0) {
    set(p * W + w, -1);
    set(q * W + w, s);
  }
  if (x >= 0) {
    set(q * W + x, -1);
    set(p * W + x, r);
  }
  return { cells, rooms };
}

function inSlot({ W, R }: Problem, timetable: Timetable, slot: number): number {
  const p = Math.floor(slot / R);
  for (let w = 0; w < W; w++) if (timetable[p * W + w] === slot % R) return w;
  return -1;
}

export function timesGiven({ P, W }: Problem, timetable: Timetable, w: number): number {
  let count = 0;
  for (let p = 0; p < P; p++) if (timetable[p * W + w]! >= 0) count++;
  return count;
}

/** Whether a workshop may be in a pass when what leaves it is gone. */
function fitsWithout(
  { W, sharePresenter }: Problem,
  timetable: Timetable,
  p: number,
  x: number,
  leaves: number,
): boolean {
  for (let v = 0; v < W; v++) {
    if (v === leaves || timetable[p * W + v]! < 0) continue;
    if (v === x || sharePresenter[v * W + x]) return false;
  }
  return true;
}
