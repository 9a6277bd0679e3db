import { type ReactNode, useState } from 'react';
import { editSettings } from '../../shared/conference/contract.ts';
import type { Conference } from '../../shared/conference/vocabulary.ts';
import { type BodyOf, call } from '../core/api.ts';
import { changedParts } from '../core/changed-parts.ts';
import { useFormats } from '../core/formats.ts';
import { useFormProblems } from '../core/use-form-problems.ts';
import { Button } from '../ui/button.tsx';
import { Field, TextField } from '../ui/field.tsx';
import { FieldRow, Form } from '../ui/form.tsx';
import { NumberField } from '../ui/number-field.tsx';
import { useSettingsTexts } from './conference-texts.ts';
import { useConferenceWrite } from './organiser-writes.ts';
import look from './settings-page.module.css';

interface SettingsFormProps {
  readonly slug: string;
  /** What the fields say, as it is sent. */
  readonly body: BodyOf<typeof editSettings>;
  readonly names: readonly string[];
  readonly fieldOfCode?: Readonly<Record<string, string>>;
  readonly saveLabel: string;
  readonly children: (problemOf: (field: string) => string | undefined) => ReactNode;
}

/** A part of the settings with its own save: what was saved is said with the time. */
export function SettingsForm({ slug, body, names, fieldOfCode, saveLabel, children }: SettingsFormProps) {
  const t = useSettingsTexts();
  const { time } = useFormats();
  const [kept, setKept] = useState(body);
  const [savedAt, setSavedAt] = useState<number | null>(null);
  const save = useConferenceWrite(slug, (changed: BodyOf<typeof editSettings>) =>
    call(editSettings, { params: { slug }, body: changed }),
  );
  const problems = useFormProblems(save.error, names, fieldOfCode);
  const submit = (): void => {
    setSavedAt(null);
    const saved = (): void => {
      setKept(body);
      setSavedAt(Date.now());
    };
    save.mutate(changedParts(kept, body), { onSuccess: saved });
  };
  return (
    <Form
      onSubmit={submit}
      problems={problems}
      problemTitle={t('problem')}
      actions={
        <>
          <Button type="submit" busy={save.isPending}>
            {saveLabel}
          </Button>
          <span role="status" className={look['saved']}>
            {savedAt !== null && t('saved', { time: time(savedAt) })}
          </span>
        </>
      }
    >
      {children((field) => problems?.fields[field])}
    </Form>
  );
}

const aboutFields = ['name', 'tagline'] as const;

export function AboutForm({ conference }: { readonly conference: Conference }) {
  const t = useSettingsTexts();
  const [name, setName] = useState(conference.name);
  const [tagline, setTagline] = useState(conference.tagline);
  return (
    <SettingsForm
      slug={conference.slug}
      body={{ name, tagline }}
      names={aboutFields}
      saveLabel={t('saveAbout')}
    >
      {(problemOf) => (
        <>
          <Field
            label={t('name')}
            value={name}
            required
            problem={problemOf('name')}
            onChange={(event) => setName(event.target.value)}
          />
          <TextField
            label={t('tagline')}
            hint={t('taglineHint')}
            rows={2}
            value={tagline}
            problem={problemOf('tagline')}
            onChange={(event) => setTagline(event.target.value)}
          />
        </>
      )}
    </SettingsForm>
  );
}

const ruleFields = ['rules.picksPerAttendee', 'rules.advisedWishes'] as const;

export function RulesForm({ conference }: { readonly conference: Conference }) {
  const t = useSettingsTexts();
  const [picks, setPicks] = useState<number | null>(conference.rules.picksPerAttendee);
  const [wishes, setWishes] = useState<number | null>(conference.rules.advisedWishes);
  // An emptied field is sent as 0, which the server refuses beside it.
  const body = { rules: { picksPerAttendee: picks ?? 0, advisedWishes: wishes ?? 0 } };
  return (
    <SettingsForm slug={conference.slug} body={body} names={ruleFields} saveLabel={t('saveRules')}>
      {(problemOf) => (
        <FieldRow>
          <NumberField
            label={t('picksPerAttendee')}
            hint={t('picksHint')}
            value={picks}
            problem={problemOf('rules.picksPerAttendee')}
            onChange={setPicks}
          />
          <NumberField
            label={t('advisedWishes')}
            hint={t('advisedHint')}
            value={wishes}
            problem={problemOf('rules.advisedWishes')}
            onChange={setWishes}
          />
        </FieldRow>
      )}
    </SettingsForm>
  );
}
