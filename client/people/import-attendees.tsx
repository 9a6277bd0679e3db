import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { importAttendees, type ImportRow, previewAttendees } from '../../shared/people/contract.ts';
import { useConferenceWrite } from '../conference/organiser-writes.ts';
import { call } from '../core/api.ts';
import { useErrorSentence } from '../core/common-texts.ts';
import { Button } from '../ui/button.tsx';
import { DataTable } from '../ui/data-table.tsx';
import { CheckField, TextField } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { useAttendeeTexts } from './attendee-texts.ts';
import look from './attendees-page.module.css';

interface Imported {
  /** Null where there was nobody to add. */
  readonly importId: string | null;
  readonly added: number;
}

interface ImportAttendeesProps {
  readonly slug: string;
  readonly onImported: (done: Imported) => void;
}

/** Paste, see how it is read, keep: nothing is saved before the last step. */
export function ImportAttendees({ slug, onImported }: ImportAttendeesProps) {
  const t = useAttendeeTexts();
  const sentence = useErrorSentence();
  const [text, setText] = useState('');
  const preview = useMutation({
    mutationFn: () => call(previewAttendees, { params: { slug }, body: { text } }),
  });
  const keep = useConferenceWrite(slug, () => call(importAttendees, { params: { slug }, body: { text } }));
  const error = preview.error ?? keep.error;
  const refused = error && (
    <Notice kind="loss" announced>
      <p>{sentence(error)}</p>
    </Notice>
  );
  if (!preview.data) {
    return (
      <form
        className={look['stack']}
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '') preview.mutate();
        }}
      >
        {refused}
        <TextField
          label={t('importText')}
          hint={t('importHint')}
          placeholder={t('importExample')}
          rows={12}
          wrap="off"
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <div className={look['actions']}>
          <Button kind="primary" type="submit" busy={preview.isPending}>
            {t('preview')}
          </Button>
        </div>
      </form>
    );
  }
  const { rows, toAdd, alreadyThere, wrong, newOrganisations } = preview.data;
  const whyNot = wrong > 0 ? t('fixFirst') : toAdd === 0 ? t('nothingToAdd') : null;
  return (
    <div className={look['stack']}>
      {refused}
      <p className={look['sums']} role="status">
        <span className={look['sum']}>{t('toAdd', { count: toAdd })}</span>
        {alreadyThere > 0 && <span>{t('alreadyThere', { count: alreadyThere })}</span>}
        {wrong > 0 && <span className={look['wrong']}>{t('wrong', { count: wrong })}</span>}
      </p>
      {newOrganisations.length > 0 && <p>{t('newOrganisations', { names: newOrganisations.join(', ') })}</p>}
      <PreviewRows rows={rows} />
      <div className={look['actions']}>
        <Button
          kind="primary"
          busy={keep.isPending}
          whyNot={whyNot}
          showWhyNot
          onClick={() => keep.mutate(undefined, { onSuccess: onImported })}
        >
          {t('keep', { count: toAdd })}
        </Button>
        <Button
          onClick={() => {
            preview.reset();
            keep.reset();
          }}
        >
          {t('back')}
        </Button>
      </div>
    </div>
  );
}

const mostRows = 300;

function PreviewRows({ rows }: { readonly rows: readonly ImportRow[] }) {
  const t = useAttendeeTexts();
  const [onlyProblems, setOnlyProblems] = useState(false);
  const problems = rows.filter((row) => row.problem !== null);
  const wanted = onlyProblems ? problems : rows;
  const shown = wanted.slice(0, mostRows);
  return (
    <>
      {problems.length > 0 && problems.length < rows.length && (
        <CheckField
          label={t('onlyProblems')}
          checked={onlyProblems}
          onChange={(event) => setOnlyProblems(event.target.checked)}
        />
      )}
      <div className={look['rows']} tabIndex={0} role="region" aria-label={t('previewTitle')}>
        <DataTable
          caption={t('previewTitle')}
          head={[t('row'), t('name'), t('mail'), t('organisation'), t('outcome')]}
        >
          {shown.map((row) => (
            <tr key={row.row}>
              <td data-label={t('row')}>{row.row}</td>
              <th scope="row">{row.name}</th>
              <td data-label={t('mail')} className={look['mail']}>
                {row.mail}
              </td>
              <td data-label={t('organisation')}>{row.organisation}</td>
              <td data-label={t('outcome')} className={outcomeLook(row)}>
                {row.problem ? t(row.problem) : t('rowAdd')}
              </td>
            </tr>
          ))}
        </DataTable>
      </div>
      {wanted.length > shown.length && (
        <p className={look['muted']}>{t('rowsCut', { shown: shown.length, all: wanted.length })}</p>
      )}
    </>
  );
}

function outcomeLook({ problem }: ImportRow): string | undefined {
  if (problem === null) return undefined;
  return problem === 'already-there' ? look['muted'] : look['wrong'];
}
