import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import look from './notice.module.css';

interface NoticeProps {
  /** plain: good to know. trouble: something needs you. loss: something is gone. */
  readonly kind?: 'plain' | 'trouble' | 'loss';
  readonly title?: string | undefined;
  readonly children?: ReactNode;
  /** What can be done about it. */
  readonly actions?: ReactNode;
  /** Said aloud when it appears. */
  readonly announced?: boolean;
  readonly className?: string | undefined;
}

/** Something the page has to say, where it concerns. */
export function Notice({
  kind = 'plain',
  title,
  children,
  actions,
  announced = false,
  className,
}: NoticeProps) {
  return (
    <div
      className={classes(look['notice'], look[kind], className)}
      role={announced ? (kind === 'plain' ? 'status' : 'alert') : undefined}
    >
      {title && <p className={look['title']}>{title}</p>}
      {children && <div className={look['text']}>{children}</div>}
      {actions && <div className={look['actions']}>{actions}</div>}
    </div>
  );
}
