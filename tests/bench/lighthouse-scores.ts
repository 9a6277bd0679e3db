import lighthouse, { type Result } from 'lighthouse';

export type Category = 'performance' | 'accessibility' | 'best-practices' | 'seo';
/** 0–100. */
export type Scores = Readonly<Record<Category, number>>;

export interface Measured {
  /** The median of the runs. */
  readonly scores: Partial<Scores>;
  /** Of the run with the median performance: milliseconds, but for the layout shift, which has no unit. */
  readonly figures: Readonly<Record<string, number>>;
  /** Audits that took something from a score, in any run. */
  readonly faults: readonly string[];
}

const figures = {
  firstContentfulPaint: 'first-contentful-paint',
  largestContentfulPaint: 'largest-contentful-paint',
  totalBlockingTime: 'total-blocking-time',
  cumulativeLayoutShift: 'cumulative-layout-shift',
  speedIndex: 'speed-index',
};

/** Lighthouse's own phone (a slow one on a slow network, simulated) in the browser that listens on a port. Nothing is sent anywhere. */
export async function scoresOf(
  url: string,
  port: number,
  categories: readonly Category[],
  runs: number,
): Promise<Measured> {
  if (categories.length === 0) return { scores: {}, figures: {}, faults: [] };
  const results: Result[] = [];
  let failed = 0;
  while (results.length < runs) {
    // oxlint-disable-next-line no-await-in-loop -- one run after another: they would slow each other down
    const answer = await lighthouse(url, {
      port,
      onlyCategories: [...categories],
      // Most readers are Swedish, and search engines ask for no language: Lighthouse of itself asks for English.
      extraHeaders: { 'Accept-Language': 'sv' },
      logLevel: 'error',
      output: 'json',
    });
    const { runtimeError } = answer?.lhr ?? {};
    if (answer && !runtimeError) results.push(answer.lhr);
    // On a busy machine a recording may fail; a page that fails says so each time.
    else if (++failed > runs) throw new Error(`${url}: ${runtimeError?.message ?? 'no answer'}`);
  }
  results.sort((a, b) => scoreOf(a, 'performance') - scoreOf(b, 'performance'));
  const median = results[Math.floor(results.length / 2)]!;
  return {
    scores: Object.fromEntries(categories.map((category) => [category, scoreOf(median, category)])),
    figures: Object.fromEntries(
      Object.entries(figures).map(([name, audit]) => [
        name,
        Math.round((median.audits[audit]?.numericValue ?? 0) * 1000) / 1000,
      ]),
    ),
    faults: [...new Set(results.flatMap(faultsOf))],
  };
}

function scoreOf(result: Result, category: Category): number {
  return Math.round((result.categories[category]?.score ?? 0) * 100);
}

function faultsOf({ categories, audits }: Result): string[] {
  return Object.values(categories).flatMap(({ auditRefs }) =>
    auditRefs
      .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 0.9)
      .map(({ id }) => `${id}: ${audits[id]!.title}`),
  );
}
