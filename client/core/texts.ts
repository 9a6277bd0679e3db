import { numberIn } from '../../shared/core/formats.ts';
import type { Language } from '../../shared/core/language.ts';
import { useLanguage } from './language.ts';

type Plural = 'one' | 'other';
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

/**
 * The texts of one area in both languages; English must have exactly the keys of Swedish. Gives the hook that reads them in the
 * page's language. Plural forms are `key_one` (of exactly 1, in both languages) and `key_other`, and are asked for as `key` with a
 * `count`; numbers are written as the language writes them.
 */
export function catalogue<const Sv extends Catalogue>(
  area: string,
  texts: { readonly sv: Sv; readonly en: { readonly [K in keyof Sv]: string } },
): () => Translate<Sv> {
  const read: Readonly<Record<Language, Translate<Sv>>> = {
    sv: reader<Sv>('sv', area, texts.sv),
    en: reader<Sv>('en', area, texts.en),
  };
  return () => read[useLanguage().language];
}

function reader<Texts extends Catalogue>(
  language: Language,
  area: string,
  texts: Catalogue,
): Translate<Texts> {
  const translate = (key: string, values: Readonly<Record<string, string | number>> = {}): string => {
    const { count } = values;
    const form = typeof count === 'number' ? texts[`${key}_${count === 1 ? 'one' : 'other'}`] : undefined;
    return (form ?? texts[key] ?? `${area}.${key}`).replace(/\{\{(\w+)\}\}/gu, (_, name: string) => {
      const value = values[name];
      return typeof value === 'number' ? numberIn(language, value) : (value ?? '');
    });
  };
  return translate;
}
