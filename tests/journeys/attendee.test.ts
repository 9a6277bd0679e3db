import ICAL from 'ical.js';
import { readFileSync } from 'node:fs';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Programme } from '../../shared/overview/contract.ts';
import { AttendeeClient } from '../support/api-client.ts';
import { accessibilityFaults, launchBrowser, type Visit, visit } from '../support/browser.ts';
import { npmRun } from '../support/commands.ts';
import { type RunningServer, startServer } from '../support/running-server.ts';

const slug = 'utsikt-ar-insikt';
const phone: Visit = { phone: true };

let browser: Browser;
let server: RunningServer;
let attendee: AttendeeClient;
let programme: Programme;

beforeAll(async () => {
  browser = await launchBrowser();
  server = await startServer();
  attendee = new AttendeeClient(server.url, server.links.attendee.split('/').at(-1)!, slug);
  programme = await attendee.programme();
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

test('an attendee opens the link on a phone, picks three workshops and downloads them as a calendar', async () => {
  const page = await openMyDay(phone);
  expect(page.url()).toBe(`${server.url}/c/${slug}/me`);
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await scrollsSideways(page)).toBe(false);

  const chosen: string[] = [];
  for (const { name } of programme.passes) {
    const pass = passOf(page, name);
    // oxlint-disable-next-line no-await-in-loop -- one after another, as a person does
    await pass.getByRole('button', { name: /^Välj/u, disabled: false }).first().click();
    // oxlint-disable-next-line no-await-in-loop
    chosen.push(await codeHeld(pass));
  }
  await page.getByText('allt är valt').waitFor();
  await page.getByText(/^Sparat kl\./u).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);

  await page.getByRole('button', { name: 'Till kalendern' }).click();
  expect(await accessibilityFaults(page)).toEqual([]);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Ladda ner en kopia' }).click(),
  ]);
  const summaries = summariesOf(readFileSync(await download.path(), 'utf8'));
  const titles = programme.workshops.filter(({ code }) => chosen.includes(code)).map(({ title }) => title);
  expect(summaries).toHaveLength(3 + programme.plenaries.length);
  expect(titles.filter((title) => !summaries.some((summary) => summary.includes(title)))).toEqual([]);
});

test('the link leaves no trace in the history, and going back does not leave the product', async () => {
  const page = await openMyDay(phone);
  const token = server.links.attendee.split('/').at(-1)!;
  await page.goBack();
  expect(page.url()).not.toContain(token);
  const cookies = await page.context().cookies();
  expect(cookies).toMatchObject([{ httpOnly: true, sameSite: 'Lax' }]);
  expect(cookies[0]!.value).not.toBe(token);
});

test('the day is printed on one A6, with the code for the door', async () => {
  const page = await openMyDay(phone);
  await page.evaluate(() => {
    globalThis.print = () => {};
  });
  await page.getByRole('button', { name: 'Skriv ut dagen' }).click();
  await page.getByRole('img', { name: /^QR-kod för /u }).waitFor();
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(pdf.match(/\/Type\s*\/Page\b/gu)).toHaveLength(1);
  const [, ...points] = /MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/u.exec(pdf)!;
  expect(points.map((length) => Math.round((Number(length) / 72) * 25.4))).toEqual([105, 148]);
});

test('a workshop is swapped for another, and back again', async () => {
  const page = await openMyDay(phone);
  const pass = passOf(page, programme.passes[0]!.name);
  const before = await codeHeld(pass);
  await pass.getByRole('button', { name: `Byt ${before}` }).click();
  await pass
    .getByRole('button', { name: /^Byt hit/u, disabled: false })
    .first()
    .click();
  await pass.getByText(`Bytt från ${before}.`).waitFor();
  const after = await codeHeld(pass);
  expect(after).not.toBe(before);
  await expect.poll(() => codesPicked()).toContain(after);

  await pass.getByRole('button', { name: 'Byt tillbaka' }).click();
  await pass.getByRole('button', { name: `Byt ${before}` }).waitFor();
  await expect.poll(() => codesPicked()).toContain(before);
  expect(await codesPicked()).not.toContain(after);
});

