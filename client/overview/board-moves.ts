import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Board } from '../../shared/overview/contract.ts';
import { moveSession, placeWorkshop, removeSession } from '../../shared/programme/contract.ts';
import { call } from '../core/api.ts';
import type { BoardMove } from './board-model.ts';
import { boardAfter, inverseOf, renamed, unnamed } from './board-model.ts';
import { boardKey } from './board-query.ts';

/** What became of the last change. */
export type MoveOutcome =
  | { readonly kind: 'done'; readonly move: BoardMove; readonly board: Board; readonly undone: boolean }
  | {
      readonly kind: 'refused';
      readonly move: BoardMove;
      readonly board: Board | undefined;
      readonly error: unknown;
    };

/** One sent change, with whether it takes another back. */
interface Sent {
  readonly move: BoardMove;
  readonly undone: boolean;
}

/**
 * Changes of the board, shown at once and sent one after another. The server's answer decides: a refusal puts the board
 * back. Every change can be taken back, the last one first.
 */
export function useBoardMoves(slug: string) {
  const queries = useQueryClient();
  const key = boardKey(slug);
  const [outcome, setOutcome] = useState<MoveOutcome | null>(null);
  const [takeBacks, setTakeBacks] = useState<readonly BoardMove[]>([]);

  const { mutate, isPending } = useMutation({
    scope: { id: `board ${slug}` },
    mutationFn: ({ move }: Sent) => send(slug, move),
    onMutate: async ({ move }: Sent) => {
      await queries.cancelQueries({ queryKey: key });
      const before = queries.getQueryData<Board>(key);
      if (before) queries.setQueryData(key, boardAfter(before, move));
      return before;
    },
    onSuccess: (session, { move, undone }, before) => {
      queries.setQueryData<Board>(key, (board) => board && named(board, session));
      if (before) setOutcome({ kind: 'done', move, board: before, undone });
      setTakeBacks((list) => {
        if (!undone) return [...list, inverseOf(move, session)];
        const rest = list.slice(0, -1);
        return move.kind === 'place' ? rest.map((earlier) => renamed(earlier, move.was, session)) : rest;
      });
    },
    onError: (error, { move }, before) => {
      if (before) queries.setQueryData(key, before);
      setOutcome({ kind: 'refused', move, board: before, error });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  });

  const last = takeBacks.at(-1);
  return {
    outcome,
    busy: isPending,
    make: (move: BoardMove) => mutate({ move, undone: false }),
    undo: last && !isPending ? () => mutate({ move: last, undone: true }) : null,
  };
}

/** Sends a change and gives the id of the session that it concerns. */
async function send(slug: string, move: BoardMove): Promise<string> {
  switch (move.kind) {
    case 'place': {
      const body = { workshopId: move.workshop, passId: move.to.pass, roomId: move.to.room };
      return (await call(placeWorkshop, { params: { slug }, body })).id;
    }
    case 'move': {
      const body = { passId: move.to.pass, roomId: move.to.room, ...(move.swap && { swap: true }) };
      return (await call(moveSession, { params: { slug, sessionId: move.session }, body })).id;
    }
    case 'remove':
      return (await call(removeSession, { params: { slug, sessionId: move.session } })).removed;
  }
}

function named(board: Board, session: string): Board {
  return { ...board, sessions: board.sessions.map((s) => (s.id === unnamed ? { ...s, id: session } : s)) };
}
