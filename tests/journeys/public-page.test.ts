import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Programme } from '../../shared/overview/contract.ts';
import { apiClient } from '../support/api-client.ts';
import { accessibilityFaults, launchBrowser, type Visit, visit } from '../support/browser.ts';
import { type RunningServer, startServer } from '../support/running-server.ts';

let browser: Browser;
let server: RunningServer;
let programme: Programme;

beforeAll(async () => {
  browser = await launchBrowser();
  server = await startServer();
  programme = (await apiClient(server.url).get<Programme>('/api/conferences/utsikt-ar-insikt/programme'))
    .body;
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

test('without JavaScript the first page leads to the programme, and all fifteen titles are there', async () => {
  const page = await visit(browser, { javaScript: false });
  await page.goto(server.url);
  expect(page.url()).toBe(server.links.publicPage);
  const text = (await page.locator('body').textContent()) ?? '';
  expect(programme.workshops).toHaveLength(15);
  expect(programme.workshops.filter(({ title }) => !text.includes(title))).toEqual([]);
});

test.each<Visit>([
  { phone: true },
  { phone: true, dark: true, language: 'en' },
  { dark: true },
  { language: 'en' },
  { phone: true, width: 320 },
  { width: 640, forcedAndStill: true },
])('the programme is accessible and fits, seen as %o', async (options) => {
  const page = await visit(browser, options);
  await page.goto(server.links.publicPage);
  expect(await page.locator('html').getAttribute('lang')).toBe(options.language ?? 'sv');
  expect(await accessibilityFaults(page)).toEqual([]);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
});

test.each(['room', 'topic'])(
  'by %s the programme is accessible, fits, and leads to each workshop in full',
  async (by) => {
    const page = await visit(browser, { phone: true, javaScript: false });
    await page.goto(`${server.links.publicPage}?by=${by}`);
    await page.getByRole('link', { name: /^W3\b/u }).first().click();
    await page.waitForURL('**/c/utsikt-ar-insikt#W3');
    expect(await page.locator('li:target h3').textContent()).toContain(
      programme.workshops.find(({ code }) => code === 'W3')!.title,
    );
    const wide = await visit(browser, { dark: true });
    await wide.goto(`${server.links.publicPage}?by=${by}`);
    expect(await accessibilityFaults(wide)).toEqual([]);
    const overflow = await wide.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
  },
);

test.each(['sv', 'en'] as const)('the whole programme fits on one printed A4, in %s', async (language) => {
  const page = await visit(browser, { language });
  await page.goto(server.links.publicPage);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/gu)).toHaveLength(1);
});

test('seats that are taken are shown without loading the page again', async () => {
  const page = await visit(browser);
  await page.goto(server.links.publicPage);
  const token = server.links.attendee.split('/').at(-1)!;
  const session = programme.sessions.find(({ taken, seats }) => taken < seats)!;
  const place = page.locator(`[data-session="${session.id}"]`).first();
  await expect.poll(() => place.textContent()).toContain(String(session.seats - session.taken));
  await apiClient(server.url, token).send('PUT', `/api/conferences/utsikt-ar-insikt/picks/${session.pass}`, {
    sessionId: session.id,
  });
  const left = session.seats - session.taken - 1;
  await expect.poll(() => place.textContent()).toContain(left === 0 ? 'Fullt' : String(left));
});

test.each(['/nowhere', '/c/no-such-conference'])(
  'at %s there is a page that says that nothing is',
  async (path) => {
    const page = await visit(browser);
    const response = await page.goto(server.url + path);
    expect(response?.status()).toBe(404);
    await page.getByRole('heading', { name: 'Sidan finns inte' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  },
);

test.each<Visit>([
  { phone: true, width: 320 },
  { dark: true, language: 'en' },
])(
  'the accessibility statement is accessible, fits and stands clear of the edges, seen as %o',
  async (options) => {
    const page = await visit(browser, options);
    await page.goto(`${server.url}/accessibility`);
    expect(await accessibilityFaults(page)).toEqual([]);
    const heading = (await page.getByRole('heading', { level: 1 }).boundingBox())!;
    expect(heading.x).toBeGreaterThanOrEqual(16);
    expect(heading.height).toBeLessThan(60);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
  },
);

test('the description of the API is accessible', async () => {
  const page = await visit(browser);
  await page.goto(`${server.url}/api`);
  expect(await accessibilityFaults(page)).toEqual([]);
});
