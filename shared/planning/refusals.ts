import { refusalKind } from '../core/refusal.ts';

export const planRunning = refusalKind<{ number: number }>('plan-running', {
  status: 409,
  title: { sv: 'En plan räknas redan', en: 'A plan is already being computed' },
  detail: ({ number }) => ({
    sv: `Plan ${number} räknas just nu. Vänta tills den är klar eller avbryt den.`,
    en: `Plan ${number} is being computed. Wait until it is done, or cancel it.`,
  }),
  facts: (facts) => facts,
  example: { number: 4 },
});

export const nothingToPlan = refusalKind<{ missing: 'passes' | 'rooms' | 'workshops' | 'attendees' }>(
  'nothing-to-plan',
  {
    status: 409,
    title: { sv: 'Det saknas något att planera', en: 'Something to plan is missing' },
    detail: ({ missing }) => {
      const words = {
        passes: { sv: 'pass', en: 'passes' },
        rooms: { sv: 'lokaler', en: 'rooms' },
        workshops: { sv: 'workshoppar', en: 'workshops' },
        attendees: { sv: 'deltagare', en: 'attendees' },
      }[missing];
      return {
        sv: `Konferensen har inga ${words.sv} än. Lägg till dem först.`,
        en: `The conference has no ${words.en} yet. Add them first.`,
      };
    },
    facts: (facts) => facts,
    example: { missing: 'rooms' },
  },
);

export const planStale = refusalKind<{ number: number; changes: string[] }>('stale', {
  status: 409,
  title: { sv: 'Planen är inaktuell', en: 'The plan is out of date' },
  detail: ({ number }) => ({
    sv: `Något har ändrats sedan plan ${number} räknades. Räkna en ny plan. Det som är publicerat ligger kvar.`,
    en: `Something has changed since plan ${number} was computed. Compute a new plan. What is published stays.`,
  }),
  facts: (facts) => facts,
  example: { number: 4, changes: ['editRoom'] },
});

export const planNotDone = refusalKind<{ number: number }>('plan-not-done', {
  status: 409,
  title: { sv: 'Planen är inte klar', en: 'The plan is not done' },
  detail: ({ number }) => ({
    sv: `Plan ${number} har inget färdigt resultat att publicera.`,
    en: `Plan ${number} has no finished result to publish.`,
  }),
  facts: (facts) => facts,
  example: { number: 4 },
});

export const picksWouldMove = refusalKind<{ moved: number }>('picks-would-move', {
  status: 409,
  title: { sv: 'Planen flyttar på folk', en: 'The plan moves people' },
  detail: ({ moved }) => ({
    sv: `Valen har öppnat och planen ändrar platserna för ${moved} deltagare. Efter öppningen kan bara planer med målet ”minsta ändring” publiceras.`,
    en: `Choosing has opened and the plan changes the seats of ${moved} attendees. After the opening only plans with the objective “fewest changes” can be published.`,
  }),
  facts: (facts) => facts,
  example: { moved: 12 },
});

export const pinExists = refusalKind('pin-exists', {
  status: 409,
  title: { sv: 'Redan låst', en: 'Already pinned' },
  detail: () => ({
    sv: 'Det är redan låst så. Ta bort den gamla låsningen om det ska vara på ett annat sätt.',
    en: 'It is pinned already. Remove the old pin if it should be otherwise.',
  }),
  example: undefined,
});

export const pinSaysNothing = refusalKind('pin-says-nothing', {
  status: 422,
  title: { sv: 'Låsningen säger inget', en: 'The pin says nothing' },
  detail: () => ({
    sv: 'Välj ett pass, en lokal eller båda.',
    en: 'Choose a pass, a room or both.',
  }),
  example: undefined,
});
