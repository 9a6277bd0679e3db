import type { MoveCost } from '../../shared/planning/vocabulary.ts';
import { localeOf } from '../core/formats.ts';
import { useLanguage } from '../core/language.ts';
import { useDecisionTexts } from './decision-texts.ts';

const mostNamed = 4;

/** What a move by hand would cost, in a few words for a square of the board and in full beside it. `held`: people have seats. */
export function useCostWords(held: boolean) {
  const t = useDecisionTexts();
  const { language } = useLanguage();
  const list = new Intl.ListFormat(localeOf(language));
  const short = ({ worse, missing, moved }: MoveCost): string => {
    if (missing > 0) return t('costMissing', { count: missing });
    if (held) return moved > 0 ? t('costMoved', { count: moved }) : t('costNone');
    return worse > 0 ? t('costWorse', { count: worse }) : t('costNone');
  };
  const who = ({ people, worse }: MoveCost): string | null => {
    if (people.length === 0) return null;
    const named = people.slice(0, mostNamed).map(({ name, from, to }) =>
      t('costPerson', {
        name,
        from: from.length > 0 ? list.format(from) : t('noSeat'),
        to: to.length > 0 ? list.format(to) : t('noSeat'),
      }),
    );
    return t(worse > named.length ? 'costWhoMore' : 'costWho', { people: list.format(named) });
  };
  return {
    short,
    /** "6 får ett sämre val, 2 får ett bättre. Sämre för Karin Ek (W4 blir W7)." */
    full: (cost: MoveCost): string => {
      const better = cost.better > 0 ? [t('costBetter', { count: cost.better })] : [];
      return [`${short(cost)}.`, ...better, who(cost)].filter(Boolean).join(' ');
    },
    /** Where the hand may not, but a plan could. */
    byPlan: ({ moved }: MoveCost): string | null =>
      held && moved > 0 ? t('costByPlan', { count: moved }) : null,
  };
}
