import { type ReactNode, useEffect, useMemo, useState } from 'react';
import type { Language } from '../../shared/core/language.ts';
import { chosenLanguage, firstLanguage, LanguageContext, rememberLanguage } from './language.ts';

/** Gives every page the reader's language, and tells the document which it is. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const choice = useMemo(
    () => ({
      language,
      choose: (chosen: Language) => {
        rememberLanguage(chosen);
        setLanguage(chosen);
      },
      suggest: (suggested: Language) => {
        if (chosenLanguage() === null) setLanguage(suggested);
      },
    }),
    [language],
  );
  return <LanguageContext value={choice}>{children}</LanguageContext>;
}
