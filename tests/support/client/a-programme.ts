import type { Programme } from '../../../shared/overview/contract.ts';
import type { PublicPage } from '../../../shared/overview/public-page.ts';

/** Two passes of a morning with coffee between, three workshops placed and one not. */
export function aProgramme(): Programme {
  const workshop = (code: string, title: string): Programme['workshops'][number] => ({
    id: code.toLowerCase(),
    code,
    title,
    summary: `Om ${title}.`,
    language: 'sv',
    presenters: [{ name: 'Anna Lindberg', affiliation: 'Norrbottens läns landsting' }],
    organisations: ['Norrbottens läns landsting'],
    topics: [],
  });
  return {
    passes: [
      { id: 'p2', name: 'Pass 2', startsAt: '2026-12-12T09:45:00.000Z', endsAt: '2026-12-12T10:30:00.000Z' },
      { id: 'p1', name: 'Pass 1', startsAt: '2026-12-12T08:30:00.000Z', endsAt: '2026-12-12T09:15:00.000Z' },
    ],
    rooms: [
      { id: 'malaren', name: 'Mälaren', capacity: 60, features: [] },
      { id: 'siljan', name: 'Siljan', capacity: 40, features: [] },
    ],
    workshops: [
      workshop('W10', 'Klustersamarbete'),
      workshop('W2', 'Smart spezialisation'),
      workshop('W9', 'Sociala medier i praktiken'),
      workshop('W4', '</script><script>alert(1)</script>'),
    ],
    sessions: [
      { id: 's10', workshop: 'w10', pass: 'p1', room: 'siljan', seats: 40, taken: 3 },
      { id: 's2', workshop: 'w2', pass: 'p1', room: 'malaren', seats: 60, taken: 59 },
      { id: 's9', workshop: 'w9', pass: 'p2', room: 'malaren', seats: 60, taken: 60 },
    ],
    plenaries: [
      {
        id: 'coffee',
        kind: 'break',
        title: 'Kaffe',
        summary: '',
        place: 'foajén',
        startsAt: '2026-12-12T09:15:00.000Z',
        endsAt: '2026-12-12T09:45:00.000Z',
      },
      {
        id: 'lunch',
        kind: 'meal',
        title: 'Lunch',
        summary: '',
        place: '',
        startsAt: '2026-12-12T10:30:00.000Z',
        endsAt: '2026-12-12T11:30:00.000Z',
      },
    ],
  };
}

export function aPublicPage(change: Partial<PublicPage> = {}): PublicPage {
  const programme = aProgramme();
  return {
    conference: {
      slug: 'utsikt-ar-insikt',
      name: 'Utsikt är insikt',
      tagline: 'En förmiddag om hur arbetet går till',
      host: { slug: 'reglab', name: 'Reglab' },
      timeZone: 'Europe/Stockholm',
      language: 'sv',
      stage: 'picks',
      published: true,
      rules: { picksPerAttendee: 3, advisedWishes: 6, presentersSeeNames: false },
      windows: {
        wishes: { opensAt: null, closesAt: null },
        picks: { opensAt: '2026-11-21T09:00:00.000Z', closesAt: null },
      },
      passes: programme.passes,
    },
    programme,
    language: 'sv',
    view: 'pass',
    url: 'https://verkstad.example',
    ...change,
  };
}
