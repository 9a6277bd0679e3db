import { describe, expect, it } from 'vitest';
import { createAttempts } from '../../../../server/core/http/attempts.ts';
import { testClock } from '../../../support/clock.ts';
import { testServer } from '../../../support/server.ts';
import { noteRoutes, titlesOf } from './notes.ts';

async function write(headers: Record<string, string>) {
  const { app } = await testServer({
    routes: noteRoutes,
    config: { url: 'https://verkstad.example' },
  });
  const answer = await app.inject({
    method: 'POST',
    url: '/api/notes',
    headers: { host: 'verkstad.example', ...headers },
    payload: { title: 'a', capacity: 1 },
  });
  return { status: answer.statusCode, code: answer.json<{ code?: string }>().code, titles: titlesOf(app) };
}

describe('a write', () => {
  it.each<[string, Record<string, string>]>([
    ['from a page of this site', { cookie: 'session=x', origin: 'https://verkstad.example' }],
    [
      'from a page of this site, as the browser says',
      { cookie: 'session=x', 'sec-fetch-site': 'same-origin' },
    ],
    ['from a program without anything', {}],
  ])('%s is taken', async (_name, headers) => {
    expect(await write(headers)).toMatchObject({ status: 200, titles: ['a'] });
  });

  it('from a program is asked for its token, not for where it comes from', async () => {
    expect(await write({ authorization: 'Bearer x' })).toMatchObject({ status: 404, code: 'link-unknown' });
  });

  it.each<[string, Record<string, string>]>([
    ['from another site', { cookie: 'session=x', origin: 'https://evil.example' }],
    ['from another site without a cookie', { origin: 'https://evil.example' }],
    ['from a page without an origin', { cookie: 'session=x', origin: 'null' }],
    ['with a cookie and nothing that says from where', { cookie: 'session=x' }],
    ['from a neighbouring site', { cookie: 'session=x', 'sec-fetch-site': 'same-site' }],
    ['from another site, as the browser says', { 'sec-fetch-site': 'cross-site' }],
    ['from this name on another port', { cookie: 'session=x', origin: 'https://verkstad.example:8443' }],
  ])('%s is refused', async (_name, headers) => {
    expect(await write(headers)).toEqual({ status: 403, code: 'foreign-origin', titles: [] });
  });
});

it('reading with a cookie needs no origin', async () => {
  const { app } = await testServer({ routes: noteRoutes });
  expect((await app.inject({ url: '/api/notes', headers: { cookie: 'session=x' } })).statusCode).toBe(200);
});

describe('every answer', () => {
  it.each(['/healthz', '/api', '/api/openapi.json', '/api/notes', '/api/notes/NO', '/nowhere', '/%zz'])(
    'tells browsers to load nothing from elsewhere and guess nothing: %s',
    async (url) => {
      const { app } = await testServer({ routes: noteRoutes });
      const { headers } = await app.inject(url);
      expect(headers).toMatchObject({
        'content-security-policy': expect.stringMatching(/^default-src 'self';/u),
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      });
      expect(headers['content-security-policy']).not.toContain('unsafe');
    },
  );

  it('asks for https only where the installation has it', async () => {
    const secure = await testServer({ config: { url: 'https://verkstad.example' } });
    const plain = await testServer();
    expect((await secure.app.inject('/api')).headers).toHaveProperty('strict-transport-security');
    expect((await plain.app.inject('/api')).headers).not.toHaveProperty('strict-transport-security');
  });
});

describe('who may call', () => {
  it('is asked before anything is read', async () => {
    const { app } = await testServer({ routes: noteRoutes });
    const answer = await app.inject({ method: 'POST', url: '/api/own-notes', payload: {} });
    expect(answer.json()).toMatchObject({ status: 401, code: 'not-signed-in' });
  });
});

describe('the address of a request', () => {
  const addressOf = async (proxies: string[]) => {
    let seen = '';
    const { app } = await testServer({
      config: { proxies },
      routes: (app) => app.get('/ip', (request) => (seen = request.ip)),
    });
    await app.inject({ url: '/ip', headers: { 'x-forwarded-for': '203.0.113.9' } });
    return seen;
  };

  it('is not what the request says of itself', async () => {
    expect(await addressOf([])).toBe('127.0.0.1');
    expect(await addressOf(['192.0.2.7'])).toBe('127.0.0.1');
  });

  it('is what a proxy says that the operator has named', async () => {
    expect(await addressOf(['127.0.0.1'])).toBe('203.0.113.9');
  });
});

describe('failures from one address', () => {
  it('are stopped at the limit, elsewhere not, and forgiven when the time is over', () => {
    const clock = testClock();
    const attempts = createAttempts(clock, 3, 60_000);
    for (let i = 0; i < 2; i++) attempts.countFailure('192.0.2.1');
    expect(attempts.whyNotAttempt('192.0.2.1')).toBeNull();
    attempts.countFailure('192.0.2.1');
    expect(attempts.whyNotAttempt('192.0.2.1')).toMatchObject({ code: 'too-many-attempts', status: 429 });
    expect(attempts.whyNotAttempt('192.0.2.2')).toBeNull();
    clock.advance(60_000);
    expect(attempts.whyNotAttempt('192.0.2.1')).toBeNull();
  });
});
