import { inNameOrder } from '../../shared/core/name-order.ts';
import type { Refusal } from '../../shared/core/refusal.ts';
import type { Sentence } from '../../shared/core/language.ts';
import type { Board } from '../../shared/overview/contract.ts';
import type { MoveCost } from '../../shared/planning/vocabulary.ts';
import { seatsOf, whyNotMove, whyNotPlace, whyNotSwap } from '../../shared/programme/rules.ts';

export type BoardSession = Board['sessions'][number];
export type BoardWorkshop = Board['workshops'][number];

/** A square of the board. */
export interface Cell {
  readonly pass: string;
  readonly room: string;
}

/** A workshop in the hand: one of its sessions, or a new one from the tray. */
export interface Lifted {
  readonly workshop: BoardWorkshop;
  readonly session: BoardSession | null;
}

/** What a cell says about the workshop in the hand. `seats` are those it would have there. */
export type CellAnswer =
  | { readonly kind: 'home' }
  | { readonly kind: 'free'; readonly seats: number }
  | { readonly kind: 'swap'; readonly seats: number; readonly other: string }
  | { readonly kind: 'no'; readonly refusal: Refusal };

/** What the places of the board would cost for the workshop in the hand, as far as that is known. */
export interface MoveCosts {
  /** People hold seats: what counts is who must move. */
  readonly held: boolean;
  readonly items: readonly MoveCost[];
}

export const costAt = ({ items }: MoveCosts, cell: Cell): MoveCost | undefined =>
  items.find((cost) => sameCell(cost, cell));

/** One change of the board, as it is sent. */
export type BoardMove =
  | {
      readonly kind: 'place';
      readonly workshop: string;
      readonly to: Cell;
      /** The session that stood there before it was removed, where placing takes that back. */
      readonly was?: string;
    }
  | {
      readonly kind: 'move';
      readonly session: string;
      readonly from: Cell;
      readonly to: Cell;
      readonly swap: boolean;
    }
  | { readonly kind: 'remove'; readonly session: string; readonly workshop: string; readonly from: Cell };

/** The id of a session that the server has not named yet. */
export const unnamed = 'new';

export function sessionAt(board: Board, cell: Cell): BoardSession | undefined {
  return board.sessions.find((s) => s.pass === cell.pass && s.room === cell.room);
}

export function sameCell(a: Cell, b: Cell): boolean {
  return a.pass === b.pass && a.room === b.room;
}

/** May the workshop in the hand land in the cell, and if not, why. An occupied cell is an offer to swap. */
export function answerAt(board: Board, lifted: Lifted, cell: Cell): CellAnswer {
  const { workshop, session } = lifted;
  if (session && sameCell(session, cell)) return { kind: 'home' };
  const room = found(board.rooms, cell.room);
  const seats = seatsOf(room, workshop);
  const there = sessionAt(board, cell);
  if (!session || !there) {
    const refusal = session
      ? whyNotMove(board, session, cell)
      : whyNotPlace(board, { ...cell, workshop: workshop.id });
    return refusal ? { kind: 'no', refusal } : { kind: 'free', seats };
  }
  const refusal = whyNotSwap(board, session, there);
  if (refusal) return { kind: 'no', refusal };
  return { kind: 'swap', seats, other: found(board.workshops, there.workshop).code };
}

/** The change that a drop in the cell means, or null where it may not land or already stands. */
export function moveTo(board: Board, lifted: Lifted, cell: Cell): BoardMove | null {
  const answer = answerAt(board, lifted, cell);
  if (answer.kind === 'no' || answer.kind === 'home') return null;
  const { session } = lifted;
  if (!session) return { kind: 'place', workshop: lifted.workshop.id, to: cell };
  const from = { pass: session.pass, room: session.room };
  return { kind: 'move', session: session.id, from, to: cell, swap: answer.kind === 'swap' };
}

