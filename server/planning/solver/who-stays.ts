import { AssignmentSolver } from './assignment.ts';
import type { Budget } from './budget.ts';
import { addSlots, addTimetableRules } from './exact-model.ts';
import { LinearModel, minimise, type Term } from './linear-model.ts';
import type { Problem } from './problem.ts';
import type { Timetable } from './seats.ts';

/** Models of more rooms of sessions than these are not tried. */
const mostSlots = 6000;

/**
 * How many move whatever the timetable: those who cannot stay, and in the worst pass as many more as its sessions have no rooms for. Puts
 * the sessions of each pass into the rooms in which the most of their people can stay (Kuhn–Munkres), where they were if that is as good.
 */
export function keepMostInRooms(problem: Problem, timetable: Timetable): number {
  const { P, W, R, slotSeats, must } = problem;
  const stays = whoMayStay(problem);
  const { load } = stayersOf(problem, stays);
  const rooms = new AssignmentSolver(R + W);
  let most = 0;
  for (let p = 0; p < P; p++) {
    const cells = Array.from({ length: W }, (_, w) => p * W + w).filter(
      (cell) => load[cell]! > 0 || timetable[cell]! >= 0 || must[cell],
    );
    // One person who stays outweighs all sessions that are where they were.
    const weight = 2 * cells.length + 1;
    const worth = (i: number, r: number): number => {
      const cell = cells[i]!;
      if (r >= R) return must[cell] ? -Infinity : 0;
      const seats = slotSeats[cell * R + r]!;
      return seats < 0 ? -Infinity : weight * Math.min(seats, load[cell]!) + (timetable[cell] === r ? 2 : 1);
    };
    if (rooms.solve(cells.length, R + cells.length, worth) === -Infinity) continue;
    let moved = 0;
    cells.forEach((cell, i) => {
      const room = rooms.column[i]!;
      moved += load[cell]! - (room < R ? Math.min(load[cell]!, slotSeats[cell * R + room]!) : 0);
      timetable[cell] = room < R ? room : -1;
    });
    most = Math.max(most, moved);
  }
  return most + stays.filter((stay) => !stay).length;
}

/** By person: 1 unless their previous seats can stay in no timetable. */
function whoMayStay(problem: Problem): Uint8Array {
  const { P, W, N, R, can, picks, previous, slotSeats, pinned, presentingPeople } = problem;
  const presenting = new Set(presentingPeople.flat());
  const possible = (cell: number): boolean => {
    for (let r = 0; r < R; r++) if (slotSeats[cell * R + r]! > 0) return true;
    return false;
  };
  const stays = new Uint8Array(N).fill(1);
  for (let a = 0; a < N; a++) {
    let held = 0;
    let free = 0;
    for (let p = 0; p < P; p++) {
      const w = previous![a * P + p]!;
      const pin = pinned[a * P + p]!;
      free += can[a * P + p]!;
      if (w === -2 || pin === -3 || (pin >= 0 && pin !== w) || (pin === -2 && w >= 0)) stays[a] = 0;
      if (w < 0) continue;
      held++;
      const twice = previous!.subarray(a * P, a * P + p).includes(w);
      if (!can[a * P + p] || twice || !possible(p * W + w)) stays[a] = 0;
    }
    if (!presenting.has(a) && held !== Math.min(picks[a]!, free)) stays[a] = 0;
  }
  return stays;
}

/** Those who may stay, counted by their previous seats and by session. */
function stayersOf({ P, W, N, previous }: Problem, stays: Uint8Array) {
  const alike = new Map<string, { count: number; cells: number[] }>();
  const load = new Int32Array(P * W);
  for (let a = 0; a < N; a++) {
    if (!stays[a]) continue;
    const cells = Array.from({ length: P }, (_, p) => p * W + previous![a * P + p]!).filter(
      (cell, p) => cell >= p * W,
    );
    for (const cell of cells) load[cell]!++;
    const key = cells.join(' ');
    const group = alike.get(key);
    if (group) group.count++;
    else alike.set(key, { count: 1, cells });
  }
  return { alike, load };
}

/**
 * The timetable in which the most people could keep all their seats, were there others for everybody else: a mixed-integer model of
 * timetables, and of how many of those with the same previous seats stay. Since a room of a session says at once how many can stay in it, its
 * relaxation is nearly whole. Returns a lower bound of how many move in any plan, with the timetable where one was found; among
 * several, one of those in which most sessions are where they were. Null where there are too many rooms and sessions for that.
 */
export async function fewestWhoMove(
  problem: Problem,
  before: Timetable,
  budget: Budget,
): Promise<{ moved: number; timetable: Timetable | null } | null> {
  const { P, W, N, R, slotSeats, picks, can, presentingPeople } = problem;
  if (slotSeats.filter((seats) => seats >= 0).length > mostSlots) return null;
  const stays = whoMayStay(problem);
  const { alike, load } = stayersOf(problem, stays);
  const linear = new LinearModel();
  const { slots, given } = addSlots(problem, linear);
  addTimetableRules({ problem, linear, slots, given });
  const stayers: Term[][] = Array.from({ length: P * W }, () => []);
  // One person who moves outweighs all sessions that do.
  const weight = P * R + 1;
  const objective: Term[] = [];
  for (const { count, cells } of alike.values()) {
    const column = linear.column(0, count);
    for (const cell of cells) stayers[cell]!.push([column, 1]);
    objective.push([column, -weight]);
  }
  const presenting = new Set(presentingPeople.flat());
  for (let p = 0; p < P; p++) {
    const places: Term[] = [];
    for (let cell = p * W; cell < (p + 1) * W; cell++) {
      const rooms: Term[] = [];
      for (let r = 0; r < R; r++) {
        const column = slots.get(cell * R + r);
        if (column === undefined) continue;
        const seats = slotSeats[cell * R + r]!;
        rooms.push([column, -Math.min(seats, load[cell]!)]);
        places.push([column, seats]);
        if (before[cell] !== r) objective.push([column, 1]);
      }
      if (load[cell]! > 0) linear.row(-Infinity, 0, [...stayers[cell]!, ...rooms]);
    }
    let owed = 0;
    for (let a = 0; a < N; a++) {
      const free = can.subarray(a * P, (a + 1) * P).reduce((sum, x) => sum + x, 0);
      if (can[a * P + p] && picks[a]! >= free && !presenting.has(a)) owed++;
    }
    if (owed > 0) linear.row(owed, Infinity, places);
  }
  const { bound, values } = await minimise(linear, objective, budget, { seed: 1, nearlyWhole: true });
  const atMost = Number.isFinite(bound) ? Math.floor((weight - 1 - bound) / weight) : N;
  const moved = bound === Infinity ? 0 : N - atMost;
  if (values.length === 0) return { moved, timetable: null };
  const timetable = new Int16Array(P * W).fill(-1);
  for (const [slot, column] of slots) if (values[column]! > 0.5) timetable[Math.floor(slot / R)] = slot % R;
  return { moved, timetable };
}
