import type { ReactNode } from 'react';
import type { PublicPage } from '../../shared/overview/public-page.ts';
import type { Plenary } from '../../shared/programme/vocabulary.ts';
import type { Formats } from '../core/formats.ts';
import type { PassDay } from '../registration/day.ts';
import { anchorOf, type PublicDay } from './public-model.ts';
import look from './public-page.module.css';
import { usePublicTexts } from './public-texts.ts';
import { Seats, WorkshopEntry } from './public-workshop.tsx';

/** The programme as the day goes: what is for everybody, and each pass with its workshops. */
export function ProgrammeByPass({
  day: { passes, days, unplaced },
  formats,
  language,
}: {
  readonly day: PublicDay;
  readonly formats: Formats;
  readonly language: PublicPage['language'];
}) {
  const t = usePublicTexts();
  return (
    <>
      {days.map(({ date, firstAt, stretches }) => (
        <div key={date}>
          {days.length > 1 && <p className={look['date']}>{formats.longDate(firstAt)}</p>}
          {stretches.map(({ key, plenaries, pass }) => (
            <div key={key}>
              {plenaries.map((plenary) => (
                <PlenaryEntry key={plenary.id} plenary={plenary} formats={formats} />
              ))}
              {pass && <PassEntry pass={pass} passes={passes} formats={formats} language={language} />}
            </div>
          ))}
        </div>
      ))}
      {unplaced.length > 0 && (
        <section className={look['pass']} data-pass="slate">
          <PassHeading name={passes.length > 0 ? t('unplaced') : t('workshops')} />
          <ul className={look['workshops']}>
            {unplaced.map((workshop) => (
              <WorkshopEntry
                key={workshop.id}
                workshop={workshop}
                language={language}
                anchor={workshop.code}
              />
            ))}
          </ul>
        </section>
      )}
    </>
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
  passes,
  formats,
  language,
}: {
  readonly pass: PassDay;
  readonly passes: readonly PassDay[];
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
            language={language}
            anchor={anchorOf(passes, choice)}
          >
            <p className={look['facts']}>
              <strong>{choice.room}</strong>
              <Seats choice={choice} />
            </p>
          </WorkshopEntry>
        ))}
      </ul>
    </section>
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
