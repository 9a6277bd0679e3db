import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Plan } from '../../shared/planning/vocabulary.ts';
import { type ApiClient, apiClient, AttendeeClient } from '../support/api-client.ts';
import { accessibilityFaults, launchBrowser, type Visit, visit } from '../support/browser.ts';
import { npmRun, type Seeded, seededFolder } from '../support/commands.ts';
import { tabAndPress, tabTo } from '../support/keyboard.ts';
import { type RunningServer, startServer } from '../support/running-server.ts';

const slug = 'utsikt-ar-insikt';

let browser: Browser;
let seeded: Seeded;
let server: RunningServer;

beforeAll(async () => {
  browser = await launchBrowser();
  seeded = await seededFolder({ stage: 'wishes', attendees: '60', seed: '3' });
  server = await startServer({ dataDir: seeded.dataDir });
});

afterAll(async () => {
  await browser.close();
  await server.stop();
  seeded.remove();
});

test('wishes are ranked, moved and removed by keyboard alone, and the receipt says what is kept', async () => {
  await wish(0, []);
  const page = await openWishes(0, { phone: true });
  await page.getByText('Inget önskat än.').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  for (const code of ['W2', 'W5', 'W9'])
    // oxlint-disable-next-line no-await-in-loop -- in the order that they are wanted
    await tabAndPress(page, page.getByRole('button', { name: `Önska ${code}`, exact: true }), 'Space');
  await page.getByText('W9 är önskemål nr 3.').waitFor();

  await tabTo(page, page.getByRole('button', { name: 'Flytta W9, önskemål 3 av 3' }));
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Space');
  await page.getByText('W9 är släppt som önskemål nr 1.').waitFor();
  const handle = page.getByRole('button', { name: 'Flytta W9, önskemål 1 av 3' });
  expect(await handle.evaluate((element) => element === document.activeElement)).toBe(true);

  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  await page.getByText('W9 är tillbaka som önskemål nr 1.').waitFor();

  await tabAndPress(page, page.getByRole('button', { name: 'Ta bort W5' }));
  await page.getByText(/^Sparat: W9, W2\. Listan lämnas in som den står /u).waitFor();
  expect(await wishesOf(0)).toEqual(['W9', 'W2']);
  expect(await accessibilityFaults(page)).toEqual([]);
});

test('a wish is dragged to its place, and a list that was changed elsewhere is the one to go on from', async () => {
  await wish(1, ['W1', 'W2', 'W3']);
  const page = await openWishes(1, { dark: true, language: 'en' });
  const row = (name: string) => page.getByRole('button', { name });
  await page.mouse.move(...(await middleOf(page, 'Move W3, wish 3 of 3')));
  await page.mouse.down();
  const [x, y] = await middleOf(page, 'Move W1, wish 1 of 3');
  await page.mouse.move(x, y - 20, { steps: 5 });
  await page.mouse.up();
  await row('Move W3, wish 1 of 3').waitFor();
  await expect.poll(() => wishesOf(1)).toEqual(['W3', 'W1', 'W2']);

  await wish(1, ['W7', 'W3']);
  await page.context().setOffline(true);
  await page.getByText('The list can be changed again when the network is back.').waitFor();
  await page.context().setOffline(false);
  await row('Move W7, wish 1 of 2').waitFor();
  await row('Wish W8').click();
  await expect.poll(() => wishesOf(1)).toEqual(['W7', 'W3', 'W8']);
});

test('without a network the list can be read and not changed', async () => {
  await wish(2, ['W4', 'W6']);
  const page = await openWishes(2, { phone: true, dark: true });
  await page.context().setOffline(true);
  await page.getByText('Listan går att ändra igen när nätet är tillbaka.').waitFor();
  expect(await page.getByRole('button', { name: /^(?:Önska|Flytta|Ta bort)/u }).count()).toBe(0);
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'Flytta W4, önskemål 1 av 2' }).waitFor();
});

test.each<Visit>([{ phone: true }, { dark: true, language: 'en' }])(
  'when the plan is published I read what I got and why, and what I can still change (%o)',
  async (options) => {
    const organiser = await signedInOrganiser();
    await publishPlan(organiser);
    const page = await openMyDay(3, options);
    const english = options.language === 'en';
    await page.getByText(english ? 'How the seats were given' : 'Så fördelades platserna').waitFor();
    const why = page.getByText(english ? 'Why these' : 'Varför just de här');
    await tabAndPress(page, why);
    const reasons = page.getByRole('group').getByRole('listitem');
    expect(await reasons.count()).toBeGreaterThanOrEqual(3);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page
      .getByText(english ? /^It is not yet decided when/u : /^Det är inte bestämt än när du kan byta/u)
      .waitFor();
  },
);

async function publishPlan(organiser: ApiClient): Promise<void> {
  const plans = `/api/conferences/${slug}/plans`;
  const { items } = (await organiser.get<{ items: Plan[] }>(plans)).body;
  if (items.some(({ publishedAt }) => publishedAt !== null)) return;
  const asked = { objective: 'ranks', timetable: 'free', seconds: 10 };
  const { id } = (await organiser.send<Plan>('POST', plans, asked)).body;
  await expect
    .poll(async () => (await organiser.get<Plan>(`${plans}/${id}`)).body.state, { timeout: 30_000 })
    .not.toBe('running');
  expect((await organiser.send('PUT', `${plans}/${id}/publication`)).status).toBe(200);
}

async function signedInOrganiser(): Promise<ApiClient> {
  const link = (await npmRun(['verkstad', '--', 'sign-in-link'], { VERKSTAD_DATA: seeded.dataDir })).trim();
  const page = await visit(browser);
  await page.goto(link);
  await page.getByRole('button', { name: 'Logga in' }).click();
  await page.waitForURL('**/organise');
  const cookies = await page.context().cookies();
  return apiClient(server.url, undefined, cookies.map(({ name, value }) => `${name}=${value}`).join('; '));
}

async function openMyDay(person: number, options: Visit): Promise<Page> {
  const page = await visit(browser, options);
  await page.goto(`${server.url}/me/${seeded.tokens[person]!}`);
  await page.waitForURL('**/me');
  if (options.language === 'en') await page.getByRole('button', { name: 'In English' }).click();
  return page;
}

async function openWishes(person: number, options: Visit): Promise<Page> {
  const page = await openMyDay(person, options);
  await page
    .getByRole('heading', { name: options.language === 'en' ? 'All workshops' : 'Alla workshoppar' })
    .waitFor();
  return page;
}

async function wish(person: number, codes: readonly string[]): Promise<void> {
  const calls = apiClient(server.url, seeded.tokens[person]);
  const { status } = await calls.send('PUT', `/api/conferences/${slug}/wishes`, { wishes: codes });
  expect(status).toBe(200);
}

async function wishesOf(person: number): Promise<readonly string[]> {
  return (await new AttendeeClient(server.url, seeded.tokens[person]!, slug).me()).wishes;
}

async function middleOf(page: Page, name: string): Promise<[x: number, y: number]> {
  const button = page.getByRole('button', { name });
  await button.scrollIntoViewIfNeeded();
  const box = (await button.boundingBox())!;
  return [box.x + box.width / 2, box.y + box.height / 2];
}
