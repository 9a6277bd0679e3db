import { useState } from 'react';
import type { Board } from '../../shared/overview/contract.ts';
import { whyNotRemove } from '../../shared/programme/rules.ts';
import type { BoardMove, Cell, CellAnswer, Lifted } from './board-model.ts';
import { answerAt, moveTo, sessionAt, unnamed } from './board-model.ts';

/** What is in the hand, by id: the board may be read again while it is carried. */
interface Held {
  readonly workshop: string;
  readonly session: string | null;
}

/** What happened to the hand, for the page to say. */
export type HandEvent =
  | { readonly kind: 'lifted' | 'putBack'; readonly lifted: Lifted }
  | { readonly kind: 'dropped'; readonly at: Cell }
  /** It was to leave the timetable, but people have chosen it: it can be cancelled instead. */
  | { readonly kind: 'stays'; readonly session: Board['sessions'][number] };

/**
 * The hand over the board: it lifts a workshop, asks every cell, and drops or puts back. The same hand serves pointer,
 * touch and keyboard. A drop where the workshop may not land keeps it in the hand.
 */
export function useHand(board: Board, make: (move: BoardMove) => void, tell: (event: HandEvent) => void) {
  const [held, setHeld] = useState<Held | null>(null);
  const lifted = held && liftedOf(board, held);

  const lift = (next: Lifted): void => {
    if (next.session?.id === unnamed) return;
    setHeld({ workshop: next.workshop.id, session: next.session?.id ?? null });
    tell({ kind: 'lifted', lifted: next });
  };
  const putBack = (): void => {
    setHeld(null);
    if (lifted) tell({ kind: 'putBack', lifted });
  };

  return {
    lifted,
    lift,
    putBack,
    liftFrom: (cell: Cell): void => {
      const session = sessionAt(board, cell);
      const workshop = board.workshops.find((w) => w.id === session?.workshop);
      if (session && workshop) lift({ workshop, session });
    },
    answer: (cell: Cell): CellAnswer | null => (lifted ? answerAt(board, lifted, cell) : null),
    /** Why the workshop in the hand may not leave the timetable; null: it may, or was never in it. */
    whyNotOut: lifted?.session ? whyNotRemove(board, lifted.session) : null,
    drop: (cell: Cell): void => {
      if (!lifted) return;
      if (answerAt(board, lifted, cell).kind === 'home') return putBack();
      const move = moveTo(board, lifted, cell);
      if (!move) return;
      setHeld(null);
      make(move);
      tell({ kind: 'dropped', at: cell });
    },
    takeOut: (): void => {
      const session = lifted?.session;
      if (!session) return putBack();
      setHeld(null);
      if (whyNotRemove(board, session)) return tell({ kind: 'stays', session });
      const { id, workshop, pass, room } = session;
      make({ kind: 'remove', session: id, workshop, from: { pass, room } });
    },
  };
}

export type Hand = ReturnType<typeof useHand>;

function liftedOf(board: Board, held: Held): Lifted | null {
  const workshop = board.workshops.find((w) => w.id === held.workshop);
  const session = board.sessions.find((s) => s.id === held.session) ?? null;
  return workshop && (held.session === null || session) ? { workshop, session } : null;
}
