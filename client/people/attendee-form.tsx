import { inNameOrder } from '../../shared/core/name-order.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { listOrganisations } from '../../shared/conference/contract.ts';
import type { Conference } from '../../shared/conference/vocabulary.ts';
import type { Language } from '../../shared/core/language.ts';
import { addAttendee, editAttendee } from '../../shared/people/contract.ts';
import type { Attendee } from '../../shared/people/vocabulary.ts';
import { conferenceKey, useConferenceWrite } from '../conference/organiser-writes.ts';
import { call } from '../core/api.ts';
import { changedParts } from '../core/changed-parts.ts';
import { useFormProblems } from '../core/use-form-problems.ts';
import { Button } from '../ui/button.tsx';
import { Field, SelectField } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { useAttendeeTexts } from './attendee-texts.ts';
import type { ProgrammePresenter } from './attendees-page.tsx';

const names = ['name', 'mail', 'organisation', 'language', 'presenterId'] as const;
const fieldOfCode = { duplicate: 'mail' };

interface AttendeeFormProps {
  readonly conference: Conference;
  readonly presenters: readonly ProgrammePresenter[];
  /** Null: a new one. */
  readonly attendee: Attendee | null;
  readonly onSaved: (sentence: string) => void;
}

export function AttendeeForm({ conference, presenters, attendee, onSaved }: AttendeeFormProps) {
  const t = useAttendeeTexts();
  const { slug } = conference;
  const [name, setName] = useState(attendee?.name ?? '');
  const [mail, setMail] = useState(attendee?.mail ?? '');
  const [organisation, setOrganisation] = useState(attendee?.organisation ?? '');
  const [language, setLanguage] = useState<Language>(attendee?.language ?? conference.language);
  const [presenterId, setPresenterId] = useState(attendee?.presenterId ?? '');
  const organisations = useQuery({
    queryKey: [...conferenceKey(slug), 'organisations'],
    queryFn: ({ signal }) => call(listOrganisations, { params: { slug }, signal }),
  });
  const body = {
    name,
    mail: mail.trim() || null,
    organisation: organisation.trim() || null,
    language,
    presenterId: presenterId || null,
  };
  const [opened] = useState(body);
  const save = useConferenceWrite(slug, () =>
    attendee
      ? call(editAttendee, { params: { slug, attendeeId: attendee.id }, body: changedParts(opened, body) })
      : call(addAttendee, { params: { slug }, body }),
  );
  const problems = useFormProblems(save.error, names, fieldOfCode);
  const submit = (): void =>
    save.mutate(undefined, {
      onSuccess: (kept) => onSaved(t(attendee ? 'saved' : 'added', { name: kept.name })),
    });
  const people = [...new Map(presenters.map((presenter) => [presenter.id, presenter])).values()].toSorted(
    (a, b) => inNameOrder(a.name, b.name),
  );
  return (
    <Form
      onSubmit={submit}
      problems={problems}
      problemTitle={t('problem')}
      actions={
        <Button kind="primary" type="submit" busy={save.isPending}>
          {t(attendee ? 'save' : 'addSave')}
        </Button>
      }
    >
      <Field
        label={t('name')}
        value={name}
        required
        autoComplete="off"
        problem={problems?.fields['name']}
        onChange={(event) => setName(event.target.value)}
      />
      <Field
        label={t('mail')}
        hint={t('optional')}
        type="email"
        autoComplete="off"
        value={mail}
        problem={problems?.fields['mail']}
        onChange={(event) => setMail(event.target.value)}
      />
      <Field
        label={t('organisation')}
        hint={t('optional')}
        list="organisations"
        autoComplete="off"
        value={organisation}
        problem={problems?.fields['organisation']}
        onChange={(event) => setOrganisation(event.target.value)}
      />
      <datalist id="organisations">
        {organisations.data?.items.map((item) => (
          <option key={item} value={item} />
        ))}
      </datalist>
      <SelectField
        label={t('language')}
        value={language}
        onChange={(event) => setLanguage(event.target.value === 'en' ? 'en' : 'sv')}
      >
        <option value="sv">{t('sv')}</option>
        <option value="en">{t('en')}</option>
      </SelectField>
      {people.length > 0 && (
        <SelectField
          label={t('presenter')}
          hint={t('presenterHint')}
          value={presenterId}
          problem={problems?.fields['presenterId']}
          onChange={(event) => setPresenterId(event.target.value)}
        >
          <option value="">{t('presenterNone')}</option>
          {people.map(({ id, name: presenter, affiliation, workshop }) => (
            <option key={id} value={id}>
              {t('presenterOption', { name: presenter, affiliation, workshop })}
            </option>
          ))}
        </SelectField>
      )}
    </Form>
  );
}
