import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/database.ts';
import { testServer } from '../../support/server.ts';

const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

async function builtServer() {
  const clientDir = temporaryFolder();
  mkdirSync(join(clientDir, 'assets'));
  writeFileSync(join(clientDir, 'index.html'), '<!doctype html><title>Verkstad</title>');
  return testServer({ config: { clientDir } });
}

describe('the client’s page', () => {
  it.each(['/me/abc', '/c/utsikt-ar-insikt/me', '/sign-in/abc', '/organise', '/organise/reglab/plans', '/'])(
    'is served at %s',
    async (url) => {
      const { app } = await builtServer();
      const { statusCode, body, headers } = await app.inject({ url, headers: browser });
      expect({ statusCode, body }).toEqual({
        statusCode: 200,
        body: '<!doctype html><title>Verkstad</title>',
      });
      expect(headers['content-security-policy']).toContain("default-src 'self'");
      expect(headers['referrer-policy']).toBe('no-referrer');
    },
  );

  it('says to a browser that an address has nothing', async () => {
    const { app } = await builtServer();
    const { statusCode, headers, body } = await app.inject({ url: '/nowhere', headers: browser });
    expect({ statusCode, type: headers['content-type'] }).toEqual({
      statusCode: 404,
      type: 'text/html; charset=utf-8',
    });
    expect(body).toContain('<title>Verkstad</title>');
  });
});

describe('a problem is answered', () => {
  it('to a program at an address that has nothing', async () => {
    const { app } = await builtServer();
    const { statusCode, headers } = await app.inject({ url: '/nowhere', headers: { accept: '*/*' } });
    expect({ statusCode, type: headers['content-type'] }).toEqual({
      statusCode: 404,
      type: 'application/problem+json; charset=utf-8',
    });
  });

  it.each(['/api/nowhere', '/assets/gone-1a2b.js', '/calendar/nobody.ics'])(
    'at %s, whoever asks',
    async (url) => {
      const { app } = await builtServer();
      const { statusCode, headers } = await app.inject({ url, headers: browser });
      expect(statusCode).toBe(404);
      expect(headers['content-type']).toMatch(/^application\/problem\+json/u);
    },
  );

  it('to a GET where only other methods are', async () => {
    const { app } = await builtServer();
    const { statusCode, headers } = await app.inject({ url: '/api/session/attendee', headers: browser });
    expect({ statusCode, allow: headers['allow'] }).toEqual({ statusCode: 405, allow: 'POST' });
  });
});