test('a seat is given up after six seconds, unless that is undone', async () => {
  const page = await openMyDay(phone);
  const pass = passOf(page, programme.passes[0]!.name);
  const code = await codeHeld(pass);
  await pass.getByRole('button', { name: `Lämna platsen ${code}` }).click();
  const undo = pass.getByRole('button', { name: `Ångra ${code}` });
  await undo.waitFor();
  await page.waitForTimeout(500);
  await undo.click();
  await pass.getByRole('button', { name: `Lämna platsen ${code}` }).waitFor();
  await page.waitForTimeout(6500);
  expect(await codesPicked()).toContain(code);

  await pass.getByRole('button', { name: `Lämna platsen ${code}` }).click();
  await expect.poll(() => codesPicked(), { timeout: 10_000 }).not.toContain(code);
  await pass.getByRole('button', { name: /^Välj/u, disabled: false }).first().waitFor();
});

test('a full workshop offers its queue, and the seat comes when someone leaves', async () => {
  const pass = programme.passes[0]!;
  await attendee.release(pass.id);
  const { session, code, holders } = await fillSession(pass.id);
  const page = await openMyDay(phone);
  const row = passOf(page, pass.name)
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: new RegExp(`^${code} `, 'u') }) });
  await row.getByText('Fullt').waitFor();
  await row.getByRole('button', { name: /^Vänta på plats/u }).click();
  await page.getByText('Nummer 1 i kön').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);

  expect((await holders[0]!.release(pass.id)).status).toBe(200);
  await expect.poll(async () => (await attendee.me()).picks.map((pick) => pick.session)).toContain(session);
  await page.reload();
  expect(await codeHeld(passOf(page, pass.name))).toBe(code);
});

test.each<Visit>([
  { phone: true, dark: true },
  { phone: true, language: 'en' },
  { dark: false },
  { dark: true, language: 'en' },
  { phone: true, width: 320 },
  { width: 640, language: 'en' },
  { phone: true, forcedAndStill: true },
])('my day is accessible and fits, seen as %o', async (options) => {
  const page = await openMyDay(options);
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await scrollsSideways(page)).toBe(false);
});

test('a link that nobody has says so', async () => {
  const page = await visit(browser, phone);
  await page.goto(`${server.url}/me/${'x'.repeat(32)}`);
  await page.getByRole('heading', { name: 'Länken gäller inte' }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
});

async function openMyDay(options: Visit): Promise<Page> {
  const page = await visit(browser, options);
  await page.goto(server.links.attendee);
  await page.waitForURL('**/me');
  await passOf(page, programme.passes.at(-1)!.name).waitFor();
  return page;
}

function passOf(page: Page, name: string): Locator {
  return page.getByRole('region', { name, exact: true });
}

/** The code of the workshop that a pass shows as chosen. */
async function codeHeld(pass: Locator): Promise<string> {
  const release = pass.getByRole('button', { name: /^Lämna platsen W\d+$/u });
  await release.waitFor();
  return /W\d+/u.exec((await release.textContent()) ?? '')![0];
}

/** What the server holds of the attendee. */
async function codesPicked(): Promise<string[]> {
  const { picks } = await attendee.me();
  return picks.map(({ session }) => {
    const { workshop } = programme.sessions.find(({ id }) => id === session)!;
    return programme.workshops.find(({ id }) => id === workshop)!.code;
  });
}

/** Fills the session of a pass that has the fewest seats left, with attendees who have no such wish themselves. */
async function fillSession(pass: string) {
  const csv = await npmRun(['verkstad', '--', 'links'], { VERKSTAD_DATA: server.dataDir });
  const tokens = csv.split(/\r?\n/u).flatMap((line) => /(?:^|,)([\w-]{32})(?:,|$)/u.exec(line)?.[1] ?? []);
  const others = tokens.filter((token) => !server.links.attendee.endsWith(token));
  const left = ({ seats, taken }: { seats: number; taken: number }) => seats - taken;
  const [wanted] = (await attendee.programme()).sessions
    .filter((session) => session.pass === pass)
    .toSorted((a, b) => left(a) - left(b));
  const holders: AttendeeClient[] = [];
  for (const token of others) {
    const other = new AttendeeClient(server.url, token, slug);
    // oxlint-disable-next-line no-await-in-loop -- one after another, until there are no more seats
    const { status, body } = await other.pick(pass, wanted!.id);
    if (status === 200) holders.push(other);
    if (body.code === 'full') break;
  }
  const { code } = programme.workshops.find(({ id }) => id === wanted!.workshop)!;
  return { session: wanted!.id, code, holders };
}

function summariesOf(calendar: string): string[] {
  return new ICAL.Component(ICAL.parse(calendar) as unknown[])
    .getAllSubcomponents('vevent')
    .map((event) => String(event.getFirstPropertyValue('summary')));
}

async function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}
