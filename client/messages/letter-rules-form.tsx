import { useState } from 'react';
import { editLetterRules } from '../../shared/messages/contract.ts';
import type { LetterRules } from '../../shared/messages/vocabulary.ts';
import { useConferenceWrite } from '../conference/organiser-writes.ts';
import { call } from '../core/api.ts';
import { useFormats } from '../core/formats.ts';
import { useFormProblems } from '../core/use-form-problems.ts';
import { Button } from '../ui/button.tsx';
import { CheckField, Field } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { useLettersTexts } from './letters-texts.ts';

const names = ['receipts', 'reminders', 'replyTo'] as const;

interface LetterRulesFormProps {
  readonly slug: string;
  readonly rules: LetterRules;
}

export function LetterRulesForm({ slug, rules }: LetterRulesFormProps) {
  const t = useLettersTexts();
  const { time } = useFormats();
  const [receipts, setReceipts] = useState(rules.receipts);
  const [reminders, setReminders] = useState(rules.reminders);
  const [replyTo, setReplyTo] = useState(rules.replyTo ?? '');
  const [savedAt, setSavedAt] = useState<number | null>(null);
  const save = useConferenceWrite(slug, () =>
    call(editLetterRules, {
      params: { slug },
      body: { receipts, reminders, replyTo: replyTo.trim() || null },
    }),
  );
  const problems = useFormProblems(save.error, names);
  return (
    <Form
      onSubmit={() => save.mutate(undefined, { onSuccess: () => setSavedAt(Date.now()) })}
      problems={problems}
      problemTitle={t('problem')}
      actions={
        <>
          <Button kind="primary" type="submit" busy={save.isPending}>
            {t('saveRules')}
          </Button>
          <span role="status">
            {savedAt !== null && !save.isError && t('saved', { time: time(savedAt) })}
          </span>
        </>
      }
    >
      <CheckField
        label={t('receipts')}
        hint={t('receiptsHint')}
        checked={receipts}
        onChange={(event) => setReceipts(event.target.checked)}
      />
      <CheckField
        label={t('reminders')}
        hint={t('remindersHint')}
        checked={reminders}
        onChange={(event) => setReminders(event.target.checked)}
      />
      <Field
        label={t('replyTo')}
        hint={t('replyToHint')}
        type="email"
        autoComplete="off"
        value={replyTo}
        problem={problems?.fields['replyTo']}
        onChange={(event) => setReplyTo(event.target.value)}
      />
    </Form>
  );
}
