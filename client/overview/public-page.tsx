import type { ReactNode } from 'react';
import type { PublicPage } from '../../shared/overview/public-page.ts';
import type { Plenary } from '../../shared/programme/vocabulary.ts';
import { type Formats, formatsFor } from '../core/formats.ts';
import { paths } from '../core/paths.ts';
import type { Choice, PassDay, WorkshopCard } from '../registration/day.ts';
import { classes } from '../ui/classes.ts';
import { publicDayOf, structuredDataOf } from './public-model.ts';
import look from './public-page.module.css';
import { usePublicTexts } from './public-texts.ts';

/** Files of the client's build that the page loads. */
export interface PageAssets {
  readonly script: string;
  readonly styles: readonly string[];
  readonly fonts: readonly string[];
}

/** The whole public programme as one document: complete without JavaScript, which only adds the seats that are left. */
export function PublicDocument({ page, assets }: { readonly page: PublicPage; readonly assets: PageAssets }) {
  const { conference, programme, language, url } = page;
  const t = usePublicTexts();
  const formats = formatsFor(language, conference.timeZone);
  const { passes, days, unplaced } = publicDayOf(page, formats.dayKey);
  const address = `${url}${paths.programme(conference.slug)}`;
  const other = language === 'sv' ? 'en' : 'sv';
  const description =
    conference.tagline ||
    t('description', {
      name: conference.name,
      host: conference.host.name,
      count: programme.workshops.length,
      passes: passes.length,
    });
  return (
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${conference.name} · ${conference.host.name}`}</title>
        <meta name="description" content={description} />
        <link
          rel="canonical"
          href={language === conference.language ? address : `${address}?lang=${language}`}
        />
        <link rel="alternate" hrefLang="sv" href={`${address}?lang=sv`} />
        <link rel="alternate" hrefLang="en" href={`${address}?lang=en`} />
        <meta property="og:type" content="event" />
        <meta property="og:title" content={conference.name} />
        <meta property="og:description" content={description} />
        <meta property="og:url" content={address} />
        <link rel="icon" type="image/svg+xml" href="/favicon.svg" />
        {assets.fonts.map((font) => (
          <link key={font} rel="preload" as="font" type="font/woff2" href={font} crossOrigin="anonymous" />
        ))}
        {assets.styles.map((style) => (
          <link key={style} rel="stylesheet" href={style} />
        ))}
        <script type="module" src={assets.script} />
        <script
          type="application/ld+json"
          dangerouslySetInnerHTML={{ __html: asScriptText(structuredDataOf(page, passes)) }}
        />
      </head>
      <body>
        <a className={look['skip']} href="#programme">
          {t('skip')}
        </a>
        <div className={look['page']}>
          <header className={look['header']}>
            <p className={look['host']}>
              {conference.host.name}
              {days[0] && ` · ${formats.longDate(days[0].firstAt)}`}
            </p>
            <h1 className={look['name']}>{conference.name}</h1>
            {conference.tagline && <p className={look['tagline']}>{conference.tagline}</p>}
            <nav className={look['links']}>
              {passes.map((pass) => (
                <a key={pass.id} href={`#${pass.id}`} data-pass={pass.colour} className={look['toPass']}>
                  {pass.name}
                </a>
              ))}
              {passes.length > 0 && (
                <a href={`${paths.programme(conference.slug)}/programme.ics`}>{t('calendar')}</a>
              )}
              <a href={`?lang=${other}`} lang={other} hrefLang={other}>
                {t('otherLanguage')}
              </a>
            </nav>
          </header>
          <main
            id="programme"
            data-live={conference.slug}
            data-left-one={t('leftOne')}
            data-left-other={t('leftOther')}
            data-full={t('full')}
          >
            {programme.workshops.length === 0 && passes.length === 0 && (
              <section className={look['empty']}>
                <h2>{t('emptyTitle')}</h2>
                <p>{t('emptyText')}</p>
              </section>
            )}
            {days.map(({ date, firstAt, stretches }) => (
              <div key={date}>
                {days.length > 1 && <p className={look['date']}>{formats.longDate(firstAt)}</p>}
                {stretches.map(({ key, plenaries, pass }) => (
                  <div key={key}>
                    {plenaries.map((plenary) => (
                      <PlenaryEntry key={plenary.id} plenary={plenary} formats={formats} />
                    ))}
                    {pass && <PassEntry pass={pass} formats={formats} language={language} />}
                  </div>
                ))}
              </div>
            ))}
            {unplaced.length > 0 && (
              <section className={look['pass']} data-pass="slate">
                <PassHeading name={passes.length > 0 ? t('unplaced') : t('workshops')} />
                <ul className={look['workshops']}>
                  {unplaced.map((workshop) => (
                    <WorkshopEntry key={workshop.id} workshop={workshop} language={language} />
                  ))}
                </ul>
              </section>
            )}
          </main>
          <footer className={look['footer']}>
            <p>{t('by', { host: conference.host.name })}</p>
            <p>{t('personalLinkHint')}</p>
          </footer>
        </div>
      </body>
    </html>
  );
}

