import { refusalKind } from '../core/refusal.ts';
import type { RowProblem } from './vocabulary.ts';

export const linkUsed = refusalKind('link-used', {
  status: 410,
  title: { sv: 'Länken är redan använd', en: 'The link has been used' },
  detail: () => ({
    sv: 'Inloggningslänken fungerar en gång. Skapa en ny med kommandot npm run verkstad -- sign-in-link.',
    en: 'The sign-in link works once. Make a new one with the command npm run verkstad -- sign-in-link.',
  }),
  example: undefined,
});

export const linkExpired = refusalKind('link-expired', {
  status: 410,
  title: { sv: 'Länken är för gammal', en: 'The link is too old' },
  detail: () => ({
    sv: 'Tiden för inloggningslänken har gått ut. Skapa en ny med kommandot npm run verkstad -- sign-in-link.',
    en: 'The sign-in link has expired. Make a new one with the command npm run verkstad -- sign-in-link.',
  }),
  example: undefined,
});

export const organiserUnknown = refusalKind<{ organisers: string[] }>('organiser-unknown', {
  status: 404,
  title: { sv: 'Vilken arrangör?', en: 'Which organiser?' },
  detail: ({ organisers }) => ({
    sv:
      organisers.length === 0
        ? 'Det finns ingen arrangör än. Lägg till den första med kommandot npm run verkstad -- organiser NAMN MEJL --host VÄRD.'
        : `Välj en av ${organisers.join(', ')}.`,
    en:
      organisers.length === 0
        ? 'There is no organiser yet. Add the first with the command npm run verkstad -- organiser NAME MAIL --host HOST.'
        : `Choose one of ${organisers.join(', ')}.`,
  }),
  facts: (facts) => facts,
  example: { organisers: ['kansli@example.org (reglab)'] },
});

export const organiserKnown = refusalKind<{ mail: string; host: string }>('organiser-known', {
  status: 409,
  title: { sv: 'Finns redan', en: 'Already there' },
  detail: ({ mail, host }) => ({
    sv: `${host} har redan en arrangör med adressen ${mail}. Skapa en länk med kommandot npm run verkstad -- sign-in-link --organiser ${mail}.`,
    en: `${host} has an organiser with the address ${mail} already. Make a link with the command npm run verkstad -- sign-in-link --organiser ${mail}.`,
  }),
  example: { mail: 'kansli@example.org', host: 'Reglab' },
});

export const mailTaken = refusalKind<{ mail: string }>('duplicate', {
  status: 409,
  title: { sv: 'Finns redan', en: 'Already there' },
  detail: ({ mail }) => ({
    sv: `En deltagare med adressen ${mail} finns redan. Ändra den i stället.`,
    en: `An attendee with the address ${mail} is there already. Edit that one instead.`,
  }),
  example: { mail: 'karin.ek@example.org' },
});

export const importRefused = refusalKind<{ rows: { row: number; problem: RowProblem }[] }>('import-refused', {
  status: 422,
  title: { sv: 'Listan gick inte att läsa in', en: 'The list could not be imported' },
  detail: ({ rows }) => ({
    sv: `Rätta rad ${firstOf(rows, 'till')}. Ingenting har sparats.`,
    en: `Correct row ${firstOf(rows, 'more')}. Nothing has been saved.`,
  }),
  facts: ({ rows }) => ({ rows }),
  example: { rows: [{ row: 2, problem: 'mail-invalid' }] },
});

function firstOf(rows: readonly { row: number }[], more: string): string {
  const shown = rows.slice(0, 10).map(({ row }) => row);
  return `${shown.join(', ')}${rows.length > 10 ? ` + ${rows.length - 10} ${more}` : ''}`;
}

export const importInUse = refusalKind<{ names: string[] }>('import-in-use', {
  status: 409,
  title: { sv: 'Inläsningen går inte att ångra', en: 'The import cannot be undone' },
  detail: ({ names }) => ({
    sv: `${names.slice(0, 3).join(', ')}${names.length > 3 ? ` och ${names.length - 3} till` : ''} har redan valt eller önskat. Ta bort dem var för sig i stället.`,
    en: `${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''} have already chosen or wished. Remove them one at a time instead.`,
  }),
  example: { names: ['Karin Ek'] },
});
