import { connect } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { listeningServer, testServer } from '../../../support/server.ts';
import { noteRoutes, titlesOf } from './notes.ts';
import { answerToBytes } from './socket.ts';

const good = { title: 'Mod att byta spår', capacity: 20 };
const json = { 'content-type': 'application/json' };

async function send(payload: string | Buffer, headers: Record<string, string> = json) {
  const { app } = await testServer({ routes: noteRoutes });
  const answer = await app.inject({ method: 'POST', url: '/api/notes', payload, headers });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>(), titles: titlesOf(app) };
}

/** A refusal is a whole problem, and nothing was written. */
async function expectRefused(
  payload: string | Buffer,
  status: number,
  code: string,
  headers?: Record<string, string>,
) {
  const answer = await send(payload, headers);
  expect(answer).toMatchObject({ status, body: { type: `/problems/${code}`, code, status }, titles: [] });
  return answer.body;
}

describe('a body that is read', () => {
  it.each([
    ['plain', good],
    ['with emoji joined by ZWJ', { ...good, title: '👩‍👩‍👧‍👦 och 👩🏽‍💻' }],
    ['with Arabic', { ...good, title: 'ورشة عمل' }],
    ['with a text that looks like SQL', { ...good, title: `'); DROP TABLE audit;--` }],
    ['with escapes', { ...good, title: 'En \\ "citerad" titel' }],
    ['with zero', { ...good, capacity: 0 }],
  ])('%s', async (_name, body) => {
    const answer = await send(JSON.stringify(body));
    expect(answer).toMatchObject({ status: 200, body, titles: [body.title] });
  });

  it('is stored in NFC whatever form it came in', async () => {
    const { titles } = await send(JSON.stringify({ ...good, title: 'Åsa'.normalize('NFD') }));
    expect(titles).toEqual(['Åsa'.normalize('NFC')]);
  });

  it('loses controls that turn the text around it', async () => {
    const { titles } = await send(JSON.stringify({ ...good, title: 'Åsa\u202e gnp.exe' }));
    expect(titles).toEqual(['Åsa gnp.exe']);
  });

  it('may say charset=utf-8', async () => {
    const headers = { 'content-type': 'application/json; charset=UTF-8' };
    expect(await send(JSON.stringify(good), headers)).toMatchObject({ status: 200 });
  });

  it('is counted in code points: 40 emoji are a title of 40', async () => {
    expect(await send(JSON.stringify({ ...good, title: '🌲'.repeat(40) }))).toMatchObject({ status: 200 });
    expect(await send(JSON.stringify({ ...good, title: '🌲'.repeat(41) }))).toMatchObject({ status: 400 });
  });
});

describe('a body that is not JSON as it should be', () => {
  it.each([
    ['truncated', '{"title":"Mod', 'not-json'],
    ['truncated after a backslash', '{"title":"Mod\\', 'not-json'],
    ['empty of structure', 'null,', 'not-json'],
    [
      'invalid UTF-8',
      Buffer.from([...Buffer.from('{"title":"'), 0xff, ...Buffer.from('","capacity":1}')]),
      'not-utf8',
    ],
    ['half a surrogate pair', String.raw`{"title":"\ud800","capacity":1}`, 'broken-text'],
    ['half a surrogate pair in a key', String.raw`{"title":"a","capacity":1,"\udc00":1}`, 'broken-text'],
    ['NUL', String.raw`{"title":"a\u0000b","capacity":1}`, 'broken-text'],
    ['nested far too deep', '['.repeat(8000), 'too-deep'],
    ['a number beyond doubles', '{"title":"a","capacity":1e400}', 'inexact-number'],
    ['minus zero', '{"title":"a","capacity":-0}', 'minus-zero'],
    ['an integer that would be rounded', '{"title":"a","capacity":9007199254740993}', 'inexact-number'],
    ['a key twice', '{"title":"a","title":"b","capacity":1}', 'double-key'],
    ['a key twice, once escaped', String.raw`{"title":"a","t\u0069tle":"b","capacity":1}`, 'double-key'],
    ['__proto__', '{"title":"a","capacity":1,"__proto__":{"admin":true}}', 'proto-key'],
    ['a byte order mark', '\ufeff{"title":"a","capacity":1}', 'not-json'],
  ])('is refused, and the reason is named: %s', async (_name, payload, reason) => {
    const problem = await expectRefused(payload, 400, 'bad-request');
    expect(problem['facts']).toEqual({ reason });
  });

  it('is refused in words of the reader', async () => {
    const problem = await expectRefused('{"title":"a","title":"b","capacity":1}', 400, 'bad-request');
    expect(problem['messages']).toEqual({
      sv: 'En nyckel står två gånger i samma objekt i innehållet. Ingenting har ändrats.',
      en: 'A key occurs twice in one object of the body. Nothing has changed.',
    });
  });

  it('is refused quickly however it is quoted', async () => {
    await expectRefused(`"${'\\"'.repeat(30_000)}\\`, 400, 'bad-request');
  });

  it('but the same key in two objects is no duplicate', async () => {
    const { app } = await testServer({ routes: noteRoutes });
    const payload = '{"title":{"a":1},"capacity":{"a":1}}';
    const answer = await app.inject({ method: 'POST', url: '/api/notes', payload, headers: json });
    expect(answer.json()).toMatchObject({ code: 'invalid-input' });
  });
});

