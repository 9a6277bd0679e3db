import type { ReactNode } from 'react';
import { useCommonTexts, useErrorSentence } from '../core/common-texts.ts';
import { ErrorState } from './states.tsx';

interface FailureProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
  readonly title?: string;
  readonly actions?: ReactNode;
}

/** The error state of a page that could not be fetched, in the server's words where it gave any. */
export function Failure({ error, onRetry, title, actions }: FailureProps) {
  const t = useCommonTexts();
  const sentence = useErrorSentence();
  return (
    <ErrorState
      title={title ?? t('failed')}
      retryLabel={t('tryAgain')}
      {...(onRetry && { onRetry })}
      actions={actions}
    >
      <p>{sentence(error)}</p>
    </ErrorState>
  );
}
