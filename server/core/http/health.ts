import type { App } from './app-type.ts';

/** Whether the server may be sent people. `main` moves it; the storage has its own say. */
export interface Readiness {
  state: 'starting' | 'ready' | 'stopping';
}

export function serveHealth(app: App): void {
  app.get('/healthz', { logLevel: 'silent' }, (_request, reply) => {
    const reason = whyNotReady(app);
    void reply.header('cache-control', 'no-store');
    return reason === null
      ? reply.send({ status: 'ok' })
      : reply.code(503).header('retry-after', '2').send({ status: 'unavailable', reason });
  });
}

function whyNotReady(app: App): string | null {
  if (app.readiness.state !== 'ready') return app.readiness.state;
  return app.store.readOnly() ? 'read-only' : null;
}
