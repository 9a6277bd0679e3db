import { catalogue } from '../core/texts.ts';

export const useAccessibilityTexts = catalogue('accessibility', {
  sv: {
    title: 'Tillgänglighetsredogörelse',
    toStart: 'Till startsidan',
    otherLanguage: 'In English',
    whoNamed:
      '{{operator}} står bakom den här webbplatsen, som drivs med Verkstad. Vi vill att så många som möjligt ska kunna använda den. Här står hur den uppfyller lagen (2018:1937) om tillgänglighet till digital offentlig service, vilka brister vi känner till och hur du gör om något hindrar dig.',
    who: 'Den här webbplatsen drivs med Verkstad. Alla ska kunna använda den. Här står hur den uppfyller lagen (2018:1937) om tillgänglighet till digital offentlig service, vilka brister vi känner till och hur du gör om något hindrar dig.',
    statusTitle: 'Hur tillgänglig är webbplatsen?',
    status:
      'Webbplatsen är delvis förenlig med lagen. Vi känner inte till någon brist mot WCAG 2.2 nivå AA i de sidor som Verkstad ritar, men ingen utomstående har granskat dem.',
    faultsTitle: 'Det här kan brista',
    faultText:
      'Titlar och sammanfattningar skrivs av arrangören och de medverkande. Är en text på ett annat språk än det som är angivet för workshoppen uttalas den fel av en skärmläsare.',
    faultCalendar:
      'Kalendern öppnas i ditt eget kalenderprogram. Hur tillgängligt det är avgör den som har gjort programmet.',
    faultDraw: 'Att dra och släppa går alltid att ersätta med knappar eller tangenter.',
    contactTitle: 'Stöter du på hinder?',
    contact: 'Hör av dig så hjälper vi dig, också med innehållet i en form som passar dig:',
    contactMissing:
      'Hör av dig till konferensens arrangör, som står på programmets sida. Den som driver webbplatsen har inte angett någon egen kontakt.',
    authorityTitle: 'Tillsyn',
    authority:
      'Myndigheten för digital förvaltning, Digg, ansvarar för tillsynen över lagen. Är du inte nöjd med hur vi tar hand om det du påpekar kan du anmäla det dit:',
    testedTitle: 'Så har vi testat',
    tested:
      'Varje version testas i en webbläsare innan den släpps: automatiskt mot WCAG 2.2 A och AA med axe på varje sida, med enbart tangentbord, med 320 bildpunkters bredd, i ljust och mörkt utseende, på svenska och engelska. Bedömningen är vår egen.',
    updated: 'Redogörelsen uppdaterades {{date}}.',
  },
  en: {
    title: 'Accessibility statement',
    toStart: 'To the start page',
    otherLanguage: 'På svenska',
    whoNamed:
      '{{operator}} is responsible for this site, which runs on Verkstad. We want as many people as possible to be able to use it. Here is how it meets the Swedish Act (2018:1937) on accessibility to digital public services, which shortcomings we know of, and what to do if something is in your way.',
    who: 'This site runs on Verkstad. Everyone should be able to use it. Here is how it meets the Swedish Act (2018:1937) on accessibility to digital public services, which shortcomings we know of, and what to do if something is in your way.',
    statusTitle: 'How accessible is the site?',
    status:
      'The site complies in part with the act. We know of no failure of WCAG 2.2 level AA in the pages that Verkstad draws, but nobody from outside has reviewed them.',
    faultsTitle: 'What may fall short',
    faultText:
      'Titles and summaries are written by the organiser and the presenters. A text in another language than the one given for the workshop is mispronounced by a screen reader.',
    faultCalendar:
      'The calendar opens in your own calendar program. How accessible that is depends on its maker.',
    faultDraw: 'Drag and drop can always be replaced by buttons or keys.',
    contactTitle: 'Is something in your way?',
    contact: 'Tell us and we will help you, also with the content in a form that suits you:',
    contactMissing:
      'Tell the organiser of the conference, who is named on the page of the programme. The operator of this site has given no contact of their own.',
    authorityTitle: 'Supervision',
    authority:
      'The Swedish Agency for Digital Government, Digg, supervises the act. If you are not satisfied with how we deal with what you point out, you can report it there:',
    testedTitle: 'How we have tested',
    tested:
      'Each version is tested in a browser before it is released: automatically against WCAG 2.2 A and AA with axe on every page, by keyboard alone, at a width of 320 pixels, in light and dark, in Swedish and English. The assessment is our own.',
    updated: 'The statement was updated {{date}}.',
  },
});
