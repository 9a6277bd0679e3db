import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../server/core/config.ts';
import { newId } from '../../../server/core/ids.ts';
import { instantOf, localTimeOf } from '../../../server/core/time.ts';
import { deriveToken, hashToken } from '../../../server/core/tokens.ts';
import { Refused } from '../../../shared/core/refusal.ts';
import { idSchema } from '../../../shared/core/ids.ts';
import { fromIso, toIso } from '../../../shared/core/time.ts';

describe('settings', () => {
  it('have a default each', () => {
    expect(readConfig({})).toMatchObject({
      port: 3000,
      url: 'http://localhost:3000',
      demo: true,
      minFreeMb: 500,
      keyFile: undefined,
      proxies: [],
      rush: 100,
      checkAnswers: true,
    });
  });

  it('come from the environment', () => {
    const config = readConfig({
      PORT: '8080',
      VERKSTAD_DATA: '/srv/verkstad',
      VERKSTAD_DEMO: 'off',
      VERKSTAD_MIN_FREE_MB: '0',
      VERKSTAD_URL: 'https://verkstad.example/',
      VERKSTAD_PROXIES: '192.0.2.7, 10.0.0.0/8,2001:db8::/32',
      NODE_ENV: 'production',
    });
    expect(config).toMatchObject({
      port: 8080,
      dataDir: '/srv/verkstad',
      demo: false,
      minFreeMb: 0,
      url: 'https://verkstad.example',
      proxies: ['192.0.2.7', '10.0.0.0/8', '2001:db8::/32'],
      checkAnswers: false,
    });
  });

  it.each([
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['VERKSTAD_DEMO', 'yes'],
    ['VERKSTAD_MIN_FREE_MB', 'much'],
    ['VERKSTAD_RUSH', 'never'],
    ['VERKSTAD_PROXIES', 'zz'],
    ['VERKSTAD_PROXIES', '192.0.2.7,10.0.0.0/33'],
    ['VERKSTAD_PROXIES', '10.0.0.0/0'],
    ['VERKSTAD_PROXIES', '10.0.0.0/8/8'],
    ['VERKSTAD_URL', 'verkstad.example'],
    ['VERKSTAD_URL', 'https://verkstad.example/app'],
    ['VERKSTAD_URL', 'ftp://verkstad.example'],
  ])('that cannot be used are named: %s=%s', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name} is "`, 'u'));
  });
});

describe('the mail server', () => {
  const from = { VERKSTAD_MAIL_FROM: 'Reglab <workshop@reglab.example>' };

  it('is none where none is named', () => {
    expect(readConfig(from).mailServer).toBeNull();
  });

  it('is an address with a sender', () => {
    expect(readConfig({ ...from, VERKSTAD_SMTP_URL: 'smtp://mail.example' }).mailServer).toEqual({
      host: 'mail.example',
      port: 587,
      secure: false,
      requireTls: false,
      auth: null,
      from: { name: 'Reglab', address: 'workshop@reglab.example' },
      replyTo: null,
      perMinute: 300,
    });
  });

  it('may want a password, which then goes over TLS only, but on this machine', () => {
    const read = (url: string) => readConfig({ ...from, VERKSTAD_SMTP_URL: url }).mailServer;
    expect(read('smtps://verk:p%40ss%2F@mail.example')).toMatchObject({
      port: 465,
      secure: true,
      requireTls: true,
      auth: { user: 'verk', pass: 'p@ss/' },
    });
    expect(read('smtp://verk:x@127.0.0.1:2525')).toMatchObject({ port: 2525, requireTls: false });
  });

  it('takes a sender without a name, an address for answers and a pace', () => {
    const { mailServer } = readConfig({
      VERKSTAD_SMTP_URL: 'smtp://[::1]:25',
      VERKSTAD_MAIL_FROM: 'workshop@reglab.example',
      VERKSTAD_MAIL_REPLY_TO: 'fraga@reglab.example',
      VERKSTAD_MAIL_PER_MINUTE: '30',
    });
    expect(mailServer).toMatchObject({
      host: '::1',
      from: { name: null, address: 'workshop@reglab.example' },
      replyTo: 'fraga@reglab.example',
      perMinute: 30,
    });
  });

  it.each([
    ['VERKSTAD_SMTP_URL', 'mail.example'],
    ['VERKSTAD_SMTP_URL', 'https://mail.example'],
    ['VERKSTAD_SMTP_URL', 'smtp://mail.example/path'],
    ['VERKSTAD_SMTP_URL', 'smtp://user:100%@mail.example'],
    ['VERKSTAD_MAIL_FROM', 'Reglab'],
    ['VERKSTAD_MAIL_FROM', 'x\r\nBcc: all@evil.example <workshop@reglab.example>'],
    ['VERKSTAD_MAIL_REPLY_TO', 'nobody'],
    ['VERKSTAD_MAIL_PER_MINUTE', '0'],
  ])('that cannot be used is named: %s=%s', (name, value) => {
    const environment = { ...from, VERKSTAD_SMTP_URL: 'smtp://mail.example', [name]: value };
    expect(() => readConfig(environment)).toThrow(new RegExp(`^${name} `, 'u'));
  });

  it('without a sender is refused, and a password is never repeated', () => {
    expect(() => readConfig({ VERKSTAD_SMTP_URL: 'smtp://mail.example' })).toThrow(
      /^VERKSTAD_MAIL_FROM is missing/u,
    );
    const secret = { ...from, VERKSTAD_SMTP_URL: 'smtp://user:hemligt@mail.example/x' };
    expect(() => readConfig(secret)).not.toThrow(/hemligt/u);
    expect(() => readConfig(secret)).toThrow(/^VERKSTAD_SMTP_URL must be/u);
  });
});

