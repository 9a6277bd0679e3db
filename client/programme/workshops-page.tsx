import { inNameOrder } from '../../shared/core/name-order.ts';
import { useState } from 'react';
import { Link, useLocation } from 'react-router';
import { sameText } from '../../shared/core/same-text.ts';
import { paths } from '../core/paths.ts';
import { useTitle } from '../core/title.ts';
import { Field } from '../ui/field.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { Notice } from '../ui/notice.tsx';
import { RouteButton } from '../ui/route-button.tsx';
import { PageHeading } from '../ui/section.tsx';
import { EmptyState } from '../ui/states.tsx';
import { useProgramme, type WantedWorkshop } from './organised-programme.ts';
import { useWorkshopTexts } from './programme-texts.ts';
import look from './workshops-page.module.css';

/** Every workshop with what an organiser needs to know of it. */
export function WorkshopsPage() {
  const t = useWorkshopTexts();
  const { conference, workshops } = useProgramme();
  const [search, setSearch] = useState('');
  const said = (useLocation().state as { said?: string } | null)?.said;
  useTitle(t('title'), conference.name);
  const add = (
    <RouteButton kind="primary" to={paths.newWorkshop(conference.slug)}>
      {t('add')}
    </RouteButton>
  );
  const shown = workshops
    .filter((workshop) => matches(workshop, search))
    .toSorted((a, b) => inNameOrder(a.code, b.code));
  return (
    <>
      <PageHeading
        title={t('title')}
        under={workshops.length > 0 && t('count', { count: workshops.length })}
        actions={workshops.length > 0 && add}
      />
      {said && (
        <Notice announced className={look['said']}>
          <p>{said}</p>
        </Notice>
      )}
      {workshops.length === 0 ? (
        <EmptyState title={t('empty')} actions={add}>
          <p>{t('emptyBody')}</p>
        </EmptyState>
      ) : (
        <>
          <Field
            className={look['search']}
            label={t('search')}
            hint={t('searchHint')}
            type="search"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
          <p role="status" className={look['none']}>
            {shown.length === 0 && t('noHit', { search })}
          </p>
          {shown.length > 0 && <WorkshopTable workshops={shown} />}
        </>
      )}
    </>
  );
}

function WorkshopTable({ workshops }: { readonly workshops: readonly WantedWorkshop[] }) {
  const t = useWorkshopTexts();
  const { conference, passes, rooms, sessions } = useProgramme();
  const placesOf = (workshop: WantedWorkshop): string =>
    sessions
      .filter((session) => session.workshop === workshop.id)
      .map((session) => {
        const pass = passes.find((p) => p.id === session.pass)?.name ?? '';
        return `${pass}, ${rooms.find((r) => r.id === session.room)?.name ?? ''}`;
      })
      .join('; ');
  return (
    <DataTable
      caption={t('title')}
      head={[t('code'), t('name'), t('presenters'), t('organisations'), t('size'), t('given'), t('wished')]}
    >
      {workshops.map((workshop) => (
        <tr key={workshop.id}>
          <td className={look['code']}>{workshop.code}</td>
          <th scope="row" className={look['title']}>
            <Link to={paths.workshop(conference.slug, workshop.id)} lang={workshop.language}>
              {workshop.title}
            </Link>
          </th>
          <td data-label={t('presenters')}>{shortened(workshop.presenters.map((p) => p.name))}</td>
          <td data-label={t('organisations')}>{shortened(workshop.organisations)}</td>
          <td data-label={t('size')}>
            <Size workshop={workshop} />
          </td>
          <td data-label={t('given')}>{placesOf(workshop) || t('notPlaced')}</td>
          <td data-label={t('wished')}>
            {workshop.wished === 0
              ? '–'
              : t('wishedBy', { all: workshop.wished, first: workshop.wishedFirst })}
          </td>
        </tr>
      ))}
    </DataTable>
  );
}

function Size({ workshop }: { readonly workshop: WantedWorkshop }) {
  const t = useWorkshopTexts();
  const parts = [
    workshop.minSize > 0 && t('atLeast', { min: workshop.minSize }),
    workshop.maxSize === null ? t('noLimit') : t('atMost', { max: workshop.maxSize }),
    workshop.reserved > 0 && t('reservedShort', { count: workshop.reserved }),
  ];
  return parts.filter(Boolean).join(', ');
}

/** Many names by their first three and how many there are. */
function shortened(names: readonly string[]): string {
  return names.length <= 4 ? names.join(', ') : `${names.slice(0, 3).join(', ')} +${names.length - 3}`;
}

function matches({ code, title, presenters, organisations }: WantedWorkshop, search: string): boolean {
  const wanted = sameText(search);
  const texts = [code, title, ...organisations, ...presenters.flatMap((p) => [p.name, p.affiliation])];
  return texts.some((text) => sameText(text).includes(wanted));
}
