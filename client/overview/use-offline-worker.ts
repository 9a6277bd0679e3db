import { useEffect } from 'react';

/** Lets my day open without a network from now on. Where a browser cannot, the page works as before. */
export function useOfflineWorker(): void {
  useEffect(() => {
    if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
    navigator.serviceWorker.register('/offline-worker.js').catch(() => {
      // Refused by the browser's settings, or there is no network just now.
    });
  }, []);
}
