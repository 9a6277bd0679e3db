import { type ReactNode, type Ref, useId, useState } from 'react';
import { useLanguage } from '../core/language.ts';
import { Hidden } from '../ui/hidden.tsx';
import type { WorkshopCard } from './day.ts';
import { useRegistrationTexts } from './texts.ts';
import look from './workshop-text.module.css';

interface WorkshopTextProps {
  readonly workshop: WorkshopCard;
  /** The line under the title: where, who. */
  readonly line: ReactNode;
  /** Takes the focus when the workshop has just become mine. */
  readonly ref?: Ref<HTMLButtonElement>;
}

/** Title and line of a workshop; the whole of it opens the summary and the presenters. */
export function WorkshopText({ workshop, line, ref }: WorkshopTextProps) {
  const t = useRegistrationTexts();
  const { language } = useLanguage();
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <div className={look['head']}>
        <h3 className={look['title']}>
          <button
            ref={ref}
            type="button"
            className={look['open']}
            aria-expanded={open}
            aria-controls={id}
            lang={workshop.language === language ? undefined : workshop.language}
            onClick={() => setOpen(!open)}
          >
            <Hidden>{workshop.code} </Hidden>
            {workshop.title}
          </button>
        </h3>
        <p className={look['line']}>
          {line}{' '}
          <span className={look['more']} aria-hidden="true">
            {open ? t('less') : t('more')}
          </span>
        </p>
      </div>
      <div id={id} hidden={!open} className={look['details']}>
        {open && <WorkshopDetails workshop={workshop} />}
      </div>
    </>
  );
}

function WorkshopDetails({ workshop }: { readonly workshop: WorkshopCard }) {
  const t = useRegistrationTexts();
  const { language } = useLanguage();
  return (
    <>
      {workshop.summary && (
        <p lang={workshop.language} className={look['summary']}>
          {workshop.summary}
        </p>
      )}
      {workshop.presenters.length > 0 && (
        <>
          <h4 className={look['heading']}>{t('presenters')}</h4>
          <ul>
            {workshop.presenters.map((presenter) => (
              <li key={`${presenter.name} ${presenter.affiliation}`}>
                <bdi>{presenter.name}</bdi>
                {presenter.affiliation && <span className={look['from']}>, {presenter.affiliation}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
      {workshop.language !== language && (
        <p className={look['from']}>{workshop.language === 'en' ? t('inEnglish') : t('inSwedish')}</p>
      )}
    </>
  );
}
