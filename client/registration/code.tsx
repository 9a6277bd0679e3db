import { classes } from '../ui/classes.ts';
import look from './code.module.css';

/** A W-code as a landmark for the eye; ears hear it with the title. Long codes are set smaller, so that columns hold. */
export function Code({ code, big = false }: { readonly code: string; readonly big?: boolean }) {
  return (
    <span
      className={classes(
        look['code'],
        big && look['big'],
        code.length === 4 && look['four'],
        code.length > 4 && look['long'],
      )}
      aria-hidden="true"
    >
      {code}
    </span>
  );
}
