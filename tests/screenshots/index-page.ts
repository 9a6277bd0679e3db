import type { Play, Scene } from './scene.ts';

const columns = [
  ['390-light', 130],
  ['390-dark', 130],
  ['1440-light', 330],
  ['1440-dark', 330],
] as const;

/** The index of the pictures there are, as Markdown: a heading for each play, a row of pictures for each scene. */
export function indexOf(plays: readonly Play[], files: ReadonlySet<string>): string {
  const parts = plays.map(
    ({ title, scenes }) =>
      `## ${title}\n\n${scenes
        .map((scene) => sceneOf(scene, files))
        .filter(Boolean)
        .join('\n\n')}\n`,
  );
  return `# How it looks

Every page in its states, on a phone and on a wide screen, in light and in dark, made by \`npm run screenshots\` from seeded conferences: nothing in them is drawn by hand. English where there is a link to it.

${parts.join('\n')}`;
}

function sceneOf({ name, title, print }: Scene, files: ReadonlySet<string>): string {
  const image = (look: string, width: number): string =>
    `<a href="${name}-${look}.webp"><img src="${name}-${look}.webp" width="${width}" alt="${title}, ${look}"></a>`;
  const has = (look: string): boolean => files.has(`${name}-${look}.webp`);
  const shown = print ? [['print', 330] as const] : columns;
  const pictures = shown.filter(([look]) => has(look)).map(([look, width]) => image(look, width));
  const english = ['390-english', '1440-english']
    .filter(has)
    .map((look) => `[in English, ${look.split('-')[0]} px](${name}-${look}.webp)`);
  if (pictures.length === 0) return '';
  return [`### ${title}`, pictures.join('\n'), ...(english.length > 0 ? [english.join(' · ')] : [])].join(
    '\n\n',
  );
}
