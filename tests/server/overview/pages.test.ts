import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { conferences } from '../../../server/conference/tables.ts';
import type { Change } from '../../../server/core/change.ts';
import { addWorkshop } from '../../../server/programme/workshop-commands.ts';
import { temporaryFolder } from '../../support/database.ts';
import { type SmallConference, smallConference } from '../../support/registration/small-conference.ts';
import { testServer, type TestServer } from '../../support/server.ts';

const shell = '<!doctype html><title>Verkstad</title>';
const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

/** A stand-in for the client's renderer, which counts how often it draws. */
const renderer = `let drawn = 0;
export const renderProgramme = ({ conference, programme, language, view, url }) =>
  [++drawn, language, ...(view === 'pass' ? [] : [view]), url, conference.name, ...programme.workshops.map(({ code }) => code)].join(' ');`;

let server: TestServer;
let small: SmallConference;

beforeEach(async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), shell);
  const publicPage = join(folder, 'renderer.mjs');
  writeFileSync(publicPage, renderer);
  server = await testServer({
    config: { clientDir: folder, publicPage, url: 'https://verkstad.example' },
  });
  small = await smallConference(server.store, {
    slug: 'liten',
    sessions: [['W1', 'Pass 1', 2]],
    attendees: ['Anna'],
  });
});

const get = (url: string, headers: Record<string, string> = browser) => server.app.inject({ url, headers });
const write = <T>(command: (change: Change) => T) => server.store.write({ kind: 'system' }, command);

describe('the client’s page', () => {
  it.each(['/me/abc', '/c/liten/me', '/sign-in/abc', '/organise', '/organise/liten/plans'])(
    'is served at %s',
    async (url) => {
      const { statusCode, body, headers } = await get(url);
      expect({ statusCode, body }).toEqual({ statusCode: 200, body: shell });
      expect(headers['content-security-policy']).toContain("default-src 'self'");
      expect(headers['referrer-policy']).toBe('no-referrer');
    },
  );

  it.each(['/nowhere', '/c/unknown', '/c/unknown/me/more'])(
    'says to a browser that nothing is at %s',
    async (url) => {
      const { statusCode, headers, body } = await get(url);
      expect({ statusCode, body, type: headers['content-type'] }).toEqual({
        statusCode: 404,
        body: shell,
        type: 'text/html; charset=utf-8',
      });
    },
  );
});

describe('the first page', () => {
  it('is the programme, where one conference is published', async () => {
    const { statusCode, headers } = await get('/');
    expect({ statusCode, to: headers['location'] }).toEqual({ statusCode: 302, to: '/c/liten' });
  });

  it('is the list, where there are more or none', async () => {
    await smallConference(server.store, { slug: 'en-till', sessions: [], attendees: [] });
    expect(await get('/')).toMatchObject({ statusCode: 200, body: shell });
    await write(({ db }) => db.update(conferences).set({ publishedAt: null }).run());
    expect(await get('/')).toMatchObject({ statusCode: 200, body: shell });
  });
});

describe('the public programme', () => {
  it('is drawn in the language of the reader, with the address of the installation', async () => {
    const { statusCode, headers, body } = await get('/c/liten', { ...browser, 'accept-language': 'en-GB' });
    expect({ statusCode, body }).toEqual({
      statusCode: 200,
      body: '1 en https://verkstad.example Utsikt är insikt W1',
    });
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-language': 'en',
      vary: 'accept-language, cookie, x-language, accept-encoding',
    });
  });

  it('is drawn once for each language, and again when the programme changes', async () => {
    const first = await get('/c/liten');
    expect((await get('/c/liten')).body).toBe(first.body);
    await write((change) => addWorkshop(change, small.id, { code: 'W2', title: 'En till' }));
    const later = await get('/c/liten');
    expect(later.body).toMatch(/ W1 W2$/u);
    expect(later.headers['etag']).not.toBe(first.headers['etag']);
  });

  it('is drawn for each view, and by pass where the view is none', async () => {
    const drawnBy = async (by: string) => (await get(`/c/liten?by=${by}`)).body;
    expect(await drawnBy('room')).toMatch(/^1 sv room /u);
    expect(await drawnBy('topic')).toMatch(/^2 sv topic /u);
    const byPass = await drawnBy('nothing');
    expect(byPass).toMatch(/^3 sv https/u);
    expect((await get('/c/liten')).body).toBe(byPass);
  });

  it('is drawn again when the conference gets another name', async () => {
    await get('/c/liten');
    await write(({ db }) => db.update(conferences).set({ name: 'Större' }).run());
    expect((await get('/c/liten')).body).toContain(' Större ');
  });

  it('is only confirmed to a reader that has it', async () => {
    const { etag } = (await get('/c/liten')).headers as { etag: string };
    const again = await get('/c/liten', { ...browser, 'if-none-match': etag });
    expect({ statusCode: again.statusCode, body: again.body }).toEqual({ statusCode: 304, body: '' });
  });

  it.each([
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync],
  ])(
    'comes packed to a reader that takes %s, under an ETag of that form',
    async (accepted, encoding, unpack) => {
      const plain = await get('/c/liten');
      expect(plain.headers['content-encoding']).toBeUndefined();
      const reader = { ...browser, 'accept-encoding': accepted };
      const { headers, rawPayload } = await get('/c/liten', reader);
      expect(headers['content-encoding']).toBe(encoding);
      expect(unpack(rawPayload).toString('utf8')).toBe(plain.body);
      expect(headers['etag']).not.toBe(plain.headers['etag']);
      const again = await get('/c/liten', { ...reader, 'if-none-match': String(headers['etag']) });
      expect(again.statusCode).toBe(304);
    },
  );

  it('remembers a language that is chosen, and no other', async () => {
    const chosen = await get('/c/liten?lang=en');
    expect(chosen.body).toContain(' en ');
    expect(chosen.cookies).toMatchObject([{ name: 'language', value: 'en', path: '/', sameSite: 'Lax' }]);
    const other = await get('/c/liten?lang=fi');
    expect(other.body).toContain(' sv ');
    expect(other.cookies).toEqual([]);
  });

  it('is not there before it is published', async () => {
    await write(({ db }) => db.update(conferences).set({ publishedAt: null }).run());
    expect(await get('/c/liten')).toMatchObject({ statusCode: 404, body: shell });
  });
});

describe('a problem is answered', () => {
  it('to a program at an address that has nothing', async () => {
    const { statusCode, headers } = await get('/nowhere', { accept: '*/*' });
    expect({ statusCode, type: headers['content-type'] }).toEqual({
      statusCode: 404,
      type: 'application/problem+json; charset=utf-8',
    });
  });

  it.each(['/api/nowhere', '/assets/gone-1a2b.js', '/calendar/nobody.ics'])(
    'at %s, whoever asks',
    async (url) => {
      const { statusCode, headers } = await get(url);
      expect(statusCode).toBe(404);
      expect(headers['content-type']).toMatch(/^application\/problem\+json/u);
    },
  );

  it('to a GET where only other methods are', async () => {
    const { statusCode, headers } = await get('/api/session/attendee');
    expect({ statusCode, allow: headers['allow'] }).toEqual({ statusCode: 405, allow: 'POST' });
  });
});
