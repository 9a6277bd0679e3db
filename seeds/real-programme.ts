import Papa from 'papaparse';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { root } from '../server/core/root.ts';
import type { Language } from '../shared/core/language.ts';
import { languageSchema } from '../shared/core/vocabulary.ts';

/** A workshop as a seed knows it. */
export interface SeedWorkshop {
  readonly code: string;
  readonly title: string;
  readonly summary: string;
  readonly language: Language;
  readonly presenters: readonly SeedPresenter[];
  readonly organisations: readonly string[];
  readonly topics: readonly string[];
  /** What it is about, so that one person's wishes hang together. */
  readonly theme: Theme;
}

export interface SeedPresenter {
  readonly name: string;
  readonly affiliation: string;
}

export const themes = ['innovation', 'growth', 'welfare', 'governance', 'communication'] as const;
export type Theme = (typeof themes)[number];

/** How the programme says a theme. */
const topicOf: Readonly<Record<Theme, string>> = {
  innovation: 'Innovation',
  growth: 'Tillväxt',
  welfare: 'Välfärd',
  governance: 'Styrning',
  communication: 'Kommunikation',
};

/** Topics of a workshop: its theme, and what else it is about. */
export function topicsFor(theme: Theme, more: readonly string[] = []): string[] {
  return [topicOf[theme], ...more];
}

/** Themes and topics are our reading of the printed summaries; the sheet has neither. */
const themeOf: Readonly<Record<string, Theme>> = {
  W1: 'governance',
  W2: 'innovation',
  W3: 'growth',
  W4: 'growth',
  W5: 'welfare',
  W6: 'growth',
  W7: 'innovation',
  W8: 'governance',
  W9: 'communication',
  W10: 'innovation',
  W11: 'innovation',
  W12: 'communication',
  W13: 'growth',
  W14: 'welfare',
  W15: 'innovation',
};

const moreTopicsOf: Readonly<Record<string, readonly string[]>> = {
  W2: ['EU och Östersjön'],
  W8: ['EU och Östersjön'],
  W10: ['EU och Östersjön'],
  W13: ['Analys'],
  W3: ['Analys'],
  W6: ['Analys', 'Kompetens'],
  W7: ['Analys'],
  W14: ['Jämställdhet'],
  W15: ['Analys'],
};

const rowSchema = z.array(
  z.strictObject({
    code: z.string(),
    title: z.string(),
    summary: z.string(),
    presenters: z.string(),
    organisations: z.string(),
    language: languageSchema,
  }),
);

/** W1 to W15 of Utsikt är insikt, as printed. */
export function realWorkshops(): SeedWorkshop[] {
  const text = readData('utsikt-ar-insikt/workshops.csv');
  const { data } = Papa.parse(text, { header: true, skipEmptyLines: true });
  return rowSchema.parse(data).map((row) => ({
    ...row,
    presenters: row.presenters.split('; ').map(readPresenter),
    organisations: row.organisations.split('; '),
    topics: topicsFor(themeOf[row.code] ?? 'governance', moreTopicsOf[row.code]),
    theme: themeOf[row.code] ?? 'governance',
  }));
}

/** `Klas Danerlöv (SKL, moderator)`: the brackets hold the affiliation as printed, which may contain commas. */
function readPresenter(text: string): SeedPresenter {
  const [, name, affiliation] = /^([^(]+) \((.+)\)$/u.exec(text) ?? [];
  if (name === undefined || affiliation === undefined)
    throw new Error(`a presenter that cannot be read: ${text}`);
  return { name, affiliation: affiliation.replace(/, moderator$/u, '') };
}

const conferenceSchema = z.strictObject({
  name: z.string(),
  tagline: z.string(),
  organiser: z.string(),
  passes: z.int(),
  workshopMinutes: z.int(),
  picksPerAttendee: z.int(),
  sourceNote: z.string(),
});

export function realConference() {
  return conferenceSchema.parse(JSON.parse(readData('utsikt-ar-insikt/conference.json')));
}

const talkSchema = z.strictObject({
  title: z.string(),
  kind: z.literal('plenary'),
  discussants: z.array(z.strictObject({ name: z.string(), role: z.string(), organisation: z.string() })),
  video: z.string(),
  factors: z.array(z.string()),
});

/** The talk for everybody: its title, and who talks about which fourteen factors. */
export function realTalk(): { title: string; summary: string } {
  const talk = talkSchema.parse(JSON.parse(readData('talks/14-framgangsfaktorer.json')));
  const people = talk.discussants.map((d) => `${d.name}, ${d.role}, ${d.organisation}`).join(', och ');
  const factors = talk.factors.map((factor, i) => `${i + 1}. ${factor}`).join('\n');
  return { title: talk.title, summary: `${people}.\n\n${factors}` };
}

function readData(path: string): string {
  return readFileSync(join(root, 'seeds', 'data', path), 'utf8');
}
