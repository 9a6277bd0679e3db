import type { PublicPage } from '../../shared/overview/public-page.ts';
import type { Formats } from '../core/formats.ts';
import { paths } from '../core/paths.ts';
import type { PassDay } from '../registration/day.ts';
import { classes } from '../ui/classes.ts';
import { placesOf, type TopicDay } from './public-model.ts';
import look from './public-page.module.css';
import { usePublicTexts } from './public-texts.ts';
import { Seats, WorkshopEntry } from './public-workshop.tsx';

/** The programme by what it is about, each workshop with its times and rooms. */
export function ProgrammeByTopic({
  topics,
  passes,
  slug,
  formats,
  language,
}: {
  readonly topics: readonly TopicDay[];
  readonly passes: readonly PassDay[];
  readonly slug: string;
  readonly formats: Formats;
  readonly language: PublicPage['language'];
}) {
  const t = usePublicTexts();
  const severalDays = new Set(passes.map(({ startsAt }) => formats.dayKey(startsAt))).size > 1;
  return topics.map(({ topic, workshops }) => (
    <section key={topic ?? ''} className={look['topic']}>
      <h2 className={look['roomName']}>{topic ?? t('noTopic')}</h2>
      <ul className={look['workshops']}>
        {workshops.map((workshop) => (
          <WorkshopEntry
            key={workshop.id}
            workshop={workshop}
            language={language}
            fullAt={`${paths.programme(slug)}#${encodeURIComponent(workshop.code)}`}
          >
            <ul>
              {placesOf(passes, workshop.id).map(({ pass, choice }) => (
                <li
                  key={choice.session}
                  data-pass={pass.colour}
                  className={classes(look['facts'], look['place'])}
                >
                  <span className={look['passMark']}>{pass.name}</span>{' '}
                  <span>
                    {severalDays && `${formats.date(pass.startsAt)} `}
                    <time dateTime={pass.startsAt}>{formats.timeRange(pass.startsAt, pass.endsAt)}</time>
                  </span>{' '}
                  <strong>{choice.room}</strong> <Seats choice={choice} />
                </li>
              ))}
            </ul>
          </WorkshopEntry>
        ))}
      </ul>
    </section>
  ));
}
