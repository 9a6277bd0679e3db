import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { renewCalendarAddress } from '../../shared/calendars/contract.ts';
import { call } from '../core/api.ts';
import { useCommonTexts, useErrorSentence } from '../core/common-texts.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import { subscriptionAddress, wholeAddress } from './addresses.ts';
import look from './calendar-dialog.module.css';
import { useCalendarTexts } from './texts.ts';

interface Addresses {
  readonly feed: string;
  readonly download: string;
}

interface CalendarDialogProps {
  readonly slug: string;
  readonly calendar: Addresses;
  readonly empty: boolean;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onRenewed: (calendar: Addresses) => void;
}

/** Subscribe or download: kept apart, each with what it does. */
export function CalendarDialog({ slug, calendar, empty, open, onClose, onRenewed }: CalendarDialogProps) {
  const t = useCalendarTexts();
  const common = useCommonTexts();
  const sentence = useErrorSentence();
  const [copied, setCopied] = useState<'yes' | 'no' | null>(null);
  const address = wholeAddress(calendar.feed);
  const renew = useMutation({
    mutationFn: () => call(renewCalendarAddress, { params: { slug } }),
    onSuccess: (renewed) => {
      setCopied(null);
      onRenewed(renewed);
    },
  });
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(address);
      setCopied('yes');
    } catch {
      setCopied('no');
    }
  };
  return (
    <Dialog open={open} title={t('title')} closeLabel={common('close')} onClose={onClose}>
      {calendar.feed === '' ? (
        <p className={look['empty']}>{t('offline')}</p>
      ) : (
        <>
          {empty && <p className={look['empty']}>{t('nothingYet')}</p>}
          <section className={look['way']}>
            <h3>{t('subscribeTitle')}</h3>
            <p>{t('subscribeText')}</p>
            <ul className={look['programs']}>
              <li>
                <strong>Apple:</strong> {t('apple')}
              </li>
              <li>
                <strong>Google:</strong> {t('google')}
              </li>
              <li>
                <strong>Outlook:</strong> {t('outlook')}
              </li>
            </ul>
            <p>{t('sooner')}</p>
            <ButtonLink kind="primary" href={subscriptionAddress(address)}>
              {t('subscribe')}
            </ButtonLink>
            <Field
              label={t('address')}
              value={address}
              readOnly
              onFocus={(event) => event.currentTarget.select()}
            />
            <Button onClick={() => void copy()}>{t('copy')}</Button>
            <p role="status" className={look['said']}>
              {copied === 'yes' && t('copied')}
              {copied === 'no' && t('copyFailed')}
            </p>
          </section>
          <section className={look['way']}>
            <h3>{t('downloadTitle')}</h3>
            <p>{t('downloadText')}</p>
            <ButtonLink href={calendar.download} download>
              {t('download')}
            </ButtonLink>
          </section>
          <section className={look['way']}>
            <h3>{t('renewTitle')}</h3>
            <p>{t('renewText')}</p>
            <Button kind="quiet" busy={renew.isPending} onClick={() => renew.mutate()}>
              {t('renew')}
            </Button>
            {renew.isSuccess && <Notice announced>{t('renewed')}</Notice>}
            {renew.isError && (
              <Notice kind="trouble" title={t('renewFailed')} announced>
                <p>{sentence(renew.error)}</p>
              </Notice>
            )}
          </section>
        </>
      )}
    </Dialog>
  );
}
