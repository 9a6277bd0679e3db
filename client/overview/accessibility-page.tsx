import type { AccessibilityPage } from '../../shared/overview/public-page.ts';
import { formatsFor } from '../core/formats.ts';
import { paths } from '../core/paths.ts';
import { useAccessibilityTexts } from './accessibility-texts.ts';
import type { PageAssets } from './public-head.tsx';

/** When what the statement says was last true. */
const updatedAt = '2026-11-21T12:00:00Z';
const report = 'https://www.digg.se/tdosanmalan';

/** The statement that the law asks for, readable without JavaScript. */
export function AccessibilityDocument({
  page,
  assets,
}: {
  readonly page: AccessibilityPage;
  readonly assets: PageAssets;
}) {
  const t = useAccessibilityTexts();
  const { language, operator, contact } = page;
  const other = language === 'sv' ? 'en' : 'sv';
  return (
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${t('title')} · Verkstad`}</title>
        <link rel="icon" type="image/svg+xml" href="/favicon.svg" />
        {assets.fonts.map((font) => (
          <link key={font} rel="preload" as="font" type="font/woff2" href={font} crossOrigin="anonymous" />
        ))}
        {assets.styles.map((style) => (
          <link key={style} rel="stylesheet" href={style} />
        ))}
      </head>
      <body>
        <div className="statement">
          <nav className="statement-links">
            <a href={paths.home}>{t('toStart')}</a>
            <a href={`?lang=${other}`} lang={other} hrefLang={other}>
              {t('otherLanguage')}
            </a>
          </nav>
          <main>
            <h1 className="statement-title">{t('title')}</h1>
            <p>{operator === '' ? t('who') : t('whoNamed', { operator })}</p>
            <h2>{t('statusTitle')}</h2>
            <p>{t('status')}</p>
            <h2>{t('faultsTitle')}</h2>
            <ul className="statement-faults">
              <li>{t('faultText')}</li>
              <li>{t('faultCalendar')}</li>
              <li>{t('faultDraw')}</li>
            </ul>
            <h2>{t('contactTitle')}</h2>
            {contact === '' ? (
              <p>{t('contactMissing')}</p>
            ) : (
              <p>
                {t('contact')} <a href={contact.includes('@') ? `mailto:${contact}` : contact}>{contact}</a>
              </p>
            )}
            <h2>{t('authorityTitle')}</h2>
            <p>
              {t('authority')} <a href={report}>digg.se/tdosanmalan</a>
            </p>
            <h2>{t('testedTitle')}</h2>
            <p>{t('tested')}</p>
            <p className="statement-updated">
              {t('updated', { date: formatsFor(language, 'Europe/Stockholm').longDate(updatedAt) })}
            </p>
          </main>
        </div>
      </body>
    </html>
  );
}
