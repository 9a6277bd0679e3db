import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFaults, launchBrowser, visit } from '../support/browser.ts';
import { type RunningServer, startServer } from '../support/running-server.ts';

const slug = 'natverksdagen';
const own = `/organise/${slug}`;

let browser: Browser;
let server: RunningServer;
let cookies: Awaited<ReturnType<ReturnType<Page['context']>['cookies']>>;

beforeAll(async () => {
  browser = await launchBrowser();
  server = await startServer();
});

afterAll(async () => {
  await browser.close();
  await server.stop();
});

test('an organiser creates a conference of their own and is led to its day', async () => {
  const page = await visit(browser);
  await page.goto(server.links.organiser);
  await page.getByRole('button', { name: 'Logga in' }).click();
  await page.getByRole('button', { name: 'Ny konferens' }).click();
  const dialog = page.getByRole('dialog', { name: 'Ny konferens' });
  await dialog.getByLabel('Namn').fill('Utsikt är insikt');
  await dialog.getByRole('button', { name: 'Skapa konferensen' }).click();
  await dialog.getByText('Det finns redan en konferens med adressen ”utsikt-ar-insikt”').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await dialog.getByLabel('Namn').fill('Nätverksdagen');
  await dialog.getByRole('button', { name: 'Skapa konferensen' }).click();
  await page.getByRole('heading', { level: 1, name: 'Dag och lokaler' }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`${own}/rooms`);
  cookies = await page.context().cookies();
});

test('passes may touch but not overlap, and a refused time stands beside its field', async () => {
  const page = await open(`${own}/rooms`);
  const add = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Lägg till pass' }).click();
  };
  const dialog = page.getByRole('dialog', { name: 'Nytt pass' });
  await add();
  await dialog.getByRole('button', { name: 'Lägg till', exact: true }).click();
  await page.getByText('Pass 1 har sparats.').waitFor();
  await add();
  const starts = dialog.getByRole('group', { name: 'Börjar' });
  await starts.getByRole('spinbutton').first().click();
  await page.keyboard.type('0930');
  await dialog.getByRole('button', { name: 'Lägg till', exact: true }).click();
  await dialog.getByText('Tiden överlappar Pass 1.').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await starts.getByRole('spinbutton').first().click();
  await page.keyboard.type('0945');
  await dialog.getByRole('button', { name: 'Lägg till', exact: true }).click();
  await page.getByText('Pass 2 har sparats.').waitFor();
});

