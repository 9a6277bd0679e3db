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

const dates = {
  clock: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  day: { day: 'numeric', month: 'long' },
  longDay: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  key: { year: 'numeric', month: '2-digit', day: '2-digit' },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>;

const numbers = {
  plain: {},
  percent: { style: 'percent' },
  finePercent: { style: 'percent', maximumFractionDigits: 1 },
} as const satisfies Readonly<Record<string, Intl.NumberFormatOptions>>;

/** A phone takes milliseconds to make one of these: each is made when it is first asked for, and kept. */
const made = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();

function kept<Format extends Intl.DateTimeFormat | Intl.NumberFormat>(
  key: string,
  make: () => Format,
): Format {
  const format = (made.get(key) as Format | undefined) ?? make();
  made.set(key, format);
  return format;
}

/** 1 234 or 1,234. */
export function numberIn(language: Language, value: number, style: keyof typeof numbers = 'plain'): string {
  const locale = locales[language];
  return kept(`${style} ${locale}`, () => new Intl.NumberFormat(locale, numbers[style])).format(value);
}

export function formatsFor(language: Language, timeZone?: string): Formats {
  const dateIn = (style: keyof typeof dates, instant: string | number, locale = locales[language]): string =>
    kept(
      `${style} ${locale} ${timeZone}`,
      () => new Intl.DateTimeFormat(locale, { ...dates[style], timeZone }),
    ).format(new Date(instant));
  const time = (instant: string | number): string =>
    language === 'sv' ? dateIn('clock', instant).replace(':', '.') : dateIn('clock', instant);
  const date = (instant: string | number): string => dateIn('day', instant);
  return {
    time,
    date,
    timeRange: (startsAt, endsAt) => `${time(startsAt)}–${time(endsAt)}`,
    longDate: (instant) => dateIn('longDay', instant),
    dateTime: (instant) =>
      language === 'sv' ? `${date(instant)} kl. ${time(instant)}` : `${date(instant)} at ${time(instant)}`,
    number: (value) => numberIn(language, value),
    percent: (share) => numberIn(language, share, share < 0.1 ? 'finePercent' : 'percent'),
    dayKey: (instant) => dateIn('key', instant, locales.sv),
  };
}
