import { publishPlan } from '../../shared/planning/contract.ts';
import type { Plan } from '../../shared/planning/vocabulary.ts';
import { useConferenceWrite } from '../conference/organiser-writes.ts';
import { call } from '../core/api.ts';
import { useCommonTexts, useErrorSentence } from '../core/common-texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { changeOf } from './figures-model.ts';
import { usePlanTexts } from './plan-texts.ts';
import { useTimetableNow } from './timetable-now.ts';
import look from './plans.module.css';

interface PublishPlanProps {
  readonly slug: string;
  readonly plan: Plan;
  readonly open: boolean;
  readonly onPublished: () => void;
  readonly onClose: () => void;
}

/** Says what publishing does before it is done. */
export function PublishPlan({ slug, plan, open, onPublished, onClose }: PublishPlanProps) {
  const t = usePlanTexts();
  const common = useCommonTexts();
  const sentence = useErrorSentence();
  const now = useTimetableNow();
  const publish = useConferenceWrite(slug, () => call(publishPlan, { params: { slug, planId: plan.id } }));
  const { figures, number, sessions, timetable } = plan;
  const changed = sessions.filter((session) => changeOf(session, now) === 'moved').length;
  return (
    <Dialog open={open} title={t('publishTitle', { number })} closeLabel={common('close')} onClose={onClose}>
      <div className={look['publish']}>
        <p>{t('publishDoes')}</p>
        <ul className={look['does']}>
          <li>
            {timetable === 'kept'
              ? t('publishSessionsKept')
              : t('publishSessions', { count: sessions.length })}
          </li>
          {figures && <li>{t('publishSeats', { count: figures.seats })}</li>}
          {changed > 0 && <li>{t('publishChanged', { count: changed })}</li>}
          {figures && figures.movedAttendees > 0 && (
            <li>{t('publishMoved', { count: figures.movedAttendees })}</li>
          )}
        </ul>
        <p className={look['muted']}>{t('publishOpens')}</p>
        {publish.isError && (
          <Notice kind="loss" title={t('whyNot')} announced>
            <p>{sentence(publish.error)}</p>
          </Notice>
        )}
        <div className={look['actions']}>
          <Button
            kind="primary"
            busy={publish.isPending}
            onClick={() => publish.mutate(undefined, { onSuccess: onPublished })}
          >
            {t(publish.isPending ? 'publishing' : 'publishNow')}
          </Button>
          <Button onClick={onClose}>{t('keepDraft')}</Button>
        </div>
      </div>
    </Dialog>
  );
}
