import { useEffect } from 'react';

/** Names the page in the browser's tab: the most particular first. */
export function useTitle(...parts: readonly (string | undefined)[]): void {
  const title = [...parts, 'Verkstad'].filter(Boolean).join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}
