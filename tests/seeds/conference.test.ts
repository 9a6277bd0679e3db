import { describe, expect, test } from 'vitest';
import { buildConference, type ConferenceOptions } from '../../seeds/conference.ts';
import { openDemo } from '../../seeds/demo.ts';
import { conferenceById } from '../../server/conference/queries.ts';
import { whatIsBroken } from '../../server/overview/verify.ts';
import { listAttendees } from '../../server/people/queries.ts';
import { planningFacts } from '../../server/planning/facts-queries.ts';
import { loadProgramme } from '../../server/programme/queries.ts';
import { takeSeat } from '../../server/registration/picks-commands.ts';
import { queueLengths, seatCounts } from '../../server/registration/queries.ts';
import { chosenBy } from '../support/registration/own-registration.ts';
import { picksAreOpen, wishesAreOpen } from '../../shared/conference/rules.ts';
import { openingsOf } from '../../server/conference/queries.ts';
import { stages } from '../../shared/conference/stages.ts';
import { testClock } from '../support/clock.ts';
import { testStore } from '../support/database.ts';

const clock = testClock();
const day = 24 * 3_600_000;

async function built(options: Partial<ConferenceOptions>) {
  const store = testStore({ clock });
  const conference = await buildConference(store, { stage: 'picks', now: clock.now(), ...options });
  const { db } = store;
  const { conferenceId } = conference;
  return { store, db, ...conference, programme: loadProgramme(db, conferenceId) };
}

describe('the demo', () => {
  test('stands at picks: window open, the day 21 days ahead, every workshop placed, nothing broken', async () => {
    const { db, conferenceId, programme } = await built({});
    const conference = conferenceById(db, conferenceId);
    expect(picksAreOpen(openingsOf(conference), clock.now())).toBe(true);
    expect(conference.publishedAt).not.toBeNull();
    const first = programme.passes[0]!.startsAt;
    expect(new Date(clock.now() + 21 * day).toISOString().slice(0, 10)).toBe(first.slice(0, 10));
    expect(new Set(programme.sessions.map(({ workshop }) => workshop)).size).toBe(15);
    expect(programme.sessions).toHaveLength(15);
    expect(programme.plenaries.map(({ title }) => title)).toContain(
      '14 framgångsfaktorer för regional utveckling',
    );
    expect(whatIsBroken(db)).toEqual([]);
  });

  test('keeps six wishes of everybody, so that a plan can be run', async () => {
    const { db, conferenceId } = await built({});
    const { attendees } = planningFacts(db, conferenceId);
    expect(attendees).toHaveLength(300);
    expect(attendees.filter(({ wishes }) => wishes.length !== 6)).toEqual([]);
  });

  test('has most people seated, the first fifth not yet, one session full and a short queue', async () => {
    const { db, conferenceId, attendeeIds } = await built({});
    expect(Object.keys(planningFacts(db, conferenceId).held)).toHaveLength(240);
    expect(chosenBy(db, attendeeIds[0]!).picks).toEqual([]);
    expect(chosenBy(db, attendeeIds[59]!).picks).toEqual([]);
    expect(chosenBy(db, attendeeIds[60]!).picks.length).toBeGreaterThan(0);
    const full = seatCounts(db, conferenceId).filter(({ seats, taken }) => taken === seats);
    expect(full.length).toBeGreaterThan(0);
    const queues = queueLengths(db, conferenceId);
    expect([...queues.keys()].filter((id) => !full.some(({ session }) => session === id))).toEqual([]);
    expect(Math.max(...queues.values())).toBeLessThanOrEqual(3);
    expect(queues.size).toBeGreaterThan(0);
  });

  test('invents everybody but the presenter who attends, who is the last', async () => {
    const { db, conferenceId, attendeeIds } = await built({});
    const presenting = planningFacts(db, conferenceId).attendees.find(({ id }) => id === attendeeIds[299]);
    expect(presenting?.name).toBe('Marjetta Leijonhufvud');
    expect(chosenBy(db, attendeeIds[299]!).presents.map(({ workshop }) => workshop)).toEqual(['W1']);
    const { items } = listAttendees(db, conferenceId, { search: 'Leijonhufvud', offset: 0 });
    expect(items).toMatchObject([{ mail: null, organisation: 'Regionförbundet Örebro' }]);
    const { total } = listAttendees(db, conferenceId, { search: '@example.org', offset: 0 });
    expect(total).toBe(299);
  });

  test('is the same for a seed but for ids', async () => {
    const seats = async (seed: number) => {
      const { db, conferenceId, programme } = await built({ seed });
      const codes = new Map(programme.workshops.map(({ id, code }) => [id, code]));
      const { held, attendees } = planningFacts(db, conferenceId);
      return attendees
        .map(
          ({ id, name }) =>
            `${name}: ${Object.values(held[id] ?? {})
              .map((w) => codes.get(w))
              .toSorted((a, b) => (a ?? '').localeCompare(b ?? ''))
              .join(' ')}`,
        )
        .sort();
    };
    const first = await seats(1);
    expect(await seats(1)).toEqual(first);
    expect(await seats(2)).not.toEqual(first);
  });

  test('answers with three links', async () => {
    const store = testStore({ clock });
    const links = await openDemo(store, { url: 'https://verkstad.example', now: clock.now() });
    expect(links).toEqual({
      publicPage: 'https://verkstad.example/c/utsikt-ar-insikt',
      attendee: expect.stringMatching(/^https:\/\/verkstad\.example\/me\/[\w-]{32}$/u) as string,
      organiser: expect.stringMatching(/^https:\/\/verkstad\.example\/sign-in\/[\w-]{32}$/u) as string,
    });
  });
});

