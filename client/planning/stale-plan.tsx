import { useNavigate } from 'react-router';
import { hasReached } from '../../shared/conference/rules.ts';
import { runPlan } from '../../shared/planning/contract.ts';
import type { Plan } from '../../shared/planning/vocabulary.ts';
import { useConferenceWrite } from '../conference/organiser-writes.ts';
import { call } from '../core/api.ts';
import { useErrorSentence } from '../core/common-texts.ts';
import { useLanguage } from '../core/language.ts';
import { paths } from '../core/paths.ts';
import { useProgramme } from '../programme/organised-programme.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useDecisionTexts } from './decision-texts.ts';
import look from './plans.module.css';

/** What has changed since a plan was computed, and the way on: what stands is moved as little as possible. */
export function StalePlan({ plan }: { readonly plan: Plan }) {
  const t = useDecisionTexts();
  const sentence = useErrorSentence();
  const { language } = useLanguage();
  const navigate = useNavigate();
  const { conference } = useProgramme();
  const { slug, stage } = conference;
  const stands = plan.publishedAt !== null || hasReached(stage, 'picks');
  const again = useConferenceWrite(slug, () =>
    call(runPlan, {
      params: { slug },
      body: stands
        ? { objective: 'changes', timetable: 'free', seconds: 5 }
        : { objective: plan.objective, timetable: plan.timetable, seconds: 20 },
    }),
  );
  if (!plan.stale) return null;
  return (
    <Notice
      kind="trouble"
      title={t('stale')}
      className={look['notice']}
      actions={
        <Button
          busy={again.isPending}
          onClick={() =>
            again.mutate(undefined, { onSuccess: ({ id }) => void navigate(paths.plan(slug, id)) })
          }
        >
          {t(stands ? 'replanFew' : 'replan')}
        </Button>
      }
    >
      <p>{t(plan.publishedAt ? 'stalePublished' : 'staleBody')}</p>
      {plan.changes.length > 0 && (
        <ul className={look['does']}>
          {plan.changes.map((change) => (
            <li key={change.sv}>{change[language]}</li>
          ))}
        </ul>
      )}
      {again.isError && <p>{sentence(again.error)}</p>}
    </Notice>
  );
}
