import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import type { PlanSummary } from '../../shared/planning/vocabulary.ts';
import { useFormats } from '../core/formats.ts';
import { paths } from '../core/paths.ts';
import { useTitle } from '../core/title.ts';
import { useProgramme } from '../programme/organised-programme.ts';
import { Failure } from '../ui/failure.tsx';
import { PageHeading } from '../ui/section.tsx';
import { Bone, Skeleton } from '../ui/skeleton.tsx';
import { EmptyState } from '../ui/states.tsx';
import { useDecisionTexts } from './decision-texts.ts';
import { Pins } from './pins.tsx';
import { PlanComparison } from './plan-comparison.tsx';
import { PlanDetail } from './plan-detail.tsx';
import { usePlan, usePlans } from './plan-queries.ts';
import { usePlanSentences } from './plan-sentences.ts';
import { usePlanTexts } from './plan-texts.ts';
import { RunPlanForm } from './run-plan-form.tsx';
import look from './plans.module.css';

/** Plans: ask for one, watch it, read it, compare two, publish one. The newest is open unless the address names another. */
export function PlansPage() {
  const t = usePlanTexts();
  const decisions = useDecisionTexts();
  const { conference } = useProgramme();
  const { slug, name } = conference;
  const navigate = useNavigate();
  const { planId } = useParams();
  const [search] = useSearchParams();
  const plans = usePlans(slug);
  useTitle(t('title'), name);
  const items = plans.data?.items ?? [];
  const openId = planId ?? items[0]?.id ?? null;
  const plan = usePlan(slug, openId);
  const other = usePlan(slug, search.get('with'));
  const running = items.find((item) => item.state === 'running')?.number ?? null;
  return (
    <>
      <PageHeading title={t('title')} under={t('intro')} />
      <div className={look['page']}>
        <div className={look['side']}>
          {items.length > 0 && (
            <nav aria-label={t('list')}>
              <ul className={look['list']}>
                {items.map((item) => (
                  <PlanItem key={item.id} slug={slug} plan={item} current={item.id === openId} />
                ))}
              </ul>
            </nav>
          )}
          <section aria-labelledby="pins" className={look['run']}>
            <h2 id="pins" className={look['subtitle']}>
              {decisions('pins')}
            </h2>
            <Pins />
          </section>
          <section aria-labelledby="new-plan" className={look['run']}>
            <h2 id="new-plan" className={look['subtitle']}>
              {t('newPlan')}
            </h2>
            <RunPlanForm running={running} onStarted={({ id }) => void navigate(paths.plan(slug, id))} />
          </section>
        </div>
        <div className={look['main']}>
          {(plans.isPending || (openId !== null && plan.isPending)) && (
            <Skeleton label={t('loading')}>
              <Bone size="half" />
              <Bone tall />
              <Bone tall />
            </Skeleton>
          )}
          {plans.isError && <Failure error={plans.error} onRetry={() => void plans.refetch()} />}
          {plan.isError && <Failure error={plan.error} onRetry={() => void plan.refetch()} />}
          {plans.data && openId === null && (
            <EmptyState title={t('empty')}>
              <p>{t('emptyBody')}</p>
            </EmptyState>
          )}
          {plan.data && other.data && <PlanComparison here={plan.data} there={other.data} />}
          {plan.data && !other.data && (
            <PlanDetail plan={plan.data} others={items.filter((item) => item.id !== plan.data.id)} />
          )}
        </div>
      </div>
    </>
  );
}

function PlanItem({
  slug,
  plan,
  current,
}: {
  readonly slug: string;
  readonly plan: PlanSummary;
  readonly current: boolean;
}) {
  const t = usePlanTexts();
  const say = usePlanSentences();
  const { dateTime } = useFormats();
  const state =
    plan.state === 'done' || plan.state === 'cancelled'
      ? say.certainty(plan).short
      : t(`state_${plan.state}`);
  return (
    <li>
      <Link
        to={paths.plan(slug, plan.id)}
        aria-current={current ? 'page' : undefined}
        className={look['item']}
      >
        <span className={look['itemName']}>{t('number', { number: plan.number })}</span>
        <span className={look['itemState']}>
          {plan.publishedAt ? t('published', { when: dateTime(plan.publishedAt) }) : state}
        </span>
        <span className={look['itemState']}>{t(plan.objective)}</span>
      </Link>
    </li>
  );
}
