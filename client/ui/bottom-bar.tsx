import type { ReactNode } from 'react';
import look from './bottom-bar.module.css';

/** Stays at the thumb: the state of things, and the one primary action. */
export function BottomBar({
  status,
  children,
}: {
  readonly status: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className={look['bar']}>
      <div className={look['inside']}>
        <p role="status" className={look['status']}>
          {status}
        </p>
        <div className={look['actions']}>{children}</div>
      </div>
    </div>
  );
}
