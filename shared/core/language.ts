import { z } from 'zod';

/** The languages of the interface, of letters and of refusals. Swedish is the default. */
export const languages = ['sv', 'en'] as const;
export type Language = (typeof languages)[number];
export const languageSchema = z.enum(languages);
export const defaultLanguage: Language = 'sv';

/** A sentence in every language. */
export type Sentence = Readonly<Record<Language, string>>;

export const sentenceSchema = z.strictObject({ sv: z.string(), en: z.string() });
