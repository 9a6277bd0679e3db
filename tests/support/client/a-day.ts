import type { Choice, Day, PassDay } from '../../../client/registration/day.ts';

const start = Date.UTC(2026, 10, 21, 9);

/** While picks are open on the day of `aDay`. */
export const openTime = start + 60_000;

function aChoice(
  code: string,
  room: string,
  seats: number,
  taken: number,
  rank: number | null = null,
): Choice {
  return {
    session: `${code.toLowerCase()}-session`,
    workshop: {
      id: code.toLowerCase(),
      code,
      title: `${code} om något`,
      summary: 'En sammanfattning.',
      language: 'sv',
      presenters: [{ name: 'Bjarne E Jensen', affiliation: 'Danska Reglab' }],
      organisations: ['Danska Reglab'],
      topics: ['Regional utveckling'],
    },
    room,
    seats,
    taken,
    rank,
  };
}

/** Two passes. Pass 1: W9 (2 seats left, my first wish), W1 (50 left), W7 (full). Pass 2: W3 (40 left), W9 again. */
export function aDay(): Day & { readonly passes: readonly [PassDay, PassDay] } {
  const w9again: Choice = { ...aChoice('W9', 'Siljan', 40, 10), session: 'w9-again' };
  return {
    conference: {
      stage: 'picks',
      timeZone: 'Europe/Stockholm',
      picks: { opensAt: start, closesAt: start + 86_400_000 },
      wishes: { opensAt: null, closesAt: null },
      picksPerAttendee: 2,
    },
    passes: [
      {
        id: 'p1',
        name: 'Pass 1',
        startsAt: '2026-12-12T08:30:00.000Z',
        endsAt: '2026-12-12T09:15:00.000Z',
        colour: 'lingon',
        choices: [
          aChoice('W9', 'Mälaren', 60, 58, 1),
          aChoice('W1', 'Vänern', 90, 40),
          aChoice('W7', 'Siljan', 40, 40),
        ],
        presents: null,
        cannotCome: false,
      },
      {
        id: 'p2',
        name: 'Pass 2',
        startsAt: '2026-12-12T09:45:00.000Z',
        endsAt: '2026-12-12T10:30:00.000Z',
        colour: 'spruce',
        choices: [aChoice('W3', 'Vättern', 75, 35), w9again],
        presents: null,
        cannotCome: false,
      },
    ],
  };
}
