/** What a room can have and a workshop can need. */
export const features = [
  'projector',
  'hearing-loop',
  'step-free',
  'movable-chairs',
  'whiteboard',
  'remote',
] as const;
export type Feature = (typeof features)[number];

export const featureNames: Record<Feature, { sv: string; en: string }> = {
  projector: { sv: 'projektor', en: 'a projector' },
  'hearing-loop': { sv: 'hörslinga', en: 'a hearing loop' },
  'step-free': { sv: 'stegfri väg', en: 'step-free access' },
  'movable-chairs': { sv: 'flyttbara stolar', en: 'movable chairs' },
  whiteboard: { sv: 'skrivtavla', en: 'a whiteboard' },
  remote: { sv: 'utrustning för distans', en: 'remote equipment' },
};
