import { refusalKind } from '../core/refusal.ts';

export const programmeHidden = refusalKind('programme-hidden', {
  status: 409,
  title: { sv: 'Programmet är dolt', en: 'The programme is hidden' },
  detail: () => ({
    sv: 'Deltagarnas länkar fungerar inte förrän programmet är publicerat. Publicera det under Inställningar och skicka sedan.',
    en: 'The links of attendees do not work until the programme is published. Publish it under Settings, then send.',
  }),
  example: undefined,
});

export const nothingToChoose = refusalKind('nothing-to-choose', {
  status: 409,
  title: { sv: 'Det finns inget att välja nu', en: 'There is nothing to choose now' },
  detail: () => ({
    sv: 'Varken önskemål eller val är öppna, så det finns inget att påminna om.',
    en: 'Neither wishes nor picks are open, so there is nothing to remind of.',
  }),
  example: undefined,
});

export const noMailServer = refusalKind('no-mail-server', {
  status: 409,
  title: { sv: 'Det finns ingen mejlserver', en: 'There is no mail server' },
  detail: () => ({
    sv: 'Installationen har ingen mejlserver, så inget kan skickas om. Exportera breven i stället.',
    en: 'The installation has no mail server, so nothing can be sent again. Export the letters instead.',
  }),
  example: undefined,
});
