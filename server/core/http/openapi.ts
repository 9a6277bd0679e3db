import { z } from 'zod';
import { type Actor, mayDo } from '../../../shared/core/access.ts';
import type { Endpoint, Validator } from '../../../shared/core/endpoint.ts';
import type { NamedRefusal } from '../../../shared/core/refusal.ts';
import { problemOf } from '../../../shared/core/refusal.ts';
import {
  addressTooLong,
  badRequest,
  busy,
  foreignOrigin,
  idempotencyMismatch,
  invalidInput,
  linkUnknown,
  notAllowed,
  notFound,
  notSignedIn,
  storageFull,
  tooLarge,
  tooManyAttempts,
  shuttingDown,
  unexpected,
  unsupportedMediaType,
} from '../../../shared/core/refusals.ts';
import { exampleOf, type JsonSchema } from './example.ts';
import { sessionCookie } from './security.ts';

/** An OpenAPI 3.1 document. */
export interface OpenApi {
  readonly openapi: '3.1.0';
  readonly jsonSchemaDialect: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: {
    readonly schemas: Record<string, JsonSchema>;
    readonly securitySchemes: Record<string, unknown>;
  };
}

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly security: readonly Record<string, readonly string[]>[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly required: true; readonly content: Record<string, MediaType> };
  readonly responses: Record<string, Response>;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: JsonSchema;
  readonly description?: string;
}

interface MediaType {
  readonly schema: JsonSchema;
  readonly example?: unknown;
  readonly examples?: Record<string, { readonly summary: string; readonly value: unknown }>;
}

interface Response {
  readonly description: string;
  readonly content?: Record<string, MediaType>;
  readonly headers?: Record<string, unknown>;
}

const problemSchema = z.strictObject({
  type: z.string(),
  code: z.string(),
  title: z.string(),
  detail: z.string(),
  status: z.int(),
  messages: z.strictObject({ sv: z.string(), en: z.string() }),
  fields: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
  facts: z.record(z.string(), z.unknown()).optional(),
  requestId: z.string(),
});

/** The document of everything that is served, made from the contracts themselves. */
export function openApiOf(endpoints: readonly Endpoint[], url: string, version: string): OpenApi {
  const schemas: Record<string, JsonSchema> = {};
  schemas['Problem'] = schemaOf(problemSchema, 'output', 'Problem', schemas);
  const paths: OpenApi['paths'] = {};
  for (const endpoint of endpoints) {
    const path = endpoint.path.replaceAll(/:(\w+)/gu, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operationOf(endpoint, schemas) };
  }
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'Verkstad',
      version,
      description:
        'Plans the workshops of a conference and lets people choose them. Bodies are JSON in UTF-8; unknown fields are refused. ' +
        'Every error is a problem (RFC 9457) with a closed list of codes, in Swedish or English by Accept-Language.',
    },
    servers: [{ url }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: sessionCookie, description: 'Set when signing in.' },
        token: { type: 'http', scheme: 'bearer', description: 'The token of a personal link.' },
      },
    },
  };
}

function operationOf(endpoint: Endpoint, schemas: Record<string, JsonSchema>): Operation {
  const writes = endpoint.method !== 'GET';
  return {
    operationId: endpoint.name,
    summary: endpoint.summary,
    tags: [endpoint.action],
    security: securityOf(endpoint),
    parameters: [
      ...parametersOf(endpoint, 'path', endpoint.params, schemas),
      ...parametersOf(endpoint, 'query', endpoint.query, schemas),
      ...(writes && !isOpen(endpoint) ? [idempotencyKey] : []),
      ...(endpoint.validators ?? []).map(conditionOf),
    ],
    ...(endpoint.body && {
      requestBody: {
        required: true,
        content: { 'application/json': mediaTypeOf(endpoint.body, 'input', `${endpoint.name}Body`, schemas) },
      },
    }),
    responses: { ...successOf(endpoint, schemas), ...unchangedOf(endpoint), ...refusalsOf(endpoint) },
  };
}

const idempotencyKey: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same key and body within 24 hours get the first answer again and change nothing more.',
  schema: { type: 'string', minLength: 1, maxLength: 200, examples: ['b7f0c1c6-1'] },
};

const validatorTexts: Readonly<Record<Validator, string>> = {
  ETag: 'What this answer is known by.',
  'Last-Modified': 'When what is answered last changed, once the second of it is over.',
};

/** The header that asks whether what a reader has is still the same. */
function conditionOf(validator: Validator): Parameter {
  const name = validator === 'ETag' ? 'If-None-Match' : 'If-Modified-Since';
  const description = `The ${validator} of the answer that you have: while it is the same, 304 without a body.`;
  return { name, in: 'header', required: false, description, schema: { type: 'string' } };
}

function validatorHeaders({ validators }: Endpoint): Pick<Response, 'headers'> {
  if (validators === undefined) return {};
  return {
    headers: Object.fromEntries(
      validators.map((name) => [name, { description: validatorTexts[name], schema: { type: 'string' } }]),
    ),
  };
}

