import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, BrowserContext } from 'playwright-core';
import { type ApiClient, apiClient, AttendeeClient } from '../support/api-client.ts';
import { launchBrowser } from '../support/chromium.ts';
import { npmRun } from '../support/commands.ts';
import { startServer } from '../support/running-server.ts';

const root = join(import.meta.dirname, '..', '..');
const run = promisify(execFile);

/** The address that stands in the pictures, and the slug of the seeded conference. */
export const address = 'http://verkstad.example';
export const slug = 'utsikt-ar-insikt';

/** A Monday at ten, three weeks before the day; the seeded conference is made then, and looked at half an hour later. */
const madeAt = '2027-03-01T09:00:00.000Z';
export const seenAt = '2027-03-01T09:30:00.000Z';

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

/** A running product with a data folder of its own, and everything that people in the pictures need to come in. */
export interface World {
  /** Knows where the address is. */
  readonly browser: Browser;
  readonly organiser: ApiClient;
  readonly organiserCookies: Cookies;
  /** The next attendee nobody has used; the first sixty of three hundred have not chosen yet. */
  newAttendee(): Guest;
  close(): Promise<void>;
}

export interface Guest {
  readonly token: string;
  readonly calls: ApiClient;
  readonly api: AttendeeClient;
}

/** Seeds a data folder as `npm run seed` does with these options, and starts the product on it. */
export async function openWorld(options: Readonly<Record<string, string>>): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'verkstad-screenshots-'));
  const dataDir = join(folder, 'data');
  const links = join(folder, 'links.csv');
  const words = Object.entries({ ...options, links }).flatMap(([name, value]) => [`--${name}`, value]);
  await run(process.execPath, ['server/run.mjs', 'seeds/command.js', ...words], {
    cwd: root,
    env: { ...process.env, ...steady(madeAt), VERKSTAD_DATA: dataDir },
  });
  const tokens = readFileSync(links, 'utf8')
    .trim()
    .split(/\r?\n/u)
    .slice(1)
    .map((row) => row.split(',')[1]!);
  const server = await startServer({ dataDir, environment: { ...steady(seenAt), VERKSTAD_URL: address } });
  const { host } = new URL(server.url);
  const browser = await launchBrowser(
    `--host-resolver-rules=MAP ${new URL(address).host} ${host.replace('localhost', '127.0.0.1')}`,
    `--unsafely-treat-insecure-origin-as-secure=${address}`,
  );
  const organiserCookies = await signedIn(browser, dataDir);
  let used = 0;
  return {
    browser,
    organiser: apiClient(
      server.url,
      undefined,
      organiserCookies.map(({ name, value }) => `${name}=${value}`).join('; '),
    ),
    organiserCookies,
    newAttendee() {
      const token = tokens[used++]!;
      return {
        token,
        calls: apiClient(server.url, token),
        api: new AttendeeClient(server.url, token, slug),
      };
    },
    async close() {
      await browser.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function steady(from: string): Record<string, string> {
  return { NODE_OPTIONS: `--import ${join(import.meta.dirname, 'steady.mjs')}`, STEADY_FROM: from };
}

async function signedIn(browser: Browser, dataDir: string): Promise<Cookies> {
  const link = (await npmRun(['verkstad', '--', 'sign-in-link'], { VERKSTAD_DATA: dataDir })).trim();
  const context = await browser.newContext({ locale: 'sv-SE' });
  const page = await context.newPage();
  await page.goto(link);
  await page.getByRole('button', { name: 'Logga in' }).click();
  await page.waitForURL('**/organise');
  const cookies = await context.cookies();
  await context.close();
  return cookies;
}
