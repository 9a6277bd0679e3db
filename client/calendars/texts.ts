import { catalogue } from '../core/texts.ts';

export const useCalendarTexts = catalogue('calendars', {
  sv: {
    title: 'Din kalender',
    nothingYet: 'Du har inget valt än. Prenumererar du redan nu fylls kalendern på när du väljer.',
    subscribeTitle: 'Prenumerera',
    subscribeText:
      'Följer ändringar av sig själv. Apple och Outlook hämtar oftast inom någon timme; Google kan dröja upp till ett dygn.',
    subscribe: 'Prenumerera',
    copyText: 'I Google Kalender: lägg till från webbadress och klistra in den här.',
    address: 'Kalenderns adress',
    copy: 'Kopiera adressen',
    copied: 'Adressen är kopierad.',
    copyFailed: 'Det gick inte att kopiera. Markera adressen och kopiera den själv.',
    downloadTitle: 'Ladda ner en kopia',
    downloadText: 'En fil med det du har valt nu. Den ändras inte om en lokal eller tid ändras sedan.',
    download: 'Ladda ner en kopia',
    renewTitle: 'Har någon annan fått adressen?',
    renewText: 'Med en ny adress slutar den gamla att fungera. Du behöver prenumerera igen.',
    renew: 'Ge kalendern en ny adress',
    renewed: 'Kalendern har en ny adress. Prenumerera igen med den.',
    renewFailed: 'Adressen är inte ändrad',
  },
  en: {
    title: 'Your calendar',
    nothingYet: 'You have chosen nothing yet. Subscribe now and the calendar fills as you choose.',
    subscribeTitle: 'Subscribe',
    subscribeText:
      'Follows changes by itself. Apple and Outlook usually fetch within an hour or so; Google may take up to a day.',
    subscribe: 'Subscribe',
    copyText: 'In Google Calendar: add from URL, and paste this.',
    address: 'Address of the calendar',
    copy: 'Copy the address',
    copied: 'The address is copied.',
    copyFailed: 'Copying did not work. Select the address and copy it yourself.',
    downloadTitle: 'Download a copy',
    downloadText:
      'A file with what you have chosen now. It does not change if a room or a time changes later.',
    download: 'Download a copy',
    renewTitle: 'Has someone else got the address?',
    renewText: 'With a new address the old one stops working. You need to subscribe again.',
    renew: 'Give the calendar a new address',
    renewed: 'The calendar has a new address. Subscribe again with it.',
    renewFailed: 'The address is not changed',
  },
});
