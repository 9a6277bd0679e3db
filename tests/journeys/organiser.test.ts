import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AttendeeClient } from '../support/api-client.ts';
import { accessibilityFaults, launchBrowser, visit } from '../support/browser.ts';
import { npmRun, type Seeded, seededFolder } from '../support/commands.ts';
import { type RunningServer, startServer } from '../support/running-server.ts';

const slug = 'utsikt-ar-insikt';

let browser: Browser;
let seeded: Seeded;
let server: RunningServer;
let cookies: Awaited<ReturnType<ReturnType<Page['context']>['cookies']>>;

beforeAll(async () => {
  browser = await launchBrowser();
  seeded = await seededFolder({ stage: 'wishes', attendees: '60', seed: '2' });
  server = await startServer({ dataDir: seeded.dataDir });
});

afterAll(async () => {
  await browser.close();
  await server.stop();
  seeded.remove();
});

test('an organiser signs in by a link that works once', async () => {
  const link = (await npmRun(['verkstad', '--', 'sign-in-link'], { VERKSTAD_DATA: seeded.dataDir })).trim();
  const page = await visit(browser);
  await page.goto(link);
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Logga in' }).click();
  await page.getByRole('link', { name: 'Utsikt är insikt' }).waitFor();
  expect(page.url()).toBe(`${server.url}/organise`);
  expect(await accessibilityFaults(page)).toEqual([]);
  cookies = await page.context().cookies();

  const again = await visit(browser);
  await again.goto(link);
  await again.getByRole('button', { name: 'Logga in' }).click();
  await again.getByText('Det gick inte att logga in').waitFor();
});

test('an organiser builds the grid by hand, and is told why a place will not do', async () => {
  const page = await openAsOrganiser(`/organise/${slug}`);
  await page.getByRole('grid').first().waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  const tray = page.getByRole('region', { name: 'Inte placerade' });
  const inTray = (code: string) => tray.getByRole('button', { name: new RegExp(`^${code}\\b`, 'u') });
  const cells = page.getByRole('gridcell');

  await inTray('W2').click();
  await cells.filter({ hasText: 'Ställ här' }).first().click();
  await page
    .getByText(/^W2 står nu i /u)
    .first()
    .waitFor();

  await inTray('W15').click();
  const refused = cells.filter({ hasText: 'Pass 1 går inte: Göran Andersson håller W2 då.' });
  await refused.first().waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await refused.first().click();
  await page.keyboard.press('Escape');
  await inTray('W15').waitFor();

  while ((await tray.getByRole('listitem').count()) > 0) {
    // oxlint-disable-next-line no-await-in-loop -- one workshop after another, as a person does
    await placeByKeyboard(page);
  }
  await tray.getByText('Alla workshoppar har en plats.').waitFor();
  expect(await cells.filter({ hasText: 'Tomt' }).count()).toBe(0);
});

test('an organiser computes a plan, reads its figures and publishes it; the attendee sees the new room', async () => {
  const page = await openAsOrganiser(`/organise/${slug}/plans`);
  await page.getByLabel('Räkna i högst').selectOption('20');
  await page.getByRole('button', { name: 'Räkna fram en plan' }).click();
  await page.getByRole('button', { name: 'Granska och publicera' }).waitFor({ timeout: 40_000 });
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Granska och publicera' }).click();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Publicera planen' }).click();
  await page
    .getByText(/Publicerad/u)
    .first()
    .waitFor();

  const attendee = new AttendeeClient(server.url, seeded.tokens[0]!, slug);
  const { picks } = await attendee.me();
  const { sessions, rooms, workshops } = await attendee.programme();
  expect(picks).toHaveLength(3);
  const seats = picks.map(({ session }) => {
    const { workshop, room } = sessions.find(({ id }) => id === session)!;
    return {
      code: workshops.find(({ id }) => id === workshop)!.code,
      room: rooms.find(({ id }) => id === room)!.name,
    };
  });
  const theirs = await visit(browser, { phone: true });
  await theirs.goto(`${server.url}/me/${seeded.tokens[0]}`);
  for (const { code, room } of seats) {
    const title = theirs.getByRole('heading', { name: new RegExp(`^${code} `, 'u') });
    // oxlint-disable-next-line no-await-in-loop
    await theirs.locator('section').filter({ has: title }).getByText(room, { exact: true }).waitFor();
  }
  expect(await accessibilityFaults(theirs)).toEqual([]);
});

