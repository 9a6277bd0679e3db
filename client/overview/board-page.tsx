import { type PointerEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { Board } from '../../shared/overview/contract.ts';
import { whyNotRemove } from '../../shared/programme/rules.ts';
import { useMoveCosts } from '../planning/decision-queries.ts';
import { useCostWords } from '../planning/use-cost-words.ts';
import { refusalCode } from '../core/api.ts';
import { useErrorSentence } from '../core/common-texts.ts';
import { useLanguage } from '../core/language.ts';
import { paths } from '../core/paths.ts';
import { useTitle } from '../core/title.ts';
import { Button } from '../ui/button.tsx';
import { Hidden } from '../ui/hidden.tsx';
import { useAnnounce } from '../ui/live-region.tsx';
import { EmptyState } from '../ui/states.tsx';
import { BoardGrid, cellOf, focusCell } from './board-grid.tsx';
import { type Hand, type HandEvent, useHand } from './board-hand.ts';
import { BoardList } from './board-list.tsx';
import type { BoardWorkshop, Cell } from './board-model.ts';
import {
  answerAt,
  costAt,
  type MoveCosts,
  sessionAt,
  trayOf,
  troublesOf,
  workshopOf,
} from './board-model.ts';
import { type MoveOutcome, useBoardMoves } from './board-moves.ts';
import { useBoardTexts } from './board-texts.ts';
import { BoardTray } from './board-tray.tsx';
import { CancelSession } from './cancel-session.tsx';
import { usePointerDrag } from './pointer-drag.ts';
import { useWideScreen } from './wide-screen.ts';
import { RouteButton } from '../ui/route-button.tsx';
import look from './board-page.module.css';

/** A press on something that can be lifted: a cell with a session, or a workshop in the tray. */
export type PressHandler = (event: PointerEvent, what: () => Cell | BoardWorkshop) => void;

interface BoardPageProps {
  readonly board: Board;
  /** The latest plan, under the tray. */
  readonly plan: ReactNode;
}

/** The programme as passes × rooms. */
export function BoardPage({ board, plan }: BoardPageProps) {
  const t = useBoardTexts();
  const { slug, name } = board.conference;
  useTitle(t('title'), name);
  if (board.passes.length === 0 || board.rooms.length === 0) {
    return (
      <>
        <Hidden>
          <h1>{t('title')}</h1>
        </Hidden>
        <EmptyState
          title={t('nothingYet')}
          actions={<RouteButton to={paths.day(slug)}>{t('addDay')}</RouteButton>}
        >
          <p>{t('nothingYetBody')}</p>
        </EmptyState>
      </>
    );
  }
  return <FilledBoard board={board} plan={plan} />;
}

function FilledBoard({ board, plan }: BoardPageProps) {
  const t = useBoardTexts();
  const { slug, published } = board.conference;
  const announce = useAnnounce();
  const { language } = useLanguage();
  const wide = useWideScreen();
  const moves = useBoardMoves(slug);
  const scroller = useRef<HTMLDivElement | null>(null);
  const ghost = useRef<HTMLDivElement | null>(null);
  const drag = usePointerDrag(scroller);
  const [over, setOver] = useState<Cell | null>(null);
  const outcome = useOutcomeSentence(moves.outcome);
  const [toCancel, setToCancel] = useState<ChosenSession | null>(null);
  const chosen = toCancel ?? chosenSession(moves.outcome, outcome);

  const cancellable = (session: Board['sessions'][number]): ChosenSession => ({
    session: session.id,
    code: workshopOf(board, session).code,
    people: session.taken,
    refusal: whyNotRemove(board, session)?.detail[language] ?? '',
  });

  const tell = (event: HandEvent): void => {
    setToCancel(event.kind === 'stays' ? cancellable(event.session) : null);
    if (event.kind === 'stays') return;
    if (event.kind === 'dropped') return focusCell(event.at);
    const { workshop, session } = event.lifted;
    if (event.kind === 'lifted') return announce(t('lifted', { code: workshop.code }));
    announce(t(session ? 'putBack' : 'putBackTray', { code: workshop.code }));
    if (session) focusCell({ pass: session.pass, room: session.room });
    else document.querySelector<HTMLElement>(`[data-workshop="${workshop.id}"]`)?.focus();
  };
  const hand = useHand(board, moves.make, tell);
  const { lifted } = hand;
  const asked = useMoveCosts(
    slug,
    lifted && { workshopId: lifted.workshop.id, sessionId: lifted.session?.id ?? null },
  );
  const costs = useMemo(() => asked.data ?? { held: false, items: [] }, [asked.data]);
  // A drag outlives the drawing in which it began: its end asks the hand of the latest one.
  const latest = useRef(hand);
  useEffect(() => {
    latest.current = hand;
  });
  useEffect(() => {
    if (outcome) announce(outcome);
  }, [outcome, announce]);

  const onPress: PressHandler = (event, what) => {
    drag.press(event, {
      onStart: () => {
        const lifted = what();
        if ('room' in lifted) latest.current.liftFrom(lifted);
        else latest.current.lift({ workshop: lifted, session: null });
      },
      onDrop: (target) => {
        const cell = cellOf(target);
        const { lifted } = latest.current;
        if (cell && lifted && answerAt(board, lifted, cell).kind !== 'no') latest.current.drop(cell);
        else if (target?.closest('[data-tray]')) latest.current.takeOut();
        else latest.current.putBack();
      },
      onCancel: () => latest.current.putBack(),
    });
  };
  useEffect(() => {
    ghost.current?.style.setProperty('translate', `${(drag.at?.x ?? 0) + 10}px ${(drag.at?.y ?? 0) + 10}px`);
  }, [drag.at]);

  const onLiftFromTray = (workshop: BoardWorkshop, byKeyboard: boolean): void => {
    const lifted = { workshop, session: null };
    if (hand.lifted && !hand.lifted.session && hand.lifted.workshop.id === workshop.id) return hand.putBack();
    hand.lift(lifted);
    if (!wide) document.querySelector('#board-places')?.scrollIntoView({ block: 'start' });
    if (!byKeyboard) return;
    const cells = board.rooms.flatMap((room) =>
      board.passes.map((pass) => ({ pass: pass.id, room: room.id })),
    );
    const open = cells.find((cell) => answerAt(board, lifted, cell).kind === 'free') ?? cells[0];
    if (open) focusCell(open);
  };

  return (
    <div
      className={look['page']}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && hand.lifted) hand.putBack();
        if (event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && moves.undo) {
          event.preventDefault();
          moves.undo();
        }
      }}
    >
      <div className={look['programme']}>
        <div className={look['above']}>
          <h1 className={look['title']}>{t('title')}</h1>
          <BoardCounts board={board} />
          <a className={look['public']} href={paths.programme(slug)}>
            {t('publicPage')}
          </a>
        </div>
        {!published && <p className={look['unpublished']}>{t('unpublished')}</p>}
        <div className={look['talk']}>
          <p
            id="board-hint"
            className={look['hint']}
            hidden={hand.lifted !== null || outcome !== null || chosen !== null}
          >
            {wide ? `${t('hintPointer')} ${t('hintKeys')}` : t('hintTouch')}
          </p>
          {hand.lifted && wide && <Question board={board} hand={hand} over={over} costs={costs} />}
          {chosen && !hand.lifted && (
            <div className={look['outcome']} data-kind="refused">
              <CancelSession key={chosen.session} slug={slug} {...chosen} />
            </div>
          )}
          {outcome && !chosen && !hand.lifted && (
            <div className={look['outcome']} data-kind={moves.outcome?.kind}>
              <p>{outcome}</p>
              {moves.undo && <Button onClick={moves.undo}>{t('undo')}</Button>}
            </div>
          )}
        </div>
        {wide ? (
          <BoardGrid
            board={board}
            hand={hand}
            costs={costs}
            scroller={scroller}
            onPress={onPress}
            onOver={setOver}
          />
        ) : (
          <BoardList board={board} hand={hand} costs={costs} />
        )}
      </div>
      <aside className={look['aside']}>
        {board.workshops.length === 0 ? (
          <EmptyState
            title={t('noWorkshops')}
            actions={<RouteButton to={paths.workshops(slug)}>{t('addWorkshops')}</RouteButton>}
          >
            <p>{t('noWorkshopsBody')}</p>
          </EmptyState>
        ) : (
          <BoardTray board={board} hand={hand} onPress={onPress} onLift={onLiftFromTray} />
        )}
        {plan}
      </aside>
      {drag.at && hand.lifted && (
        <div ref={ghost} className={look['ghost']} aria-hidden="true">
          <span className={look['ghostCode']}>{hand.lifted.workshop.code}</span> {hand.lifted.workshop.title}
        </div>
      )}
      {!wide && hand.lifted && (
        <div className={look['handBar']}>
          <span>{t('liftedTouch', { code: hand.lifted.workshop.code })}</span>
          <Button onClick={hand.putBack}>{t('cancelLift')}</Button>
        </div>
      )}
    </div>
  );
}

