import { useId, useState } from 'react';
import { useLanguage } from '../core/language.ts';
import { Button } from '../ui/button.tsx';
import { Hidden } from '../ui/hidden.tsx';
import type { WorkshopCard } from './day.ts';
import { useRegistrationTexts } from './texts.ts';
import look from './workshop-text.module.css';

/** The summary and the presenters of a workshop, on demand. Gives the button and what it opens, so that each can stand in its place. */
export function useDetails(workshop: WorkshopCard) {
  const t = useRegistrationTexts();
  const [open, setOpen] = useState(false);
  const id = useId();
  return {
    toggle: (
      <Button kind="quiet" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        {open ? t('less') : t('more')}
        <Hidden>: {workshop.code}</Hidden>
      </Button>
    ),
    details: (
      <div id={id} hidden={!open} className={look['details']}>
        {open && <WorkshopDetails workshop={workshop} />}
      </div>
    ),
  };
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
