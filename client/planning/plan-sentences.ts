import type { PlanFigures, PlanSummary } from '../../shared/planning/vocabulary.ts';
import { localeOf, useFormats } from '../core/formats.ts';
import { useLanguage } from '../core/language.ts';
import { certaintyOf, type Judged, leadingNumber } from './figures-model.ts';
import { usePlanTexts } from './plan-texts.ts';

/** The words for what a plan is worth. */
export function usePlanSentences() {
  const t = usePlanTexts();
  const { percent } = useFormats();
  const { language } = useLanguage();
  const list = new Intl.ListFormat(localeOf(language));
  const couldBeBetter = (objective: PlanSummary['objective'], count: number): string => {
    switch (objective) {
      case 'top':
        return t('topGap', { count });
      case 'changes':
        return t('changesGap', { count });
      case 'fair':
      case 'ranks':
      case 'lottery':
        return t('fairGap', { count });
    }
  };
  return {
    /** How sure it is, and what that means. */
    certainty: (plan: Judged & Pick<PlanSummary, 'seed'>): { short: string; more: string } => {
      const certainty = certaintyOf(plan);
      switch (certainty.kind) {
        case 'drawn':
          return { short: t('drawn', { seed: plan.seed }), more: t('drawnMore') };
        case 'proven':
          return { short: t('proven'), more: t('provenMore') };
        case 'gap':
          return { short: t('gap', { gap: percent(certainty.gap) }), more: t('gapMore') };
        case 'people':
          return { short: couldBeBetter(plan.objective, certainty.people), more: t('gapMore') };
        case 'unknown':
          return { short: t('unknownGap'), more: t('unknownGapMore') };
      }
    },
    /** The number that the plan minimises or maximises, where it is one number. */
    leading: (plan: Pick<PlanSummary, 'objective' | 'value'>): string | null => {
      const value = leadingNumber(plan.objective, plan.value);
      if (value === null) return null;
      switch (plan.objective) {
        case 'ranks':
          return t('ranksNow', { value });
        case 'top':
          return t('topNow', { count: value });
        case 'changes':
          return t('changesNow', { count: value });
        case 'fair':
        case 'lottery':
          return null;
      }
    },
    /** Whose wishes the figures are about, and what the others get. */
    wishing: ({ attendees, seats, profile }: PlanFigures): string => {
      const others = seats - profile.reduce((sum, n) => sum + n, 0);
      return others > 0 ? t('wishesAndOthers', { attendees, seats: others }) : t('wishesOf', { attendees });
    },
    /** val 4, val 7 och ett utanför listan */
    ranks: (ranks: PlanFigures['worstServed'][number]['ranks']): string => {
      const listed = ranks.filter((rank) => rank !== null).sort((a, b) => a - b);
      const others = ranks.length - listed.length;
      return list.format([
        ...listed.map((rank) => t('worstRank', { rank })),
        ...(others > 0 ? [t('worstUnlisted', { count: others })] : []),
      ]);
    },
    share: (part: number, all: number): string => percent(all === 0 ? 0 : part / all),
  };
}
