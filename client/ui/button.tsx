import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode } from 'react';
import { useId } from 'react';
import look from './button.module.css';
import { classes } from './classes.ts';

/** primary: the one thing to do here. outline: a choice. quiet: underlined, beside a text. danger: something is lost. */
export type ButtonKind = 'primary' | 'outline' | 'quiet' | 'danger';

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> {
  readonly kind?: ButtonKind;
  /** It can do nothing here, and why is plain to see. It stays reachable, so that focus is not lost. */
  readonly disabled?: boolean;
  /** Why it cannot be used now, where that must be said. */
  readonly whyNot?: string | null | undefined;
  /** Whether the reason is shown under the button too; otherwise it stands in the page already, or is for ears only. */
  readonly showWhyNot?: boolean;
  readonly busy?: boolean | undefined;
  readonly children: ReactNode;
}

export function Button({
  kind = 'outline',
  disabled = false,
  whyNot,
  showWhyNot = false,
  busy = false,
  className,
  onClick,
  children,
  ...rest
}: ButtonProps) {
  const reasonId = useId();
  const off = disabled || busy || Boolean(whyNot);
  const button = (
    <button
      type="button"
      {...rest}
      className={classes(look['button'], look[kind], className)}
      aria-disabled={off || undefined}
      aria-busy={busy || undefined}
      aria-describedby={classes(rest['aria-describedby'], whyNot && reasonId) || undefined}
      onClick={off ? (event) => event.preventDefault() : onClick}
    >
      {children}
    </button>
  );
  if (!whyNot) return button;
  return (
    <span className={look['withReason']}>
      {button}
      <span id={reasonId} className={showWhyNot ? look['reason'] : undefined} hidden={!showWhyNot}>
        {whyNot}
      </span>
    </span>
  );
}

interface ButtonLinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly kind?: ButtonKind;
  readonly href: string;
  readonly children: ReactNode;
}

/** A link that looks like a button: it leads somewhere or fetches a file. */
export function ButtonLink({ kind = 'outline', className, children, ...rest }: ButtonLinkProps) {
  return (
    <a {...rest} className={classes(look['button'], look[kind], className)}>
      {children}
    </a>
  );
}
