import { useId } from 'react';
import { Button } from '../ui/button.tsx';
import { Hidden } from '../ui/hidden.tsx';
import look from './choice-row.module.css';
import { Code } from './code.tsx';
import { type Choice, seatsLeft } from './day.ts';
import { SeatWords } from './seat-words.tsx';
import { useRegistrationTexts } from './texts.ts';
import { WorkshopText } from './workshop-text.tsx';

interface ChoiceRowProps {
  readonly choice: Choice;
  /** The code of what I hold in the pass and would swap, or null. */
  readonly holding: string | null;
  /** Whether choosing is open; if not, the row is to read. */
  readonly open: boolean;
  readonly queued: boolean;
  /** How many wait for it. */
  readonly waiting: number;
  /** Why I cannot have it, in the rule's words; null: I can, if there is a seat. */
  readonly whyNot: string | null;
  readonly onTake: () => void;
  readonly onQueue: () => void;
}

/** One workshop that can be chosen: code, title, who and where, seats, and the button. */
export function ChoiceRow({
  choice,
  holding,
  open,
  queued,
  waiting,
  whyNot,
  onTake,
  onQueue,
}: ChoiceRowProps) {
  const t = useRegistrationTexts();
  const meansId = useId();
  const { workshop } = choice;
  const isFull = seatsLeft(choice) === 0;
  const offersQueue = open && isFull && !queued && whyNot === null;
  return (
    <li className={look['row']}>
      <Code code={workshop.code} />
      <div className={look['text']}>
        <WorkshopText
          workshop={workshop}
          line={
            <>
              {choice.rank !== null && <strong>{`${t('rank', { rank: choice.rank })}\u00A0· `}</strong>}
              {[choice.room, workshop.organisations.join(', ')].filter(Boolean).join('\u00A0· ')}
            </>
          }
        />
        <div className={look['foot']}>
          <SeatWords choice={choice} waiting={waiting} />
          {open && !queued && (
            <Button
              className={look['button']}
              disabled={whyNot !== null}
              aria-describedby={offersQueue || whyNot !== null ? meansId : undefined}
              onClick={isFull ? onQueue : onTake}
            >
              {isFull ? t('wait') : holding ? t('swapHere') : t('choose')}
              <Hidden> {workshop.code}</Hidden>
            </Button>
          )}
        </div>
        {open && (offersQueue || whyNot !== null) && (
          <p id={meansId} className={look['means']}>
            {whyNot ?? (holding ? t('waitMeansKeep', { code: holding }) : t('waitMeans'))}
          </p>
        )}
      </div>
    </li>
  );
}
