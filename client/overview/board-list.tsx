import { useState } from 'react';
import type { Board } from '../../shared/overview/contract.ts';
import { useFormats } from '../core/formats.ts';
import { classes } from '../ui/classes.ts';
import { passColour } from '../ui/pass-colour.ts';
import { CellContent } from './board-cell.tsx';
import type { Hand } from './board-hand.ts';
import { costAt, type MoveCosts, sessionAt } from './board-model.ts';
import { useBoardTexts } from './board-texts.ts';
import look from './board-list.module.css';

interface BoardListProps {
  readonly board: Board;
  readonly hand: Hand;
  readonly costs: MoveCosts;
}

/** The board on a narrow screen: one pass at a time, its rooms in a list. Tap to pick up, tap to put down. */
export function BoardList({ board, hand, costs }: BoardListProps) {
  const t = useBoardTexts();
  const { timeRange } = useFormats(board.conference.timeZone);
  const [chosen, setChosen] = useState<string | null>(null);
  const index = Math.max(
    0,
    board.passes.findIndex((p) => p.id === chosen),
  );
  const pass = board.passes[index];
  if (!pass) return null;
  return (
    <div id="board-places" data-pass={passColour(index)}>
      <fieldset className={look['passes']}>
        <legend className={look['legend']}>{t('passTabs')}</legend>
        {board.passes.map((p, i) => (
          <label key={p.id} className={look['passTab']} data-pass={passColour(i)}>
            <input
              type="radio"
              name="board-pass"
              checked={p.id === pass.id}
              onChange={() => setChosen(p.id)}
            />
            <span>{p.name}</span>
          </label>
        ))}
      </fieldset>
      <p className={look['time']}>{timeRange(pass.startsAt, pass.endsAt)}</p>
      <ul className={look['rooms']}>
        {board.rooms.map((room) => {
          const cell = { pass: pass.id, room: room.id };
          const session = sessionAt(board, cell);
          const answer = hand.answer(cell);
          const idle = !session && !hand.lifted;
          const content = (
            <>
              <span className={look['room']}>
                {room.name} <span className={look['capacity']}>{t('seats', { count: room.capacity })}</span>
              </span>
              <CellContent
                board={board}
                session={session}
                closed={room.closed.includes(pass.id)}
                answer={answer}
                cost={costAt(costs, cell)}
                held={costs.held}
              />
            </>
          );
          return (
            <li key={room.id}>
              {idle ? (
                <div className={look['square']}>{content}</div>
              ) : (
                <button
                  type="button"
                  className={classes(look['square'], session && look['taken'], answer && look[answer.kind])}
                  aria-disabled={answer?.kind === 'no' || undefined}
                  onClick={() => (hand.lifted ? hand.drop(cell) : hand.liftFrom(cell))}
                >
                  {content}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
