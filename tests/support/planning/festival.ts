import { seededRandom, type Random } from '../../../shared/core/random.ts';
import type { InstanceFile } from '../../../shared/planning/instance.ts';

export interface FestivalSize {
  readonly attendees: number;
  readonly sessions: number;
  /** Of all sessions together. */
  readonly seats: number;
  readonly passes?: number;
  readonly seed: number;
}

/**
 * A festival of games with the timetable fixed: scenarios of a few players, given once to four times; people enter one draw or several, with
 * one to five wishes in each, most of them for what is popular; friends enter together; one session in ten lasts through the next pass; some
 * who hold a session play in others. Fewer seats than wishes for seats.
 */
export function festival({ attendees, sessions, seats, passes = 9, seed }: FestivalSize): InstanceFile {
  const random = seededRandom(seed * 48271 + 11);
  const scenarios = drawScenarios(random, sessions, seats);
  const given = placeScenarios(random, scenarios, passes);
  const rooms = Math.max(...given.map((here) => here.length));
  const people = Array.from({ length: attendees }, () => ({
    theme: random.integer(themes),
    byPass: new Map<number, string[]>(),
  }));
  const groups: NonNullable<InstanceFile['groups']> = [];
  const wishesOf = (theme: number, pass: number): string[] => {
    const here = given[pass]!.filter(({ continues }) => !continues).map(({ scenario }) => scenario);
    const count = 1 + Math.min(random.integer(4), random.integer(6));
    return weighted(random, here, count, (one) => one.charm * (one.theme === theme ? 3 : 1)).map(
      ({ id }) => id,
    );
  };
  for (const person of people) {
    const draws = Math.min(passes, 1 + Math.floor(-Math.log(1 - random.next()) * 2.4));
    for (const pass of random.shuffle(Array.from({ length: passes }, (_, p) => p)).slice(0, draws))
      person.byPass.set(pass, wishesOf(person.theme, pass));
  }
  const alone = random.shuffle(people.map((_, a) => a)).slice(0, Math.round(attendees * 0.3));
  while (alone.length > 1) {
    const members = alone.splice(0, 2 + random.integer(3));
    const first = people[members[0]!]!;
    const together = random.shuffle([...first.byPass.keys()]).slice(0, 1 + random.integer(2));
    for (const pass of together)
      for (const a of members) people[a]!.byPass.set(pass, first.byPass.get(pass)!);
    const ids = members.map((a) => `A${a + 1}`);
    if (members.length > 1)
      groups.push({
        id: `G${groups.length + 1}`,
        passes: Object.fromEntries(together.map((p) => [`P${p + 1}`, ids])),
      });
  }
  const hosts = new Map<string, string>();
  for (const a of random.shuffle(people.map((_, a) => a)).slice(0, Math.round(scenarios.length / 5))) {
    const scenario = random.pick(scenarios).id;
    if (
      hosts.has(scenario) ||
      groups.some((group) =>
        Object.values(group.passes)
          .flat()
          .includes(`A${a + 1}`),
      )
    )
      continue;
    hosts.set(scenario, `A${a + 1}`);
    given.forEach((here, pass) => {
      if (here.some((one) => one.scenario.id === scenario)) people[a]!.byPass.delete(pass);
    });
  }
  return {
    name: `festival-n${attendees}-s${sessions}-p${seats}-seed${seed}`,
    passes: given.map((_, p) => ({ id: `P${p + 1}`, ...hours(p, p) })),
    rooms: Array.from({ length: rooms }, (_, r) => ({ id: `R${r + 1}`, capacity: 24 })),
    workshops: scenarios.map(({ id, size }) => ({
      id,
      presenters: [hosts.get(id) ?? `T${id}`],
      maxSize: size,
    })),
    sessions: given.flatMap((here, p) =>
      here.flatMap(({ scenario, room, lasts, continues }) =>
        continues
          ? []
          : [{ workshop: scenario.id, pass: `P${p + 1}`, room: `R${room + 1}`, ...hours(p, p + lasts - 1) }],
      ),
    ),
    attendees: people.map(({ byPass }, a) => ({
      id: `A${a + 1}`,
      wishesByPass: Object.fromEntries(
        [...byPass].sort(([p], [q]) => p - q).map(([p, list]) => [`P${p + 1}`, list]),
      ),
    })),
    groups,
    picksPerAttendee: null,
  };
}

