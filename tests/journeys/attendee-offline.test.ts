import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Programme } from '../../shared/overview/contract.ts';
import { AttendeeClient } from '../support/api-client.ts';
import { accessibilityFaults, launchBrowser, type Visit, visit } from '../support/browser.ts';
import { type RunningServer, startServer } from '../support/running-server.ts';

const slug = 'utsikt-ar-insikt';

let browser: Browser;
let server: RunningServer;
let programme: Programme;

beforeAll(async () => {
  browser = await launchBrowser();
  server = await startServer();
  const attendee = new AttendeeClient(server.url, server.links.attendee.split('/').at(-1)!, slug);
  programme = await attendee.programme();
  const taken = new Set<string>();
  for (const { id } of programme.passes) {
    const session = programme.sessions.find(
      (s) => s.pass === id && s.taken < s.seats && !taken.has(s.workshop),
    )!;
    taken.add(session.workshop);
    // oxlint-disable-next-line no-await-in-loop -- one choice after another
    await attendee.pick(id, session.id);
  }
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

test.each<Visit>([{ phone: true }, { dark: true, language: 'en' }])(
  'my day opens without a network once it has been opened, says how old it is and pretends no choices (%o)',
  async (options) => {
    const page = await openMyDay(options);
    await page.context().setOffline(true);
    await page.reload();

    await page
      .getByText(
        options.language === 'en'
          ? /^No network\. .*at \d\d:\d\d/u
          : /^Ingen uppkoppling\. .*kl\. \d\d\.\d\d/u,
      )
      .waitFor();
    for (const { name } of programme.passes)
      // oxlint-disable-next-line no-await-in-loop -- each is there
      await page
        .getByRole('region', { name, exact: true })
        .getByRole('heading', { level: 3 })
        .first()
        .waitFor();
    expect(await page.getByRole('button', { name: /^(?:Byt|Lämna platsen|Swap|Give up)/u }).count()).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);

    await page.context().setOffline(false);
    await page
      .getByRole('button', { name: /^(?:Byt|Swap) W/u })
      .first()
      .waitFor();
  },
);

test('with a network it is the server’s page that opens, not the one that was kept', async () => {
  const page = await openMyDay({ phone: true });
  await page.evaluate(async () => {
    const [name] = await caches.keys();
    const cache = await caches.open(name!);
    await cache.put('/c/-/me', new Response('an old version', { headers: { 'content-type': 'text/html' } }));
    await caches.open('my-day-of-last-year');
  });
  await page.reload();
  await page.getByRole('heading', { name: /^Din dag/u }).waitFor();

  // A worker that takes over clears what earlier ones kept.
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.unregister();
  });
  await page.reload();
  await untilReady(page);
  await expect.poll(() => page.evaluate(() => caches.keys())).not.toContain('my-day-of-last-year');
});

test('nothing of a person is left on the device when they say that it is not them, with or without a network', async () => {
  const page = await openMyDay({ phone: true });
  const kept = () => page.evaluate(() => JSON.stringify(Object.entries(localStorage)));
  expect(await kept()).toContain('Karin');
  expect(await kept()).not.toContain('/calendar/');

  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Det är inte jag' }).click();
  await page.getByText(/Utloggningen blir klar när nätet är tillbaka/u).waitFor();
  expect(await kept()).not.toContain('Karin');
  await page.reload();
  await page.getByRole('heading', { name: 'Öppna din personliga länk' }).waitFor();

  await page.context().setOffline(false);
  await page.getByText('Sidan har glömt dig på den här enheten.', { exact: true }).waitFor();
  await expect
    .poll(async () => (await page.context().cookies()).map(({ name }) => name))
    .not.toContain('verkstad');
  expect(await kept()).not.toContain('Karin');
  expect(await page.evaluate(() => caches.keys().then((names) => names.length))).toBe(1);
});

async function openMyDay(options: Visit): Promise<Page> {
  const page = await visit(browser, options);
  await page.goto(server.links.attendee);
  await page.waitForURL('**/me');
  await page.getByRole('region', { name: programme.passes.at(-1)!.name, exact: true }).waitFor();
  await untilReady(page);
  if (options.language === 'en') await page.getByRole('button', { name: 'In English' }).click();
  return page;
}

async function untilReady(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}