describe('a body with something wrong in it', () => {
  it.each([
    ['a number for a text', { ...good, title: 7 }, 'title'],
    ['a text for a number', { ...good, capacity: '7' }, 'capacity'],
    ['null for a number', { ...good, capacity: null }, 'capacity'],
    ['true for a number', { ...good, capacity: true }, 'capacity'],
    ['a list for a number', { ...good, capacity: [3] }, 'capacity'],
    ['a fraction', { ...good, capacity: 1.5 }, 'capacity'],
    ['too large a number', { ...good, capacity: 10 ** 12 }, 'capacity'],
    ['a negative number', { ...good, capacity: -1 }, 'capacity'],
    ['a missing field', { title: 'a' }, 'capacity'],
    ['an unknown field', { ...good, role: 'organiser' }, 'role'],
    ['a constructor', { ...good, constructor: { prototype: {} } }, 'constructor'],
    ['a control character', { ...good, title: 'a\u0007' }, 'title'],
    ['a line break', { ...good, title: 'Titel\r\nEND:VEVENT' }, 'title'],
    ['a replacement character', { ...good, title: 'a\ufffd' }, 'title'],
    ['only spaces', { ...good, title: '   ' }, 'title'],
    ['a very long title', { ...good, title: 'x'.repeat(10_000) }, 'title'],
    ['a zero-width space in a mail address', { ...good, mail: 'a\u200bda@example.org' }, 'mail'],
    ['a wrong item in a list', { ...good, tags: ['ok', 'NOT OK'] }, 'tags.1'],
  ])('is refused, naming the field: %s', async (_name, body, path) => {
    const problem = await expectRefused(JSON.stringify(body), 400, 'invalid-input');
    expect(problem['fields']).toEqual([{ path, message: expect.any(String) }]);
  });

  it('is refused where it is missing or of another kind', async () => {
    await expectRefused('', 400, 'invalid-input');
    await expectRefused('[]', 400, 'invalid-input');
    await expectRefused('null', 400, 'invalid-input');
  });
});

