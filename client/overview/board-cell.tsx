import type { Board } from '../../shared/overview/contract.ts';
import type { MoveCost } from '../../shared/planning/vocabulary.ts';
import { useCostWords } from '../planning/use-cost-words.ts';
import { useLanguage } from '../core/language.ts';
import { classes } from '../ui/classes.ts';
import { Hidden } from '../ui/hidden.tsx';
import { Meter } from '../ui/meter.tsx';
import type { BoardSession, CellAnswer } from './board-model.ts';
import { troublesOf, unnamed, workshopOf } from './board-model.ts';
import { useBoardTexts } from './board-texts.ts';
import look from './board-cell.module.css';

interface CellContentProps {
  readonly board: Board;
  readonly session: BoardSession | undefined;
  readonly closed: boolean;
  /** What the cell says about the workshop in the hand; null: nothing is in the hand. */
  readonly answer: CellAnswer | null;
  /** What it would cost people there, where that is known. */
  readonly cost?: MoveCost | undefined;
  /** People hold seats. */
  readonly held?: boolean;
}

/**
 * What stands in a square of the board; while a workshop is in the hand, what would happen to it there. An answer takes the
 * place of the figures, so that no row changes its height under the pointer.
 */
export function CellContent({ board, session, closed, answer, cost, held = false }: CellContentProps) {
  const t = useBoardTexts();
  if (session) return <SessionCard board={board} session={session} answer={answer} cost={cost} held={held} />;
  if (answer) return <Answer answer={answer} cost={cost} held={held} />;
  return <span className={look['empty']}>{closed ? t('closed') : t('empty')}</span>;
}

interface SessionCardProps extends AnswerProps<CellAnswer | null> {
  readonly board: Board;
  readonly session: BoardSession;
}

interface AnswerProps<A = CellAnswer> {
  readonly answer: A;
  readonly cost: MoveCost | undefined;
  readonly held: boolean;
}

function SessionCard({ board, session, answer, cost, held }: SessionCardProps) {
  const t = useBoardTexts();
  const { language } = useLanguage();
  const workshop = workshopOf(board, session);
  const { taken, seats, waiting } = session;
  return (
    <div className={look['card']}>
      <span className={look['top']}>
        <span className={look['code']}>{workshop.code}</span>
        {session.id === unnamed && <span className={look['note']}>{t('saving')}</span>}
        {waiting > 0 && <span className={look['note']}>{t('waiting', { count: waiting })}</span>}
      </span>
      {answer?.kind !== 'no' && (
        <span className={classes(look['title'], answer && look['oneLine'])} lang={workshop.language}>
          {workshop.title}
        </span>
      )}
      {answer ? (
        <Answer answer={answer} cost={cost} held={held} />
      ) : (
        <>
          <span className={look['fill']}>
            <Meter value={taken} max={seats} className={look['meter']} />
            <span aria-hidden="true" className={look['figures']}>
              {taken}/{seats}
            </span>
            <Hidden>{t('taken', { taken, seats })}</Hidden>
          </span>
          {troublesOf(board, session).map((trouble) => (
            <span key={trouble.sv} className={look['trouble']}>
              {trouble[language]}
            </span>
          ))}
        </>
      )}
    </div>
  );
}

function Answer({ answer, cost, held }: AnswerProps) {
  const t = useBoardTexts();
  const words = useCostWords(held);
  const { language } = useLanguage();
  switch (answer.kind) {
    case 'home':
      return <span className={look['home']}>{t('home')}</span>;
    case 'free':
      return (
        <span className={look['yes']}>
          {t('putHere')} <span className={look['seats']}>· {t('seats', { count: answer.seats })}</span>
          {cost && <span className={look['cost']}>{words.short(cost)}</span>}
        </span>
      );
    case 'swap':
      return (
        <span className={look['yes']}>
          {t('swapWith', { code: answer.other })}{' '}
          {cost ? (
            <span className={look['cost']}>{words.short(cost)}</span>
          ) : (
            <span className={look['seats']}>· {t('seats', { count: answer.seats })}</span>
          )}
        </span>
      );
    case 'no':
      return <span className={look['no']}>{answer.refusal.detail[language]}</span>;
  }
}