interface QuestionProps {
  readonly board: Board;
  readonly hand: Hand;
  /** The cell that pointer or focus is over. */
  readonly over: Cell | null;
  readonly costs: MoveCosts;
}

/** The whole answer of the cell that the hand is over; cells have room for three lines of it. */
function Question({ board, hand, over, costs }: QuestionProps) {
  const t = useBoardTexts();
  const { language } = useLanguage();
  const { lifted } = hand;
  const words = useCostWords(costs.held);
  if (!lifted) return null;
  const cost = over && costAt(costs, over);
  const { code } = lifted.workshop;
  const answer = over && hand.answer(over);
  const place = {
    code,
    room: board.rooms.find((room) => room.id === over?.room)?.name ?? '',
    pass: board.passes.find((pass) => pass.id === over?.pass)?.name ?? '',
  };
  const said =
    answer?.kind === 'no'
      ? t('cannotThere', { ...place, why: answer.refusal.detail[language] })
      : answer?.kind === 'free'
        ? t('canThere', { ...place, seats: answer.seats })
        : answer?.kind === 'swap'
          ? t('canSwap', { ...place, seats: answer.seats, other: answer.other })
          : t('lifted', { code });
  const follows =
    cost && answer && answer.kind !== 'home'
      ? (answer.kind === 'no' ? words.byPlan : words.full)(cost)
      : null;
  return (
    <p className={look['question']} aria-hidden="true">
      {said} {follows}
    </p>
  );
}