const themes = 5;

interface Scenario {
  readonly id: string;
  readonly size: number;
  readonly runs: number;
  readonly theme: number;
  /** How much people want it; a few are wanted by very many. */
  readonly charm: number;
}

interface Placed {
  readonly scenario: Scenario;
  readonly room: number;
  readonly lasts: 1 | 2;
  /** It began in the pass before. */
  readonly continues: boolean;
}

/** As many scenarios as give that many sessions with exactly that many seats. */
function drawScenarios(random: Random, sessions: number, seats: number): Scenario[] {
  const drawn: Scenario[] = [];
  const mean = seats / sessions;
  for (let left = sessions; left > 0;) {
    const runs = Math.min(left, random.pick([1, 1, 1, 2, 2, 3, 4]));
    left -= runs;
    drawn.push({
      id: `W${drawn.length + 1}`,
      size: Math.max(2, Math.round(mean * random.pick([0.5, 0.7, 0.8, 0.9, 0.9, 1, 1.2, 2]))),
      runs,
      theme: random.integer(themes),
      charm: Math.exp(normal(random) * 0.9),
    });
  }
  const spare = (): number => seats - drawn.reduce((sum, { size, runs }) => sum + size * runs, 0);
  for (let tries = 0; spare() !== 0 && tries < 100_000; tries++) {
    const i = random.integer(drawn.length);
    const one = drawn[i]!;
    const step = Math.sign(spare());
    if (one.runs <= Math.abs(spare()) && one.size + step >= 2) drawn[i] = { ...one, size: one.size + step };
  }
  return drawn;
}

/** Every scenario in different passes, where the fewest are; one session in ten takes its room for the next pass too. */
function placeScenarios(random: Random, scenarios: readonly Scenario[], passes: number): Placed[][] {
  const given: Placed[][] = Array.from({ length: passes }, () => []);
  const load = new Float64Array(passes);
  const freeRoom = (...in_: number[]): number => {
    for (let room = 0; ; room++)
      if (in_.every((p) => given[p]!.every((one) => one.room !== room))) return room;
  };
  for (const scenario of random.shuffle(scenarios).sort((a, b) => b.runs - a.runs)) {
    const order = random
      .shuffle(Array.from({ length: passes }, (_, p) => p))
      .sort((p, q) => load[p]! - load[q]!);
    for (const p of order.slice(0, scenario.runs)) {
      load[p]!++;
      const busyNext =
        given[p + 1]?.some((one) => one.scenario === scenario) ||
        order.slice(0, scenario.runs).includes(p + 1);
      if (p + 1 < passes && !busyNext && random.next() < 0.1) {
        const room = freeRoom(p, p + 1);
        given[p]!.push({ scenario, room, lasts: 2, continues: false });
        given[p + 1]!.push({ scenario, room, lasts: 2, continues: true });
      } else given[p]!.push({ scenario, room: freeRoom(p), lasts: 1, continues: false });
    }
  }
  return given;
}

/** Different items, each as likely as its weight (exponential race). */
function weighted<T>(random: Random, items: readonly T[], count: number, weight: (item: T) => number): T[] {
  return items
    .map((item) => ({ item, at: -Math.log(1 - random.next()) / weight(item) }))
    .sort((a, b) => a.at - b.at)
    .slice(0, count)
    .map(({ item }) => item);
}

const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());

function hours(from: number, to: number): { starts: string; ends: string } {
  const at = (hour: number, minute: number): string =>
    new Date(Date.UTC(2026, 9, 30, 9 + hour, minute)).toISOString().replace('.000Z', 'Z');
  return { starts: at(4 * from, 0), ends: at(4 * to + 3, 30) };
}
