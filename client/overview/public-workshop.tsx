import type { ReactNode } from 'react';
import type { PublicPage } from '../../shared/overview/public-page.ts';
import type { Choice, WorkshopCard } from '../registration/day.ts';
import { classes } from '../ui/classes.ts';
import look from './public-page.module.css';
import { usePublicTexts } from './public-texts.ts';

/**
 * A workshop in full, or in brief where `fullAt` is the address that has the rest. `anchor` is the name of its place in the page: its
 * code is then a link to share.
 */
export function WorkshopEntry({
  workshop,
  language,
  anchor,
  fullAt,
  children,
}: {
  readonly workshop: WorkshopCard;
  readonly language: PublicPage['language'];
  readonly anchor?: string;
  readonly fullAt?: string;
  /** Where, when and how many seats. */
  readonly children?: ReactNode;
}) {
  const t = usePublicTexts();
  const own = workshop.language === language ? undefined : workshop.language;
  const codeLook = classes(look['code'], workshop.code.length > 3 && look['longCode']);
  return (
    <li className={look['workshop']} id={anchor}>
      <a
        className={codeLook}
        href={fullAt ?? `#${encodeURIComponent(anchor ?? '')}`}
        aria-label={t(fullAt === undefined ? 'linkTo' : 'moreOf', { code: workshop.code })}
      >
        {workshop.code}
      </a>
      <article className={look['text']}>
        <h3 className={look['title']} lang={own}>
          <span className={look['forEars']}>{workshop.code} </span>
          {workshop.title}
        </h3>
        {workshop.summary && fullAt === undefined && (
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
        {children}
        {own !== undefined && (
          <p className={look['facts']}>{own === 'en' ? t('inEnglish') : t('inSwedish')}</p>
        )}
      </article>
    </li>
  );
}

/** The seats of a session; the page's script turns them into those that are left. On paper nobody knows. */
export function Seats({ choice }: { readonly choice: Choice }) {
  const t = usePublicTexts();
  return (
    <span className={look['seats']} data-session={choice.session} data-seats={choice.seats}>
      {t('seats', { count: choice.seats })}
    </span>
  );
}
