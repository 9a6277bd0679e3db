import type { Attendee } from '../../shared/people/vocabulary.ts';
import { Button } from '../ui/button.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { Hidden } from '../ui/hidden.tsx';
import { useAttendeeTexts } from './attendee-texts.ts';
import type { ProgrammePresenter } from './attendees-page.tsx';
import look from './attendees-page.module.css';

interface AttendeeTableProps {
  readonly attendees: readonly Attendee[];
  readonly presenters: readonly ProgrammePresenter[];
  readonly onOpen: (what: 'edit' | 'link' | 'erase', attendee: Attendee) => void;
}

export function AttendeeTable({ attendees, presenters, onOpen }: AttendeeTableProps) {
  const t = useAttendeeTexts();
  const workshopsOf = ({ presenterId }: Attendee): string =>
    presenterId === null
      ? ''
      : presenters
          .filter((p) => p.id === presenterId)
          .map((p) => p.workshop)
          .join(', ');
  return (
    <DataTable
      caption={t('title')}
      head={[t('name'), t('organisation'), t('mail'), t('presents'), t('actions')]}
    >
      {attendees.map((attendee) => (
        <tr key={attendee.id}>
          <th scope="row">{attendee.name}</th>
          <td data-label={t('organisation')}>{attendee.organisation ?? '–'}</td>
          <td data-label={t('mail')} className={look['mail']}>
            {attendee.mail ?? '–'}
          </td>
          <td data-label={t('presents')}>{workshopsOf(attendee)}</td>
          <td>
            <div className={look['rowActions']}>
              {(['edit', 'link', 'erase'] as const).map((what) => (
                <Button key={what} kind="quiet" onClick={() => onOpen(what, attendee)}>
                  {t(what)}
                  <Hidden> {attendee.name}</Hidden>
                </Button>
              ))}
            </div>
          </td>
        </tr>
      ))}
    </DataTable>
  );
}
