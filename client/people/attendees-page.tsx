import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type ComponentType, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Conference } from '../../shared/conference/vocabulary.ts';
import { exportLinks, listAttendees } from '../../shared/people/contract.ts';
import type { Attendee, Presenter } from '../../shared/people/vocabulary.ts';
import { conferenceKey } from '../conference/organiser-writes.ts';
import { addressOf, call } from '../core/api.ts';
import { useCommonTexts } from '../core/common-texts.ts';
import { useSettled } from '../core/settled.ts';
import { useTitle } from '../core/title.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Failure } from '../ui/failure.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { Pager } from '../ui/pager.tsx';
import { PageHeading } from '../ui/section.tsx';
import { Bone, Skeleton } from '../ui/skeleton.tsx';
import { EmptyState } from '../ui/states.tsx';
import { AttendeeForm } from './attendee-form.tsx';
import { ImportAttendees } from './import-attendees.tsx';
import { AttendeeTable } from './attendee-table.tsx';
import { useAttendeeTexts } from './attendee-texts.ts';
import { NewLink } from './new-link.tsx';
import look from './attendees-page.module.css';

/** A presenter of the programme with the workshop that they give. */
export type ProgrammePresenter = Presenter & { readonly workshop: string };

/** Erasing reaches further than this area; whoever shows the page brings it. */
export interface EraseProps {
  readonly slug: string;
  readonly attendee: Attendee;
  readonly onErased: (sentence: string) => void;
  readonly onClose: () => void;
}

/** So does taking back an import. */
export interface UndoImportProps {
  readonly slug: string;
  readonly importId: string;
  readonly onUndone: (sentence: string) => void;
}

interface AttendeesPageProps {
  readonly conference: Conference;
  readonly presenters: readonly ProgrammePresenter[];
  readonly Erase: ComponentType<EraseProps>;
  readonly UndoImport: ComponentType<UndoImportProps>;
}

type Open =
  | { readonly kind: 'import' | 'add' }
  | { readonly kind: 'edit' | 'link' | 'erase'; readonly attendee: Attendee };

/** What was just done; an import can be taken back. */
interface Said {
  readonly sentence: string;
  readonly importId: string | null;
}

const pageSize = 100;

/** Everybody who is registered: paste, search, edit, new links, erase. */
export function AttendeesPage({ conference, presenters, Erase, UndoImport }: AttendeesPageProps) {
  const t = useAttendeeTexts();
  const common = useCommonTexts();
  const { slug } = conference;
  const [address] = useSearchParams();
  const [typed, setTyped] = useState(address.get('find') ?? '');
  const [offset, setOffset] = useState(0);
  const [open, setOpen] = useState<Open | null>(null);
  const [said, setSaid] = useState<Said | null>(null);
  const search = useSettled(typed.trim().slice(0, 120));
  useTitle(t('title'), conference.name);
  const list = useQuery({
    queryKey: [...conferenceKey(slug), 'attendees', search, offset],
    queryFn: ({ signal }) => call(listAttendees, { params: { slug }, query: { search, offset }, signal }),
    placeholderData: keepPreviousData,
  });
  const close = (): void => setOpen(null);
  const done = (sentence: string): void => {
    close();
    setSaid({ sentence, importId: null });
  };
  const imported = ({ importId, added }: { importId: string | null; added: number }): void => {
    close();
    setSaid({ sentence: t('imported', { count: added }), importId });
  };
  const paste = (
    <Button kind="primary" onClick={() => setOpen({ kind: 'import' })}>
      {t('paste')}
    </Button>
  );
  const add = <Button onClick={() => setOpen({ kind: 'add' })}>{t('add')}</Button>;
  const isEmpty = list.data?.total === 0 && search === '';

  return (
    <>
      <PageHeading
        title={t('title')}
        under={list.data && search === '' && !isEmpty && t('total', { count: list.data.total })}
        actions={
          !isEmpty && (
            <>
              {paste}
              {add}
            </>
          )
        }
      />
      {said && (
        <Notice
          announced
          className={look['said']}
          actions={said.importId && <UndoImport slug={slug} importId={said.importId} onUndone={done} />}
        >
          <p>{said.sentence}</p>
        </Notice>
      )}
      {list.isPending && (
        <Skeleton label={t('loading')}>
          {(['most', 'whole', 'half', 'most', 'whole'] as const).map((size, i) => (
            <Bone key={`${size} ${i}`} size={size} />
          ))}
        </Skeleton>
      )}
      {list.isError && !list.data && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {isEmpty && (
        <EmptyState
          title={t('empty')}
          actions={
            <>
              {paste}
              {add}
            </>
          }
        >
          <p>{t('emptyBody')}</p>
        </EmptyState>
      )}
      {list.data && !isEmpty && (
        <>
          <div className={look['export']}>
            <ButtonLink href={addressOf(exportLinks, { params: { slug } })} download>
              {t('exportLinks')}
            </ButtonLink>
            <p className={look['hits']}>{t('exportWarning')}</p>
          </div>
          <Field
            className={look['search']}
            label={t('search')}
            hint={t('searchHint')}
            type="search"
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setOffset(0);
            }}
          />
          <p role="status" className={look['hits']}>
            {search !== '' &&
              (list.data.total === 0 ? t('noHit', { search }) : t('hits', { count: list.data.total }))}
          </p>
          {list.data.items.length > 0 && (
            <AttendeeTable
              attendees={list.data.items}
              presenters={presenters}
              onOpen={(kind, attendee) => setOpen({ kind, attendee })}
            />
          )}
          <Pager pageSize={pageSize} offset={offset} total={list.data.total} onTurn={setOffset} />
        </>
      )}

      <Dialog
        open={open?.kind === 'import'}
        wide
        title={t('importTitle')}
        closeLabel={common('close')}
        onClose={close}
      >
        <ImportAttendees slug={slug} onImported={imported} />
      </Dialog>
      <Dialog
        open={open?.kind === 'add' || open?.kind === 'edit'}
        title={t(open?.kind === 'edit' ? 'editTitle' : 'newTitle')}
        closeLabel={common('close')}
        onClose={close}
      >
        <AttendeeForm
          conference={conference}
          presenters={presenters}
          attendee={open?.kind === 'edit' ? open.attendee : null}
          onSaved={done}
        />
      </Dialog>
      {open?.kind === 'link' && <NewLink slug={slug} attendee={open.attendee} onClose={close} />}
      {open?.kind === 'erase' && (
        <Erase slug={slug} attendee={open.attendee} onErased={done} onClose={close} />
      )}
    </>
  );
}
