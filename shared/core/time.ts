import type { Language, Sentence } from './language.ts';
import { refusalKind } from './refusal.ts';

/** A point in time: milliseconds since 1970-01-01T00:00Z. Stored as such; ISO 8601 with Z in the API. */
export type Instant = number;

export interface Interval {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

export function toIso(instant: Instant): string {
  return new Date(instant).toISOString();
}

export function fromIso(text: string): Instant {
  return Date.parse(text);
}

/** Day and time of an instant as people read them where the zone's clock hangs: `21 november 2026 kl. 12:07`. */
export function inWords(instant: Instant, timeZone: string): Sentence {
  return {
    sv: wordsIn('sv', timeZone).format(instant),
    en: wordsIn('en', timeZone).format(instant),
  };
}

const locales: Readonly<Record<Language, string>> = { sv: 'sv-SE', en: 'en-GB' };
/** Making one costs fifty times what using it does, and everybody may be refused at once. */
const formats = new Map<string, Intl.DateTimeFormat>();

function wordsIn(language: Language, timeZone: string): Intl.DateTimeFormat {
  const key = `${language} ${timeZone}`;
  const known = formats.get(key);
  if (known) return known;
  const format = new Intl.DateTimeFormat(locales[language], {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone,
  });
  formats.set(key, format);
  return format;
}

/** Whether two intervals share any time. Touching ends (10:00/10:00) do not overlap. */
export function overlaps(a: Interval, b: Interval): boolean {
  return a.startsAt < b.endsAt && b.startsAt < a.endsAt;
}

/** A window that opens and closes; a missing end is open for ever, a missing start is not open yet. */
export interface Window {
  readonly opensAt: Instant | null;
  readonly closesAt: Instant | null;
}

/** Open from the opening instant until just before the closing one. */
export function isOpen(window: Window, now: Instant): boolean {
  return (
    window.opensAt !== null && now >= window.opensAt && (window.closesAt === null || now < window.closesAt)
  );
}

export function isTimeZone(name: string): boolean {
  try {
    return (
      Intl.DateTimeFormat('en', { timeZone: name }) && /^[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)+$|^UTC$/u.test(name)
    );
  } catch {
    return false;
  }
}

export const timeDoesNotExist = refusalKind<{ localDateTime: string; timeZone: string }>(
  'time-does-not-exist',
  {
    status: 422,
    title: { sv: 'Klockslaget finns inte', en: 'That time does not exist' },
    detail: ({ localDateTime, timeZone }) => ({
      sv: `Klockan ställs fram och hoppar över ${localDateTime.replace('T', ' ')} (${timeZone}). Välj en annan tid.`,
      en: `The clocks go forward and skip ${localDateTime.replace('T', ' ')} (${timeZone}). Choose another time.`,
    }),
    facts: (facts) => facts,
    example: { localDateTime: '2027-03-28T02:30', timeZone: 'Europe/Stockholm' },
  },
);

export const timeIsAmbiguous = refusalKind<{ localDateTime: string; timeZone: string }>('time-is-ambiguous', {
  status: 422,
  title: { sv: 'Klockslaget inträffar två gånger', en: 'That time happens twice' },
  detail: ({ localDateTime, timeZone }) => ({
    sv: `Klockan ställs tillbaka, så ${localDateTime.replace('T', ' ')} (${timeZone}) inträffar två gånger. Välj den tidigare eller den senare.`,
    en: `The clocks go back, so ${localDateTime.replace('T', ' ')} (${timeZone}) happens twice. Choose the earlier or the later one.`,
  }),
  facts: (facts) => ({ ...facts, choices: ['earlier', 'later'] }),
  example: { localDateTime: '2027-10-31T02:30', timeZone: 'Europe/Stockholm' },
});
