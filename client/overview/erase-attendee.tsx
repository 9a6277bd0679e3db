import { useState } from 'react';
import { sameText } from '../../shared/core/same-text.ts';
import { eraseAttendee } from '../../shared/overview/contract.ts';
import { useConferenceWrite } from '../conference/organiser-writes.ts';
import { call } from '../core/api.ts';
import { useCommonTexts, useErrorSentence } from '../core/common-texts.ts';
import type { EraseProps } from '../people/attendees-page.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { Notice } from '../ui/notice.tsx';
import { useEraseTexts } from './erase-texts.ts';

/** Erasing a person says what goes, and asks for the name: nothing of it comes back. */
export function EraseAttendee({ slug, attendee, onErased, onClose }: EraseProps) {
  const t = useEraseTexts();
  const common = useCommonTexts();
  const sentence = useErrorSentence();
  const [typed, setTyped] = useState('');
  const { name, id } = attendee;
  const erase = useConferenceWrite(slug, () => call(eraseAttendee, { params: { slug, attendeeId: id } }));
  const matches = sameText(typed) === sameText(name);
  const submit = (): void => {
    if (!matches) return;
    erase.mutate(undefined, {
      onSuccess: ({ seatsFreed }) => {
        const freed = seatsFreed > 0 ? ` ${t('freed', { count: seatsFreed })}` : '';
        onErased(`${t('erased', { name })}${freed}`);
      },
    });
  };
  return (
    <Dialog open title={t('title', { name })} closeLabel={common('close')} onClose={onClose}>
      <Form
        onSubmit={submit}
        problems={null}
        problemTitle=""
        actions={
          <>
            <Button
              kind="danger"
              type="submit"
              busy={erase.isPending}
              whyNot={matches ? null : t('mismatch')}
            >
              {t('yes', { name })}
            </Button>
            <Button onClick={onClose}>{t('keep')}</Button>
          </>
        }
      >
        {erase.isError && (
          <Notice kind="loss" announced>
            <p>{sentence(erase.error)}</p>
          </Notice>
        )}
        <p>{t('body', { name })}</p>
        <p>
          <strong>{t('final')}</strong>
        </p>
        <Field
          label={t('type')}
          hint={t('typeHint', { name })}
          value={typed}
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
        />
      </Form>
    </Dialog>
  );
}
