import type { Browser, BrowserContext, CDPSession } from 'playwright-core';

/** Bytes as they came over the network, headers included, by what the browser asked for. */
export interface Bytes {
  readonly document: number;
  readonly scripts: number;
  readonly styles: number;
  readonly fonts: number;
  /** Answers of the API. */
  readonly data: number;
  readonly other: number;
  readonly all: number;
}

export type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

const kinds: Readonly<Record<string, keyof Bytes>> = {
  Document: 'document',
  Script: 'scripts',
  Stylesheet: 'styles',
  Font: 'fonts',
  Fetch: 'data',
  XHR: 'data',
  EventSource: 'data',
};

/** Milliseconds after the page has come in which it may still fetch what it needs. */
const settling = 2000;

/** Opens a page in a browser with nothing stored, and counts by the browser's own log of the network. */
export async function firstLoad(
  browser: Browser,
  page: {
    readonly url: string;
    readonly shows: string;
    readonly phone: boolean;
    readonly cookies?: Cookies;
  },
): Promise<Bytes> {
  const context = await browser.newContext({
    viewport: page.phone ? { width: 390, height: 844 } : { width: 1440, height: 900 },
    locale: 'sv-SE',
  });
  await context.addCookies(page.cookies ?? []);
  const tab = await context.newPage();
  const log = await context.newCDPSession(tab);
  const bytes = countBytes(log);
  await log.send('Network.enable');
  await tab.goto(page.url);
  await tab.locator(page.shows).first().waitFor();
  await tab.waitForTimeout(settling);
  await context.close();
  return bytes();
}

/** Listens to a log; asked later, answers with what has come until then. */
function countBytes(log: CDPSession): () => Bytes {
  const kindOf = new Map<string, keyof Bytes>();
  const received = new Map<string, number>();
  log.on('Network.responseReceived', ({ requestId, type, response }) => {
    kindOf.set(requestId, kinds[type] ?? 'other');
    received.set(requestId, response.encodedDataLength);
  });
  log.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
    received.set(requestId, (received.get(requestId) ?? 0) + encodedDataLength);
  });
  log.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    received.set(requestId, encodedDataLength);
  });
  return () => {
    const bytes = { document: 0, scripts: 0, styles: 0, fonts: 0, data: 0, other: 0, all: 0 };
    for (const [requestId, size] of received) {
      bytes[kindOf.get(requestId) ?? 'other'] += size;
      bytes.all += size;
    }
    return bytes;
  };
}
