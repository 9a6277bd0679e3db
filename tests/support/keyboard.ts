import type { Locator, Page } from 'playwright-core';

/** Walks with Tab, as somebody without a mouse does, until the focus is on it. `back`: with Shift. */
export async function tabTo(page: Page, wanted: Locator, { back = false } = {}): Promise<void> {
  await wanted.waitFor();
  const isThere = () => wanted.evaluate((element) => element === document.activeElement);
  for (let steps = 0; steps < 200; steps++) {
    // oxlint-disable-next-line no-await-in-loop -- one key after another
    if (await isThere()) return;
    // oxlint-disable-next-line no-await-in-loop
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
  }
  throw new Error('two hundred Tabs do not reach it');
}

/** Walks to something and presses it. */
export async function tabAndPress(
  page: Page,
  wanted: Locator,
  key: 'Enter' | 'Space' = 'Enter',
): Promise<void> {
  await tabTo(page, wanted);
  await page.keyboard.press(key);
}
