import { useCallback } from 'react';
import { ApiProblem, ConnectionLost } from './api.ts';
import { useLanguage } from './language.ts';
import { catalogue } from './texts.ts';

/** What every page may have to say. */
export const useCommonTexts = catalogue('common', {
  sv: {
    tryAgain: 'Försök igen',
    close: 'Stäng',
    cancel: 'Avbryt',
    save: 'Spara',
    loading: 'Hämtar …',
    failed: 'Det gick inte att hämta sidan',
    connectionLost: 'Ingen kontakt med servern. Kontrollera nätet och försök igen.',
    unexpected: 'Något gick fel på sidan. Ladda om den och försök igen.',
    notFound: 'Sidan finns inte',
    notFoundText: 'Adressen kan vara fel skriven, eller så är sidan borttagen.',
    toStart: 'Till startsidan',
    skip: 'Hoppa till innehållet',
    wholeNumber: 'Skriv ett helt tal med siffror, 0 eller mer.',
    accessibility: 'Tillgänglighet',
    previousPage: 'Föregående',
    nextPage: 'Nästa',
    pageRange: '{{from}}–{{to}} av {{total}}',
  },
  en: {
    tryAgain: 'Try again',
    close: 'Close',
    cancel: 'Cancel',
    save: 'Save',
    loading: 'Fetching …',
    failed: 'The page could not be fetched',
    connectionLost: 'No contact with the server. Check the network and try again.',
    unexpected: 'Something went wrong on the page. Reload it and try again.',
    notFound: 'The page does not exist',
    notFoundText: 'The address may be mistyped, or the page may have been removed.',
    toStart: 'To the start page',
    skip: 'Skip to the content',
    wholeNumber: 'Write a whole number in digits, 0 or more.',
    accessibility: 'Accessibility',
    previousPage: 'Previous',
    nextPage: 'Next',
    pageRange: '{{from}}–{{to}} of {{total}}',
  },
});

/** The sentence for what went wrong in a call: the server's own where it gave one. */
export function useErrorSentence(): (error: unknown) => string {
  const t = useCommonTexts();
  const { language } = useLanguage();
  return useCallback(
    (error: unknown) => {
      if (error instanceof ApiProblem) return error.sentence(language);
      return error instanceof ConnectionLost ? t('connectionLost') : t('unexpected');
    },
    [t, language],
  );
}
