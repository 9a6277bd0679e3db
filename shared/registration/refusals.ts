import type { Sentence } from '../core/language.ts';
import { refusalKind } from '../core/refusal.ts';
import { type Instant, inWords, toIso } from '../core/time.ts';

export const full = refusalKind<{ workshop: string; waiting: number }>('full', {
  status: 409,
  title: { sv: 'Fullt', en: 'Full' },
  detail: ({ workshop, waiting }) => ({
    sv: `Alla platser på ${workshop} är tagna${waiting ? ` och ${waiting} väntar` : ''}. Du har kvar det du hade. Ställ dig i kö eller välj något annat.`,
    en: `Every seat in ${workshop} is taken${waiting ? ` and ${waiting} are waiting` : ''}. You keep what you had. Join the waitlist or choose something else.`,
  }),
  facts: (facts) => facts,
  example: { workshop: 'W3', waiting: 4 },
});

export const sameWorkshop = refusalKind<{ workshop: string; pass: string }>('same-workshop', {
  status: 409,
  title: { sv: 'Du har redan den workshoppen', en: 'You already have that workshop' },
  detail: ({ workshop, pass }) => ({
    sv: `Du går redan på ${workshop} i ${pass}. Lämna den platsen först om du vill byta tid.`,
    en: `You already attend ${workshop} in ${pass}. Release that seat first if you want another time.`,
  }),
  facts: (facts) => facts,
  example: { workshop: 'W3', pass: 'Pass 1' },
});

/** A window that is not open now: of picks or of wishes. */
interface ClosedWindow {
  readonly window: 'picks' | 'wishes';
  readonly opensAt: Instant | null;
  readonly closesAt: Instant | null;
  readonly timeZone: string;
}

export const windowClosed = refusalKind<ClosedWindow>('window-closed', {
  status: 409,
  title: { sv: 'Det är stängt', en: 'It is closed' },
  detail: (closed) => {
    const times = timesOf(closed);
    return closed.window === 'picks'
      ? {
          sv: `Det går inte att välja just nu. ${times.sv}`,
          en: `Choosing is not open right now. ${times.en}`,
        }
      : {
          sv: `Det går inte att önska just nu. ${times.sv}`,
          en: `Wishing is not open right now. ${times.en}`,
        };
  },
  facts: ({ window, opensAt, closesAt }) => ({
    window,
    opensAt: opensAt === null ? null : toIso(opensAt),
    closesAt: closesAt === null ? null : toIso(closesAt),
  }),
  example: {
    window: 'picks',
    opensAt: Date.UTC(2026, 10, 21, 9),
    closesAt: Date.UTC(2026, 10, 28, 16),
    timeZone: 'Europe/Stockholm',
  },
});

function timesOf({ opensAt, closesAt, timeZone }: ClosedWindow): Sentence {
  if (opensAt === null) return { sv: 'Tiden är inte bestämd än.', en: 'The time is not set yet.' };
  const from = inWords(opensAt, timeZone);
  if (closesAt === null) return { sv: `Öppet från ${from.sv}.`, en: `Open from ${from.en}.` };
  const to = inWords(closesAt, timeZone);
  return { sv: `Öppet från ${from.sv} till ${to.sv}.`, en: `Open from ${from.en} to ${to.en}.` };
}

export const presentsThen = refusalKind<{ workshop: string; pass: string }>('presents-then', {
  status: 409,
  title: { sv: 'Du medverkar själv då', en: 'You are presenting then' },
  detail: ({ workshop, pass }) => ({
    sv: `Du håller ${workshop} i ${pass} och kan inte gå på något annat då.`,
    en: `You give ${workshop} in ${pass} and cannot attend anything else then.`,
  }),
  facts: (facts) => facts,
  example: { workshop: 'W2', pass: 'Pass 1' },
});

export const changedElsewhere = refusalKind('changed-elsewhere', {
  status: 409,
  title: { sv: 'Valet har ändrats någon annanstans', en: 'The choice changed elsewhere' },
  detail: () => ({
    sv: 'Du har ändrat det här passet i ett annat fönster. Titta på det du har nu och försök igen.',
    en: 'You changed this pass in another window. Look at what you have now and try again.',
  }),
  example: undefined,
});

export const wrongPass = refusalKind('wrong-pass', {
  status: 409,
  title: { sv: 'Tillfället ligger i ett annat pass', en: 'The session is in another pass' },
  detail: () => ({
    sv: 'Tillfället ges i ett annat pass än det du valde i. Ladda om programmet.',
    en: 'The session is given in another pass than the one you chose in. Reload the programme.',
  }),
  example: undefined,
});

export const enoughPicks = refusalKind<{ limit: number }>('enough-picks', {
  status: 409,
  title: { sv: 'Du har valt så många du får', en: 'You have chosen as many as you may' },
  detail: ({ limit }) => ({
    sv: `Du får välja ${limit} workshoppar. Lämna en plats först.`,
    en: `You may choose ${limit} workshops. Release a seat first.`,
  }),
  facts: (facts) => facts,
  example: { limit: 3 },
});

export const nothingToRelease = refusalKind('nothing-to-release', {
  status: 404,
  title: { sv: 'Ingen plats att lämna', en: 'No seat to release' },
  detail: () => ({
    sv: 'Du har ingen plats i det passet.',
    en: 'You have no seat in that pass.',
  }),
  example: undefined,
});

