import { useState } from 'react';
import { addPlenary, editPlenary, removePlenary } from '../../shared/programme/contract.ts';
import type { Plenary, PlenaryKind } from '../../shared/programme/vocabulary.ts';
import { localIntervalOf } from '../conference/local-time.ts';
import { call } from '../core/api.ts';
import { changedParts } from '../core/changed-parts.ts';
import { Field, SelectField, TextField } from '../ui/field.tsx';
import { FieldRow } from '../ui/form.tsx';
import { IntervalFields, intervalFields, timeProblems, useInterval } from './interval-fields.tsx';
import { ItemForm } from './item-form.tsx';
import { nextItemInterval } from './next-interval.ts';
import type { ItemProps } from './pass-form.tsx';
import { useDayTexts } from './programme-texts.ts';

const kinds: readonly PlenaryKind[] = ['talk', 'break', 'meal', 'gathering'];
const names = ['title', 'kind', 'place', 'summary', ...intervalFields] as const;

export function PlenaryForm({ programme, item, onSaved, onRemoved, onClose }: ItemProps<Plenary>) {
  const t = useDayTexts();
  const { slug, timeZone } = programme.conference;
  const [title, setTitle] = useState(item?.title ?? '');
  const [kind, setKind] = useState<PlenaryKind>(item?.kind ?? 'talk');
  const [place, setPlace] = useState(item?.place ?? '');
  const [summary, setSummary] = useState(item?.summary ?? '');
  const timed = [...programme.passes, ...programme.plenaries];
  const interval = useInterval(item ? localIntervalOf(item, timeZone) : nextItemInterval(timed, timeZone));
  const { sent } = interval;
  const save = sent && (() => send());
  const body = { title, kind, place, summary };
  const [opened] = useState(body);
  const send = () =>
    item
      ? call(editPlenary, {
          params: { slug, plenaryId: item.id },
          body: { ...changedParts(opened, body), ...interval.changed },
        })
      : call(addPlenary, { params: { slug }, body: { ...body, ...sent! } });
  return (
    <ItemForm
      slug={slug}
      names={names}
      fieldOfCode={timeProblems}
      save={save}
      saveLabel={t(item ? 'save' : 'add')}
      onSaved={(plenary) => onSaved(plenary.title)}
      remove={item ? () => call(removePlenary, { params: { slug, plenaryId: item.id } }) : undefined}
      onRemoved={() => item && onRemoved(item)}
      onClose={onClose}
    >
      {(problemOf, refusal) => (
        <>
          <Field
            label={t('plenaryTitle')}
            value={title}
            required
            problem={problemOf('title')}
            onChange={(event) => setTitle(event.target.value)}
          />
          <FieldRow>
            <SelectField
              label={t('kind')}
              value={kind}
              onChange={(event) => setKind(kinds.find((k) => k === event.target.value) ?? 'talk')}
            >
              {kinds.map((k) => (
                <option key={k} value={k}>
                  {t(`kind_${k}`)}
                </option>
              ))}
            </SelectField>
            <Field
              label={t('place')}
              value={place}
              problem={problemOf('place')}
              onChange={(event) => setPlace(event.target.value)}
            />
          </FieldRow>
          <IntervalFields
            input={interval}
            problemOf={problemOf}
            asksFold={refusal === 'time-is-ambiguous' || interval.fold !== null}
          />
          <TextField
            label={t('summary')}
            rows={3}
            value={summary}
            problem={problemOf('summary')}
            onChange={(event) => setSummary(event.target.value)}
          />
        </>
      )}
    </ItemForm>
  );
}
