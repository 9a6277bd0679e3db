import type { App } from './app-type.ts';
import { exampleOf, type JsonSchema } from './example.ts';
import type { Operation } from './openapi.ts';

/** Whether the server may be sent people. `main` moves it; the storage has its own say. */
export interface Readiness {
  state: 'starting' | 'ready' | 'stopping';
}

/** What the reference says of it: it answers in a form of its own, which is all that whoever watches servers needs. */
export const healthOperation: Operation = {
  operationId: 'getHealth',
  summary: 'Whether the server is ready to serve',
  tags: ['read public programme'],
  security: [{}],
  parameters: [],
  responses: {
    200: answer('Ready', { status: { const: 'ok' } }),
    503: answer('Starting, stopping or read-only', {
      status: { const: 'unavailable' },
      reason: { enum: ['starting', 'stopping', 'read-only'] },
    }),
  },
};

function answer(description: string, properties: Record<string, JsonSchema>): Operation['responses'][string] {
  const schema: JsonSchema = {
    type: 'object',
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  };
  return { description, content: { 'application/json': { schema, example: exampleOf(schema, {}) } } };
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
