import { mostWorstServed } from '../../shared/planning/rules.ts';
import type { Plan } from '../../shared/planning/vocabulary.ts';
import { useFormats } from '../core/formats.ts';
import { changeOf } from './figures-model.ts';
import { usePlanSentences } from './plan-sentences.ts';
import { usePlanTexts } from './plan-texts.ts';
import { useTimetableNow } from './timetable-now.ts';

export interface FigureRow {
  readonly name: string;
  readonly value: string;
}

/** The figures of a plan that people compare, each with its name. */
export function useFigureRows(): (plan: Plan) => FigureRow[] {
  const t = usePlanTexts();
  const { number, percent } = useFormats();
  const say = usePlanSentences();
  const now = useTimetableNow();
  return (plan) => {
    const { figures } = plan;
    if (!figures) return [];
    const worst =
      figures.worstRegret === 0
        ? t('worstNone')
        : t(figures.worstServed.length < mostWorstServed ? 'people' : 'peopleAtLeast', {
            count: figures.worstServed.length,
          });
    return [
      { name: t('certainty'), value: say.certainty(plan).short },
      { name: t('firstWish'), value: say.share(figures.firstWish, figures.attendees) },
      { name: t('allTop'), value: say.share(figures.allTopPicks, figures.attendees) },
      { name: t('worst'), value: worst },
      {
        name: t('fill'),
        value: t('fillRange', { min: percent(figures.fillMin), max: percent(figures.fillMax) }),
      },
      { name: t('seats'), value: number(figures.seats) },
      { name: t('moved'), value: number(figures.movedAttendees) },
      {
        name: t('movedSessions'),
        value: number(plan.sessions.filter((session) => changeOf(session, now) !== 'same').length),
      },
    ];
  };
}
