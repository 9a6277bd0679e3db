import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import look from './states.module.css';

interface StateProps {
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** Nothing is here yet: says what comes, and what to do first. */
export function EmptyState({ title, children, actions }: StateProps) {
  return (
    <div className={look['state']}>
      <h2>{title}</h2>
      {children && <div className={look['text']}>{children}</div>}
      {actions && <div className={look['actions']}>{actions}</div>}
    </div>
  );
}

/** Something could not be fetched: what happened, and the way to try again. */
export function ErrorState({
  title,
  children,
  retryLabel,
  onRetry,
  actions,
}: StateProps & { readonly retryLabel?: string; readonly onRetry?: () => void }) {
  return (
    <div className={look['state']} role="alert">
      <h2>{title}</h2>
      {children && <div className={look['text']}>{children}</div>}
      <div className={look['actions']}>
        {onRetry && retryLabel && (
          <Button kind="primary" onClick={onRetry}>
            {retryLabel}
          </Button>
        )}
        {actions}
      </div>
    </div>
  );
}
