import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { askForLink } from '../../shared/people/contract.ts';
import { call } from '../core/api.ts';
import { useFormProblems } from '../core/use-form-problems.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import look from './sign-in.module.css';
import { usePeopleTexts } from './texts.ts';

const fields = ['mail'];

/** A new personal link by mail. The answer is the same whoever asks: it does not tell who is registered. */
export function AskForLink({ slug }: { readonly slug: string | null }) {
  const t = usePeopleTexts();
  const [mail, setMail] = useState('');
  const ask = useMutation({
    mutationFn: () =>
      call(askForLink, { body: { mail: mail.trim(), ...(slug !== null && { conference: slug }) } }),
  });
  const problems = useFormProblems(ask.error, fields);
  if (ask.isSuccess)
    return (
      <Notice title={t('askedTitle')} announced>
        <p>{t('askedText', { mail: mail.trim() })}</p>
      </Notice>
    );
  return (
    <form
      noValidate
      className={look['ask']}
      onSubmit={(event) => {
        event.preventDefault();
        ask.mutate();
      }}
    >
      <h2 className={look['askTitle']}>{t('askTitle')}</h2>
      <Field
        label={t('askMail')}
        hint={t('askHint')}
        type="email"
        autoComplete="email"
        required
        value={mail}
        problem={problems?.fields['mail']}
        onChange={(event) => setMail(event.target.value)}
      />
      {problems && problems.rest.length > 0 && (
        <Notice kind="trouble" announced>
          {problems.rest.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </Notice>
      )}
      <Button type="submit" busy={ask.isPending}>
        {t('ask')}
      </Button>
    </form>
  );
}
