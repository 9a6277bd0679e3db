import { createContext, use } from 'react';
import { defaultLanguage, type Language, languages } from '../../shared/core/language.ts';

/** The language that a page is in, and how to change it. */
export interface LanguageChoice {
  readonly language: Language;
  /** The reader chose: remembered for next time. */
  readonly choose: (language: Language) => void;
  /** What we know of the reader; gives way to what they have chosen. */
  readonly suggest: (language: Language) => void;
}

export const LanguageContext = createContext<LanguageChoice>({
  language: defaultLanguage,
  choose: () => {},
  suggest: () => {},
});

export function useLanguage(): LanguageChoice {
  return use(LanguageContext);
}

const cookieName = 'language';

/** What the reader has chosen before, or null. The cookie is the one the server reads too. */
export function chosenLanguage(): Language | null {
  const value = document.cookie
    .split('; ')
    .find((pair) => pair.startsWith(`${cookieName}=`))
    ?.slice(cookieName.length + 1);
  return languages.find((language) => language === value) ?? null;
}

export function rememberLanguage(language: Language): void {
  document.cookie = `${cookieName}=${language}; Path=/; Max-Age=31536000; SameSite=Lax`;
}

/** Chosen before, else the first language of the browser that we have, else Swedish. */
export function firstLanguage(): Language {
  const known = navigator.languages
    .map((tag) => languages.find((language) => tag.toLowerCase().split('-')[0] === language))
    .find((language) => language !== undefined);
  return chosenLanguage() ?? known ?? defaultLanguage;
}

/** The language of the page as it stands, for requests. */
export function currentLanguage(): Language {
  return languages.find((language) => language === document.documentElement.lang) ?? defaultLanguage;
}
