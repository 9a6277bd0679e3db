import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { endpoint } from '../../../../shared/core/endpoint.ts';
import { cachedText, sendCached } from '../../../../server/core/http/cached.ts';
import type { LogStream } from '../../../../server/core/http/log.ts';
import { serve } from '../../../../server/core/http/serve.ts';
import { temporaryFolder } from '../../../support/database.ts';
import { testServer } from '../../../support/server.ts';

async function builtServer() {
  const clientDir = temporaryFolder();
  mkdirSync(join(clientDir, 'assets'));
  writeFileSync(join(clientDir, 'index.html'), '<!doctype html><title>Verkstad</title>');
  writeFileSync(join(clientDir, 'manifest.webmanifest'), '{}');
  writeFileSync(join(clientDir, 'assets', 'app-1a2b.js'), 'start()');
  writeFileSync(join(clientDir, 'assets', 'app-1a2b.js.br'), brotliCompressSync('start()'));
  return testServer({ config: { clientDir } });
}

describe('the built client', () => {
  it('is kept for ever where its name changes with its content', async () => {
    const { app } = await builtServer();
    const { statusCode, headers, body } = await app.inject('/assets/app-1a2b.js');
    expect({ statusCode, body, cache: headers['cache-control'] }).toEqual({
      statusCode: 200,
      body: 'start()',
      cache: 'public, max-age=31536000, immutable',
    });
    expect(headers['content-security-policy']).toContain("default-src 'self'");
  });

  it('comes compressed as it was built', async () => {
    const { app } = await builtServer();
    const { headers } = await app.inject({
      url: '/assets/app-1a2b.js',
      headers: { 'accept-encoding': 'gzip, br' },
    });
    expect(headers['content-encoding']).toBe('br');
    expect(headers['content-type']).toMatch(/javascript/u);
  });

  it('is asked for again where its name stays', async () => {
    const { app } = await builtServer();
    expect((await app.inject('/manifest.webmanifest')).headers['cache-control']).toBe('no-cache');
  });

  it('draws the addresses that are its own, and no others', async () => {
    const { app } = await builtServer();
    const page = await app.inject('/c/utsikt-ar-insikt/me');
    expect(page.body).toContain('<title>Verkstad</title>');
    expect(page.headers['content-type']).toMatch(/^text\/html/u);
    expect(page.headers['cache-control']).toBe('no-cache');
    expect((await app.inject('/c/utsikt-ar-insikt/other')).statusCode).toBe(404);
  });

  it.each(['/index.html', '/assets/app-1a2b.js.br', '/assets/../../key', '/assets/%2e%2e/%2e%2e/key'])(
    'gives nothing away at %s',
    async (url) => {
      const { app } = await builtServer();
      expect((await app.inject(url)).statusCode).toBeGreaterThanOrEqual(400);
    },
  );
});

it('before the client is built its addresses are not found', async () => {
  const { app } = await testServer({
    config: { clientDir: join(temporaryFolder(), 'none') },
  });
  expect((await app.inject('/c/utsikt-ar-insikt/me')).statusCode).toBe(404);
});

describe('a text kept in memory', () => {
  const text = endpoint({
    name: 'getText',
    summary: 'A text',
    method: 'GET',
    path: '/api/text',
    action: 'read public programme',
    produces: 'text/plain',
  });
  const ask = async (etag?: string, log?: LogStream) => {
    const { app } = await testServer({
      log,
      routes: (app) => serve(app, text, (call) => sendCached(call, cachedText('hej'), 'text/plain')),
    });
    return app.inject({ url: '/api/text', headers: etag === undefined ? {} : { 'if-none-match': etag } });
  };

  it('is sent once and then only confirmed', async () => {
    const first = await ask();
    expect(first).toMatchObject({ statusCode: 200, body: 'hej' });
    const { etag } = first.headers as { etag: string };
    expect(await ask(etag)).toMatchObject({ statusCode: 304, body: '' });
    expect(await ask(`"other", W/${etag}`)).toMatchObject({ statusCode: 304 });
    expect(await ask('*')).toMatchObject({ statusCode: 304 });
    expect(await ask('"other"')).toMatchObject({ statusCode: 200 });
  });

  it('is sent without a second answer being tried after it', async () => {
    const lines: string[] = [];
    await ask(undefined, { write: (line) => lines.push(line) });
    expect(lines.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual(['info']);
  });
});
