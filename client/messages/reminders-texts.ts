import { catalogue } from '../core/texts.ts';

export const useRemindersTexts = catalogue('reminders', {
  sv: {
    title: 'Påminnelser',
    loading: 'Hämtar …',
    on: 'Du får påminnelser om {{conference}}: att välja, och dagen före.',
    off: 'Du får inga påminnelser om {{conference}}.',
    still:
      'Brev om dina platser kommer ändå: när en lokal eller tid ändras, eller när du får plats från en väntelista.',
    turnOff: 'Skicka mig inga påminnelser',
    turnOn: 'Skicka påminnelser igen',
  },
  en: {
    title: 'Reminders',
    loading: 'Fetching …',
    on: 'You get reminders about {{conference}}: to choose, and the day before.',
    off: 'You get no reminders about {{conference}}.',
    still:
      'Letters about your seats come all the same: when a room or time changes, or when you get a seat from a waitlist.',
    turnOff: 'Send me no reminders',
    turnOn: 'Send reminders again',
  },
});