function PassHeading({ name, children }: { readonly name: string; readonly children?: ReactNode }) {
  return (
    <header className={look['passHeader']}>
      <h2 className={look['passName']}>{name}</h2>
      {children}
    </header>
  );
}

function PassEntry({
  pass,
  formats,
  language,
}: {
  readonly pass: PassDay;
  readonly formats: Formats;
  readonly language: PublicPage['language'];
}) {
  return (
    <section id={pass.id} className={look['pass']} data-pass={pass.colour}>
      <PassHeading name={pass.name}>
        <p className={look['time']}>
          <time dateTime={pass.startsAt}>{formats.timeRange(pass.startsAt, pass.endsAt)}</time>
        </p>
      </PassHeading>
      <ul className={look['workshops']}>
        {pass.choices.map((choice) => (
          <WorkshopEntry
            key={choice.session}
            workshop={choice.workshop}
            choice={choice}
            language={language}
          />
        ))}
      </ul>
    </section>
  );
}

function WorkshopEntry({
  workshop,
  choice,
  language,
}: {
  readonly workshop: WorkshopCard;
  readonly choice?: Choice;
  readonly language: PublicPage['language'];
}) {
  const t = usePublicTexts();
  const own = workshop.language === language ? undefined : workshop.language;
  return (
    <li className={look['workshop']}>
      <p className={classes(look['code'], workshop.code.length > 3 && look['longCode'])} aria-hidden="true">
        {workshop.code}
      </p>
      <article className={look['text']}>
        <h3 className={look['title']} lang={own}>
          <span className={look['forEars']}>{workshop.code} </span>
          {workshop.title}
        </h3>
        {workshop.summary && (
          <p className={look['summary']} lang={own}>
            {workshop.summary}
          </p>
        )}
        {workshop.presenters.length > 0 && (
          <p className={look['presenters']}>
            {workshop.presenters.map((presenter, i) => (
              <span key={`${presenter.name} ${presenter.affiliation}`}>
                {i > 0 && ', '}
                <bdi>{presenter.name}</bdi>
                {presenter.affiliation && ` (${presenter.affiliation})`}
              </span>
            ))}
          </p>
        )}
        <p className={look['facts']}>
          {choice && (
            <>
              <strong>{choice.room}</strong>
              {' · '}
              <span data-session={choice.session} data-seats={choice.seats}>
                {t('seats', { count: choice.seats })}
              </span>
            </>
          )}
          {own !== undefined && ` · ${own === 'en' ? t('inEnglish') : t('inSwedish')}`}
        </p>
      </article>
    </li>
  );
}

function PlenaryEntry({ plenary, formats }: { readonly plenary: Plenary; readonly formats: Formats }) {
  const isTalk = plenary.kind === 'talk';
  return (
    <section className={isTalk ? look['talk'] : look['break']}>
      <p className={look['time']}>
        <time dateTime={plenary.startsAt}>{formats.timeRange(plenary.startsAt, plenary.endsAt)}</time>
      </p>
      <div>
        {isTalk ? (
          <h2 className={look['talkTitle']}>{plenary.title}</h2>
        ) : (
          <p className={look['breakTitle']}>
            {plenary.title}
            {plenary.place && `, ${plenary.place}`}
          </p>
        )}
        {isTalk && plenary.place && <p className={look['facts']}>{plenary.place}</p>}
        {plenary.summary && <p className={look['summary']}>{plenary.summary}</p>}
      </div>
    </section>
  );
}

/** JSON that cannot end the script element it stands in. */
function asScriptText(data: object): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}
