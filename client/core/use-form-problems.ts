import { useMemo } from 'react';
import { useErrorSentence } from './common-texts.ts';
import { type FormProblems, formProblems } from './form-problems.ts';
import { useLanguage } from './language.ts';

/** What a form has to show after an attempt: the refusal beside its fields, or that there was no answer. Give constant lists. */
export function useFormProblems(
  error: unknown,
  names: readonly string[],
  fieldOfCode?: Readonly<Record<string, string>>,
): FormProblems | null {
  const { language } = useLanguage();
  const sentence = useErrorSentence();
  return useMemo(() => {
    if (!error) return null;
    return formProblems(error, language, names, fieldOfCode) ?? { fields: {}, rest: [sentence(error)] };
  }, [error, language, names, fieldOfCode, sentence]);
}
