import type { App } from './app-type.ts';
import { healthOperation } from './health.ts';
import { type OpenApi, openApiOf, type Operation } from './openapi.ts';

const style = `body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
section{border-top:1px solid #bbb;padding:.5rem 0}pre{background:#f3f3f3;padding:.75rem;overflow-x:auto}
code{font-size:.95em}h2 code{font-size:1em}dt{font-weight:600}dd{margin:0 0 .5rem}
@media(prefers-color-scheme:dark){body{background:#16181a;color:#eee}pre{background:#26292c}a{color:#9cf}}`;

/** The contract for programs (`/api/openapi.json`) and for people (`/api`). */
export function serveReference(app: App, version: string): void {
  let made: { json: string; html: string } | undefined;
  const documents = () => {
    if (made) return made;
    const api = openApiOf(app.served, app.config.url, version);
    const document = { ...api, paths: { '/healthz': { get: healthOperation }, ...api.paths } };
    made = { json: JSON.stringify(document), html: pageOf(document) };
    return made;
  };
  app.get('/api/openapi.json', (_request, reply) =>
    reply.header('content-type', 'application/json; charset=utf-8').send(documents().json),
  );
  app.get('/api', (_request, reply) => reply.type('text/html; charset=utf-8').send(documents().html));
  app.get('/api/reference.css', (_request, reply) => reply.type('text/css; charset=utf-8').send(style));
}

function pageOf(document: OpenApi): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => sectionOf(method, path, operation)),
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The API of Verkstad</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/api/reference.css"></head>
<body><main><h1>The API of Verkstad</h1><p>${escape(document.info.description)}</p>
<p>For programs: <a href="/api/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
${operations.join('\n')}</main></body></html>`;
}

function sectionOf(method: string, path: string, operation: Operation): string {
  const body = operation.requestBody?.content['application/json'];
  const parameters = operation.parameters.map(
    ({ name, in: where, required }) =>
      `<li><code>${escape(name)}</code> (${where}${required ? '' : ', optional'})</li>`,
  );
  const answers = Object.entries(operation.responses).map(([status, { description, content }]) => {
    const shown = Object.values(content ?? {})[0];
    const codes = Object.keys(shown?.examples ?? {}).map((code) => `<code>${escape(code)}</code>`);
    const detail = shown?.example === undefined ? codes.join(', ') : preformatted(shown.example);
    return `<dt>${status} ${escape(description)}</dt><dd>${detail}</dd>`;
  });
  return `<section id="${escape(operation.operationId)}"><h2><code>${method.toUpperCase()} ${escape(path)}</code></h2>
<p>${escape(operation.summary)}</p>${parameters.length > 0 ? `<ul>${parameters.join('')}</ul>` : ''}
${body === undefined ? '' : `<h3>Body</h3>${preformatted(body.example)}`}
<h3>Answers</h3><dl>${answers.join('')}</dl></section>`;
}

function preformatted(value: unknown): string {
  return `<pre>${escape(JSON.stringify(value, null, 2))}</pre>`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
