import type { PublicPage } from '../../shared/overview/public-page.ts';
import { paths } from '../core/paths.ts';

/** Files of the client's build that the page loads. */
export interface PageAssets {
  readonly script: string;
  readonly styles: readonly string[];
  readonly fonts: readonly string[];
}

const locales = { sv: 'sv_SE', en: 'en_GB' };

/** What the document says of itself: to the browser, to those who index it and to those who show a link to it. */
export function PublicHead({
  page: { conference, language, url },
  assets,
  description,
  structuredData,
}: {
  readonly page: PublicPage;
  readonly assets: PageAssets;
  readonly description: string;
  readonly structuredData: object;
}) {
  const address = `${url}${paths.programme(conference.slug)}`;
  const other = language === 'sv' ? 'en' : 'sv';
  // All views say the same, and the conference's own language needs no name in the address: one address for each language.
  const addressIn = (wanted: 'sv' | 'en') =>
    wanted === conference.language ? address : `${address}?lang=${wanted}`;
  return (
    <head>
      <meta charSet="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{`${conference.name} · ${conference.host.name}`}</title>
      <meta name="description" content={description} />
      <link rel="canonical" href={addressIn(language)} />
      <link rel="alternate" hrefLang="sv" href={addressIn('sv')} />
      <link rel="alternate" hrefLang="en" href={addressIn('en')} />
      <link rel="alternate" hrefLang="x-default" href={address} />
      <link rel="alternate" type="text/calendar" href={`${address}/programme.ics`} />
      <meta property="og:type" content="website" />
      <meta property="og:site_name" content={conference.host.name} />
      <meta property="og:title" content={conference.name} />
      <meta property="og:description" content={description} />
      <meta property="og:url" content={addressIn(language)} />
      <meta property="og:locale" content={locales[language]} />
      <meta property="og:locale:alternate" content={locales[other]} />
      <meta name="twitter:card" content="summary" />
      <link rel="icon" type="image/svg+xml" href="/favicon.svg" />
      {assets.fonts.map((font) => (
        <link key={font} rel="preload" as="font" type="font/woff2" href={font} crossOrigin="anonymous" />
      ))}
      {assets.styles.map((style) => (
        <link key={style} rel="stylesheet" href={style} />
      ))}
      <script type="module" src={assets.script} />
      <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: asScriptText(structuredData) }} />
    </head>
  );
}

/** JSON that cannot end the script element it stands in. */
function asScriptText(data: object): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}
