import { createInstance, type FormatterModule } from 'i18next';
import { useMemo } from 'react';
import type { Language } from '../../shared/core/language.ts';
import { useLanguage } from './language.ts';

type Plural = 'zero' | 'one' | 'other';
type Catalogue = Readonly<Record<string, string>>;

/** The keys as they are asked for: `seats_one` and `seats_other` are both `seats`. */
type Key<Texts extends Catalogue> = keyof Texts extends infer K
  ? K extends `${infer Base}_${Plural}`
    ? Base
    : K
  : never;

type Placeholders<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

type TextOf<Texts extends Catalogue, K> = Texts[Extract<keyof Texts, K | `${K & string}_${Plural}`>];

type ValuesOf<Texts extends Catalogue, K> =
  | Placeholders<TextOf<Texts, K>>
  | (`${K & string}_other` extends keyof Texts ? 'count' : never);

/** Gives one text: `t('seatsLeft', { count: 2 })`. What a text has in {{braces}} must be given. */
export type Translate<Texts extends Catalogue> = <K extends Key<Texts> & string>(
  key: K,
  ...values: [ValuesOf<Texts, K>] extends [never]
    ? []
    : [{ readonly [Name in ValuesOf<Texts, K>]: Name extends 'count' ? number : string | number }]
) => string;

const numbers: Readonly<Record<Language, Intl.NumberFormat>> = {
  sv: new Intl.NumberFormat('sv-SE'),
  en: new Intl.NumberFormat('en-GB'),
};

/** Numbers are written as the language writes them: 1 234 or 1,234. */
const formatter: FormatterModule = {
  type: 'formatter',
  init: () => {},
  add: () => {},
  addCached: () => {},
  format: (value: unknown, _format, language) =>
    typeof value === 'number' ? numbers[language === 'en' ? 'en' : 'sv'].format(value) : String(value),
};

const i18n = createInstance();
void i18n.use(formatter).init({
  lng: 'sv',
  fallbackLng: false,
  initAsync: false,
  keySeparator: false,
  nsSeparator: false,
  resources: {},
  interpolation: { escapeValue: false, alwaysFormat: true },
});

/**
 * The texts of one area in both languages; English must have exactly the keys of Swedish. Gives the hook that reads them in the
 * page's language. Plural forms are `key_one` and `key_other` and are asked for as `key` with a `count`.
 */
export function catalogue<const Sv extends Catalogue>(
  area: string,
  texts: { readonly sv: Sv; readonly en: { readonly [K in keyof Sv]: string } },
): () => Translate<Sv> {
  i18n.addResourceBundle('sv', area, texts.sv);
  i18n.addResourceBundle('en', area, texts.en);
  return () => {
    const { language } = useLanguage();
    return useMemo(() => i18n.getFixedT(language, area) as unknown as Translate<Sv>, [language]);
  };
}
