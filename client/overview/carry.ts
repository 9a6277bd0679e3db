import type { Cell } from './board-model.ts';

/** The keys that go from cell to cell, as in any grid. */
const steps: Readonly<Record<string, readonly [passes: number, rooms: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  Home: [-Infinity, 0],
  End: [Infinity, 0],
  PageUp: [0, -5],
  PageDown: [0, 5],
};

/** The cell that a key leads to from another, staying at the edges; null where the key leads nowhere. */
export function cellAfterKey(
  at: Cell,
  key: string,
  passes: readonly { readonly id: string }[],
  rooms: readonly { readonly id: string }[],
): Cell | null {
  const step = steps[key];
  if (!step) return null;
  const pass = passes[clamp(indexOf(passes, at.pass) + step[0], passes.length)];
  const room = rooms[clamp(indexOf(rooms, at.room) + step[1], rooms.length)];
  return pass && room ? { pass: pass.id, room: room.id } : null;
}

/** How far a pointer travels, in CSS pixels, before a press becomes a drag. */
export const dragThreshold = 6;

export function isDrag(from: { x: number; y: number }, to: { x: number; y: number }): boolean {
  return Math.hypot(to.x - from.x, to.y - from.y) >= dragThreshold;
}

function indexOf(items: readonly { readonly id: string }[], id: string): number {
  return items.findIndex((item) => item.id === id);
}

function clamp(index: number, length: number): number {
  return Math.max(0, Math.min(length - 1, index));
}
