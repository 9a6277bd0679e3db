import { useRef, useLayoutEffect } from 'react';
import type { SwapOffer } from '../../shared/registration/vocabulary.ts';
import { useErrorSentence } from '../core/common-texts.ts';
import { useFormats } from '../core/formats.ts';
import { useLanguage } from '../core/language.ts';
import { Button } from '../ui/button.tsx';
import { Hidden } from '../ui/hidden.tsx';
import { Notice } from '../ui/notice.tsx';
import { Code } from './code.tsx';
import { type Held, heldIn, type PassDay } from './day.ts';
import type { Picking } from './picking.ts';
import look from './queues.module.css';
import { SwapOfferPanel } from './swap-offer-panel.tsx';
import { useRegistrationTexts } from './texts.ts';
import { useOfferSwap, useOrderWaits } from './use-waiting.ts';

interface QueuesProps {
  readonly slug: string;
  readonly pass: PassDay;
  readonly held: Held;
  readonly picking: Picking;
  readonly open: boolean;
  /** The code of the queue that I am joining just now. */
  readonly joining: string | null;
  /** The swap that I offer in this pass. */
  readonly offer: SwapOffer | null;
  readonly timeZone: string;
}

/** What I wait for in a pass, most wanted first: my place in each queue, and what I can do about it. */
export function Queues({ slug, pass, held, picking, open, joining, offer, timeZone }: QueuesProps) {
  const t = useRegistrationTexts();
  const sentence = useErrorSentence();
  const { language } = useLanguage();
  const { dateTime } = useFormats(timeZone);
  const order = useOrderWaits(slug, pass.id);
  const offering = useOfferSwap(slug, pass.id);
  const pressed = useRef<HTMLButtonElement | null>(null);
  // A row that moves takes the focus with it.
  useLayoutEffect(() => {
    pressed.current?.focus();
    pressed.current = null;
  });

  const places = held.waitlist.filter((place) => place.pass === pass.id);
  const holding = pass.choices.find((choice) => choice.session === heldIn(held, pass.id)) ?? null;
  const ids = places.map((place) => place.session);
  const up = (session: string, button: HTMLButtonElement): void => {
    pressed.current = button;
    const at = ids.indexOf(session);
    const rest = ids.filter((id) => id !== session);
    order.mutate([...rest.slice(0, at - 1), session, ...rest.slice(at - 1)]);
  };
  const problem = order.error ?? offering.error;

  if (places.length === 0 && joining === null && offer === null) return null;
  return (
    <div className={look['queues']}>
      {joining !== null && <p role="status">{t('queueing', { code: joining })}</p>}
      {places.length > 0 && (
        <>
          <p role="status" className={look['means']}>
            {holding ? t('waitingMoveFrom', { code: holding.workshop.code }) : t('waitingMove')}
            {places.length > 1 && ` ${t('waitingOrder')}`}
          </p>
          <ol>
            {places.map((place, i) => {
              const choice = pass.choices.find((c) => c.session === place.session);
              if (!choice) return null;
              const { code, title } = choice.workshop;
              const canOffer = open && holding !== null && offer?.wants !== place.session;
              return (
                <li key={place.session} className={look['place']}>
                  <Code code={code} />
                  <div className={look['text']}>
                    <p className={look['title']}>
                      <Hidden>{code} </Hidden>
                      {title}
                    </p>
                    <p className={look['position']}>{t('waitingAt', { position: place.position })}</p>
                    {place.passedOver && (
                      <p className={look['position']}>
                        {t('passedOver', { time: dateTime(place.passedOver.at) })}{' '}
                        {place.passedOver.reason[language]}
                      </p>
                    )}
                    {open && (
                      <div className={look['actions']}>
                        {i > 0 && (
                          <Button
                            kind="quiet"
                            busy={order.isPending}
                            onClick={(event) => up(place.session, event.currentTarget)}
                          >
                            {t('wantMore')}
                            <Hidden> {code}</Hidden>
                          </Button>
                        )}
                        <Button kind="quiet" onClick={() => picking.leaveQueue(pass.id, place.session)}>
                          {t('leaveQueue')}
                          <Hidden> {code}</Hidden>
                        </Button>
                        {canOffer && (
                          <Button
                            kind="quiet"
                            busy={offering.isPending}
                            onClick={() => offering.mutate(place.session)}
                          >
                            {t('offerSwap')}
                            <Hidden> {code}</Hidden>
                          </Button>
                        )}
                      </div>
                    )}
                  </div>
                </li>
              );
            })}
          </ol>
        </>
      )}
      {offer && <SwapOfferPanel slug={slug} pass={pass} offer={offer} timeZone={timeZone} />}
      {problem !== null && (
        <Notice kind="trouble" announced>
          <p>{sentence(problem)}</p>
        </Notice>
      )}
    </div>
  );
}