test('a room that is removed comes back by undo', async () => {
  const page = await open(`${own}/rooms`);
  for (const [name, seats] of [
    ['Vättern', '40'],
    ['Mälaren', '20'],
  ] as const) {
    const dialog = page.getByRole('dialog', { name: 'Ny lokal' });
    // oxlint-disable-next-line no-await-in-loop -- one room after another, as a person does
    await page.getByRole('button', { name: 'Lägg till lokal' }).click();
    // oxlint-disable-next-line no-await-in-loop
    await dialog.getByLabel('Namn').fill(name);
    // oxlint-disable-next-line no-await-in-loop
    await dialog.getByLabel('Platser').fill(seats);
    // oxlint-disable-next-line no-await-in-loop
    await dialog.getByRole('button', { name: 'Lägg till', exact: true }).click();
    // oxlint-disable-next-line no-await-in-loop
    await page.getByText(`${name} har sparats.`).waitFor();
  }
  await page.getByRole('button', { name: 'Ändra Mälaren' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Ta bort' }).click();
  await page.getByText('Mälaren har tagits bort.').waitFor();
  await page.getByRole('button', { name: 'Ångra' }).click();
  await page.getByText('Mälaren är tillbaka.').waitFor();
  await page.getByRole('button', { name: 'Ändra Mälaren' }).waitFor();
});

test('a workshop is added with what it needs, and what is missing stands beside its field', async () => {
  const page = await open(`${own}/workshops`);
  await page.getByRole('link', { name: 'Lägg till workshop' }).click();
  await page.getByLabel('Beteckning').fill('W1');
  await page.getByRole('button', { name: 'Lägg till workshoppen' }).click();
  await page.getByText('Får inte vara tomt').waitFor();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-invalid'))).toBe('true');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByLabel('Titel').fill('Så möts vi');
  await page.getByRole('button', { name: 'Lägg till medverkande' }).click();
  await page.keyboard.type('Karin Ek');
  await page.getByRole('button', { name: 'Lägg till workshoppen' }).click();
  await page.getByText('W1 är tillagd.').waitFor();
});

test('a workshop is dragged to its place, and undo takes it back to the tray', async () => {
  const page = await open(own);
  const card = page.getByRole('button', { name: /^W1\b/u });
  const cell = page.getByRole('gridcell').nth(3);
  const from = (await card.boundingBox())!;
  const to = (await cell.boundingBox())!;
  await page.mouse.move(from.x + 30, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(from.x, from.y + 40, { steps: 4 });
  await page.mouse.move(to.x + 40, to.y + 40, { steps: 6 });
  await page.getByText('W1 till Mälaren, Pass 2: går bra, 20 platser.').waitFor();
  await page.mouse.up();
  await page.getByText('W1 står nu i Mälaren, Pass 2.').first().waitFor();
  expect(await cell.textContent()).toMatch(/^W1/u);
  await page.getByRole('button', { name: 'Ångra' }).click();
  await card.waitFor();
  expect(await cell.textContent()).toBe('Tomt');
});

test('a workshop is placed with two taps on a phone', async () => {
  const page = await open(own, { phone: true });
  await page.getByRole('button', { name: /^W1\b/u }).tap();
  await page.getByRole('button', { name: /^Vättern/u }).tap();
  await page.getByText('W1 står nu i Vättern, Pass 1.').first().waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
});

test('a pasted list is shown as it is read, kept, and can be taken back whole', async () => {
  const page = await open(`${own}/attendees`);
  await page.getByRole('button', { name: 'Klistra in en lista' }).click();
  const dialog = page.getByRole('dialog', { name: 'Klistra in deltagare' });
  const paste = async (lines: readonly string[]): Promise<void> => {
    await dialog.getByRole('textbox', { name: 'Listan' }).fill(lines.join('\n'));
    await dialog.getByRole('button', { name: 'Visa vad som läses in' }).click();
  };
  const good = ['Åsa Öberg\tasa.oberg@example.org\tRegion Skåne', 'Per Ek\tper.ek@example.org\tVinnova'];
  await paste([...good, 'Li Ny\tfel adress\tVinnova']);
  await dialog.getByText('1 rad behöver rättas').waitFor();
  await dialog.getByText('mejladressen är inte rätt skriven').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Ändra listan' }).click();
  await paste(good);
  await dialog.getByRole('button', { name: 'Lägg till 2 deltagare' }).click();
  await page.getByText('2 deltagare är tillagda.').waitFor();
  await page.getByRole('button', { name: 'Ångra inläsningen' }).click();
  await page.getByText('Inga deltagare än').waitFor();
});

test('a new personal link works, and erasing the person asks for the name first', async () => {
  const page = await open(`${own}/attendees`);
  await page.getByRole('button', { name: 'Lägg till en' }).click();
  await page.getByRole('dialog').getByLabel('Namn').fill('Karin Ek');
  await page.getByRole('dialog').getByRole('button', { name: 'Lägg till' }).click();
  await page.getByText('Karin Ek är tillagd.').waitFor();
  await page.getByRole('button', { name: 'Ny länk Karin Ek' }).click();
  await page.getByRole('button', { name: 'Skapa en ny länk' }).click();
  const link = await page.getByRole('textbox', { name: 'Personlig länk' }).inputValue();
  const theirs = await visit(browser, { phone: true });
  await theirs.goto(link);
  await theirs.getByText('Din länk är rätt').waitFor();

  await page.getByRole('dialog').getByRole('button', { name: 'Stäng' }).click();
  await page.getByRole('button', { name: 'Radera Karin Ek' }).click();
  const erase = page.getByRole('dialog').getByRole('button', { name: 'Radera Karin Ek' });
  expect(await erase.getAttribute('aria-disabled')).toBe('true');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByLabel('Skriv namnet för att bekräfta').fill('karin ek');
  await erase.click();
  await page.getByText('Karin Ek är raderad.').waitFor();
});

async function open(path: string, options: Parameters<typeof visit>[1] = {}): Promise<Page> {
  const page = await visit(browser, options);
  await page.context().addCookies(cookies);
  await page.goto(server.url + path);
  return page;
}
