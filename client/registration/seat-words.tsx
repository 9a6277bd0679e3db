import { classes } from '../ui/classes.ts';
import { Hidden } from '../ui/hidden.tsx';
import { Meter } from '../ui/meter.tsx';
import { type Choice, seatsLeft } from './day.ts';
import look from './seat-words.module.css';
import { useRegistrationTexts } from './texts.ts';

/** Few enough to hurry. */
function isLow(choice: Choice): boolean {
  const left = seatsLeft(choice);
  return left > 0 && (left <= 3 || left * 10 <= choice.seats);
}

/** Seats in words first, and a small bar for the eye. */
export function SeatWords({ choice, waiting }: { readonly choice: Choice; readonly waiting: number }) {
  const t = useRegistrationTexts();
  const left = seatsLeft(choice);
  const low = isLow(choice);
  const words =
    left > 0
      ? t('seatsLeft', { count: left })
      : waiting > 0
        ? t('fullWaiting', { number: waiting })
        : t('full');
  return (
    <p className={classes(look['seats'], low && look['low'], left === 0 && look['full'])}>
      <Meter className={look['meter']} value={choice.taken} max={choice.seats} low={low} />
      <span>
        {words}
        <Hidden>. {t('seatsOf', { taken: choice.taken, seats: choice.seats })}</Hidden>
      </span>
    </p>
  );
}
