import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Programme } from '../../shared/overview/contract.ts';
import { AttendeeClient } from '../support/api-client.ts';
import { accessibilityFaults, launchBrowser, visit } from '../support/browser.ts';
import { type Seeded, seededFolder } from '../support/commands.ts';
import { tabAndPress, tabTo } from '../support/keyboard.ts';
import { type RunningServer, startServer } from '../support/running-server.ts';

const slug = 'utsikt-ar-insikt';

let browser: Browser;
let seeded: Seeded;
let server: RunningServer;
let programme: Programme;
/** The first has chosen nothing; the last has seats. */
let people: readonly AttendeeClient[];

beforeAll(async () => {
  browser = await launchBrowser();
  seeded = await seededFolder({ stage: 'picks' });
  server = await startServer({ dataDir: seeded.dataDir });
  people = seeded.tokens.map((token) => new AttendeeClient(server.url, token, slug));
  programme = await people[0]!.programme();
});

afterAll(async () => {
  await browser.close();
  await server.stop();
  seeded.remove();
});

test('by keyboard alone: find by topic, read, choose, swap, give up and undo, and take the day to the calendar', async () => {
  const page = await openMyDay(0, { language: 'en', dark: true });
  const first = passOf(page, 0);

  await tabAndPress(page, page.getByRole('button', { name: 'Search or choose topics' }));
  const topic = page
    .getByRole('group', { name: /^For me/u })
    .getByRole('button')
    .first();
  await tabAndPress(page, topic, 'Space');
  expect(await topic.getAttribute('aria-pressed')).toBe('true');
  await page.getByText(/^Showing \d+ of 15: /u).waitFor();
  await tabTo(page, page.getByRole('searchbox'), { back: true });
  await page.keyboard.type('zz');
  await page.getByText('Nothing in Pass 1 matches.').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await tabTo(page, page.getByRole('button', { name: 'Show all' }).first(), { back: true });
  await page.keyboard.press('Enter');

  const title = first.getByRole('heading', { level: 3 }).first().getByRole('button');
  await tabAndPress(page, title);
  await first.getByRole('heading', { name: 'Presenters' }).waitFor();

  await tabAndPress(page, first.getByRole('button', { name: /^Choose W/u, disabled: false }).first());
  const release = first.getByRole('button', { name: /^Give up the seat W/u });
  await release.waitFor();
  // The focus is on what was chosen, so that the next Tab is its first button.
  expect(await first.getByRole('heading', { level: 3 }).getByRole('button').evaluate(isFocused)).toBe(true);
  await page.getByText(/^Saved at \d\d:\d\d/u).waitFor();

  const before = await heldBy(0, 0);
  await tabAndPress(page, first.getByRole('button', { name: /^Swap W/u }));
  await tabAndPress(page, first.getByRole('button', { name: /^Swap to this/u, disabled: false }).first());
  await expect.poll(() => heldBy(0, 0)).not.toBe(before);
  await tabTo(page, first.getByRole('button', { name: 'Swap back' }));
  await page.keyboard.press('Enter');
  await expect.poll(() => heldBy(0, 0)).toBe(before);

  await tabAndPress(page, release);
  await page.waitForTimeout(500);
  await page.keyboard.press('Enter');
  await release.waitFor();
  expect(await release.evaluate(isFocused)).toBe(true);
  expect(await heldBy(0, 0)).toBe(before);

  const toCalendar = page.getByRole('button', { name: 'To the calendar' });
  await tabAndPress(page, toCalendar);
  await tabTo(page, page.getByRole('link', { name: 'Download a copy' }));
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await toCalendar.evaluate(isFocused)).toBe(true);
});

test('somebody who waits sees it at once when the queue has moved them, and from where', async () => {
  const { pass, full, holder } = await aFullSession();
  const code = codeOf(full);
  const page = await openMyDay(1);
  const region = page.getByRole('region', { name: nameOf(pass), exact: true });
  const unfold = region.getByRole('button', { name: /^Visa valen/u });
  if (await unfold.isVisible()) await unfold.click();
  await tabAndPress(page, region.getByRole('button', { name: /^Välj W/u, disabled: false }).first());
  await tabAndPress(page, region.getByRole('button', { name: /^Byt W/u }));
  const row = region
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: new RegExp(`^${code} `, 'u') }) });
  await row.getByText(/^Fullt/u).waitFor();
  await tabAndPress(page, row.getByRole('button', { name: /^Vänta på plats/u }));
  await region.getByText(/^Nummer \d+ i kön/u).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);

  const before = codeOf(await heldIn(people[1]!, pass));
  // Those who waited before are moved first: everybody who holds it leaves until it is my turn.
  for (const person of holder) {
    // oxlint-disable-next-line no-await-in-loop -- one after another
    expect((await person.release(pass)).status).toBe(200);
    // oxlint-disable-next-line no-await-in-loop
    if ((await heldIn(people[1]!, pass)) === full) break;
  }
  await region.getByText(`Du fick plats på ${code}`).waitFor();
  await region.getByText(`En plats blev ledig. Du har flyttats hit från ${before}.`).waitFor();
  expect(await region.getByRole('button', { name: `Lämna platsen ${code}` }).count()).toBe(1);
  expect(await accessibilityFaults(page)).toEqual([]);
});

async function openMyDay(person: number, options: Parameters<typeof visit>[1] = {}): Promise<Page> {
  const page = await visit(browser, options);
  await page.goto(`${server.url}/me/${seeded.tokens[person]!}`);
  await page.waitForURL('**/me');
  await passOf(page, programme.passes.length - 1).waitFor();
  const english = page.getByRole('button', { name: 'In English' });
  if (options.language === 'en') await english.click();
  return page;
}

function passOf(page: Page, index: number): Locator {
  return page.getByRole('region', { name: programme.passes[index]!.name, exact: true });
}

function isFocused(element: Element): boolean {
  return element === document.activeElement;
}

async function heldIn(person: AttendeeClient, pass: string): Promise<string | null> {
  return (await person.me()).picks.find((pick) => pick.pass === pass)?.session ?? null;
}

function heldBy(person: number, pass: number): Promise<string | null> {
  return heldIn(people[person]!, programme.passes[pass]!.id);
}

function codeOf(session: string | null): string {
  const { workshop } = programme.sessions.find(({ id }) => id === session)!;
  return programme.workshops.find(({ id }) => id === workshop)!.code;
}

function nameOf(pass: string): string {
  return programme.passes.find(({ id }) => id === pass)!.name;
}

/** A session that has no seats left, and who sits in it. */
async function aFullSession() {
  const { sessions } = await people[0]!.programme();
  const full = sessions.find(({ seats, taken }) => taken >= seats)!;
  const days = await Promise.all(people.map((person) => person.me()));
  const holder = people.filter((_, i) => days[i]!.picks.some(({ session }) => session === full.id));
  return { pass: full.pass, full: full.id, holder };
}
