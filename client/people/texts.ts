import { catalogue } from '../core/texts.ts';

export const usePeopleTexts = catalogue('people', {
  sv: {
    opening: 'Öppnar din sida …',
    linkInvalid: 'Länken gäller inte',
    linkHelp:
      'Kontrollera att du fick med hela länken från brevet. Har du fått en nyare länk är det den som gäller. Annars kan du få en ny här.',
    linkFailed: 'Länken gick inte att öppna just nu',
    notPublished: 'Programmet är inte publicerat',
    notPublishedHelp: 'Din länk är rätt. Öppna den igen när arrangören har publicerat programmet.',
    linkNeeded: 'Öppna din personliga länk',
    linkNeededText:
      'Din sida öppnas med länken du fick i brevet från arrangören. Du behöver inget konto och inget lösenord.',
    askTitle: 'Hittar du inte länken?',
    askMail: 'Din mejladress',
    askHint: 'Den som du är anmäld med.',
    ask: 'Mejla mig en ny länk',
    askedTitle: 'Titta i din mejl',
    askedText:
      'Är {{mail}} anmäld kommer ett brev med en ny länk om en stund. Den gamla gäller tills du öppnar den nya. Kommer inget brev, hör av dig till arrangören.',
    forgotten: 'Sidan har glömt dig på den här enheten.',
    forgottenOffline:
      'Sidan har glömt dig på den här enheten. Utloggningen blir klar när nätet är tillbaka och sidan öppnas.',
    otherConference: 'Du är inloggad för en annan konferens',
    notMe: 'Det är inte jag',
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
      'Check that you have the whole link from the letter. If you have been sent a newer one, that is the one that works. Otherwise, have a new one mailed here.',
    linkFailed: 'The link could not be opened just now',
    notPublished: 'The programme is not published',
    notPublishedHelp: 'Your link is right. Open it again when the organiser has published the programme.',
    linkNeeded: 'Open your personal link',
    linkNeededText:
      'Your page opens with the link in the letter from the organiser. You need no account and no password.',
    askTitle: 'Cannot find the link?',
    askMail: 'Your mail address',
    askHint: 'The one you are registered with.',
    ask: 'Mail me a new link',
    askedTitle: 'Look in your mail',
    askedText:
      'If {{mail}} is registered, a letter with a new link comes in a while. The old one works until you open the new. If no letter comes, ask the organiser.',
    forgotten: 'This device has forgotten you.',
    forgottenOffline:
      'This device has forgotten you. Signing out is completed when the network is back and the page is opened.',
    otherConference: 'You are signed in for another conference',
    notMe: 'This isn’t me',
    toProgramme: 'Read the programme',
    signInTitle: 'Sign in as organiser',
    signInText: 'The link works once. Press to sign in on this device.',
    signIn: 'Sign in',
    signInFailed: 'Signing in did not work',
  },
});