describe('a stage', () => {
  test.each(stages)('%s is reached with what belongs to it', async (stage) => {
    const { db, conferenceId, programme } = await built({ stage, attendees: 40 });
    const conference = conferenceById(db, conferenceId);
    const { attendees, held } = planningFacts(db, conferenceId);
    const reached = (other: (typeof stages)[number]) => stages.indexOf(stage) >= stages.indexOf(other);
    expect(conference.stage).toBe(stage);
    expect(programme.workshops).toHaveLength(15);
    expect({
      published: conference.publishedAt !== null,
      ballots: attendees.filter(({ wishes }) => wishes.length > 0).length,
      placed: programme.sessions.length,
      seated: Object.keys(held).length,
      wishesOpen: wishesAreOpen(openingsOf(conference), clock.now()),
      picksOpen: picksAreOpen(openingsOf(conference), clock.now()),
    }).toEqual({
      published: reached('wishes'),
      ballots: reached('wishes') ? 40 : 0,
      placed: reached('planning') ? 15 : 0,
      seated: reached('picks') ? 32 : 0,
      wishesOpen: stage === 'wishes',
      picksOpen: stage === 'picks' || stage === 'onsite',
    });
    expect(whatIsBroken(db)).toEqual([]);
  });

  test.each([
    ['onsite', 0],
    ['over', -7],
  ] as const)('%s has its day %i days from now', async (stage, days) => {
    const { programme } = await built({ stage, attendees: 20 });
    const date = new Date(clock.now() + days * day).toISOString().slice(0, 10);
    expect(programme.passes[0]!.startsAt.slice(0, 10)).toBe(date);
  });
});

describe('other sizes', () => {
  test('two offerings give every workshop twice, and somebody who could take the same one twice is refused', async () => {
    const { store, conferenceId, attendeeIds, sessions, programme } = await built({
      offerings: 2,
      attendees: 60,
    });
    expect(programme.rooms).toHaveLength(10);
    expect(sessions).toHaveLength(29);
    const free = new Map(
      seatCounts(store.db, conferenceId).map(({ session, seats, taken }) => [session, seats - taken]),
    );
    const [one, two] = sessions.flatMap((session) => {
      const again = sessions.find((s) => s.workshop === session.workshop && s.id !== session.id);
      return again && free.get(session.id)! > 0 && free.get(again.id)! > 0 ? [session, again] : [];
    });
    const attendeeId = attendeeIds[5]!;
    const take = (session: { id: string; pass: string }) =>
      store.write({ kind: 'attendee', conferenceId, attendeeId }, (change) =>
        takeSeat(change, { conferenceId, attendeeId, passId: session.pass, sessionId: session.id }),
      );
    await take(one!);
    await expect(take(two!)).rejects.toMatchObject({ refusal: { code: 'same-workshop' } });
  });

  test('more workshops than are real get invented ones, and rooms for all of them', async () => {
    const { programme, sessions } = await built({ attendees: 50, workshops: 40, passes: 4 });
    expect(programme.workshops.map(({ code }) => code).at(-1)).toBe('W40');
    expect(programme.rooms).toHaveLength(10);
    expect(new Set(sessions.map(({ workshop }) => workshop)).size).toBe(40);
  });

  test('more passes are more picks and wishes: one pick a pass', async () => {
    const { db, conferenceId } = await built({ attendees: 30, workshops: 16, passes: 8 });
    const { picksPerAttendee, held, attendees } = planningFacts(db, conferenceId);
    expect(picksPerAttendee).toBe(8);
    expect(attendees.every(({ wishes }) => wishes.length === 8)).toBe(true);
    expect(Math.max(...Object.values(held).map((seats) => Object.keys(seats).length))).toBeGreaterThan(3);
  });

  test('fewer of everything works too', async () => {
    const { db, sessions, attendeeIds } = await built({ attendees: 1, workshops: 1, rooms: 1, passes: 1 });
    expect([sessions.length, attendeeIds.length]).toEqual([1, 1]);
    expect(whatIsBroken(db)).toEqual([]);
  });

  test.each([3, 4, 5, 6, 7])('seed %i leaves a full session with a queue', async (seed) => {
    const { db, conferenceId } = await built({ seed, attendees: 90 });
    expect(queueLengths(db, conferenceId).size).toBeGreaterThan(0);
    expect(whatIsBroken(db)).toEqual([]);
  });
});
