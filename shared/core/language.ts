/** The languages of the interface, of letters and of refusals. Swedish is the default. */
export const languages = ['sv', 'en'] as const;
export type Language = (typeof languages)[number];
export const defaultLanguage: Language = 'sv';

/** A sentence in every language. */
export type Sentence = Readonly<Record<Language, string>>;
