import { cancelPlan } from '../../shared/planning/contract.ts';
import type { PlanSummary } from '../../shared/planning/vocabulary.ts';
import { useConferenceWrite } from '../conference/organiser-writes.ts';
import { call } from '../core/api.ts';
import { useErrorSentence } from '../core/common-texts.ts';
import { useFormats } from '../core/formats.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { gapPath, gapPoints } from './figures-model.ts';
import { useProgress } from './plan-queries.ts';
import { usePlanSentences } from './plan-sentences.ts';
import { usePlanTexts } from './plan-texts.ts';
import charts from './charts.module.css';
import look from './plans.module.css';

const box = { width: 420, height: 72 };

interface PlanProgressProps {
  readonly slug: string;
  readonly plan: PlanSummary;
}

/** A plan being computed: what it is doing, how good it is so far, how far from the best conceivable. */
export function PlanProgress({ slug, plan }: PlanProgressProps) {
  const t = usePlanTexts();
  const sentence = useErrorSentence();
  const { percent } = useFormats();
  const say = usePlanSentences();
  const { steps, lost } = useProgress(slug, plan.id);
  const stop = useConferenceWrite(slug, () => call(cancelPlan, { params: { slug, planId: plan.id } }));
  const now = steps.at(-1);
  const points = plan.objective === 'ranks' ? gapPoints(steps) : [];
  const first = points[0];
  const last = points.at(-1);
  const value = now && say.leading({ objective: plan.objective, value: now.value });
  return (
    <div className={look['progress']}>
      <p className={look['trying']} role="status">
        {now ? tryingText(t, now.trying) : t('starting')}
      </p>
      <p className={look['muted']}>
        {t('elapsed', { count: Math.round(now?.seconds ?? 0) })}
        {now && !now.value && ` · ${t('noPlanYet')}`}
        {value && ` · ${value}`}
        {now?.value && ` · ${say.certainty({ ...plan, ...now, proven: now.gap === 0 }).short}`}
      </p>
      {first && last && (
        <svg
          className={charts['gapChart']}
          viewBox={`0 0 ${box.width} ${box.height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={t('gapFalling', { from: percent(first.gap), now: percent(last.gap) })}
        >
          <path className={charts['gap']} d={gapPath(points, now?.seconds ?? 0, box)} />
        </svg>
      )}
      {lost && <p className={look['trouble']}>{t('lostContact')}</p>}
      {stop.isError && (
        <Notice kind="loss" announced>
          <p>{sentence(stop.error)}</p>
        </Notice>
      )}
      <Button busy={stop.isPending} onClick={() => stop.mutate(undefined)}>
        {t(stop.isPending ? 'cancelling' : 'cancel')}
      </Button>
    </div>
  );
}

const tryings = ['reading', 'exact', 'timetables', 'seats', 'fill'] as const;

function tryingText(t: ReturnType<typeof usePlanTexts>, trying: string): string {
  const known = tryings.find((name) => name === trying);
  return t(known ? `trying_${known}` : 'trying_unknown');
}
