import type { BrowserContext, Page } from 'playwright-core';
import type { Scene, Stage } from './scene.ts';
import { address, seenAt, slug, type World } from './world.ts';

export interface Picture {
  /** `<scene>-<width>-<look>.webp`. */
  readonly file: string;
  readonly bytes: Buffer;
}

const sizes = {
  phone: { width: 390, height: 844, most: 1500 },
  wide: { width: 1440, height: 900, most: 1100 },
  paper: { width: 794, height: 1123, most: 1123 },
} as const;
type Size = keyof typeof sizes;

/** Every picture of a scene. */
export async function picturesOf(scene: Scene, world: World): Promise<Picture[]> {
  if (scene.print) return shoot(scene, world, 'paper', 'sv', ['light']);
  const pictures: Picture[] = [];
  for (const size of ['phone', 'wide'] as const) {
    // oxlint-disable-next-line no-await-in-loop -- one browser after another
    pictures.push(...(await shoot(scene, world, size, 'sv', ['light', 'dark'])));
    // oxlint-disable-next-line no-await-in-loop
    if (scene.english) pictures.push(...(await shoot(scene, world, size, 'en', ['light'])));
  }
  return pictures;
}

async function shoot(
  scene: Scene,
  world: World,
  size: Size,
  language: 'sv' | 'en',
  themes: readonly ('light' | 'dark')[],
): Promise<Picture[]> {
  let guest = world.newAttendee();
  // oxlint-disable-next-line no-await-in-loop -- until one of them fits
  while (scene.casting && !(await scene.casting(guest))) guest = world.newAttendee();
  const stage: Stage = { world, guest, phone: size === 'phone' };
  await scene.before?.(stage);
  const context = await contextFor(scene, stage, size, language);
  try {
    const page = await context.newPage();
    await come(page, scene, stage, language);
    const pictures: Picture[] = [];
    for (const colorScheme of themes) {
      const look = language === 'en' ? 'english' : colorScheme;
      // oxlint-disable-next-line no-await-in-loop -- one theme after the other, in the same page
      await page.emulateMedia({ colorScheme, ...(scene.print && { media: 'print' }) });
      // oxlint-disable-next-line no-await-in-loop
      const bytes = await capture(page, scene, size);
      pictures.push({
        file: `${scene.name}-${scene.print ? 'print' : `${sizes[size].width}-${look}`}.webp`,
        bytes,
      });
    }
    return pictures;
  } finally {
    await context.close();
  }
}

async function contextFor(
  scene: Scene,
  { world, phone }: Stage,
  size: Size,
  language: 'sv' | 'en',
): Promise<BrowserContext> {
  const { width, height } = sizes[size];
  const context = await world.browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: phone ? 1.5 : 1,
    hasTouch: phone,
    locale: language === 'en' ? 'en-GB' : 'sv-SE',
    timezoneId: 'Europe/Stockholm',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(20_000);
  await context.clock.setFixedTime(seenAt);
  if (scene.who === 'organiser') await context.addCookies(world.organiserCookies);
  return context;
}

async function come(page: Page, scene: Scene, stage: Stage, language: 'sv' | 'en'): Promise<void> {
  if (scene.who === 'attendee') {
    await page.goto(`${address}/me/${stage.guest.token}`);
    await page.waitForURL(`**/c/${slug}/me`);
  }
  const path = typeof scene.path === 'string' ? scene.path : scene.path(stage);
  if (scene.who !== 'attendee' || path !== `/c/${slug}/me`) await page.goto(address + path);
  // Attendees read the language of their letters until they choose another.
  const change = page.getByRole('button', { name: 'In English' });
  if (language === 'en' && (await page.locator('html').getAttribute('lang')) !== 'en')
    await change.first().click({ timeout: 5000 });
  await page
    .locator(scene.shows ?? 'h1')
    .first()
    .waitFor();
  await settled(page);
  await scene.act?.(page, stage);
  await settled(page);
}

/** Nothing is being fetched that the page waits for, and its letters have come. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(400);
}

async function capture(page: Page, scene: Scene, size: Size): Promise<Buffer> {
  const { width, height, most } = sizes[size];
  if (!scene.screen) {
    const whole = await page.evaluate(() => Math.ceil(document.body.getBoundingClientRect().height));
    await page.setViewportSize({
      width,
      height: Math.min(most, Math.max(scene.print ? height : 560, whole)),
    });
  }
  // The caret blinks, and would be there in one picture of two.
  await page.evaluate(() => {
    const still = new CSSStyleSheet();
    still.replaceSync('* { caret-color: transparent !important }');
    document.adoptedStyleSheets = [still];
  });
  await page.waitForTimeout(150);
  // Not detached: with the session what a scene has told the network would go too.
  const log = await page.context().newCDPSession(page);
  const { data } = await log.send('Page.captureScreenshot', { format: 'webp', quality: 50 });
  return Buffer.from(data, 'base64');
}
