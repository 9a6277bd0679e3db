import { describe, expect, test } from 'vitest';
import {
  answerAt,
  boardAfter,
  inverseOf,
  moveTo,
  sessionAt,
  trayOf,
  troublesOf,
} from '../../../client/overview/board-model.ts';
import type { Board } from '../../../shared/overview/contract.ts';
import { whyNotRemove } from '../../../shared/programme/rules.ts';
import { aBoard, aWorkshop } from '../../support/client/a-board.ts';

function fromTray(board: Board, code: string) {
  return { workshop: board.workshops.find((w) => w.code === code)!, session: null };
}

function standing(board: Board, code: string) {
  const workshop = board.workshops.find((w) => w.code === code)!;
  return { workshop, session: board.sessions.find((s) => s.workshop === workshop.id)! };
}

const at = (pass: string, room: string) => ({ pass, room });

describe('what a cell answers', () => {
  test('a workshop from the tray may land in an empty room that has what it needs, with its seats', () => {
    const board = aBoard();
    expect(answerAt(board, fromTray(board, 'W3'), at('p2', 'vattern'))).toEqual({ kind: 'free', seats: 120 });
  });

  test('a room without a projector is refused to a workshop that needs one, not to one that does not', () => {
    const board = aBoard();
    const answer = answerAt(board, fromTray(board, 'W3'), at('p1', 'malaren'));
    expect(answer.kind === 'no' && answer.refusal.code).toBe('lacks-feature');
    expect(answerAt(board, fromTray(board, 'W5'), at('p1', 'malaren'))).toEqual({ kind: 'free', seats: 60 });
  });

  test('a closed room is refused in that pass', () => {
    const board = aBoard();
    const answer = answerAt(board, fromTray(board, 'W5'), at('p2', 'malaren'));
    expect(answer.kind === 'no' && answer.refusal.code).toBe('room-closed');
  });

  test('a workshop from the tray cannot push another out', () => {
    const board = aBoard();
    const answer = answerAt(board, fromTray(board, 'W5'), at('p1', 'hjalmaren'));
    expect(answer.kind === 'no' && answer.refusal.code).toBe('room-taken');
  });

  test('its own cell is home', () => {
    const board = aBoard();
    expect(answerAt(board, standing(board, 'W2'), at('p1', 'vattern'))).toEqual({ kind: 'home' });
  });

  test('an occupied cell offers a swap', () => {
    const board = aBoard();
    expect(answerAt(board, standing(board, 'W9'), at('p1', 'vattern'))).toEqual({
      kind: 'swap',
      seats: 120,
      other: 'W2',
    });
  });

  test('two workshops of the same presenter can change places but not share a pass', () => {
    const board = aBoard();
    expect(answerAt(board, standing(board, 'W2'), at('p2', 'hjalmaren')).kind).toBe('swap');
    const shared = answerAt(board, standing(board, 'W2'), at('p2', 'vattern'));
    expect(shared.kind === 'no' && shared.refusal.detail.sv).toBe(
      'Pass 2 går inte: Göran Andersson håller W15 då.',
    );
  });

  test('a swap that would put the other where it cannot be is refused for that reason', () => {
    const board = aBoard();
    const answer = answerAt(board, standing(board, 'W15'), at('p1', 'hjalmaren'));
    expect(answer.kind === 'no' && answer.refusal.detail.sv).toBe(
      'Pass 1 går inte: Göran Andersson håller W2 då.',
    );
  });

  test('a session that people have chosen changes room but not pass', () => {
    const board = aBoard();
    const sessions = board.sessions.map((s) => (s.id === 's-w9' ? { ...s, taken: 50 } : s));
    const chosen = { ...board, sessions };
    expect(answerAt(chosen, standing(chosen, 'W9'), at('p1', 'malaren'))).toEqual({
      kind: 'free',
      seats: 60,
    });
    const answer = answerAt(chosen, standing(chosen, 'W9'), at('p2', 'vattern'));
    expect(answer.kind === 'no' && answer.refusal.code).toBe('has-picks');
  });

  test('a room with fewer seats than are chosen is refused, one with just enough is not', () => {
    const board = aBoard();
    const withTaken = (taken: number) => ({
      ...board,
      sessions: board.sessions.map((s) => (s.id === 's-w9' ? { ...s, taken } : s)),
    });
    const over = withTaken(61);
    const answer = answerAt(over, standing(over, 'W9'), at('p1', 'malaren'));
    expect(answer.kind === 'no' && answer.refusal.code).toBe('capacity-below-taken');
    const even = withTaken(60);
    expect(answerAt(even, standing(even, 'W9'), at('p1', 'malaren')).kind).toBe('free');
  });
});

