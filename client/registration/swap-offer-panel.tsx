import { useState } from 'react';
import type { SwapOffer } from '../../shared/registration/vocabulary.ts';
import { useErrorSentence } from '../core/common-texts.ts';
import { useFormats } from '../core/formats.ts';
import { paths } from '../core/paths.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Notice } from '../ui/notice.tsx';
import type { PassDay } from './day.ts';
import look from './swap-offer-panel.module.css';
import { useRegistrationTexts } from './texts.ts';
import { useWithdrawSwap } from './use-waiting.ts';

interface SwapOfferPanelProps {
  readonly slug: string;
  readonly pass: PassDay;
  readonly offer: SwapOffer;
  readonly timeZone: string;
}

/** A swap that I offer: the link to hand to whoever has the seat I want. */
export function SwapOfferPanel({ slug, pass, offer, timeZone }: SwapOfferPanelProps) {
  const t = useRegistrationTexts();
  const sentence = useErrorSentence();
  const { dateTime } = useFormats(timeZone);
  const withdraw = useWithdrawSwap(slug);
  const [copied, setCopied] = useState<'yes' | 'no' | null>(null);
  const codeOf = (session: string): string =>
    pass.choices.find((choice) => choice.session === session)?.workshop.code ?? '';
  const link = new URL(paths.swap(slug, offer.id), location.href).href;
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(link);
      setCopied('yes');
    } catch {
      setCopied('no');
    }
  };
  return (
    <div className={look['panel']}>
      <p>
        {t('swapOffered', { gives: codeOf(offer.gives), wants: codeOf(offer.wants) })}{' '}
        {t('swapUntil', { time: dateTime(offer.expiresAt) })}
      </p>
      <Field label={t('swapLink')} value={link} readOnly onFocus={(event) => event.currentTarget.select()} />
      <div className={look['actions']}>
        <Button onClick={() => void copy()}>{t('swapCopy')}</Button>
        <Button kind="quiet" busy={withdraw.isPending} onClick={() => withdraw.mutate(offer.id)}>
          {t('swapWithdraw')}
        </Button>
      </div>
      <p role="status" className={look['said']}>
        {copied === 'yes' && t('swapCopied')}
        {copied === 'no' && t('swapCopyFailed')}
      </p>
      {withdraw.isError && (
        <Notice kind="trouble" announced>
          <p>{sentence(withdraw.error)}</p>
        </Notice>
      )}
    </div>
  );
}