describe('a derived token', () => {
  const key = Buffer.alloc(32, 7);
  const token = deriveToken(key, 'link', 'c1', 'p1', 1);

  it('has 192 bits in base64url and is always the same', () => {
    expect(token).toMatch(/^[\w-]{32}$/u);
    expect(deriveToken(key, 'link', 'c1', 'p1', 1)).toBe(token);
  });

  it('differs by each thing that it is made of', () => {
    const others = [
      deriveToken(Buffer.alloc(32, 8), 'link', 'c1', 'p1', 1),
      deriveToken(key, 'calendar', 'c1', 'p1', 1),
      deriveToken(key, 'link', 'c2', 'p1', 1),
      deriveToken(key, 'link', 'c1', 'p2', 1),
      deriveToken(key, 'link', 'c1', 'p1', 2),
    ];
    expect(new Set([token, ...others]).size).toBe(6);
  });

  it('is known by its hash, which does not hold it', () => {
    expect(hashToken(token)).toMatch(/^[\w-]{43}$/u);
    expect(hashToken(token)).not.toContain(token.slice(0, 8));
  });
});

it('new ids are public ids and never the same', () => {
  const ids = Array.from({ length: 2000 }, newId);
  expect(new Set(ids).size).toBe(2000);
  expect(ids.every((id) => id.length === 14 && idSchema.safeParse(id).success)).toBe(true);
});

describe('a local time in Stockholm', () => {
  const zone = 'Europe/Stockholm';
  const instant = (local: string, fold?: 'earlier' | 'later') => toIso(instantOf(local, zone, fold));
  const refusal = (local: string): unknown => {
    try {
      return instant(local);
    } catch (error) {
      return error instanceof Refused ? error.refusal : error;
    }
  };

  it('is an hour ahead in winter and two in summer', () => {
    expect(instant('2026-12-12T09:30')).toBe('2026-12-12T08:30:00.000Z');
    expect(instant('2027-06-12T09:30')).toBe('2027-06-12T07:30:00.000Z');
  });

  it('that the clocks skip is refused, the minutes around it are not', () => {
    expect(refusal('2027-03-28T02:30')).toMatchObject({ code: 'time-does-not-exist', status: 422 });
    expect(refusal('2027-03-28T02:00')).toMatchObject({ code: 'time-does-not-exist' });
    expect(instant('2027-03-28T01:59')).toBe('2027-03-28T00:59:00.000Z');
    expect(instant('2027-03-28T03:00')).toBe('2027-03-28T01:00:00.000Z');
  });

  it('from 01:30 to 03:30 on that day is one hour', () => {
    const minutes = (instantOf('2027-03-28T03:30', zone) - instantOf('2027-03-28T01:30', zone)) / 60_000;
    expect(minutes).toBe(60);
  });

  it('that happens twice asks which', () => {
    expect(refusal('2027-10-31T02:30')).toMatchObject({
      code: 'time-is-ambiguous',
      status: 422,
      facts: { choices: ['earlier', 'later'] },
    });
    expect(instant('2027-10-31T02:30', 'earlier')).toBe('2027-10-31T00:30:00.000Z');
    expect(instant('2027-10-31T02:30', 'later')).toBe('2027-10-31T01:30:00.000Z');
    expect(instant('2027-10-31T03:00')).toBe('2027-10-31T02:00:00.000Z');
  });

  it('is read back as it was typed', () => {
    expect(localTimeOf(fromIso('2026-12-12T08:30:00.000Z'), zone)).toBe('2026-12-12T09:30');
  });
});
