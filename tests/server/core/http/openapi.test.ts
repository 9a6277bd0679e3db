import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { slugTaken } from '../../../../shared/conference/refusals.ts';
import type { Endpoint } from '../../../../shared/core/endpoint.ts';
import { Refused } from '../../../../shared/core/refusal.ts';
import type { App } from '../../../../server/core/http/app-type.ts';
import { serve } from '../../../../server/core/http/serve.ts';
import { exampleOf } from '../../../../server/core/http/example.ts';
import { openApiOf, refusalsAt } from '../../../../server/core/http/openapi.ts';
import { root } from '../../../../server/core/root.ts';
import { testServer } from '../../../support/server.ts';
import { addNote, deleteNote, getNote, noteRoutes } from './notes.ts';

const served = await contracts();

/** Every call of the contract, wherever it is written. */
async function contracts(): Promise<Endpoint[]> {
  const shared = join(root, 'shared');
  const files = readdirSync(shared)
    .map((area) => join(shared, area, 'contract.ts'))
    .filter((file) => existsSync(file));
  const modules = await Promise.all(files.map((file) => import(file) as Promise<Record<string, unknown>>));
  return modules.flatMap((module) => Object.values(module).filter(isEndpoint));
}

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value;
}

describe.each(served.map((endpoint) => [endpoint.name, endpoint] as const))('%s', (_name, endpoint) => {
  const document = openApiOf([endpoint], 'http://localhost', '1');
  const path = Object.keys(document.paths)[0]!;
  const operation = document.paths[path]![endpoint.method.toLowerCase()]!;

  it('refuses unknown fields at every level', () => {
    for (const schema of [endpoint.params, endpoint.query, endpoint.body, endpoint.out])
      if (schema) expect(looseObjects(z.toJSONSchema(schema))).toEqual([]);
  });

  it('has an example of its body that it would take', () => {
    const body = operation.requestBody?.content['application/json'];
    expect(body === undefined).toBe(endpoint.body === undefined);
    expect(endpoint.body?.safeParse(body?.example).error).toBeUndefined();
  });

  it('has an example of its answer that it could give', () => {
    const answer = Object.values(operation.responses[endpoint.status ?? 200]?.content ?? {})[0];
    expect(endpoint.out?.safeParse(answer?.example).error).toBeUndefined();
  });

  it('has an example of each parameter that it would take', () => {
    for (const where of ['path', 'query'] as const) {
      const schema = where === 'path' ? endpoint.params : endpoint.query;
      const examples = operation.parameters
        .filter((parameter) => parameter.in === where)
        .map(({ name, schema }) => [name, exampleOf(schema, document.components.schemas)]);
      expect(schema?.safeParse(Object.fromEntries(examples)).error).toBeUndefined();
    }
  });

  it('has an example of each refusal', () => {
    for (const { code, status } of refusalsAt(endpoint)) {
      const problem = operation.responses[status]?.content?.['application/problem+json'];
      expect(problem?.examples?.[code]?.value).toMatchObject({
        code,
        status,
        title: expect.stringMatching(/./u),
        detail: expect.stringMatching(/./u),
      });
    }
  });

  it('names every parameter of its path', () => {
    const names = [...endpoint.path.matchAll(/:(\w+)/gu)].map(([, name]) => name);
    const described = operation.parameters.filter((parameter) => parameter.in === 'path');
    expect(new Set(described.map(({ name }) => name))).toEqual(new Set(names));
  });
});

it('every call has a name and an address of its own', () => {
  const names = served.map(({ name }) => name);
  const addresses = served.map(({ method, path }) => `${method} ${path}`);
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(addresses).size).toBe(addresses.length);
});

describe('the document', () => {
  it('is OpenAPI 3.1 of what is served', async () => {
    const { app } = await testServer({ routes: noteRoutes });
    const document = (await app.inject('/api/openapi.json')).json<ReturnType<typeof openApiOf>>();
    expect(document.openapi).toBe('3.1.0');
    expect(document.paths['/healthz']!['get']!.responses).toMatchObject({
      200: { content: { 'application/json': { example: { status: 'ok' } } } },
      503: { content: { 'application/json': { example: { status: 'unavailable', reason: 'starting' } } } },
    });
    expect(document.paths['/c/{slug}']!['get']!.responses['200']!.content).toHaveProperty('text/html');
    expect(Object.keys(document.paths['/api/notes/{id}']!).sort()).toEqual(['delete', 'get']);
    expect(document.paths['/api/notes']!['post']).toMatchObject({
      operationId: 'addNote',
      requestBody: { required: true },
    });
  });

  it('offers the token of a personal link where an attendee may ask, and only there', () => {
    const document = openApiOf(served, 'http://localhost', '1');
    const securityOf = (path: string) => document.paths[`/api/conferences/{slug}/${path}`]!['get']!.security;
    expect(securityOf('programme')).toEqual([{}]);
    expect(securityOf('me')).toEqual([{ session: [] }, { token: [] }]);
    expect(securityOf('board')).toEqual([{ session: [] }]);
  });

  it('names every refusal: one that a call gives all the same is reported', async () => {
    const routes = (app: App) =>
      serve(app, { ...addNote, path: '/api/surprises' }, () => {
        throw new Refused(slugTaken({ slug: 'utsikt' }));
      });
    const { app } = await testServer({ routes });
    const reported = vi.spyOn(console, 'error').mockImplementation(() => {});
    const payload = { title: 'A note', capacity: 1 };
    expect((await app.inject({ method: 'POST', url: '/api/surprises', payload })).statusCode).toBe(409);
    expect(reported.mock.calls).toEqual([['addNote answered slug-taken, which its contract does not name']]);
    reported.mockRestore();
  });

  it('refers only to what it holds', () => {
    const document = openApiOf(served, 'http://localhost', '1');
    const known = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
    const used = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/gu)].map(([, ref]) => ref);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((ref) => !known.includes(ref!))).toEqual([]);
  });

  it('holds shapes that contain themselves', () => {
    const tree: z.ZodType = z.strictObject({
      name: z.string(),
      get children() {
        return z.array(tree);
      },
    });
    const document = openApiOf([{ ...addNote, body: tree }], 'http://localhost', '1');
    const known = Object.keys(document.components.schemas);
    const used = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/gu)];
    expect(used.map(([, name]) => name).filter((name) => !known.includes(name!))).toEqual([]);
  });

  it('tells an open call from one that needs somebody signed in', () => {
    const own = { ...getNote, action: 'see own day' } as const;
    const { paths } = openApiOf([deleteNote, own], 'http://localhost', '1');
    expect(paths['/api/notes/{id}']!['delete']!.security).toEqual([{}]);
    expect(paths['/api/notes/{id}']!['get']!.security).toEqual([{ session: [] }, { token: [] }]);
    expect(Object.keys(paths['/api/notes/{id}']!['get']!.responses)).toContain('401');
  });
});

it('people can read it too, without a script', async () => {
  const { app } = await testServer({ routes: noteRoutes });
  const page = await app.inject('/api');
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(page.body).toContain('POST /api/notes');
  expect(page.body).not.toMatch(/<script|style=/u);
});

/** Where a schema lets unknown fields through. Records say what their values are. */
function looseObjects(schema: unknown, path = '$'): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const loose =
    'properties' in schema && (schema as { additionalProperties?: unknown }).additionalProperties !== false;
  return [
    ...(loose ? [path] : []),
    ...Object.entries(schema).flatMap(([key, part]) => looseObjects(part, `${path}.${key}`)),
  ];
}
