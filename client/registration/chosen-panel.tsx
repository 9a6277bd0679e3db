import type { Ref } from 'react';
import { useRef } from 'react';
import type { PickSource } from '../../shared/registration/vocabulary.ts';
import { Button } from '../ui/button.tsx';
import { Hidden } from '../ui/hidden.tsx';
import { Panel } from '../ui/panel.tsx';
import look from './chosen-panel.module.css';
import { Code } from './code.tsx';
import type { Choice } from './day.ts';
import { useRegistrationTexts } from './texts.ts';
import { WorkshopText } from './workshop-text.tsx';

interface ChosenPanelProps {
  readonly choice: Choice;
  readonly source: PickSource;
  readonly open: boolean;
  /** It waits for Ångra. */
  readonly leaving: boolean;
  readonly swapping: boolean;
  /** The code of what it was swapped from a moment ago. */
  readonly swappedFrom: string | null;
  readonly ref: Ref<HTMLButtonElement>;
  readonly onSwap: () => void;
  readonly onLeave: () => void;
  readonly onStay: () => void;
  readonly onSwapBack: () => void;
}

/** A second tap of a nervous finger is not a change of mind. */
const doubleTap = 400;

/** The one workshop of a pass that is mine. Its buttons stay where they are, so that undo is where the finger is. */
export function ChosenPanel({
  choice,
  source,
  open,
  leaving,
  swapping,
  swappedFrom,
  ref,
  onSwap,
  onLeave,
  onStay,
  onSwapBack,
}: ChosenPanelProps) {
  const t = useRegistrationTexts();
  const { workshop } = choice;
  const leftAt = useRef(0);
  const why =
    choice.rank !== null
      ? t('wishedAs', { rank: choice.rank })
      : source === 'plan'
        ? t('byPlan')
        : source === 'waitlist'
          ? t('byWaitlist')
          : source === 'swap'
            ? t('bySwap')
            : null;
  return (
    <Panel kind={leaving ? 'waiting' : 'tint'} className={look['panel']}>
      <Code code={workshop.code} big />
      <div className={look['text']}>
        <WorkshopText
          ref={ref}
          workshop={workshop}
          line={
            <>
              <strong>{choice.room}</strong>
              {workshop.organisations.length > 0 && `\u00A0· ${workshop.organisations.join(', ')}`}
              {why !== null && `\u00A0· ${why}`}
            </>
          }
        />
        {leaving && <p className={look['leaving']}>{t('leaving')}</p>}
        {swappedFrom !== null && !leaving && (
          <p className={look['leaving']}>
            {t('swappedFrom', { code: swappedFrom })}{' '}
            <Button kind="quiet" onClick={onSwapBack}>
              {t('swapBack')}
            </Button>
          </p>
        )}
        <div className={look['actions']}>
          {open && (
            <>
              <Button kind="quiet" aria-expanded={swapping} onClick={onSwap}>
                {swapping ? t('stopSwapping', { code: workshop.code }) : t('swap')}
                {!swapping && <Hidden> {workshop.code}</Hidden>}
              </Button>
              <Button
                kind="quiet"
                className={leaving ? look['undo'] : undefined}
                onClick={() => {
                  if (!leaving) {
                    leftAt.current = Date.now();
                    onLeave();
                  } else if (Date.now() - leftAt.current > doubleTap) onStay();
                }}
              >
                {leaving ? t('undo') : t('release')}
                <Hidden> {workshop.code}</Hidden>
              </Button>
            </>
          )}
        </div>
      </div>
      {leaving && <span className={look['countdown']} aria-hidden="true" />}
    </Panel>
  );
}
