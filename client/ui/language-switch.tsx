import type { Language } from '../../shared/core/language.ts';
import { useLanguage } from '../core/language.ts';
import { Button } from './button.tsx';

const other: Readonly<Record<Language, { language: Language; name: string }>> = {
  sv: { language: 'en', name: 'In English' },
  en: { language: 'sv', name: 'På svenska' },
};

/** Changes to the other language, named in that language. */
export function LanguageSwitch() {
  const { language, choose } = useLanguage();
  const to = other[language];
  return (
    <Button kind="quiet" lang={to.language} onClick={() => choose(to.language)}>
      {to.name}
    </Button>
  );
}
