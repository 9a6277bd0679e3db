import type { Sentence } from '../core/language.ts';

/** The stages of a conference, in order. A small conference may skip some. */
export const stages = ['draft', 'ideas', 'wishes', 'planning', 'picks', 'onsite', 'over'] as const;
export type Stage = (typeof stages)[number];

export const stageNames: Readonly<Record<Stage, Sentence>> = {
  draft: { sv: 'Utkast', en: 'Draft' },
  ideas: { sv: 'Förslag', en: 'Ideas' },
  wishes: { sv: 'Önskemål', en: 'Wishes' },
  planning: { sv: 'Planering', en: 'Planning' },
  picks: { sv: 'Val', en: 'Choosing' },
  onsite: { sv: 'På plats', en: 'On site' },
  over: { sv: 'Avslutad', en: 'Over' },
};
