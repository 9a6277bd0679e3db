import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { createConference, listOwnConferences } from '../../shared/conference/contract.ts';
import { stageNames } from '../../shared/conference/stages.ts';
import type { Conference } from '../../shared/conference/vocabulary.ts';
import type { Language } from '../../shared/core/language.ts';
import { slugOf } from '../../shared/core/slug.ts';
import { call } from '../core/api.ts';
import { useCommonTexts } from '../core/common-texts.ts';
import { useFormProblems } from '../core/use-form-problems.ts';
import { useLanguage } from '../core/language.ts';
import { paths } from '../core/paths.ts';
import { useTitle } from '../core/title.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Failure } from '../ui/failure.tsx';
import { Field, SelectField } from '../ui/field.tsx';
import { FieldRow, Form } from '../ui/form.tsx';
import { Page } from '../ui/page.tsx';
import { Bone, Skeleton } from '../ui/skeleton.tsx';
import { EmptyState } from '../ui/states.tsx';
import { useConferenceTexts } from './conference-texts.ts';
import { organiserKey } from './organiser-writes.ts';
import look from './conferences-page.module.css';

/** The conferences of a host, for its organisers. */
export function ConferencesPage({ host, aside }: { readonly host: string; readonly aside: ReactNode }) {
  const t = useConferenceTexts();
  const [creating, setCreating] = useState(false);
  useTitle(t('title'), host);
  const conferences = useQuery({
    queryKey: [...organiserKey, 'conferences'],
    queryFn: ({ signal }) => call(listOwnConferences, { signal }),
  });
  const create = (
    <Button kind="primary" onClick={() => setCreating(true)}>
      {t('create')}
    </Button>
  );
  return (
    <Page above={host} title={t('title')} aside={aside}>
      {conferences.isPending && (
        <Skeleton label={t('loading')}>
          <Bone size="most" tall />
          <Bone size="most" tall />
        </Skeleton>
      )}
      {conferences.isError && (
        <Failure error={conferences.error} onRetry={() => void conferences.refetch()} />
      )}
      {conferences.data?.items.length === 0 && (
        <EmptyState title={t('empty')} actions={create}>
          <p>{t('emptyBody')}</p>
        </EmptyState>
      )}
      {conferences.data && conferences.data.items.length > 0 && (
        <>
          <ul className={look['list']}>
            {conferences.data.items.map((conference) => (
              <ConferenceItem key={conference.id} conference={conference} />
            ))}
          </ul>
          {create}
        </>
      )}
      <CreateDialog open={creating} onClose={() => setCreating(false)} />
    </Page>
  );
}

function ConferenceItem({ conference }: { readonly conference: Conference }) {
  const t = useConferenceTexts();
  const { language } = useLanguage();
  return (
    <li className={look['item']}>
      <h2 className={look['name']}>
        <Link to={paths.board(conference.slug)}>{conference.name}</Link>
      </h2>
      {conference.tagline && <p lang={conference.language}>{conference.tagline}</p>}
      <p className={look['facts']}>
        {stageNames[conference.stage][language]} · {t(conference.published ? 'published' : 'unpublished')}
      </p>
    </li>
  );
}

const fields = ['name', 'slug', 'timeZone', 'language'] as const;
const fieldOfCode = { 'slug-taken': 'slug' };

function CreateDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const t = useConferenceTexts();
  const common = useCommonTexts();
  return (
    <Dialog open={open} title={t('createTitle')} closeLabel={common('close')} onClose={onClose}>
      <CreateForm onClose={onClose} />
    </Dialog>
  );
}

function CreateForm({ onClose }: { readonly onClose: () => void }) {
  const t = useConferenceTexts();
  const common = useCommonTexts();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { language: own } = useLanguage();
  const [name, setName] = useState('');
  const [typedSlug, setSlug] = useState<string | null>(null);
  const [timeZone, setTimeZone] = useState('Europe/Stockholm');
  const [language, setLanguage] = useState<Language>(own);
  const zones = useMemo(() => Intl.supportedValuesOf('timeZone'), []);
  const slug = typedSlug ?? slugOf(name);
  const create = useMutation({
    mutationFn: () => call(createConference, { body: { name, slug, timeZone, language } }),
    onSuccess: async (conference) => {
      await queries.invalidateQueries({ queryKey: organiserKey });
      await navigate(paths.day(conference.slug));
    },
  });
  const problems = useFormProblems(create.error, fields, fieldOfCode);
  return (
    <Form
      onSubmit={() => create.mutate()}
      problems={problems}
      problemTitle={t('problem')}
      actions={
        <>
          <Button kind="primary" type="submit" busy={create.isPending}>
            {t('createSave')}
          </Button>
          <Button onClick={onClose}>{common('cancel')}</Button>
        </>
      }
    >
      <Field
        label={t('name')}
        hint={t('nameHint')}
        value={name}
        required
        problem={problems?.fields['name']}
        onChange={(event) => setName(event.target.value)}
      />
      <Field
        label={t('address')}
        hint={t('addressHint', { slug: slug || '…' })}
        value={slug}
        required
        autoCapitalize="none"
        spellCheck={false}
        problem={problems?.fields['slug']}
        onChange={(event) => setSlug(event.target.value)}
      />
      <FieldRow>
        <SelectField
          label={t('timeZone')}
          hint={t('timeZoneHint')}
          value={timeZone}
          problem={problems?.fields['timeZone']}
          onChange={(event) => setTimeZone(event.target.value)}
        >
          {zones.map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </SelectField>
        <SelectField
          label={t('language')}
          value={language}
          onChange={(event) => setLanguage(event.target.value === 'en' ? 'en' : 'sv')}
        >
          <option value="sv">{t('sv')}</option>
          <option value="en">{t('en')}</option>
        </SelectField>
      </FieldRow>
    </Form>
  );
}