/** The change that takes another back. `session` is the id that the server gave a placed one. */
export function inverseOf(move: BoardMove, session: string): BoardMove {
  switch (move.kind) {
    case 'place':
      return { kind: 'remove', session, workshop: move.workshop, from: move.to };
    case 'remove':
      return { kind: 'place', workshop: move.workshop, to: move.from, was: move.session };
    case 'move':
      return { ...move, from: move.to, to: move.from };
  }
}

/** A session that was removed and placed again has a new id; a change from before then speaks of it by that. */
export function renamed(move: BoardMove, was: string | undefined, session: string): BoardMove {
  return move.kind !== 'place' && move.session === was ? { ...move, session } : move;
}

/** The board as it will be when the server has agreed. */
export function boardAfter(board: Board, move: BoardMove): Board {
  switch (move.kind) {
    case 'place': {
      const session = {
        id: unnamed,
        workshop: move.workshop,
        ...move.to,
        seats: 0,
        taken: 0,
        waiting: 0,
      };
      return { ...board, sessions: [...board.sessions, seated(board, session)] };
    }
    case 'remove':
      return { ...board, sessions: board.sessions.filter((s) => s.id !== move.session) };
    case 'move': {
      const displaced = move.swap ? sessionAt(board, move.to) : undefined;
      return {
        ...board,
        sessions: board.sessions.map((s) => {
          if (s.id === move.session) return seated(board, { ...s, ...move.to });
          if (s.id === displaced?.id) return seated(board, { ...s, ...move.from });
          return s;
        }),
      };
    }
  }
}

/** What is wrong with a session where it stands, in words; empty when all is well. */
export function troublesOf(board: Board, session: BoardSession): Sentence[] {
  const workshop = found(board.workshops, session.workshop);
  const troubles: Sentence[] = [];
  const misplaced = whyNotPlace(board, session);
  if (misplaced) troubles.push(misplaced.detail);
  if (session.taken > session.seats) {
    const over = session.taken - session.seats;
    troubles.push({
      sv: `${over} fler har plats än som ryms.`,
      en: `${over} more have seats than there is room for.`,
    });
  }
  if (session.seats < workshop.minSize) {
    troubles.push({
      sv: `Minst ${workshop.minSize} behövs, men lokalen ger ${session.seats} platser.`,
      en: `At least ${workshop.minSize} are needed, but the room gives ${session.seats} seats.`,
    });
  }
  return troubles;
}

export interface TrayItem {
  readonly workshop: BoardWorkshop;
  /** How many sessions are still to be placed: 0 where one more is possible but not needed. */
  readonly missing: number;
}

/** Workshops that lack a session first, then those that could be given once more; the most wanted first. */
export function trayOf(board: Board): TrayItem[] {
  const given = new Map<string, number>();
  for (const { workshop } of board.sessions) given.set(workshop, (given.get(workshop) ?? 0) + 1);
  return board.workshops
    .filter((workshop) => (given.get(workshop.id) ?? 0) < workshop.maxOfferings)
    .map((workshop) => ({
      workshop,
      missing: Math.max(0, Math.max(1, workshop.minOfferings) - (given.get(workshop.id) ?? 0)),
    }))
    .toSorted(
      (a, b) =>
        Number(b.missing > 0) - Number(a.missing > 0) ||
        b.workshop.wishedFirst - a.workshop.wishedFirst ||
        b.workshop.wished - a.workshop.wished ||
        byCode(a.workshop, b.workshop),
    );
}

/** W2 before W10. */
export function byCode(a: { readonly code: string }, b: { readonly code: string }): number {
  return inNameOrder(a.code, b.code);
}

export function workshopOf(board: Board, session: { readonly workshop: string }): BoardWorkshop {
  return found(board.workshops, session.workshop);
}

function seated(board: Board, session: BoardSession): BoardSession {
  const workshop = found(board.workshops, session.workshop);
  return { ...session, seats: seatsOf(found(board.rooms, session.room), workshop) };
}

function found<T extends { readonly id: string }>(items: readonly T[], id: string): T {
  const item = items.find((i) => i.id === id);
  if (!item) throw new RangeError(`unknown id ${id}`);
  return item;
}