test('a session that is moved to another room is there on the attendee’s next look', async () => {
  const attendee = new AttendeeClient(server.url, seeded.tokens[0]!, slug);
  const [pick] = (await attendee.me()).picks;
  const before = await attendee.programme();
  const session = before.sessions.find(({ id }) => id === pick!.session)!;
  const { code } = before.workshops.find(({ id }) => id === session.workshop)!;
  const pass = before.passes.findIndex(({ id }) => id === session.pass);

  const page = await openAsOrganiser(`/organise/${slug}`);
  await seatEverybodyInEveryRoom(page, before.rooms);
  const column = page.getByRole('row').getByRole('gridcell');
  await column
    .filter({ hasText: new RegExp(`^${code}\\D`, 'u') })
    .first()
    .click();
  const swaps = page
    .locator('tbody tr')
    .locator(`td:nth-of-type(${pass + 1})`)
    .filter({ hasText: 'Byt plats med' });
  await swaps.first().click();
  await page
    .getByText(new RegExp(`^${code} står nu i `, 'u'))
    .first()
    .waitFor();

  const after = await attendee.programme();
  const room = after.rooms.find(({ id }) => id === after.sessions.find((s) => s.id === session.id)!.room)!;
  expect(room.id).not.toBe(session.room);
  const theirs = await visit(browser, { phone: true });
  await theirs.goto(`${server.url}/me/${seeded.tokens[0]}`);
  await theirs
    .getByRole('region', { name: after.passes[pass]!.name })
    .getByText(room.name, { exact: true })
    .waitFor();
});

test('a session that people have chosen is cancelled by keyboard, and given after all', async () => {
  const page = await openAsOrganiser(`/organise/${slug}`);
  const chosen = page
    .getByRole('gridcell')
    .filter({ hasNotText: /\b0 av/u })
    .first();
  const code = /W\d+/u.exec((await chosen.textContent()) ?? '')![0];
  await chosen.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Ställ in tillfället' }).waitFor();
  await page.keyboard.press('Delete');
  await page.locator(`button:focus:has-text("Ställ in ${code}")`).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page
    .getByText(new RegExp(`^${code} är inställd`, 'u'))
    .first()
    .waitFor();
  await page.locator('button:focus', { hasText: 'Ångra' }).waitFor();
  await page.keyboard.press('Enter');
  await page
    .getByText(new RegExp(`^${code} ges ändå`, 'u'))
    .first()
    .waitFor();
});

test.each([
  ['the conferences', '/organise'],
  ['the board', `/organise/${slug}`],
  ['the workshops', `/organise/${slug}/workshops`],
  ['a new workshop', `/organise/${slug}/workshops/new`],
  ['passes and rooms', `/organise/${slug}/rooms`],
  ['the attendees', `/organise/${slug}/attendees`],
  ['the plans', `/organise/${slug}/plans`],
  ['the lists', `/organise/${slug}/lists`],
  ['the settings', `/organise/${slug}/settings`],
])('the page of %s is accessible, in light and dark, wide and narrow', async (_name, path) => {
  for (const options of [{ dark: false }, { dark: true, language: 'en' }, { phone: true }] as const) {
    // oxlint-disable-next-line no-await-in-loop -- one browser after another
    const page = await openAsOrganiser(path, options);
    // oxlint-disable-next-line no-await-in-loop
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    // oxlint-disable-next-line no-await-in-loop
    await page.waitForLoadState('networkidle');
    // oxlint-disable-next-line no-await-in-loop
    expect(await accessibilityFaults(page), JSON.stringify(options)).toEqual([]);
  }
});

async function openAsOrganiser(path: string, options: Parameters<typeof visit>[1] = {}): Promise<Page> {
  const page = await visit(browser, options);
  await page.context().addCookies(cookies);
  await page.goto(server.url + path);
  return page;
}

/** Whatever plan was published, any two sessions of a pass may then change rooms. */
async function seatEverybodyInEveryRoom(
  page: Page,
  rooms: readonly { readonly id: string }[],
): Promise<void> {
  for (const { id } of rooms) {
    // oxlint-disable-next-line no-await-in-loop
    const answer = await page.request.patch(`${server.url}/api/conferences/${slug}/rooms/${id}`, {
      data: { capacity: 60 },
      headers: { origin: server.url },
    });
    expect(answer.status()).toBe(200);
  }
  await page.reload();
}

/** Takes the first workshop of the tray by Enter, which leads to a cell where it may stand, and puts it down by Enter. */
async function placeByKeyboard(page: Page): Promise<void> {
  const tray = page.getByRole('region', { name: 'Inte placerade' });
  const first = tray.getByRole('listitem').first().getByRole('button');
  const code = /W\d+/u.exec((await first.textContent()) ?? '')![0];
  await first.focus();
  await page.keyboard.press('Enter');
  await page.locator('[role=gridcell]:focus').filter({ hasText: 'Ställ här' }).waitFor();
  await page.keyboard.press('Enter');
  await page
    .getByText(new RegExp(`^${code} står nu i `, 'u'))
    .first()
    .waitFor();
}
