import { refusalKind } from '../core/refusal.ts';
import type { Feature } from './features.ts';
import { featureNames } from './features.ts';

export const roomTaken = refusalKind<{ room: string; pass: string; workshop: string }>('room-taken', {
  status: 409,
  title: { sv: 'Lokalen är upptagen', en: 'The room is taken' },
  detail: ({ room, pass, workshop }) => ({
    sv: `${room} är upptagen av ${workshop} i ${pass}. Välj en annan lokal eller flytta ${workshop} först.`,
    en: `${room} is taken by ${workshop} in ${pass}. Choose another room, or move ${workshop} first.`,
  }),
  facts: (facts) => facts,
  example: { room: 'Vättern', pass: 'Pass 1', workshop: 'W9' },
});

export const roomClosed = refusalKind<{ room: string; pass: string }>('room-closed', {
  status: 409,
  title: { sv: 'Lokalen är stängd', en: 'The room is closed' },
  detail: ({ room, pass }) => ({
    sv: `${room} är stängd i ${pass}.`,
    en: `${room} is closed in ${pass}.`,
  }),
  facts: (facts) => facts,
  example: { room: 'Vättern', pass: 'Pass 1' },
});

export const alreadyInPass = refusalKind<{ workshop: string; pass: string; room: string }>(
  'already-in-pass',
  {
    status: 409,
    title: { sv: 'Workshoppen ges redan i passet', en: 'The workshop is already in the pass' },
    detail: ({ workshop, pass, room }) => ({
      sv: `${workshop} ges redan i ${pass}, i ${room}. En workshop ges högst en gång per pass.`,
      en: `${workshop} is already given in ${pass}, in ${room}. A workshop is given at most once in a pass.`,
    }),
    facts: (facts) => facts,
    example: { workshop: 'W3', pass: 'Pass 2', room: 'Hjälmaren' },
  },
);

export const presenterBusy = refusalKind<{ presenter: string; workshop: string; pass: string }>(
  'presenter-busy',
  {
    status: 409,
    title: { sv: 'Den medverkande är upptagen', en: 'The presenter is busy' },
    detail: ({ presenter, workshop, pass }) => ({
      sv: `${pass} går inte: ${presenter} håller ${workshop} då.`,
      en: `${pass} does not work: ${presenter} gives ${workshop} then.`,
    }),
    facts: (facts) => facts,
    example: { presenter: 'Göran Andersson', workshop: 'W2', pass: 'Pass 1' },
  },
);

export const lacksFeature = refusalKind<{ workshop: string; room: string; feature: Feature }>(
  'lacks-feature',
  {
    status: 409,
    title: { sv: 'Lokalen saknar något', en: 'The room lacks something' },
    detail: ({ workshop, room, feature }) => ({
      sv: `${workshop} behöver ${featureNames[feature].sv} och det saknas i ${room}.`,
      en: `${workshop} needs ${featureNames[feature].en}, which ${room} lacks.`,
    }),
    facts: (facts) => facts,
    example: { workshop: 'W3', room: 'Vättern', feature: 'projector' },
  },
);

export const notInThatPass = refusalKind<{ workshop: string; pass: string }>('not-in-that-pass', {
  status: 409,
  title: { sv: 'Workshoppen kan inte ges då', en: 'The workshop cannot be given then' },
  detail: ({ workshop, pass }) => ({
    sv: `${workshop} kan inte ges i ${pass} enligt sina egna uppgifter.`,
    en: `${workshop} cannot be given in ${pass} according to its own details.`,
  }),
  facts: (facts) => facts,
  example: { workshop: 'W3', pass: 'Pass 1' },
});

export const givenOftenEnough = refusalKind<{ workshop: string; max: number }>('given-often-enough', {
  status: 409,
  title: { sv: 'Workshoppen ges redan så ofta den kan', en: 'The workshop is given as often as it can be' },
  detail: ({ workshop, max }) => ({
    sv: `${workshop} kan ges högst ${max} ${max === 1 ? 'gång' : 'gånger'}. Flytta ett tillfälle i stället.`,
    en: `${workshop} can be given at most ${max} ${max === 1 ? 'time' : 'times'}. Move a session instead.`,
  }),
  facts: (facts) => facts,
  example: { workshop: 'W3', max: 1 },
});

export const codeTaken = refusalKind<{ code: string }>('code-taken', {
  status: 409,
  title: { sv: 'Beteckningen är upptagen', en: 'The code is taken' },
  detail: ({ code }) => ({
    sv: `En annan workshop heter redan ${code}. Välj en annan beteckning.`,
    en: `Another workshop is already called ${code}. Choose another code.`,
  }),
  example: { code: 'W3' },
});

