import type { ProgrammeView } from '../../shared/overview/contract.ts';
import type { PublicPage } from '../../shared/overview/public-page.ts';
import { subscriptionAddress } from '../calendars/addresses.ts';
import { formatsFor } from '../core/formats.ts';
import { paths } from '../core/paths.ts';
import { ProgrammeByPass } from './public-by-pass.tsx';
import { ProgrammeByRoom } from './public-by-room.tsx';
import { ProgrammeByTopic } from './public-by-topic.tsx';
import { type PageAssets, PublicHead } from './public-head.tsx';
import { publicDayOf, roomDaysOf, topicDaysOf } from './public-model.ts';
import look from './public-page.module.css';
import { structuredDataOf } from './public-structured-data.ts';
import { usePublicTexts } from './public-texts.ts';

/** The whole public programme as one document: complete without JavaScript, which only adds the seats that are left. */
export function PublicDocument({ page, assets }: { readonly page: PublicPage; readonly assets: PageAssets }) {
  const { conference, programme, language, view } = page;
  const t = usePublicTexts();
  const formats = formatsFor(language, conference.timeZone);
  const day = publicDayOf(page, formats.dayKey);
  const { passes, days } = day;
  const [rooms, topics] = [roomDaysOf(page, passes), topicDaysOf(page)];
  const other = language === 'sv' ? 'en' : 'sv';
  const path = paths.programme(conference.slug);
  const views: readonly ProgrammeView[] = [
    'pass',
    ...(rooms.length > 0 ? (['room'] as const) : []),
    ...(topics.length > 0 ? (['topic'] as const) : []),
  ];
  const shown = views.includes(view) ? view : 'pass';
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
      <PublicHead
        page={page}
        assets={assets}
        description={description}
        structuredData={structuredDataOf(page, passes, description)}
      />
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
            <p className={look['links']}>
              {passes.length > 0 && (
                <>
                  <a href={subscriptionAddress(`${page.url}${path}/programme.ics`)}>{t('subscribe')}</a>
                  <a href={`${path}/programme.ics?download=1`}>{t('downloadCopy')}</a>
                </>
              )}
              <a href={addressOf({ lang: other, by: shown })} lang={other} hrefLang={other}>
                {t('otherLanguage')}
              </a>
            </p>
            {views.length > 1 && (
              <nav className={look['views']} aria-label={t('views')}>
                {views.map((known) => (
                  <a
                    key={known}
                    href={known === 'pass' ? path : `${path}${addressOf({ by: known })}`}
                    aria-current={known === shown ? 'page' : undefined}
                  >
                    {t(viewTexts[known])}
                  </a>
                ))}
              </nav>
            )}
            {shown === 'pass' && passes.length > 1 && (
              <nav className={look['passes']} aria-label={t('passes')}>
                {passes.map((pass) => (
                  <a key={pass.id} href={`#${pass.id}`} data-pass={pass.colour} className={look['toPass']}>
                    {pass.name} <span className={look['time']}>{formats.time(pass.startsAt)}</span>
                  </a>
                ))}
              </nav>
            )}
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
            {shown === 'pass' && <ProgrammeByPass day={day} formats={formats} language={language} />}
            {shown === 'room' && (
              <ProgrammeByRoom rooms={rooms} passes={passes} slug={conference.slug} formats={formats} />
            )}
            {shown === 'topic' && (
              <ProgrammeByTopic
                topics={topics}
                passes={passes}
                slug={conference.slug}
                formats={formats}
                language={language}
              />
            )}
          </main>
          <footer className={look['footer']}>
            <p>{t('by', { host: conference.host.name })}</p>
            <p>{t('personalLinkHint')}</p>
            <p>
              <a href={paths.accessibility}>{t('accessibility')}</a>
            </p>
          </footer>
        </div>
      </body>
    </html>
  );
}

const viewTexts = { pass: 'byPass', room: 'byRoom', topic: 'byTopic' } as const;

function addressOf({ lang, by }: { lang?: string; by: ProgrammeView }): string {
  const query = new URLSearchParams({ ...(lang && { lang }), ...(by !== 'pass' && { by }) });
  return `?${query.toString()}`;
}
