import { paths } from '../core/paths.ts';
import { useProgramme } from '../programme/organised-programme.ts';
import { RouteButton } from '../ui/route-button.tsx';
import { useFigureRows } from './plan-figures-list.tsx';
import { usePlan, usePlans } from './plan-queries.ts';
import { usePlanSentences } from './plan-sentences.ts';
import { usePlanTexts } from './plan-texts.ts';
import { RankChart } from './rank-chart.tsx';
import look from './plans.module.css';

/** The newest plan in brief, beside the board. */
export function LatestPlan() {
  const t = usePlanTexts();
  const { conference } = useProgramme();
  const { slug } = conference;
  const plans = usePlans(slug);
  const newest = plans.data?.items[0];
  const plan = usePlan(slug, newest?.id ?? null);
  const say = usePlanSentences();
  const figureRows = useFigureRows();
  if (!plans.data) return null;
  if (!newest) {
    return (
      <section className={look['panel']} aria-labelledby="latest-plan">
        <h2 id="latest-plan" className={look['subtitle']}>
          {t('panelTitle')}
        </h2>
        <p className={look['muted']}>{t('intro')}</p>
        <RouteButton to={paths.plans(slug)}>{t('newPlan')}</RouteButton>
      </section>
    );
  }
  const figures = plan.data?.figures;
  const state = newest.publishedAt
    ? null
    : newest.state === 'done'
      ? t('notPublished')
      : t(`state_${newest.state}`);
  return (
    <section className={look['panel']} aria-labelledby="latest-plan">
      <h2 id="latest-plan" className={look['subtitle']}>
        {t('number', { number: newest.number })}
      </h2>
      {state && <p className={look['muted']}>{state}</p>}
      {plan.data && figures && (
        <>
          <p className={look['panelVerdict']}>{say.certainty(plan.data).short}</p>
          <dl className={look['panelFigures']}>
            {figureRows(plan.data)
              .slice(1, 4)
              .map(({ name, value }) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
          </dl>
          <RankChart profile={figures.profile} small />
        </>
      )}
      <RouteButton to={paths.plan(slug, newest.id)}>{t('lookAtPlan', { number: newest.number })}</RouteButton>
    </section>
  );
}
