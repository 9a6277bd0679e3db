import { useQuery } from '@tanstack/react-query';
import { getSwapOffer } from '../../shared/registration/contract.ts';
import { call } from '../core/api.ts';
import { useErrorSentence } from '../core/common-texts.ts';
import { useLanguage } from '../core/language.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import type { Day } from './day.ts';
import look from './offered-swap.module.css';
import { useRegistrationTexts } from './texts.ts';
import { useAcceptSwap } from './use-waiting.ts';

interface OfferedSwapProps {
  readonly slug: string;
  readonly day: Day;
  readonly offerId: string;
  readonly onClose: () => void;
}

/** A swap that somebody has handed me: what I give, what I get, and the one button that does both. */
export default function OfferedSwap({ slug, day, offerId, onClose }: OfferedSwapProps) {
  const t = useRegistrationTexts();
  const { language } = useLanguage();
  const sentence = useErrorSentence();
  const accept = useAcceptSwap(slug);
  const offer = useQuery({
    queryKey: ['swap-offer', slug, offerId],
    queryFn: ({ signal }) => call(getSwapOffer, { params: { slug, offerId }, signal }),
    enabled: !accept.isSuccess,
  });
  const titleOf = (session: string): string => {
    const choices = day.passes.flatMap((pass) => pass.choices);
    const workshop = choices.find((choice) => choice.session === session)?.workshop;
    return workshop ? `${workshop.code} ${workshop.title}` : '';
  };
  const close = (
    <Button kind={accept.isSuccess ? 'outline' : 'quiet'} onClick={onClose}>
      {t(accept.isSuccess ? 'swapClose' : 'swapDecline')}
    </Button>
  );
  if (offer.data === undefined)
    return offer.isError ? (
      <Notice kind="trouble" title={t('swapAsked')} announced className={look['offer']} actions={close}>
        <p>{sentence(offer.error)}</p>
      </Notice>
    ) : null;
  const { from, gives, wants, whyNot, pass } = offer.data;
  const passName = day.passes.find(({ id }) => id === pass)?.name ?? '';
  if (accept.isSuccess)
    return (
      <Notice title={t('swapDone')} announced className={look['offer']} actions={close}>
        <p>{t('swapDoneText', { title: titleOf(gives), pass: passName })}</p>
      </Notice>
    );
  return (
    <Notice
      title={t('swapFrom', { name: from, pass: passName })}
      announced
      className={look['offer']}
      actions={
        <>
          {whyNot === null && (
            <Button kind="primary" busy={accept.isPending} onClick={() => accept.mutate(offerId)}>
              {t('swapAccept')}
            </Button>
          )}
          {close}
        </>
      }
    >
      <dl className={look['sides']}>
        <dt>{t('swapGet')}</dt>
        <dd>{titleOf(gives)}</dd>
        <dt>{t('swapGive')}</dt>
        <dd>{titleOf(wants)}</dd>
      </dl>
      {whyNot !== null && <p>{whyNot.reason[language]}</p>}
      {accept.isError && <p role="alert">{sentence(accept.error)}</p>}
    </Notice>
  );
}
