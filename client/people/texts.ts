import { catalogue } from '../core/texts.ts';

export const usePeopleTexts = catalogue('people', {
  sv: {
    opening: 'Öppnar din sida …',
    linkInvalid: 'Länken gäller inte',
    linkHelp:
      'Kontrollera att du fick med hela länken från brevet. Har du fått en nyare länk är det den som gäller. Hjälper inte det, be arrangören om en ny.',
    linkFailed: 'Länken gick inte att öppna just nu',
    notPublished: 'Programmet är inte publicerat',
    notPublishedHelp: 'Din länk är rätt. Öppna den igen när arrangören har publicerat programmet.',
    linkNeeded: 'Öppna din personliga länk',
    linkNeededText:
      'Din sida öppnas med länken du fick i brevet från arrangören. Du behöver inget konto och inget lösenord.',
    linkLost: 'Hittar du den inte? Be arrangören skicka den igen.',
    otherConference: 'Du är inloggad för en annan konferens',
    notMe: 'Det är inte jag',
    signedOut: 'Du är utloggad, och sidan har glömt dig på den här enheten.',
    toProgramme: 'Läs programmet',
    signInTitle: 'Logga in som arrangör',
    signInText: 'Länken fungerar en gång. Tryck för att logga in på den här enheten.',
    signIn: 'Logga in',
    signInFailed: 'Det gick inte att logga in',
  },
  en: {
    opening: 'Opening your page …',
    linkInvalid: 'The link does not work',
    linkHelp:
      'Check that you have the whole link from the letter. If you have been sent a newer one, that is the one that works. Otherwise, ask the organiser for a new link.',
    linkFailed: 'The link could not be opened just now',
    notPublished: 'The programme is not published',
    notPublishedHelp: 'Your link is right. Open it again when the organiser has published the programme.',
    linkNeeded: 'Open your personal link',
    linkNeededText:
      'Your page opens with the link in the letter from the organiser. You need no account and no password.',
    linkLost: 'Cannot find it? Ask the organiser to send it again.',
    otherConference: 'You are signed in for another conference',
    notMe: 'This isn’t me',
    signedOut: 'You are signed out, and this device has forgotten you.',
    toProgramme: 'Read the programme',
    signInTitle: 'Sign in as organiser',
    signInText: 'The link works once. Press to sign in on this device.',
    signIn: 'Sign in',
    signInFailed: 'Signing in did not work',
  },
});
