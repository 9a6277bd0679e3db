import { useState } from 'react';
import { useNavigate } from 'react-router';
import { whyNotPublish } from '../../shared/planning/rules.ts';
import type { Plan, PlanSummary } from '../../shared/planning/vocabulary.ts';
import { useFormats } from '../core/formats.ts';
import { useLanguage } from '../core/language.ts';
import { paths } from '../core/paths.ts';
import { Button } from '../ui/button.tsx';
import { SelectField } from '../ui/field.tsx';
import { useAnnounce } from '../ui/live-region.tsx';
import { Notice } from '../ui/notice.tsx';
import { RouteButton } from '../ui/route-button.tsx';
import { Section } from '../ui/section.tsx';
import { useProgramme } from '../programme/organised-programme.ts';
import { FillChart } from './fill-chart.tsx';
import { useFigureRows } from './plan-figures-list.tsx';
import { PlanMoves } from './plan-moves.tsx';
import { PlanPeople } from './plan-people.tsx';
import { PlanPrices } from './plan-prices.tsx';
import { PlanProgress } from './plan-progress.tsx';
import { usePlanSentences } from './plan-sentences.ts';
import { usePlanTexts } from './plan-texts.ts';
import { PlanTimetable } from './plan-timetable.tsx';
import { PublishPlan } from './publish-plan.tsx';
import { RankChart } from './rank-chart.tsx';
import { StalePlan } from './stale-plan.tsx';
import look from './plans.module.css';

interface PlanDetailProps {
  readonly plan: Plan;
  /** The others, to compare with. */
  readonly others: readonly PlanSummary[];
}

/** One plan: how good it is, who got what, what it would change, and publishing it. */
export function PlanDetail({ plan, others }: PlanDetailProps) {
  const t = usePlanTexts();
  const { language } = useLanguage();
  const { conference } = useProgramme();
  const { dateTime, number } = useFormats(conference.timeZone);
  const state = plan.publishedAt
    ? t('published', { when: dateTime(plan.publishedAt) })
    : plan.state === 'done' || plan.figures
      ? t('notPublished')
      : t(`state_${plan.state}`);
  const facts = [
    state,
    t('objectiveWas', { objective: t(plan.objective).toLowerCase() }),
    t(`timetable_${plan.timetable}`),
    t('made', { when: dateTime(plan.createdAt) }),
    plan.seconds !== null && t('took', { seconds: number(Math.round(plan.seconds * 10) / 10) }),
  ];
  return (
    <article aria-labelledby="plan-title">
      <h2 id="plan-title" className={look['title']}>
        {t('number', { number: plan.number })}
      </h2>
      <p className={look['muted']}>{facts.filter(Boolean).join(' · ')}</p>
      {plan.state === 'running' && <PlanProgress key={plan.id} slug={conference.slug} plan={plan} />}
      {plan.state === 'infeasible' && <Reasons plan={plan} />}
      {plan.state === 'failed' && (
        <Notice kind="loss" className={look['notice']}>
          <p>{t('failed')}</p>
          {plan.reasons.map((reason) => (
            <p key={reason.sv}>{reason[language]}</p>
          ))}
        </Notice>
      )}
      {plan.state === 'cancelled' && !plan.figures && <p>{t('cancelledEmpty')}</p>}
      {plan.state !== 'running' && plan.figures && <Result plan={plan} others={others} />}
    </article>
  );
}

function Reasons({ plan }: { readonly plan: Plan }) {
  const t = usePlanTexts();
  const { language } = useLanguage();
  return (
    <Notice kind="trouble" title={t('infeasible')} className={look['notice']}>
      <p>{t('infeasibleBody')}</p>
      <ul className={look['does']}>
        {plan.reasons.map((reason) => (
          <li key={reason.sv}>{reason[language]}</li>
        ))}
      </ul>
    </Notice>
  );
}

function Result({ plan, others }: PlanDetailProps) {
  const t = usePlanTexts();
  const { language } = useLanguage();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const { conference, passes } = useProgramme();
  const say = usePlanSentences();
  const figureRows = useFigureRows();
  const [publishing, setPublishing] = useState(false);
  const [find, setFind] = useState('');
  const { figures } = plan;
  if (!figures) return null;
  const { slug } = conference;
  const no = whyNotPublish(
    {
      number: plan.number,
      objective: plan.objective,
      complete: true,
      changesSince: plan.stale ? [] : null,
      moved: figures.movedAttendees,
    },
    conference.stage,
  );
  const certainty = say.certainty(plan);
  const leading = say.leading(plan);
  const comparable = others.filter((other) => other.state === 'done' || other.state === 'cancelled');
  return (
    <>
      <StalePlan plan={plan} />
      <p className={look['verdict']}>{certainty.short}</p>
      <p className={look['muted']}>
        {certainty.more} {leading}
      </p>
      <div className={look['actions']}>
        {plan.publishedAt ? (
          <RouteButton to={paths.board(slug)}>{t('board')}</RouteButton>
        ) : (
          <Button kind="primary" whyNot={no?.detail[language]} showWhyNot onClick={() => setPublishing(true)}>
            {t('publish')}
          </Button>
        )}
        {comparable.length > 0 && (
          <SelectField
            label={t('compare')}
            value=""
            onChange={(event) => void navigate(paths.comparison(slug, plan.id, event.target.value))}
          >
            <option value="">{t('compareNone')}</option>
            {comparable.map((other) => (
              <option key={other.id} value={other.id}>
                {t('number', { number: other.number })}
              </option>
            ))}
          </SelectField>
        )}
      </div>
      <dl className={look['figures']}>
        {figureRows(plan)
          .slice(1)
          .map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <Section title={t('wishesMet')} under={say.wishing(figures)}>
        <RankChart profile={figures.profile} />
      </Section>
      {figures.worstRegret > 0 && figures.worstServed.length > 0 && (
        <Section title={t('worstTitle')} under={t('worstBody')}>
          <ul className={look['worst']} lang={language}>
            {figures.worstServed.map(({ name, ranks }, i) => (
              <li key={`${name} ${i}`}>
                <button type="button" className={look['person']} onClick={() => setFind(name)}>
                  {name}
                </button>{' '}
                {t('worstWishes', { ranks: say.ranks(ranks) })}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <PlanPeople plan={plan} find={find} onFind={setFind} />
      <PlanMoves plan={plan} />
      <PlanPrices plan={plan} />
      <Section title={t('fillTitle')} under={t('fillChart')}>
        <FillChart sessions={plan.sessions} passes={passes} />
      </Section>
      <Section title={t('preview')}>
        <PlanTimetable plan={plan} />
      </Section>
      <PublishPlan
        slug={slug}
        plan={plan}
        open={publishing}
        onClose={() => setPublishing(false)}
        onPublished={() => {
          setPublishing(false);
          announce(t('publishedNow', { number: plan.number }));
        }}
      />
    </>
  );
}
