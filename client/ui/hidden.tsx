import type { ReactNode } from 'react';
import look from './hidden.module.css';

/** For ears only. */
export function Hidden({ children }: { readonly children: ReactNode }) {
  return <span className={look['hidden']}>{children}</span>;
}
