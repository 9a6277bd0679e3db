import type { Me } from '../../shared/registration/contract.ts';
import { useLanguage } from '../core/language.ts';
import { Notice } from '../ui/notice.tsx';
import look from './plan-result.module.css';
import { useRegistrationTexts } from './texts.ts';

interface PlanResultProps {
  readonly result: NonNullable<Me['result']>;
  /** Whether I can change anything now. */
  readonly open: boolean;
}

/** What the published plan gave me, wish by wish, and why not the others. */
export function PlanResult({ result, open }: PlanResultProps) {
  const t = useRegistrationTexts();
  const { language } = useLanguage();
  const got = [...result.seats]
    .sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity))
    .map((seat) => (seat.rank === null ? t('resultOther') : t('resultRank', { rank: seat.rank })));
  return (
    <Notice title={t('resultTitle')} className={look['result']}>
      {got.length > 0 && (
        <p>
          {t('resultRanks', {
            ranks: new Intl.ListFormat(language === 'sv' ? 'sv-SE' : 'en-GB').format(got),
          })}{' '}
          {open && t('resultChange')}
        </p>
      )}
      {result.reasons.length > 0 && (
        <details>
          <summary className={look['why']}>{t('resultWhy')}</summary>
          <ul className={look['reasons']}>
            {result.reasons.map(({ workshop, reason }) => (
              <li key={workshop}>
                <strong>{workshop}</strong> {reason[language]}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Notice>
  );
}