function BoardCounts({ board }: { readonly board: Board }) {
  const t = useBoardTexts();
  const { attendees, ballots, complete } = board.counts;
  const needed = trayOf(board).filter((item) => item.missing > 0).length;
  const troubled = board.sessions.filter((session) => troublesOf(board, session).length > 0).length;
  const all = board.workshops.length;
  const parts = [
    t('placed', { placed: all - needed, all }),
    t('attendees', { count: attendees }),
    ballots > 0 && t('ballots', { count: ballots }),
    complete > 0 && t('complete', { count: complete }),
  ].filter(Boolean);
  return (
    <p className={look['counts']}>
      {parts.join(' · ')}
      {troubled > 0 && <span className={look['troubled']}> · {t('troubles', { count: troubled })}</span>}
    </p>
  );
}

/** What became of the last change, as a sentence. */
function useOutcomeSentence(outcome: MoveOutcome | null): string | null {
  const t = useBoardTexts();
  const sentence = useErrorSentence();
  if (!outcome) return null;
  if (outcome.kind === 'refused') return `${sentence(outcome.error)} ${t('stillThere')}`;
  const { board, move } = outcome;
  const name = (items: readonly { id: string; name: string }[], id: string) =>
    items.find((item) => item.id === id)?.name ?? '';
  const workshopId = move.kind === 'move' ? sessionById(board, move.session)?.workshop : move.workshop;
  const code = board.workshops.find((w) => w.id === workshopId)?.code ?? '';
  const said = (): string => {
    if (move.kind === 'remove') return t('removed', { code });
    const place = { code, room: name(board.rooms, move.to.room), pass: name(board.passes, move.to.pass) };
    const displaced = move.kind === 'move' && move.swap ? sessionAt(board, move.to) : undefined;
    return displaced
      ? t('swapped', { ...place, other: workshopOf(board, displaced).code })
      : t('placedAt', place);
  };
  const what = said();
  return outcome.undone ? t('undone', { what }) : what;
}

/** A session that cannot just be taken away, because people have chosen it. */
interface ChosenSession {
  readonly session: string;
  readonly code: string;
  readonly people: number;
  readonly refusal: string;
}

/** The session that the server would not take away, as it was then; `refusal` is what it said. */
function chosenSession(outcome: MoveOutcome | null, refusal: string | null): ChosenSession | null {
  if (outcome?.kind !== 'refused' || outcome.move.kind !== 'remove' || refusal === null) return null;
  const { board, move, error } = outcome;
  const session = board && sessionById(board, move.session);
  if (!session || refusalCode(error) !== 'has-picks') return null;
  return { session: session.id, code: workshopOf(board, session).code, people: session.taken, refusal };
}

function sessionById(board: Board, id: string) {
  return board.sessions.find((s) => s.id === id);
}
