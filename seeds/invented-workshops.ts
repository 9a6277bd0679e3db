import { type SeedWorkshop, type Theme, topicsFor } from './real-programme.ts';

/** What regions work with, for workshops beyond the fifteen that are real. */
const subjects: readonly (readonly [subject: string, theme: Theme])[] = [
  ['Kompetensförsörjning', 'growth'],
  ['Grön omställning', 'innovation'],
  ['Kollektivtrafik på landsbygden', 'governance'],
  ['Ungas inflytande', 'welfare'],
  ['Besöksnäring', 'growth'],
  ['Öppna data', 'communication'],
  ['Bredband', 'growth'],
  ['Folkbibliotek', 'welfare'],
  ['Innovationsupphandling', 'innovation'],
  ['Kulturens roll i regional utveckling', 'welfare'],
  ['Fysisk planering', 'governance'],
  ['Nyanländas väg till arbete', 'welfare'],
  ['Klusterutveckling', 'innovation'],
  ['Bostäder i tillväxtregioner', 'growth'],
  ['Livsmedelsstrategier', 'growth'],
  ['Cirkulär ekonomi', 'innovation'],
  ['Regional uppföljning', 'communication'],
  ['Gränsregionalt samarbete', 'governance'],
  ['Digital delaktighet', 'communication'],
  ['Socialt företagande', 'welfare'],
  ['Vätgas och elförsörjning', 'innovation'],
  ['Idrott och friluftsliv', 'welfare'],
  ['Fonder och EU-program', 'governance'],
  ['Generationsväxling i företag', 'growth'],
  ['Klimatanpassning', 'governance'],
  ['Forskning nära näringslivet', 'innovation'],
  ['Medborgardialog', 'communication'],
  ['Skogens värden', 'growth'],
  ['Psykisk hälsa', 'welfare'],
  ['Platsens berättelse', 'communication'],
];

/** `%` stands for the subject. */
const angles = [
  '%: vad fungerar?',
  '% i glesa miljöer',
  'Så följer vi upp: %',
  '% tillsammans med kommunerna',
  'Framtidsbilder av %',
  '%, från strategi till handling',
  'Lärdomar av misstag: %',
  '% mellan stad och land',
];

/** Workshop number `number` (16 and up), invented, with presenters of its own. */
export function inventedWorkshop(
  number: number,
  presenterName: string,
  organisations: readonly string[],
): SeedWorkshop {
  const i = number - 1;
  const [subject, theme] = subjects[i % subjects.length]!;
  const round = Math.floor(i / subjects.length);
  const angle = angles[(i + round) % angles.length]!;
  const organisation = organisations[(i * 7) % organisations.length]!;
  const repeat = Math.floor(i / (subjects.length * angles.length));
  const title = angle.replace('%', angle.startsWith('%') ? subject : lowerCaseFirst(subject));
  return {
    code: `W${number}`,
    title: repeat === 0 ? title : `${title} Del ${repeat + 1}`,
    summary: `${organisation} visar hur arbetet går till, vad som har gått bra och vad som återstår. Deltagarna jämför med läget hemma.`,
    language: 'sv',
    presenters: [{ name: presenterName, affiliation: organisation }],
    organisations: [organisation],
    topics: topicsFor(theme),
    theme,
  };
}

function lowerCaseFirst(text: string): string {
  return text[0]!.toLocaleLowerCase('sv') + text.slice(1);
}