function unchangedOf(endpoint: Endpoint): Record<string, Response> {
  return endpoint.validators === undefined
    ? {}
    : { 304: { description: 'You have it already.', ...validatorHeaders(endpoint) } };
}

function isOpen(endpoint: Endpoint): boolean {
  return mayDo({ kind: 'anyone' }, endpoint.action);
}

/** The token of a personal link is an attendee's. */
function securityOf(endpoint: Endpoint): Operation['security'] {
  if (isOpen(endpoint)) return [{}];
  const attendee: Actor = { kind: 'attendee', conferenceId: '', attendeeId: '' };
  return [{ session: [] }, ...(mayDo(attendee, endpoint.action) ? [{ token: [] }] : [])];
}

function parametersOf(
  endpoint: Endpoint,
  where: 'path' | 'query',
  schema: z.ZodType | undefined,
  schemas: Record<string, JsonSchema>,
): Parameter[] {
  if (schema === undefined) return [];
  const whole = schemaOf(schema, 'input', `${endpoint.name}${where}`, schemas);
  const required = whole.required ?? [];
  return Object.entries(whole.properties ?? {}).map(([name, field]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema: field,
  }));
}

function successOf(endpoint: Endpoint, schemas: Record<string, JsonSchema>): Record<string, Response> {
  if (endpoint.out)
    return {
      [endpoint.status ?? 200]: {
        description: endpoint.summary,
        ...validatorHeaders(endpoint),
        content: {
          [endpoint.produces ?? 'application/json']: mediaTypeOf(
            endpoint.out,
            'output',
            `${endpoint.name}Answer`,
            schemas,
          ),
        },
      },
    };
  if (endpoint.produces)
    return {
      [endpoint.status ?? 200]: {
        description: endpoint.summary,
        ...validatorHeaders(endpoint),
        content: { [endpoint.produces]: { schema: { type: 'string' } } },
      },
    };
  return { [endpoint.status ?? 204]: { description: endpoint.summary } };
}

function mediaTypeOf(
  schema: z.ZodType,
  io: 'input' | 'output',
  name: string,
  schemas: Record<string, JsonSchema>,
): MediaType {
  const json = schemaOf(schema, io, name, schemas);
  return { schema: json, example: exampleOf(json, schemas) };
}

/** The endpoint's own refusals and those that its form makes possible. A token that is sent along can be nobody's wherever it is sent. */
export function refusalsAt(endpoint: Endpoint): NamedRefusal[] {
  const writes = endpoint.method !== 'GET';
  return [
    ...(endpoint.refusals ?? []),
    invalidInput,
    ...(endpoint.params ? [notFound, addressTooLong] : []),
    ...(isOpen(endpoint) ? [] : [notSignedIn, notAllowed]),
    linkUnknown,
    tooManyAttempts,
    ...(writes ? [foreignOrigin, badRequest, tooLarge, unsupportedMediaType] : []),
    ...(writes && !isOpen(endpoint) ? [idempotencyMismatch] : []),
    busy,
    storageFull,
    shuttingDown,
    unexpected,
  ].filter((kind, place, all) => all.findIndex(({ code }) => code === kind.code) === place);
}

function refusalsOf(endpoint: Endpoint): Record<string, Response> {
  const responses: Record<string, Response> = {};
  for (const [status, kinds] of groupBy(refusalsAt(endpoint), ({ status }) => status)) {
    responses[status] = {
      description: kinds.map(({ title }) => title.en).join(' · '),
      ...((status === 429 || status === 503) && {
        headers: { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } },
      }),
      content: {
        'application/problem+json': {
          schema: { $ref: '#/components/schemas/Problem' },
          examples: Object.fromEntries(
            kinds.map(({ code, title, example }) => [
              code,
              { summary: title.en, value: problemOf(example, 'en', 'b3v9k2-1f') },
            ]),
          ),
        },
      },
    };
  }
  return responses;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

/** A zod shape as JSON Schema; shapes that have an id, and recursive ones, move to the components of the document. */
function schemaOf(
  schema: z.ZodType,
  io: 'input' | 'output',
  name: string,
  schemas: Record<string, JsonSchema>,
): JsonSchema {
  const { $schema: _, $defs, ...json } = z.toJSONSchema(schema, { io }) as JsonSchema;
  const place = (id: string) => (id.startsWith('__') ? name + id : io === 'input' ? `${id}Input` : id);
  const moved = (part: JsonSchema): JsonSchema =>
    JSON.parse(JSON.stringify(part), (key, value: unknown) =>
      key === '$ref' && typeof value === 'string'
        ? value === '#'
          ? `#/components/schemas/${name}`
          : `#/components/schemas/${place(value.replace('#/$defs/', ''))}`
        : value,
    ) as JsonSchema;
  for (const [id, definition] of Object.entries($defs ?? {})) {
    const { id: _id, ...rest } = definition;
    schemas[place(id)] = moved(rest);
  }
  const result = moved(json);
  if (JSON.stringify(json).includes('"$ref":"#"')) schemas[name] = result;
  return result;
}
