import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Language } from '../../shared/core/language.ts';
import { addWorkshop, editWorkshop } from '../../shared/programme/contract.ts';
import { type Feature, featureNames, features } from '../../shared/programme/features.ts';
import type { Workshop } from '../../shared/programme/vocabulary.ts';
import { useConferenceWrite } from '../conference/organiser-writes.ts';
import { type BodyOf, call } from '../core/api.ts';
import { changedParts } from '../core/changed-parts.ts';
import { useLanguage } from '../core/language.ts';
import { paths } from '../core/paths.ts';
import { useFormProblems } from '../core/use-form-problems.ts';
import { Button } from '../ui/button.tsx';
import { CheckField, Field, SelectField, TextField } from '../ui/field.tsx';
import { Checks, FieldGroup, FieldRow, Form } from '../ui/form.tsx';
import { NumberField } from '../ui/number-field.tsx';
import { linesOf, withOrWithout } from './lists.ts';
import { useProgramme } from './organised-programme.ts';
import { PresenterFields, type PresenterRow, sentPresenters } from './presenter-fields.tsx';
import { useWorkshopTexts } from './programme-texts.ts';

const names = [
  'code',
  'title',
  'summary',
  'language',
  'presenters',
  'organisations',
  'topics',
  'requires',
  'minSize',
  'maxSize',
  'reserved',
  'minOfferings',
  'maxOfferings',
  'passes',
] as const;
const fieldOfCode = {
  'code-taken': 'code',
  'sizes-contradict': 'maxSize',
  'capacity-below-taken': 'maxSize',
  'presenter-busy': 'presenters',
  'lacks-feature': 'requires',
  'not-in-that-pass': 'passes',
};

interface WorkshopFormProps {
  /** Null: a new one. */
  readonly workshop: Workshop | null;
  /** More that can be done with it, beside save. */
  readonly children?: ReactNode;
}

