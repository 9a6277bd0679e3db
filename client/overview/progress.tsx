import { classes } from '../ui/classes.ts';
import type { PassColour } from '../ui/pass-colour.ts';
import look from './progress.module.css';

interface Mark {
  readonly key: string;
  /** In ink where it is of no pass. */
  readonly colour?: PassColour;
  readonly done: boolean;
}

/** How far I have come: a mark for each step, and the same in words. */
export function Progress({ marks, words }: { readonly marks: readonly Mark[]; readonly words: string }) {
  return (
    <p className={look['progress']} role="status">
      <span className={look['marks']} aria-hidden="true">
        {marks.map(({ key, colour, done }) => (
          <span key={key} data-pass={colour} className={classes(look['mark'], done && look['done'])} />
        ))}
      </span>
      {words}
    </p>
  );
}
