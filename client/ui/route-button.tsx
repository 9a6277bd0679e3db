import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { ButtonKind } from './button.tsx';
import look from './button.module.css';
import { classes } from './classes.ts';

interface RouteButtonProps {
  readonly to: string;
  readonly kind?: ButtonKind;
  readonly children: ReactNode;
}

/** A link within the product that looks like a button. */
export function RouteButton({ to, kind = 'outline', children }: RouteButtonProps) {
  return (
    <Link to={to} className={classes(look['button'], look[kind])}>
      {children}
    </Link>
  );
}