describe('a body of another type', () => {
  it.each([
    ['text/plain', { 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['no type', {}],
    ['UTF-16', { 'content-type': 'application/json; charset=utf-16' }],
    ['compressed', { ...json, 'content-encoding': 'gzip' }],
  ])('is refused: %s', async (_name, headers) => {
    await expectRefused(JSON.stringify(good), 415, 'unsupported-media-type', headers);
  });
});

describe('a large body', () => {
  const filled = (bytes: number) => {
    const empty = JSON.stringify({ title: '', capacity: 1 });
    return JSON.stringify({ title: ' '.repeat(bytes - empty.length), capacity: 1 });
  };

  it('is read up to 64 KiB and refused one byte above', async () => {
    expect(await send(filled(65_536))).toMatchObject({ status: 400 });
    await expectRefused(filled(65_537), 413, 'too-large');
  });

  it('is refused before it has all arrived', async () => {
    const { port } = await listeningServer({ routes: noteRoutes });
    const answer = await answerToBytes(
      port,
      'POST /api/notes HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n' +
        `14000\r\n${'['.repeat(0x14000)}\r\n`,
    );
    expect(answer).toContain('HTTP/1.1 413');
  });
});

describe('an address', () => {
  const ask = async (url: string, method: 'GET' | 'PUT' = 'GET') => {
    const { app } = await testServer({ routes: noteRoutes });
    const answer = await app.inject({ method, url });
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: answer.json<Record<string, unknown>>(),
    };
  };

  it('may hold numbers, truth values and lists in its query', async () => {
    const { body } = await ask('/api/notes?limit=5&open=true&tag=a&tag=%C3%A5+%C3%A4');
    expect(body).toEqual({ limit: 5, open: true, tag: ['a', 'å ä'] });
  });

  it.each([
    ['a key twice', '/api/notes?limit=5&limit=6', 'limit'],
    ['a number that is none', '/api/notes?limit=five', 'limit'],
    ['an empty number', '/api/notes?limit=', 'limit'],
    ['an unknown key', '/api/notes?role=organiser', 'role'],
    ['bad percent-encoding', '/api/notes?tag=%zz', 'tag'],
    ['invalid UTF-8', '/api/notes?tag=%ff', 'tag'],
    ['__proto__', '/api/notes?__proto__=1', '__proto__'],
  ])('is refused with %s in its query', async (_name, url, path) => {
    expect(await ask(url)).toMatchObject({
      status: 400,
      body: { code: 'invalid-input', fields: [{ path }] },
    });
  });

  it.each([
    '/api/notes/%zz',
    '/api/notes/%ff',
    '/api/notes/%00',
    '/api/notes/..%2f..%2fkey',
    '/api/notes/ÅÄÖ',
  ])('that cannot be one is refused: %s', async (url) => {
    const { status, body } = await ask(url);
    expect([400, 404]).toContain(status);
    expect(body).toMatchObject({ status, requestId: expect.any(String) });
    expect(body['detail']).not.toContain('JSON');
  });

  it('that is too long in one part is refused', async () => {
    expect(await ask(`/api/notes/${'a'.repeat(300)}`)).toMatchObject({
      status: 414,
      body: { code: 'address-too-long' },
    });
  });

  it('that exists names the methods it answers', async () => {
    const { status, headers, body } = await ask('/api/notes/n1', 'PUT');
    expect({ status, code: body['code'], allow: headers.allow }).toEqual({
      status: 405,
      code: 'method-not-allowed',
      allow: 'GET, DELETE',
    });
  });

  it('that does not exist is not found', async () => {
    expect(await ask('/api/nothing')).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });
});

describe('the language of a refusal', () => {
  it.each([
    ['without a wish', {}, 'Finns inte'],
    ['an unknown one', { 'accept-language': 'zz' }, 'Finns inte'],
    ['English first', { 'accept-language': 'en-GB, sv;q=0.5' }, 'Not found'],
    ['English last', { 'accept-language': 'de, en;q=0.2, sv;q=0.9' }, 'Finns inte'],
    ['English refused', { 'accept-language': 'en;q=0' }, 'Finns inte'],
    ['a header of nonsense', { 'accept-language': ';;q=,,=' }, 'Finns inte'],
    ['chosen in a cookie', { cookie: 'language=en', 'accept-language': 'sv' }, 'Not found'],
    ['chosen in a header', { 'x-language': 'sv', cookie: 'language=en' }, 'Finns inte'],
  ])('%s', async (_name, headers, title) => {
    const { app } = await testServer();
    const answer = await app.inject({ url: '/api/nothing', headers });
    expect(answer.json()).toMatchObject({
      title,
      messages: {
        sv: expect.stringContaining('Det du söker'),
        en: expect.stringContaining('What you asked'),
      },
    });
  });
});

describe('something unexpected', () => {
  it('answers without details', async () => {
    const { app } = await testServer({ routes: noteRoutes });
    const shown = vi.spyOn(console, 'error').mockImplementation(() => {});
    const answer = await app.inject('/api/notes/fails');
    expect(shown).toHaveBeenCalledOnce();
    shown.mockClear();
    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toMatchObject({ code: 'unexpected', requestId: expect.any(String) });
    expect(answer.body).not.toContain('ada@example.org');
  });

  it('is an answer that does not keep its contract', async () => {
    const { app } = await testServer({ routes: noteRoutes });
    const shown = vi.spyOn(console, 'error').mockImplementation(() => {});
    expect((await app.inject('/api/notes/lies')).statusCode).toBe(500);
    expect(shown).toHaveBeenCalledOnce();
    shown.mockClear();
    expect((await app.inject('/api/notes/n1')).statusCode).toBe(200);
  });
});

describe('a request that is not HTTP as it should be', () => {
  it.each([
    ['a header of 20 kB', `GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    [
      'both Content-Length and Transfer-Encoding',
      'POST /api/notes HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['no HTTP at all', 'HEJ\r\n\r\n', 400],
    ['TRACE', 'TRACE /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 404],
  ])('%s', async (_name, text, status) => {
    const { port } = await listeningServer({ routes: noteRoutes });
    const answer = await answerToBytes(port, text);
    expect(answer).toContain(`HTTP/1.1 ${status}`);
    expect(answer).toContain('application/problem+json');
  });

  it('that hangs up in the middle of a body leaves nothing', async () => {
    const { app, port, url } = await listeningServer({ routes: noteRoutes });
    const socket = connect(port, '127.0.0.1');
    socket.write(
      'POST /api/notes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 400\r\n\r\n{"title":"half"',
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    const whole = { title: 'whole', capacity: 1 };
    await fetch(`${url}/api/notes`, { method: 'POST', headers: json, body: JSON.stringify(whole) });
    expect(titlesOf(app)).toEqual(['whole']);
  });
});

it('a connection is told of when it is accepted, before it asks for anything', async () => {
  const { store, port } = await listeningServer();
  const welcome = vi.spyOn(store.door, 'welcome');
  const socket = connect({ host: '127.0.0.1', port });
  await expect.poll(() => welcome.mock.calls.length).toBe(1);
  socket.destroy();
});