export const nameTaken = refusalKind<{ name: string }>('name-taken', {
  status: 409,
  title: { sv: 'Namnet är upptaget', en: 'The name is taken' },
  detail: ({ name }) => ({
    sv: `Det finns redan något som heter ${name}. Välj ett annat namn.`,
    en: `There is already something called ${name}. Choose another name.`,
  }),
  example: { name: 'Vättern' },
});

export const endsBeforeStarts = refusalKind('ends-before-starts', {
  status: 422,
  title: { sv: 'Slutet ligger före början', en: 'The end comes before the start' },
  detail: () => ({
    sv: 'Sluttiden måste ligga efter starttiden, högst ett dygn senare.',
    en: 'The end must come after the start, at most a day later.',
  }),
  example: undefined,
});

export const passesOverlap = refusalKind<{ pass: string }>('passes-overlap', {
  status: 422,
  title: { sv: 'Passen överlappar varandra', en: 'The passes overlap' },
  detail: ({ pass }) => ({
    sv: `Tiden överlappar ${pass}. Pass får ligga kant i kant men inte över varandra.`,
    en: `The time overlaps ${pass}. Passes may touch but not overlap.`,
  }),
  facts: (facts) => facts,
  example: { pass: 'Pass 2' },
});

export const stillUsed = refusalKind<{ name: string; sessions: { workshop: string; pass: string }[] }>(
  'still-used',
  {
    status: 409,
    title: { sv: 'Används fortfarande', en: 'Still used' },
    detail: ({ name, sessions }) => ({
      sv: `${name} används: ${usesOf(name, sessions, 'i')}. Flytta eller ta bort de tillfällena först.`,
      en: `${name} is used: ${usesOf(name, sessions, 'in')}. Move or remove those sessions first.`,
    }),
    facts: (facts) => facts,
    example: { name: 'Vättern', sessions: [{ workshop: 'W9', pass: 'Pass 1' }] },
  },
);

/** Where something stands; what it says of itself already is left out: W1 stands in Pass 1, in Pass 1 stands W1, in Vättern W1 in Pass 1. */
function usesOf(
  name: string,
  sessions: readonly { workshop: string; pass: string }[],
  within: string,
): string {
  return sessions
    .map(({ workshop, pass }) => {
      if (workshop === name) return `${within} ${pass}`;
      return pass === name ? workshop : `${workshop} ${within} ${pass}`;
    })
    .join(', ');
}

/** Without its only pass a workshop would be allowed anywhere, which nobody has said. */
export const onlyPassOf = refusalKind<{ pass: string; workshops: string[] }>('only-pass', {
  status: 409,
  title: { sv: 'Passet är det enda för en workshop', en: 'The only pass of a workshop' },
  detail: ({ pass, workshops }) => ({
    sv: `${workshops.join(', ')} får bara ges i ${pass}. Bestäm först vilka pass det ska vara i stället.`,
    en: `${workshops.join(', ')} may only be given in ${pass}. Decide first which passes it should be instead.`,
  }),
  facts: (facts) => facts,
  example: { pass: 'Pass 3', workshops: ['W4'] },
});

export const sizesContradict = refusalKind('sizes-contradict', {
  status: 422,
  title: { sv: 'Storlekarna går inte ihop', en: 'The sizes contradict each other' },
  detail: () => ({
    sv: 'Minsta antal får inte vara större än högsta antal.',
    en: 'The smallest number must not exceed the largest.',
  }),
  example: undefined,
});

export const capacityBelowTaken = refusalKind<{
  sessions: { workshop: string; pass: string; taken: number; seats: number }[];
}>('capacity-below-taken', {
  status: 409,
  title: { sv: 'Fler har redan plats', en: 'More people already have seats' },
  detail: ({ sessions }) => ({
    sv: `${sessions.map((s) => `${s.workshop} i ${s.pass} har ${s.taken} valda men skulle få ${s.seats} platser`).join('; ')}. Flytta tillfället eller behåll platserna.`,
    en: `${sessions.map((s) => `${s.workshop} in ${s.pass} has ${s.taken} people but would have ${s.seats} seats`).join('; ')}. Move the session or keep the seats.`,
  }),
  facts: (facts) => facts,
  example: { sessions: [{ workshop: 'W3', pass: 'Pass 1', taken: 58, seats: 40 }] },
});

export const hasPicks = refusalKind<{ workshop: string; pass: string; taken: number }>('has-picks', {
  status: 409,
  title: { sv: 'Tillfället har deltagare', en: 'The session has attendees' },
  detail: ({ workshop, pass, taken }) => ({
    sv: `${taken} deltagare har plats på ${workshop} i ${pass}. Byt lokal går bra, men passet ligger fast så länge någon har valt det.`,
    en: `${taken} attendees have seats in ${workshop} in ${pass}. The room can change, but the pass stays as long as anyone has chosen it.`,
  }),
  facts: (facts) => facts,
  example: { workshop: 'W3', pass: 'Pass 1', taken: 12 },
});
