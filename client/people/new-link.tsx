import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { renewPersonalLink } from '../../shared/people/contract.ts';
import type { Attendee } from '../../shared/people/vocabulary.ts';
import { call } from '../core/api.ts';
import { useCommonTexts, useErrorSentence } from '../core/common-texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { useAttendeeTexts } from './attendee-texts.ts';
import look from './attendees-page.module.css';

interface NewLinkProps {
  readonly slug: string;
  readonly attendee: Attendee;
  readonly onClose: () => void;
}

/** Makes a new personal link and shows it this once. */
export function NewLink({ slug, attendee, onClose }: NewLinkProps) {
  const t = useAttendeeTexts();
  const common = useCommonTexts();
  const sentence = useErrorSentence();
  const [copied, setCopied] = useState(false);
  const { name, id } = attendee;
  const renew = useMutation({
    mutationFn: () => call(renewPersonalLink, { params: { slug, attendeeId: id } }),
  });
  const link = renew.data && new URL(renew.data.link, location.href).href;
  const copy = async (text: string): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  return (
    <Dialog open title={t('linkTitle', { name })} closeLabel={common('close')} onClose={onClose}>
      <div className={look['stack']}>
        {renew.isError && (
          <Notice kind="loss" announced>
            <p>{sentence(renew.error)}</p>
          </Notice>
        )}
        {link === undefined ? (
          <>
            <p>{t('linkBody', { name })}</p>
            <div className={look['actions']}>
              <Button kind="primary" busy={renew.isPending} onClick={() => renew.mutate()}>
                {t('linkMake')}
              </Button>
              <Button onClick={onClose}>{common('cancel')}</Button>
            </div>
          </>
        ) : (
          <>
            <p role="status">{t('linkMade', { name })}</p>
            <Field label={t('linkField')} value={link} readOnly onFocus={(event) => event.target.select()} />
            <div className={look['actions']}>
              <Button kind="primary" onClick={() => void copy(link)}>
                {t('copy')}
              </Button>
              <span role="status">{copied && t('copied')}</span>
            </div>
          </>
        )}
      </div>
    </Dialog>
  );
}
