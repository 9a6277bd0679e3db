import { useState } from 'react';
import { addRoom, editRoom, removeRoom } from '../../shared/programme/contract.ts';
import { type Feature, featureNames, features } from '../../shared/programme/features.ts';
import type { Room } from '../../shared/programme/vocabulary.ts';
import { call } from '../core/api.ts';
import { changedParts } from '../core/changed-parts.ts';
import { useLanguage } from '../core/language.ts';
import { CheckField, Field } from '../ui/field.tsx';
import { Checks, FieldGroup, FieldRow } from '../ui/form.tsx';
import { NumberField } from '../ui/number-field.tsx';
import { ItemForm } from './item-form.tsx';
import { withOrWithout } from './lists.ts';
import type { ItemProps } from './pass-form.tsx';
import { useDayTexts } from './programme-texts.ts';

const names = ['name', 'capacity', 'features', 'closed'] as const;
const fieldOfCode = {
  'name-taken': 'name',
  'capacity-below-taken': 'capacity',
  'room-closed': 'closed',
  'lacks-feature': 'features',
};

export function RoomForm({ programme, item, onSaved, onRemoved, onClose }: ItemProps<Room>) {
  const t = useDayTexts();
  const { language } = useLanguage();
  const { slug } = programme.conference;
  const [name, setName] = useState(item?.name ?? '');
  const [capacity, setCapacity] = useState<number | null>(item?.capacity ?? null);
  const [has, setHas] = useState<readonly Feature[]>(item?.features ?? []);
  const [closed, setClosed] = useState<readonly string[]>(item?.closed ?? []);
  // An emptied number is sent as it is, null, for the server to refuse beside its field.
  const body = { name, capacity: capacity as number, features: [...has], closed: [...closed] };
  const [opened] = useState(body);
  const save = () =>
    item
      ? call(editRoom, { params: { slug, roomId: item.id }, body: changedParts(opened, body) })
      : call(addRoom, { params: { slug }, body });
  return (
    <ItemForm
      slug={slug}
      names={names}
      fieldOfCode={fieldOfCode}
      save={save}
      saveLabel={t(item ? 'save' : 'add')}
      onSaved={(room) => onSaved(room.name)}
      remove={item ? () => call(removeRoom, { params: { slug, roomId: item.id } }) : undefined}
      onRemoved={() => item && onRemoved(item)}
      onClose={onClose}
    >
      {(problemOf) => (
        <>
          <FieldRow>
            <Field
              label={t('roomName')}
              value={name}
              required
              problem={problemOf('name')}
              onChange={(event) => setName(event.target.value)}
            />
            <NumberField
              label={t('capacity')}
              value={capacity}
              required
              problem={problemOf('capacity')}
              onChange={setCapacity}
            />
          </FieldRow>
          <FieldGroup legend={t('features')} problem={problemOf('features')}>
            <Checks>
              {features.map((feature) => (
                <CheckField
                  key={feature}
                  label={featureNames[feature][language]}
                  checked={has.includes(feature)}
                  onChange={(event) => setHas(withOrWithout(has, feature, event.target.checked))}
                />
              ))}
            </Checks>
          </FieldGroup>
          {programme.passes.length > 0 && (
            <FieldGroup legend={t('closedIn')} problem={problemOf('closed')}>
              <Checks>
                {programme.passes.map((pass) => (
                  <CheckField
                    key={pass.id}
                    label={pass.name}
                    checked={closed.includes(pass.id)}
                    onChange={(event) => setClosed(withOrWithout(closed, pass.id, event.target.checked))}
                  />
                ))}
              </Checks>
            </FieldGroup>
          )}
        </>
      )}
    </ItemForm>
  );
}
