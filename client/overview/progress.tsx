import { type Held, heldIn, type PassDay } from '../registration/day.ts';
import { classes } from '../ui/classes.ts';
import look from './progress.module.css';

interface ProgressProps {
  readonly passes: readonly PassDay[];
  readonly held: Held;
  readonly words: string;
}

/** How far I have come, a mark for each pass and the same in words. */
export function Progress({ passes, held, words }: ProgressProps) {
  return (
    <p className={look['progress']} role="status">
      <span className={look['marks']} aria-hidden="true">
        {passes
          .filter((pass) => pass.choices.length > 0 && pass.presents === null && !pass.cannotCome)
          .map((pass) => (
            <span
              key={pass.id}
              data-pass={pass.colour}
              className={classes(look['mark'], heldIn(held, pass.id) !== null && look['done'])}
            />
          ))}
      </span>
      {words}
    </p>
  );
}
