import { pricePlan } from '../../shared/planning/contract.ts';
import type { Plan, PlanPrice } from '../../shared/planning/vocabulary.ts';
import { useConferenceWrite } from '../conference/organiser-writes.ts';
import { call } from '../core/api.ts';
import { useErrorSentence } from '../core/common-texts.ts';
import { useLanguage } from '../core/language.ts';
import { useProgramme } from '../programme/organised-programme.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Section } from '../ui/section.tsx';
import { usePins } from './decision-queries.ts';
import { useDecisionTexts } from './decision-texts.ts';
import look from './decisions.module.css';

/** What every pin and closed room costs the plan, measured when asked for. */
export function PlanPrices({ plan }: { readonly plan: Plan }) {
  const t = useDecisionTexts();
  const sentence = useErrorSentence();
  const { language } = useLanguage();
  const { conference, rooms } = useProgramme();
  const { slug } = conference;
  const pins = usePins(slug);
  const measure = useConferenceWrite(slug, () => call(pricePlan, { params: { slug, planId: plan.id } }));
  const decided = (pins.data?.items.length ?? 0) > 0 || rooms.some(({ closed }) => closed.length > 0);
  if (plan.prices === null && plan.stale) return null;
  return (
    <Section title={t('prices')} under={decided ? t('pricesBody') : t('noDecisions')}>
      {plan.prices && plan.prices.length > 0 && (
        <ul className={look['prices']}>
          {plan.prices.map((price) => (
            <li key={price.what.sv}>
              <strong>{price.what[language]}</strong> <Cost price={price} />
            </li>
          ))}
        </ul>
      )}
      {plan.stale && plan.prices && <p className={look['muted']}>{t('priceStale')}</p>}
      {measure.isError && (
        <Notice kind="loss" announced>
          <p>{sentence(measure.error)}</p>
        </Notice>
      )}
      {decided && !plan.stale && (
        <>
          <Button busy={measure.isPending} onClick={() => measure.mutate(undefined)}>
            {t(plan.prices ? 'measureAgain' : 'measure')}
          </Button>
          {measure.isPending && (
            <p className={look['muted']} role="status">
              {t('measuring')}
            </p>
          )}
        </>
      )}
    </Section>
  );
}

function Cost({ price: { cost, better, worse, exact } }: { readonly price: PlanPrice }) {
  const t = useDecisionTexts();
  if (cost === 0) return <span>{t(exact ? 'priceNothing' : 'priceNothingYet')}</span>;
  const said = [
    better > 0 && t('priceBetter', { count: better }),
    worse > 0 && t('priceWorse', { count: worse }),
    !exact && t('priceAtLeast'),
  ];
  return <span>{said.filter(Boolean).join(' ')}</span>;
}
