import type { Board } from '../../../shared/overview/contract.ts';
import { seatsOf } from '../../../shared/programme/rules.ts';

type Workshop = Board['workshops'][number];

const at = (time: string) => `2026-12-12T${time}:00.000Z`;

export function aWorkshop(code: string, changes: Partial<Workshop> = {}): Workshop {
  return {
    id: code.toLowerCase(),
    code,
    title: `Workshop ${code}`,
    summary: '',
    language: 'sv',
    presenters: [],
    organisations: [],
    topics: [],
    requires: [],
    minSize: 0,
    maxSize: null,
    reserved: 0,
    minOfferings: 1,
    maxOfferings: 1,
    passes: [],
    wishedFirst: 0,
    wished: 0,
    ...changes,
  };
}

/**
 * Two passes and three rooms (Vättern 120, Hjälmaren 80, Mälaren 60, closed in pass 2). Göran gives W2 and W15.
 * W2 stands in Vättern in pass 1, W15 in Hjälmaren in pass 2, W9 in Hjälmaren in pass 1; W3 and W5 are not placed.
 */
export function aBoard(changes: Partial<Board> = {}): Board {
  const goran = { id: 'goran', name: 'Göran Andersson', affiliation: 'Vinnova', attendeeId: null };
  const rooms = [
    { id: 'vattern', name: 'Vättern', capacity: 120, features: ['projector' as const], closed: [] },
    { id: 'hjalmaren', name: 'Hjälmaren', capacity: 80, features: [], closed: [] },
    { id: 'malaren', name: 'Mälaren', capacity: 60, features: [], closed: ['p2'] },
  ];
  const workshops = [
    aWorkshop('W2', { presenters: [goran] }),
    aWorkshop('W3', { requires: ['projector'], wishedFirst: 40, wished: 90 }),
    aWorkshop('W5', { wishedFirst: 12, wished: 70 }),
    aWorkshop('W9'),
    aWorkshop('W15', { presenters: [goran] }),
  ];
  const session = (workshop: string, pass: string, room: string) => ({
    id: `s-${workshop}`,
    workshop,
    pass,
    room,
    seats: seatsOf(
      rooms.find((r) => r.id === room)!,
      workshops.find((w) => w.id === workshop)!,
    ),
    taken: 0,
    waiting: 0,
  });
  return {
    conference: {
      id: 'c1',
      slug: 'utsikt-ar-insikt',
      name: 'Utsikt är insikt',
      tagline: '',
      host: { slug: 'reglab', name: 'Reglab' },
      timeZone: 'Europe/Stockholm',
      language: 'sv',
      stage: 'planning',
      published: true,
      rules: { picksPerAttendee: 3, advisedWishes: 6, presentersSeeNames: false },
      windows: { wishes: { opensAt: null, closesAt: null }, picks: { opensAt: null, closesAt: null } },
      retentionDays: 90,
    },
    passes: [
      { id: 'p1', name: 'Pass 1', startsAt: at('08:30'), endsAt: at('09:15') },
      { id: 'p2', name: 'Pass 2', startsAt: at('09:30'), endsAt: at('10:15') },
    ],
    rooms,
    workshops,
    sessions: [
      session('w2', 'p1', 'vattern'),
      session('w15', 'p2', 'hjalmaren'),
      session('w9', 'p1', 'hjalmaren'),
    ],
    plenaries: [],
    counts: { attendees: 300, ballots: 280, complete: 0, picks: 0 },
    ...changes,
  };
}
