import { useId } from 'react';
import { useLanguage } from '../core/language.ts';
import { Button } from '../ui/button.tsx';
import { Hidden } from '../ui/hidden.tsx';
import look from './choice-row.module.css';
import { type Choice, seatsLeft } from './day.ts';
import { SeatWords } from './seat-words.tsx';
import { useRegistrationTexts } from './texts.ts';
import { useDetails } from './workshop-text.tsx';

interface ChoiceRowProps {
  readonly choice: Choice;
  /** The code of what I hold in the pass and would swap, or null. */
  readonly holding: string | null;
  /** Whether choosing is open; if not, the row is to read. */
  readonly open: boolean;
  readonly queued: boolean;
  /** How many wait for it, where we have been told. */
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
  const { language } = useLanguage();
  const meansId = useId();
  const { workshop } = choice;
  const { toggle, details } = useDetails(workshop);
  const isFull = seatsLeft(choice) === 0;
  const offersQueue = open && isFull && !queued && whyNot === null;
  return (
    <li className={look['row']}>
      <span className={look['code']} aria-hidden="true">
        {workshop.code}
      </span>
      <div className={look['text']}>
        <h3 className={look['title']} lang={workshop.language === language ? undefined : workshop.language}>
          <Hidden>{workshop.code} </Hidden>
          {workshop.title}
        </h3>
        <p className={look['where']}>
          {choice.rank !== null && (
            <span className={look['rank']}>{t('rank', { rank: choice.rank })} · </span>
          )}
          {[choice.room, workshop.organisations.join(', ')].filter(Boolean).join(' · ')}
        </p>
        {details}
        <div className={look['foot']}>
          <div className={look['facts']}>
            <SeatWords choice={choice} waiting={waiting} />
            {toggle}
          </div>
          {open && !queued && (
            <Button
              className={look['button']}
              whyNot={whyNot}
              aria-describedby={offersQueue ? meansId : undefined}
              onClick={isFull ? onQueue : onTake}
            >
              {isFull ? t('wait') : holding ? t('swapHere') : t('choose')}
              <Hidden>: {workshop.code}</Hidden>
            </Button>
          )}
        </div>
        {open && whyNot !== null && <p className={look['means']}>{whyNot}</p>}
        {offersQueue && (
          <p id={meansId} className={look['means']}>
            {holding ? t('waitMeansKeep', { code: holding }) : t('waitMeans')}
          </p>
        )}
      </div>
    </li>
  );
}
