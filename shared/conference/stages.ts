/** The stages of a conference, in order. A small conference may skip some. */
export const stages = ['draft', 'ideas', 'wishes', 'planning', 'picks', 'onsite', 'over'] as const;
export type Stage = (typeof stages)[number];
