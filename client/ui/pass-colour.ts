/** Passes take their colours in order; colour stands beside the name, never instead of it. */
export const passColours = ['lingon', 'spruce', 'lake', 'rowan', 'heather', 'slate'] as const;
export type PassColour = (typeof passColours)[number];

/** The colour of the pass that is number `index`, from 0. Give it to an element as `data-pass`. */
export function passColour(index: number): PassColour {
  return passColours[index % passColours.length] ?? 'slate';
}
