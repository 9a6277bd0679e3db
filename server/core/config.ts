import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { type Environment, type MailServer, readMailServer } from './mail-server.ts';
import { root } from './root.ts';
import { StartRefused } from './start-refused.ts';

/** What the operator can set, all of it through the environment. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** The file of the secret that tokens are derived from, where it does not lie in the data folder. */
  readonly keyFile: string | undefined;
  /** The address people reach the installation at, without a slash at the end. */
  readonly url: string;
  /** Who answers for the site, for the accessibility statement; empty: not told. */
  readonly operator: string;
  /** Where those who meet obstacles turn: a mail address or an https: address; empty: not told. */
  readonly accessibilityContact: string;
  /** Whether an installation with nothing in it gets the demo conference. */
  readonly demo: boolean;
  /** A booking window is not opened with less free space than this, in megabytes. */
  readonly minFreeMb: number;
  /** Choices within a second that start the second writer; 0: it never starts. */
  readonly rush: number;
  /** Addresses and networks of the reverse proxies whose X-Forwarded-For is believed. */
  readonly proxies: readonly string[];
  /** The mail server that takes letters; without one they wait in the outbox. */
  readonly mailServer: MailServer | null;
  /** The built client. */
  readonly clientDir: string;
  /** The module that draws the public programme. */
  readonly publicPage: string;
  /** Answers are checked against their contract: in development and tests. */
  readonly checkAnswers: boolean;
}

/** Reads the environment. Throws `StartRefused` naming the variable that cannot be used. */
export function readConfig(environment: Environment): Config {
  const port = wholeNumber(environment, 'PORT', 3000, 65_535);
  return {
    host: environment['HOST'] || '0.0.0.0',
    port,
    dataDir: resolve(environment['VERKSTAD_DATA'] || './data'),
    keyFile: environment['VERKSTAD_KEY'] ? resolve(environment['VERKSTAD_KEY']) : undefined,
    url: publicUrl(environment['VERKSTAD_URL'] || `http://localhost:${port}`),
    operator: (environment['VERKSTAD_OPERATOR'] ?? '').trim(),
    accessibilityContact: contactFor(environment),
    demo: onOrOff(environment, 'VERKSTAD_DEMO', true),
    minFreeMb: wholeNumber(environment, 'VERKSTAD_MIN_FREE_MB', 500, 1_000_000),
    rush: wholeNumber(environment, 'VERKSTAD_RUSH', 100, 1_000_000),
    proxies: proxiesIn(environment),
    mailServer: readMailServer(environment),
    clientDir: join(root, 'dist', 'client'),
    publicPage: join(root, 'dist', 'public-page', 'entry-server.js'),
    checkAnswers: environment['NODE_ENV'] !== 'production',
  };
}

function wholeNumber(environment: Environment, name: string, fallback: number, most: number): number {
  const text = environment[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!/^\d+$/u.test(text) || value > most)
    throw new StartRefused(`${name} is "${text}"; it must be a whole number from 0 to ${most}.`);
  return value;
}

function onOrOff(environment: Environment, name: string, fallback: boolean): boolean {
  const text = environment[name];
  if (text === undefined || text === '') return fallback;
  if (text !== 'on' && text !== 'off') throw new StartRefused(`${name} is "${text}"; it must be on or off.`);
  return text === 'on';
}

function proxiesIn(environment: Environment): string[] {
  const text = environment['VERKSTAD_PROXIES'] ?? '';
  const proxies = text
    .split(',')
    .map((proxy) => proxy.trim())
    .filter(Boolean);
  if (!proxies.every(isAddressOrNetwork))
    throw new StartRefused(
      `VERKSTAD_PROXIES is "${text}"; it must be IP addresses or networks, with commas between.`,
    );
  return proxies;
}

function isAddressOrNetwork(text: string): boolean {
  const [, address = '', bits] = /^([^/]+)(?:\/([1-9]\d{0,2}))?$/u.exec(text) ?? [];
  const version = isIP(address);
  return version !== 0 && Number(bits ?? 1) <= (version === 4 ? 32 : 128);
}

function contactFor(environment: Environment): string {
  const text = (environment['VERKSTAD_ACCESSIBILITY_CONTACT'] ?? '').trim();
  const isPage = text.startsWith('https://') && URL.canParse(text);
  if (text !== '' && !isPage && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(text))
    throw new StartRefused(
      `VERKSTAD_ACCESSIBILITY_CONTACT is "${text}"; it must be a mail address, or the address of a page beginning with https://.`,
    );
  return text;
}

function publicUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (
    !url ||
    !/^https?:$/u.test(url.protocol) ||
    url.search !== '' ||
    url.hash !== '' ||
    url.pathname !== '/'
  )
    throw new StartRefused(
      `VERKSTAD_URL is "${text}"; it must be an address such as https://verkstad.example.`,
    );
  return url.origin;
}
