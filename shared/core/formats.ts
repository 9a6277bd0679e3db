import type { Language } from './language.ts';

/** Dates and times as people write them, in the conference's zone: 09.30–10.15, 12 december. */
export interface Formats {
  /** 09.30 */
  readonly time: (instant: string | number) => string;
  /** 09.30–10.15 */
  readonly timeRange: (startsAt: string | number, endsAt: string | number) => string;
  /** 12 december */
  readonly date: (instant: string | number) => string;
  /** lördag 12 december 2026 */
  readonly longDate: (instant: string | number) => string;
  /** 12 december kl. 14.02 */
  readonly dateTime: (instant: string | number) => string;
  /** 1 234 */
  readonly number: (value: number) => string;
  /** 83 %, and 1,2 % where a whole per cent says too little */
  readonly percent: (share: number) => string;
  /** A day's name for comparing: 2026-12-12 in the zone. */
  readonly dayKey: (instant: string | number) => string;
}

const locales: Readonly<Record<Language, string>> = { sv: 'sv-SE', en: 'en-GB' };

/** How dates and numbers are written in a language. */
export function localeOf(language: Language): string {
  return locales[language];
}

export function formatsFor(language: Language, timeZone?: string): Formats {
  const locale = locales[language];
  const zone = timeZone === undefined ? {} : { timeZone };
  const clock = new Intl.DateTimeFormat(locale, {
    ...zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const day = new Intl.DateTimeFormat(locale, { ...zone, day: 'numeric', month: 'long' });
  const longDay = new Intl.DateTimeFormat(locale, {
    ...zone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  const key = new Intl.DateTimeFormat('sv-SE', {
    ...zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent' });
  const finePercent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const time = (instant: string | number): string =>
    language === 'sv' ? clock.format(new Date(instant)).replace(':', '.') : clock.format(new Date(instant));
  const date = (instant: string | number): string => day.format(new Date(instant));
  return {
    time,
    date,
    timeRange: (startsAt, endsAt) => `${time(startsAt)}–${time(endsAt)}`,
    longDate: (instant) => longDay.format(new Date(instant)),
    dateTime: (instant) =>
      language === 'sv' ? `${date(instant)} kl. ${time(instant)}` : `${date(instant)} at ${time(instant)}`,
    number: (value) => number.format(value),
    percent: (share) => (share < 0.1 ? finePercent : percent).format(share),
    dayKey: (instant) => key.format(new Date(instant)),
  };
}
