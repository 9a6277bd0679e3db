import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/chromium.ts';
import { freePort } from '../support/free-port.ts';
import { type RunningServer, startServer } from '../support/running-server.ts';
import { type Bytes, type Cookies, firstLoad } from './first-load.ts';
import { type Category, type Scores, scoresOf } from './lighthouse-scores.ts';

interface MeasuredPage {
  readonly page: string;
  readonly url: string;
  /** What is there when the page has come. */
  readonly shows: string;
  readonly phone: boolean;
  readonly cookies?: Cookies;
  /** Most bytes over the network at a first load. */
  readonly budget: Partial<Bytes>;
  /** What Lighthouse must at least say of it on a phone, 0–100; without goals it is not asked. */
  readonly goals: Partial<Scores>;
}

const attendees = {
  phone: true,
  budget: { scripts: 120_000, all: 200_000 },
  goals: { performance: 95, accessibility: 100, 'best-practices': 95 },
};

/**
 * npm run bench -- client [runs] : how many bytes each page costs somebody who opens it for the first time, and what Lighthouse
 * says of it on a phone, the median of so many runs (3). A page that misses its budget or its goals makes the exit code 1.
 */
export async function benchClient([runs = '3']: readonly string[]): Promise<void> {
  const server = await startServer();
  const port = await freePort();
  const browser = await launchBrowser(`--remote-debugging-port=${port}`);
  try {
    for (const measured of await pagesOf(server, browser)) {
      const { page, budget, goals } = measured;
      // oxlint-disable-next-line no-await-in-loop -- one page after another, so that none disturbs the next
      const bytes = await firstLoad(browser, measured);
      const categories = Object.keys(goals) as Category[];
      // oxlint-disable-next-line no-await-in-loop
      const lighthouse = await scoresOf(measured.url, port, categories, Number(runs));
      const kept =
        Object.entries(budget).every(([kind, most]) => bytes[kind as keyof Bytes] <= most) &&
        categories.every((category) => lighthouse.scores[category]! >= goals[category]!);
      process.stdout.write(`${JSON.stringify({ page, kept, bytes, budget, ...lighthouse, goals })}\n`);
      if (!kept) process.exitCode = 1;
    }
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function pagesOf({ links, url }: RunningServer, browser: Browser): Promise<MeasuredPage[]> {
  const slug = links.publicPage.split('/').at(-1)!;
  return [
    {
      ...attendees,
      page: 'public programme',
      url: links.publicPage,
      shows: 'h3',
      goals: { ...attendees.goals, seo: 95 },
    },
    { ...attendees, page: 'my day, by the personal link', url: links.attendee, shows: 'h3' },
    {
      page: 'board',
      url: `${url}/organise/${slug}`,
      shows: '[role=gridcell]',
      phone: false,
      cookies: await signedIn(browser, links.organiser),
      budget: { all: 350_000 },
      goals: {},
    },
  ];
}

/** The cookies of a browser in which the organiser has signed in. */
async function signedIn(browser: Browser, link: string): Promise<Cookies> {
  const context = await browser.newContext({ locale: 'sv-SE' });
  const page = await context.newPage();
  await page.goto(link);
  await page.getByRole('button', { name: 'Logga in' }).click();
  await page.waitForURL('**/organise');
  const cookies = await context.cookies();
  await context.close();
  return cookies;
}