describe('a move', () => {
  test('and its inverse leave the board as it was', () => {
    const board = aBoard();
    const move = moveTo(board, standing(board, 'W9'), at('p1', 'malaren'))!;
    const back = boardAfter(boardAfter(board, move), inverseOf(move, 's-w9'));
    expect(back).toEqual(board);
  });

  test('that swaps lets both change places, with the seats of their new rooms', () => {
    const board = aBoard();
    const after = boardAfter(board, moveTo(board, standing(board, 'W9'), at('p1', 'vattern'))!);
    expect(sessionAt(after, at('p1', 'vattern'))).toMatchObject({ workshop: 'w9', seats: 120 });
    expect(sessionAt(after, at('p1', 'hjalmaren'))).toMatchObject({ workshop: 'w2', seats: 80 });
  });

  test('that is not allowed is no move', () => {
    const board = aBoard();
    expect(moveTo(board, fromTray(board, 'W5'), at('p2', 'malaren'))).toBeNull();
  });

  test('back to the tray is refused once somebody has chosen the session', () => {
    const board = aBoard();
    const session = board.sessions[0]!;
    expect(whyNotRemove(board, session)).toBeNull();
    expect(whyNotRemove(board, { ...session, taken: 1 })?.code).toBe('has-picks');
  });
});

describe('the tray', () => {
  test('holds what is not placed, the most wanted first', () => {
    expect(trayOf(aBoard()).map((item) => [item.workshop.code, item.missing])).toEqual([
      ['W3', 1],
      ['W5', 1],
    ]);
  });

  test('holds last what could be given once more, and not what is given as often as it can be', () => {
    const board = aBoard();
    const workshops = board.workshops.map((w) => (w.code === 'W9' ? { ...w, maxOfferings: 2 } : w));
    const tray = trayOf({
      ...board,
      workshops: [...workshops, aWorkshop('W10', { minOfferings: 2, maxOfferings: 2 })],
    });
    expect(tray.map((item) => [item.workshop.code, item.missing])).toEqual([
      ['W3', 1],
      ['W5', 1],
      ['W10', 2],
      ['W9', 0],
    ]);
  });
});

describe('trouble', () => {
  test('is silent on a board where all is well', () => {
    const board = aBoard();
    expect(board.sessions.flatMap((s) => troublesOf(board, s))).toEqual([]);
  });

  test('is told in the cell that it belongs to', () => {
    const board = aBoard();
    const session = board.sessions.find((s) => s.id === 's-w15')!;
    const clash = { ...session, pass: 'p1', room: 'malaren' };
    const troubled = { ...board, sessions: [...board.sessions.filter((s) => s !== session), clash] };
    expect(troublesOf(troubled, clash).map((t) => t.sv)).toEqual([
      'Pass 1 går inte: Göran Andersson håller W2 då.',
    ]);
  });

  test('names a room that is too small for the smallest group', () => {
    const board = aBoard();
    const workshops = board.workshops.map((w) => (w.code === 'W9' ? { ...w, minSize: 100 } : w));
    const small = { ...board, workshops };
    expect(troublesOf(small, small.sessions[2]!).map((t) => t.en)).toEqual([
      'At least 100 are needed, but the room gives 80 seats.',
    ]);
  });
});