export const cannotThen = refusalKind<{ pass: string }>('cannot-then', {
  status: 409,
  title: { sv: 'Du kan inte komma då', en: 'You cannot come then' },
  detail: ({ pass }) => ({
    sv: `Det är antecknat att du inte kan vara med i ${pass}. Säg till arrangören om det har ändrats.`,
    en: `It is noted that you cannot come in ${pass}. Tell the organiser if that has changed.`,
  }),
  facts: (facts) => facts,
  example: { pass: 'Pass 1' },
});

export const hasSeatThen = refusalKind<{ workshop: string; pass: string }>('has-seat-then', {
  status: 409,
  title: { sv: 'Personen har en plats då', en: 'The person has a seat then' },
  detail: ({ workshop, pass }) => ({
    sv: `Personen har plats på ${workshop} i ${pass}. Platsen måste lämnas innan frånvaron kan antecknas. Ingenting har ändrats.`,
    en: `The person has a seat in ${workshop} in ${pass}. It must be released before the absence can be noted. Nothing has changed.`,
  }),
  facts: (facts) => facts,
  example: { workshop: 'W3', pass: 'Pass 1' },
});

/** From a time of their own choosing, no queue moves an attendee. Nobody is answered this: it is why they were passed over. */
export const notMovedAfter = refusalKind<{ time: string }>('not-moved-after', {
  status: 409,
  title: { sv: 'Du flyttas inte så sent', en: 'You are not moved that late' },
  detail: ({ time }) => ({
    sv: `Du har bett att inte bli flyttad efter kl. ${time} samma dag.`,
    en: `You asked not to be moved after ${time} on the day.`,
  }),
  facts: (facts) => facts,
  example: { time: '08:30' },
});

export const tooOften = refusalKind<{ workshop: string; until: Instant; timeZone: string }>('too-often', {
  status: 409,
  title: { sv: 'Vänta en stund', en: 'Wait a while' },
  detail: ({ workshop, until, timeZone }) => ({
    sv: `Du har lämnat ${workshop} flera gånger på kort tid. Du kan ta en plats där igen ${inWords(until, timeZone).sv}.`,
    en: `You have left ${workshop} several times in a short while. You can take a seat there again at ${inWords(until, timeZone).en}.`,
  }),
  facts: ({ workshop, until }) => ({ workshop, until: toIso(until) }),
  example: { workshop: 'W3', until: Date.UTC(2026, 10, 21, 9), timeZone: 'Europe/Stockholm' },
});

export const otherQueues = refusalKind('other-queues', {
  status: 409,
  title: { sv: 'Du väntar på något annat', en: 'You wait for something else' },
  detail: () => ({
    sv: 'Listan är inte de tillfällen du väntar på i passet. Kanske har du just fått en plats. Ladda om sidan.',
    en: 'The list is not what you wait for in the pass. You may just have been given a seat. Reload the page.',
  }),
  example: undefined,
});

export const nothingToOffer = refusalKind('nothing-to-offer', {
  status: 409,
  title: { sv: 'Ingen plats att byta bort', en: 'No seat to swap' },
  detail: () => ({
    sv: 'Du har ingen plats i passet att byta bort, eller så har du redan den du vill ha.',
    en: 'You have no seat in the pass to swap, or you already have the one you want.',
  }),
  example: undefined,
});

export const offerGone = refusalKind('offer-gone', {
  status: 404,
  title: { sv: 'Bytet finns inte längre', en: 'The swap is no longer on offer' },
  detail: () => ({
    sv: 'Erbjudandet är antaget, tillbakadraget eller för gammalt. Be om ett nytt.',
    en: 'The offer was accepted, withdrawn or has expired. Ask for a new one.',
  }),
  example: undefined,
});

export const ownOffer = refusalKind('own-offer', {
  status: 409,
  title: { sv: 'Det är ditt eget erbjudande', en: 'It is your own offer' },
  detail: () => ({
    sv: 'Skicka länken till den du vill byta med. Du kan inte byta med dig själv.',
    en: 'Send the link to the person you want to swap with. You cannot swap with yourself.',
  }),
  example: undefined,
});

export const seatNotHeld = refusalKind<{ workshop: string; pass: string }>('seat-not-held', {
  status: 409,
  title: { sv: 'Du har inte den platsen', en: 'You do not have that seat' },
  detail: ({ workshop, pass }) => ({
    sv: `Bytet gäller en plats på ${workshop} i ${pass}, och den har du inte.`,
    en: `The swap asks for a seat in ${workshop} in ${pass}, which you do not have.`,
  }),
  facts: (facts) => facts,
  example: { workshop: 'W3', pass: 'Pass 1' },
});

export const unknownWorkshop = refusalKind<{ code: string }>('unknown-workshop', {
  status: 422,
  title: { sv: 'Workshoppen finns inte', en: 'The workshop does not exist' },
  detail: ({ code }) => ({
    sv: `Det finns ingen workshop med beteckningen ${code} i programmet. Ingenting har sparats.`,
    en: `The programme has no workshop with the code ${code}. Nothing has been saved.`,
  }),
  facts: (facts) => facts,
  example: { code: 'W99' },
});

export const wishedTwice = refusalKind<{ code: string }>('wished-twice', {
  status: 422,
  title: { sv: 'Samma önskemål två gånger', en: 'The same wish twice' },
  detail: ({ code }) => ({
    sv: `${code} står två gånger på listan. Ta bort den ena. Ingenting har sparats.`,
    en: `${code} is on the list twice. Remove one of them. Nothing has been saved.`,
  }),
  facts: (facts) => facts,
  example: { code: 'W3' },
});