export function WorkshopForm({ workshop, children }: WorkshopFormProps) {
  const t = useWorkshopTexts();
  const { language: reader } = useLanguage();
  const navigate = useNavigate();
  const { conference, passes } = useProgramme();
  const { slug } = conference;
  const [code, setCode] = useState(workshop?.code ?? '');
  const [title, setTitle] = useState(workshop?.title ?? '');
  const [summary, setSummary] = useState(workshop?.summary ?? '');
  const [language, setLanguage] = useState<Language>(workshop?.language ?? conference.language);
  const [presenters, setPresenters] = useState<readonly PresenterRow[]>(
    (workshop?.presenters ?? []).map(({ id, name, affiliation }) => ({ key: id, name, affiliation })),
  );
  const [organisations, setOrganisations] = useState((workshop?.organisations ?? []).join('\n'));
  const [topics, setTopics] = useState((workshop?.topics ?? []).join('\n'));
  const [requires, setRequires] = useState<readonly Feature[]>(workshop?.requires ?? []);
  const [minSize, setMinSize] = useState<number | null>(workshop?.minSize ?? 0);
  const [maxSize, setMaxSize] = useState<number | null>(workshop?.maxSize ?? null);
  const [reserved, setReserved] = useState<number | null>(workshop?.reserved ?? 0);
  const [minOfferings, setMinOfferings] = useState<number | null>(workshop?.minOfferings ?? 1);
  const [maxOfferings, setMaxOfferings] = useState<number | null>(workshop?.maxOfferings ?? 1);
  const [runsIn, setRunsIn] = useState<readonly string[]>(workshop?.passes ?? []);

  const body: BodyOf<typeof addWorkshop> = {
    code,
    title,
    summary,
    language,
    presenters: sentPresenters(presenters),
    organisations: linesOf(organisations),
    topics: linesOf(topics),
    requires: [...requires],
    minSize: minSize ?? 0,
    maxSize,
    reserved: reserved ?? 0,
    minOfferings: minOfferings ?? 0,
    maxOfferings: maxOfferings ?? 1,
    passes: [...runsIn],
  };
  const [opened] = useState(body);
  const save = useConferenceWrite(slug, () =>
    workshop
      ? call(editWorkshop, { params: { slug, workshopId: workshop.id }, body: changedParts(opened, body) })
      : call(addWorkshop, { params: { slug }, body }),
  );
  const problems = useFormProblems(save.error, names, fieldOfCode);
  const problemOf = (field: (typeof names)[number]) => problems?.fields[field];
  const submit = (): void =>
    save.mutate(undefined, {
      onSuccess: (kept) => {
        const said = t(workshop ? 'saved' : 'added', { code: kept.code });
        void navigate(paths.workshops(slug), { state: { said } });
      },
    });

  return (
    <Form
      onSubmit={submit}
      problems={problems}
      problemTitle={t('problem')}
      actions={
        <>
          <Button kind="primary" type="submit" busy={save.isPending}>
            {t(workshop ? 'save' : 'addSave')}
          </Button>
          {children}
        </>
      }
    >
      <FieldRow>
        <Field
          label={t('code')}
          hint={t('codeHint')}
          value={code}
          required
          autoComplete="off"
          problem={problemOf('code')}
          onChange={(event) => setCode(event.target.value)}
        />
        <SelectField
          label={t('language')}
          value={language}
          onChange={(event) => setLanguage(event.target.value === 'en' ? 'en' : 'sv')}
        >
          <option value="sv">{t('sv')}</option>
          <option value="en">{t('en')}</option>
        </SelectField>
      </FieldRow>
      <Field
        label={t('name')}
        value={title}
        required
        problem={problemOf('title')}
        onChange={(event) => setTitle(event.target.value)}
      />
      <TextField
        label={t('summary')}
        hint={t('summaryHint')}
        rows={5}
        value={summary}
        problem={problemOf('summary')}
        onChange={(event) => setSummary(event.target.value)}
      />
      <PresenterFields rows={presenters} problems={problems?.fields ?? {}} onChange={setPresenters} />
      <TextField
        label={t('organisations')}
        hint={t('organisationsHint')}
        rows={3}
        value={organisations}
        problem={problemOf('organisations')}
        onChange={(event) => setOrganisations(event.target.value)}
      />
      <TextField
        label={t('topics')}
        hint={t('topicsHint')}
        rows={2}
        value={topics}
        problem={problemOf('topics')}
        onChange={(event) => setTopics(event.target.value)}
      />
      <FieldGroup legend={t('needs')} problem={problemOf('requires')}>
        <Checks>
          {features.map((feature) => (
            <CheckField
              key={feature}
              label={featureNames[feature][reader]}
              checked={requires.includes(feature)}
              onChange={(event) => setRequires(withOrWithout(requires, feature, event.target.checked))}
            />
          ))}
        </Checks>
      </FieldGroup>
      <FieldRow>
        <NumberField
          label={t('minSize')}
          hint={t('minSizeHint')}
          value={minSize}
          problem={problemOf('minSize')}
          onChange={setMinSize}
        />
        <NumberField
          label={t('maxSize')}
          hint={t('maxSizeHint')}
          value={maxSize}
          problem={problemOf('maxSize')}
          onChange={setMaxSize}
        />
        <NumberField
          label={t('reserved')}
          hint={t('reservedHint')}
          value={reserved}
          problem={problemOf('reserved')}
          onChange={setReserved}
        />
      </FieldRow>
      <FieldRow>
        <NumberField
          label={t('minOfferings')}
          hint={t('offeringsHint')}
          value={minOfferings}
          problem={problemOf('minOfferings')}
          onChange={setMinOfferings}
        />
        <NumberField
          label={t('maxOfferings')}
          hint={t('offeringsHint')}
          value={maxOfferings}
          problem={problemOf('maxOfferings')}
          onChange={setMaxOfferings}
        />
      </FieldRow>
      {passes.length > 0 && (
        <FieldGroup legend={t('passes')} hint={t('passesHint')} problem={problemOf('passes')}>
          <Checks>
            {passes.map((pass) => (
              <CheckField
                key={pass.id}
                label={pass.name}
                checked={runsIn.includes(pass.id)}
                onChange={(event) => setRunsIn(withOrWithout(runsIn, pass.id, event.target.checked))}
              />
            ))}
          </Checks>
        </FieldGroup>
      )}
    </Form>
  );
}
