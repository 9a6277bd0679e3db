import { seededRandom } from '../../../shared/core/random.ts';
import type { InstanceFile } from '../../../shared/planning/instance.ts';

/** Tiny random instances with a bit of everything, small enough for brute force; some of them have no plan. */
export function smallInstance(seed: number): InstanceFile {
  const random = seededRandom(seed * 7919 + 13);
  const chance = (share: number): boolean => random.next() < share;
  const between = (low: number, high: number): number => low + random.integer(high - low + 1);
  const list = <T>(length: number, make: (i: number) => T): T[] => Array.from({ length }, (_, i) => make(i));
  const some = <T>(items: readonly T[], share: number): T[] => items.filter(() => chance(share));

  const passes = list(between(1, 3), (i) => ({ id: `P${i + 1}` }));
  const passIds = passes.map((pass) => pass.id);
  const workshopCount = between(2, 4);
  const people = between(1, 6);
  const rooms = list(between(1, 2), (i) => ({
    id: `R${i + 1}`,
    capacity: between(Math.max(0, Math.floor(people / 2) - 1), people),
    features: chance(0.8) ? ['lab'] : [],
    closed: chance(0.1) ? [random.pick(passIds)] : [],
  }));
  const workshops = list(workshopCount, (i) => ({
    id: `W${i + 1}`,
    presenters: [chance(0.2) ? `A${between(1, people)}` : `T${between(1, workshopCount + 2)}`],
    minOfferings: chance(0.5) ? 0 : 1,
    maxOfferings: chance(0.4) ? between(1, passes.length) : undefined,
    maxSize: chance(0.2) ? between(1, people) : null,
    minSize: chance(0.2) ? between(1, 2) : 0,
    requires: chance(0.15) ? ['lab'] : [],
    reserved: chance(0.1) ? 1 : 0,
    ...(chance(0.15) ? { passes: some(passIds, 0.7) } : {}),
  }));
  const workshopIds = workshops.map((workshop) => workshop.id);
  const byPass = chance(0.25);
  const attendees = list(people, (i) => ({
    id: `A${i + 1}`,
    ...(byPass
      ? {
          wishesByPass: Object.fromEntries(
            some(passIds, 0.8).map((p) => [p, random.shuffle(some(workshopIds, 0.6))]),
          ),
        }
      : { wishes: random.shuffle(workshopIds).slice(0, between(0, workshopCount)) }),
    ...(chance(0.2) ? { picks: between(0, passes.length) } : {}),
    ...(chance(0.1) ? { cannot: [random.pick(passIds)] } : {}),
  }));
  const pins: NonNullable<InstanceFile['pins']> = [];
  if (chance(0.2)) pins.push({ workshop: random.pick(workshopIds), pass: random.pick(passIds) });
  if (chance(0.1)) pins.push({ workshop: random.pick(workshopIds), room: random.pick(rooms).id });
  if (chance(0.2)) {
    pins.push({
      attendee: random.pick(attendees).id,
      pass: random.pick(passIds),
      workshop: chance(0.7) ? random.pick(workshopIds) : null,
    });
  }
  const allocation = Object.fromEntries(
    attendees.map(({ id }) => [
      id,
      Object.fromEntries(
        some(passIds, 0.8).map((pass, i) => [
          pass,
          workshopIds[(i + id.length) % workshopIds.length] ?? null,
        ]),
      ),
    ]),
  );
  const groups =
    chance(0.15) && people > 1
      ? [{ id: 'G1', passes: { [random.pick(passIds)]: ['A1', `A${between(2, people)}`] } }]
      : [];
  const hour = (h: number): string => `2026-11-21T${String(8 + h).padStart(2, '0')}:00:00Z`;
  const fixed = chance(0.3)
    ? passIds.flatMap((pass, p) => {
        const given = random.shuffle(workshopIds).slice(0, rooms.length);
        return given.map((workshop, r) => ({
          workshop,
          pass,
          room: rooms[r]!.id,
          ...(chance(0.8) ? { starts: hour(p), ends: hour(p + (chance(0.15) ? 2 : 1)) } : {}),
        }));
      })
    : undefined;
  return {
    passes,
    rooms,
    workshops,
    attendees,
    picksPerAttendee: chance(0.8) ? between(1, passes.length) : null,
    pins,
    groups,
    previous: { sessions: [], allocation },
    ...(fixed ? { sessions: fixed } : {}),
  };
}
