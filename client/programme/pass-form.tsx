import { useState } from 'react';
import { addPass, editPass, removePass } from '../../shared/programme/contract.ts';
import type { Pass } from '../../shared/programme/vocabulary.ts';
import { localIntervalOf } from '../conference/local-time.ts';
import { call } from '../core/api.ts';
import { changedParts } from '../core/changed-parts.ts';
import { Field } from '../ui/field.tsx';
import { IntervalFields, intervalFields, timeProblems, useInterval } from './interval-fields.tsx';
import { ItemForm } from './item-form.tsx';
import { nextName, nextPassInterval } from './next-interval.ts';
import type { OrganisedProgramme } from './organised-programme.ts';
import { useDayTexts } from './programme-texts.ts';

const names = ['name', ...intervalFields] as const;
const fieldOfCode = { 'name-taken': 'name', ...timeProblems };

export interface ItemProps<Item> {
  readonly programme: OrganisedProgramme;
  /** Null: a new one. */
  readonly item: Item | null;
  readonly onSaved: (name: string) => void;
  readonly onRemoved: (item: Item) => void;
  readonly onClose: () => void;
}

export function PassForm({ programme, item, onSaved, onRemoved, onClose }: ItemProps<Pass>) {
  const t = useDayTexts();
  const { slug, timeZone } = programme.conference;
  const [name, setName] = useState(
    item?.name ??
      nextName(
        programme.passes.map((pass) => pass.name),
        'Pass',
      ),
  );
  const interval = useInterval(
    item ? localIntervalOf(item, timeZone) : nextPassInterval(programme.passes, timeZone),
  );
  const { sent } = interval;
  const save = sent && (() => send());
  const send = () =>
    item
      ? call(editPass, {
          params: { slug, passId: item.id },
          body: { ...changedParts({ name: item.name }, { name }), ...interval.changed },
        })
      : call(addPass, { params: { slug }, body: { name, ...sent! } });
  return (
    <ItemForm
      slug={slug}
      names={names}
      fieldOfCode={fieldOfCode}
      save={save}
      saveLabel={t(item ? 'save' : 'add')}
      onSaved={(pass) => onSaved(pass.name)}
      remove={item ? () => call(removePass, { params: { slug, passId: item.id } }) : undefined}
      onRemoved={() => item && onRemoved(item)}
      onClose={onClose}
    >
      {(problemOf, refusal) => (
        <>
          <Field
            label={t('passName')}
            value={name}
            required
            problem={problemOf('name')}
            onChange={(event) => setName(event.target.value)}
          />
          <IntervalFields
            input={interval}
            problemOf={problemOf}
            asksFold={refusal === 'time-is-ambiguous' || interval.fold !== null}
          />
        </>
      )}
    </ItemForm>
  );
}
