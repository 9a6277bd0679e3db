import { catalogue } from '../core/texts.ts';

export const usePublicTexts = catalogue('public', {
  sv: {
    conferences: 'Konferenser',
    noConferences: 'Inga konferenser är publicerade än',
    noConferencesText: 'När en arrangör publicerar sitt program visas det här.',
    personalLinkHint: 'Är du deltagare? Öppna den personliga länken i brevet från arrangören.',
  },
  en: {
    conferences: 'Conferences',
    noConferences: 'No conferences are published yet',
    noConferencesText: 'When an organiser publishes a programme, it is shown here.',
    personalLinkHint: 'Are you an attendee? Open the personal link in the letter from the organiser.',
  },
});
