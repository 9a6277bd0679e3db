import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';

export { launchBrowser } from './chromium.ts';

export interface Visit {
  /** 390 × 844 with touch, as a phone; else 1440 × 900. */
  readonly phone?: boolean;
  /** In CSS pixels, another than that: 320 is what WCAG asks for, 640 a laptop at 200 % zoom. */
  readonly width?: number;
  readonly language?: 'sv' | 'en';
  readonly dark?: boolean;
  readonly javaScript?: boolean;
  /** The reader's own few colours instead of the page's, and nothing that moves. */
  readonly forcedAndStill?: boolean;
}

/**
 * A browser of somebody's own: no cookies, nothing stored. When the test ends it closes, and anything that went wrong in a page
 * (an error in the console, an exception, a dialog, an answer of 500, a missing file) fails the test.
 */
export async function visit(browser: Browser, options: Visit = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: {
      width: options.width ?? (options.phone ? 390 : 1440),
      height: options.phone ? 844 : 900,
    },
    hasTouch: options.phone ?? false,
    locale: options.language === 'en' ? 'en-GB' : 'sv-SE',
    timezoneId: 'Europe/Stockholm',
    colorScheme: options.dark ? 'dark' : 'light',
    ...(options.forcedAndStill && { forcedColors: 'active', reducedMotion: 'reduce' }),
    javaScriptEnabled: options.javaScript ?? true,
    acceptDownloads: true,
  });
  context.setDefaultTimeout(10_000);
  const troubles = watch(context);
  onTestFinished(async () => {
    await context.close();
    expect(troubles, 'what went wrong in the browser').toEqual([]);
  });
  return context.newPage();
}

function watch(context: BrowserContext): string[] {
  const troubles: string[] = [];
  context.on('console', (message) => {
    // An answer that says no is part of the product; answers that must not be are noted below.
    if (message.text().startsWith('Failed to load resource')) return;
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text());
  });
  context.on('weberror', (error) => troubles.push(String(error.error())));
  context.on('dialog', (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('response', (response) => {
    const { pathname } = new URL(response.url());
    const isFile = !pathname.startsWith('/api/') && response.request().resourceType() !== 'document';
    if (response.status() >= 500 || (response.status() >= 400 && isFile))
      troubles.push(`${response.status()} from ${pathname}`);
  });
  return troubles;
}

/** What axe finds wrong with the page as it stands, by WCAG 2.2 A and AA: one line a fault, with the element it is in. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await untilStill(page);
  // Evaluated rather than added as a script element, which the content-security policy would refuse.
  await page.evaluate(axe.source);
  const results = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }),
  );
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help} (${node.target.join(' ')})`),
  );
}

/** Waits for what is fading or sliding: half faded text has a contrast that nobody reads it at. */
async function untilStill(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        ({ effect, playState }) => playState !== 'running' || effect?.getTiming().iterations === Infinity,
      ),
  );
}
