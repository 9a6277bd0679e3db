import type { Me } from '../../shared/registration/contract.ts';
import { useLanguage } from '../core/language.ts';
import { Notice } from '../ui/notice.tsx';
import look from './plan-result.module.css';
import { inWords, useRegistrationTexts } from './texts.ts';

interface PlanResultProps {
  readonly result: NonNullable<Me['result']>;
  readonly hasWished: boolean;
  /** Whether I can change anything now. */
  readonly open: boolean;
}

/** What the published plan gave me, wish by wish, and why not the others. */
export function PlanResult({ result, hasWished, open }: PlanResultProps) {
  const t = useRegistrationTexts();
  const { language } = useLanguage();
  const ranks = result.seats.flatMap(({ rank }) => rank ?? []).sort((a, b) => a - b);
  const others = result.seats.length - ranks.length;
  const got = [
    ...ranks.map((rank) => t('resultRank', { rank })),
    ...(others > 0 ? [t('resultOther', { count: others, number: inWords(others, language) })] : []),
  ];
  return (
    <Notice title={t('resultTitle')} className={look['result']}>
      {got.length > 0 && (
        <p>
          {hasWished
            ? t('resultRanks', {
                ranks: new Intl.ListFormat(language === 'sv' ? 'sv-SE' : 'en-GB').format(got),
              })
            : t('resultNoWishes')}{' '}
          {open && t('resultChange')}
        </p>
      )}
      {(result.seats.length > 0 || result.reasons.length > 0) && (
        <details>
          <summary className={look['why']}>{t('resultWhy')}</summary>
          <ul className={look['reasons']}>
            {result.seats.map(({ workshop, reason }) => (
              <li key={workshop}>{reason[language]}</li>
            ))}
          </ul>
          {result.reasons.length > 0 && <p className={look['others']}>{t('resultWhyNot')}</p>}
          <ul className={look['reasons']}>
            {result.reasons.map(({ workshop, reason }) => (
              <li key={workshop}>{reason[language]}</li>
            ))}
          </ul>
        </details>
      )}
    </Notice>
  );
}
