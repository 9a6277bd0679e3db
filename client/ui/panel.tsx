import type { HTMLAttributes, ReactNode } from 'react';
import { classes } from './classes.ts';
import look from './panel.module.css';

interface PanelProps extends HTMLAttributes<HTMLDivElement> {
  /** tint: the ground of its pass. plain: a hairline. waiting: not settled yet. */
  readonly kind?: 'tint' | 'plain' | 'waiting';
  readonly children: ReactNode;
}

/** A surface for one thing. Never put one in another. */
export function Panel({ kind = 'plain', className, children, ...rest }: PanelProps) {
  return (
    <div {...rest} className={classes(look['panel'], look[kind], className)}>
      {children}
    </div>
  );
}
