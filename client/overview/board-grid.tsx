import { type KeyboardEvent, type MouseEvent, type RefObject, useState } from 'react';
import type { Board } from '../../shared/overview/contract.ts';
import { useFormats } from '../core/formats.ts';
import { classes } from '../ui/classes.ts';
import { passColour } from '../ui/pass-colour.ts';
import { CellContent } from './board-cell.tsx';
import type { Hand } from './board-hand.ts';
import type { Cell, MoveCosts } from './board-model.ts';
import { costAt, sameCell, sessionAt, troublesOf } from './board-model.ts';
import { useBoardTexts } from './board-texts.ts';
import { cellAfterKey } from './carry.ts';
import type { PressHandler } from './board-page.tsx';
import look from './board-grid.module.css';

/** CSS pixels: below this the board scrolls sideways. */
const roomColumn = 136;
const narrowestPass = 184;

interface BoardGridProps {
  readonly board: Board;
  readonly hand: Hand;
  readonly costs: MoveCosts;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly onPress: PressHandler;
  /** The cell that pointer or focus is over. */
  readonly onOver: (cell: Cell) => void;
}

/** The programme on paper: passes as columns, rooms as rows. One cell at a time is in the tab order; arrows lead to the others. */
export function BoardGrid({ board, hand, costs, scroller, onPress, onOver }: BoardGridProps) {
  const t = useBoardTexts();
  const { timeRange } = useFormats(board.conference.timeZone);
  const { passes, rooms } = board;
  const [active, setActive] = useState<Cell | null>(null);
  const first = passes[0] && rooms[0] ? { pass: passes[0].id, room: rooms[0].id } : null;
  const known = active && passes.some((p) => p.id === active.pass) && rooms.some((r) => r.id === active.room);
  const tabStop = known ? active : first;

  const onKeyDown = (event: KeyboardEvent): void => {
    const cell = cellOf(event.target);
    if (!cell || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = cellAfterKey(cell, event.key, passes, rooms);
    if (next) {
      event.preventDefault();
      focusCell(next);
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (hand.lifted) hand.drop(cell);
      else hand.liftFrom(cell);
    } else if ((event.key === 'Delete' || event.key === 'Backspace') && hand.lifted) {
      event.preventDefault();
      hand.takeOut();
    }
  };

  const onClick = (event: MouseEvent): void => {
    const cell = cellOf(event.target);
    if (!cell) return;
    setActive(cell);
    if (hand.lifted) hand.drop(cell);
    else hand.liftFrom(cell);
  };

  return (
    <div ref={scroller} className={look['scroller']}>
      <table
        role="grid"
        aria-label={t('caption')}
        aria-describedby="board-hint"
        className={look['grid']}
        style={{ minInlineSize: roomColumn + passes.length * narrowestPass }}
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        <thead>
          <tr>
            <th scope="col" className={look['corner']}>
              {t('rooms')}
            </th>
            {passes.map((pass, index) => (
              <th key={pass.id} scope="col" data-pass={passColour(index)} className={look['pass']}>
                <span className={look['passName']}>{pass.name}</span>{' '}
                <span className={look['time']}>{timeRange(pass.startsAt, pass.endsAt)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rooms.map((room) => (
            <tr key={room.id}>
              <th scope="row" className={look['room']}>
                <span className={look['roomName']}>{room.name}</span>
                <span className={look['capacity']}>{t('seats', { count: room.capacity })}</span>
              </th>
              {passes.map((pass, index) => {
                const cell = { pass: pass.id, room: room.id };
                const session = sessionAt(board, cell);
                const answer = hand.answer(cell);
                return (
                  <td
                    key={pass.id}
                    role="gridcell"
                    tabIndex={tabStop && sameCell(tabStop, cell) ? 0 : -1}
                    data-cell={cellName(cell)}
                    data-pass={passColour(index)}
                    className={classes(
                      look['cell'],
                      session && look['taken'],
                      session && troublesOf(board, session).length > 0 && look['troubled'],
                      answer && look[answer.kind],
                      hand.lifted && look['asking'],
                    )}
                    onFocus={() => {
                      setActive(cell);
                      onOver(cell);
                    }}
                    onPointerEnter={() => onOver(cell)}
                    onPointerDown={(event) => {
                      if (session && !hand.lifted) onPress(event, () => cell);
                    }}
                  >
                    <div className={look['square']}>
                      <CellContent
                        board={board}
                        session={session}
                        closed={room.closed.includes(pass.id)}
                        answer={answer}
                        cost={costAt(costs, cell)}
                        held={costs.held}
                      />
                    </div>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function cellName({ pass, room }: Cell): string {
  return `${pass}/${room}`;
}

/** Moves focus to a cell, where the board is shown. */
export function focusCell(cell: Cell): void {
  document.querySelector<HTMLElement>(`[data-cell="${cellName(cell)}"]`)?.focus();
}

/** The cell that an element is in, or null. */
export function cellOf(target: EventTarget | null): Cell | null {
  if (!(target instanceof Element)) return null;
  const [pass, room] = target.closest<HTMLElement>('[data-cell]')?.dataset['cell']?.split('/') ?? [];
  return pass !== undefined && room !== undefined ? { pass, room } : null;
}
