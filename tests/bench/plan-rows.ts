import type { InstanceFile } from '../../shared/planning/instance.ts';
import type { PlanDraft } from '../../shared/planning/plan.ts';
import { festival } from '../support/planning/festival.ts';

/** What one run of the planner gave, and what it cost. */
export interface Measured {
  /** As `plan` ends: 0 a plan, 2 infeasible, 3 nothing found. */
  readonly exit: number;
  readonly value: number | readonly number[] | null;
  readonly bound: number | readonly number[] | null;
  readonly gap: number | null;
  readonly proven: boolean;
  /** From the parsed instance to the checked plan, as the planner says; null where there is no plan. */
  readonly seconds: number | null;
  /** From the start of the process to its end, in seconds. */
  readonly wall: number;
  /** Processor time of the process, in seconds: what is comparable on a machine that others use too. */
  readonly cpu: number;
  readonly peakMb: number;
}

/** One goal: instances, how they are planned, and when the goal is met. */
export interface Row {
  readonly name: string;
  /** Words for generate.mjs; where there are several instances, the worst of them counts. */
  readonly instances: readonly string[];
  /** Makes an instance of such words, in place of generate.mjs. */
  readonly make?: (words: string) => InstanceFile;
  /** Changes an instance once it has been planned for `ranks`: a fact that comes after publication. */
  readonly afterwards?: (file: InstanceFile, plan: PlanDraft) => InstanceFile;
  /** Changes an instance before anything is planned. */
  readonly but?: (file: InstanceFile) => InstanceFile;
  readonly objective?: string;
  readonly seconds: number;
  readonly goal: string;
  readonly met: (measured: Measured) => boolean;
}

const ofSize = (
  attendees: number,
  workshops: number,
  passes: number,
  rooms: number,
  tightness: number,
  more = '',
): string =>
  `--attendees ${attendees} --workshops ${workshops} --passes ${passes} --rooms ${rooms} --tightness ${tightness} --seed 7 ${more}`.trim();

const once = '--offerings 1 --skew 0.8';
const reglab = (seed: number): string =>
  ofSize(300, 15, 3, 5, 0.93, once).replace('--seed 7', `--seed ${seed}`);

const provenWithin =
  (seconds: number) =>
  (m: Measured): boolean =>
    m.proven && (m.seconds ?? Infinity) <= seconds;
const gapWithin =
  (share: number) =>
  (m: Measured): boolean =>
    m.gap !== null && m.gap <= share;
const atMost =
  (value: number) =>
  (m: Measured): boolean =>
    typeof m.value === 'number' && m.value <= value;
const infeasibleWithin =
  (seconds: number) =>
  (m: Measured): boolean =>
    m.exit === 2 && m.wall <= seconds;

/** The goals, row by row. Instances are those of `generate.mjs` with seed 7 where nothing else is said. */
export const rows: readonly Row[] = [
  {
    name: 'day-once',
    instances: Array.from({ length: 20 }, (_, i) => reglab(i + 1)),
    seconds: 10,
    goal: 'every workshop once, 300 people: proven, the slowest of 20 days within 0.5 s, even rooms 1 s more',
    met: provenWithin(1.5),
  },
  {
    name: 'day-once-double',
    instances: [ofSize(500, 24, 4, 6, 0.93, once)],
    seconds: 60,
    goal: 'proven in 60 s, or a gap of 0.5 % at most',
    met: gapWithin(0.005),
  },
  {
    name: 'joint-24',
    instances: [ofSize(24, 6, 3, 3, 0.9)],
    seconds: 10,
    goal: 'proven within 0.2 s',
    met: provenWithin(0.2),
  },
  {
    name: 'joint-60',
    instances: [ofSize(60, 9, 3, 5, 0.9)],
    seconds: 10,
    goal: 'proven within 5 s',
    met: provenWithin(5),
  },
  {
    name: 'joint-200-quick',
    instances: [ofSize(200, 15, 3, 8, 0.9)],
    seconds: 2,
    goal: '1262 or less in 2 s',
    met: atMost(1262),
  },
  {
    name: 'joint-200',
    instances: [ofSize(200, 15, 3, 8, 0.9)],
    seconds: 60,
    goal: 'a gap of 1 % at most in 60 s',
    met: gapWithin(0.01),
  },
  {
    name: 'joint-1000',
    instances: [ofSize(1000, 40, 4, 16, 0.92)],
    seconds: 10,
    goal: 'below a timetable by hand with the best seats (10789) in 10 s, with a bound',
    met: atMost(10788),
  },
  {
    name: 'joint-5000',
    instances: [ofSize(5000, 120, 5, 40, 0.92)],
    seconds: 5,
    goal: 'a plan in 5 s, with a bound',
    met: (m) => m.exit === 0,
  },
  {
    name: 'seats-200',
    instances: [ofSize(200, 15, 3, 8, 0.9, '--fixed 1')],
    seconds: 10,
    goal: 'proven within 50 ms',
    met: provenWithin(0.05),
  },
  {
    name: 'seats-1000',
    instances: [ofSize(1000, 40, 4, 16, 0.92, '--fixed 1')],
    seconds: 10,
    goal: 'proven within 0.5 s',
    met: provenWithin(0.5),
  },
  {
    name: 'seats-5000',
    instances: [ofSize(5000, 120, 5, 40, 0.92, '--fixed 1')],
    seconds: 10,
    goal: 'a gap of 0.05 % at most in 10 s',
    met: gapWithin(0.0005),
  },
  {
    name: 'seats-60000',
    instances: [ofSize(60_000, 250, 8, 63, 0.92, '--wishes 8 --offerings 2 --fixed 1')],
    seconds: 60,
    goal: 'a gap of 1 % at most in 60 s and 2 GB',
    met: (m) => gapWithin(0.01)(m) && m.peakMb <= 2048,
  },
  {
    name: 'festival',
    instances: ['1750 301 2012', '1129 233 1143'],
    make: (words) => {
      const [attendees = 0, sessions = 0, seats = 0] = words.split(' ').map(Number);
      return festival({ attendees, sessions, seats, seed: 7 });
    },
    objective: 'served',
    seconds: 20,
    goal: 'wishes by pass, groups and overlaps, of the size of two real ones: proven within 5 s',
    met: provenWithin(5),
  },
  {
    name: 'fair-200',
    instances: [ofSize(200, 15, 3, 8, 0.9, '--fixed 1')],
    objective: 'fair',
    seconds: 10,
    goal: 'proven within ten times the time of ranks (0.5 s)',
    met: provenWithin(0.5),
  },
  {
    name: 'fair-1000',
    instances: [ofSize(1000, 40, 4, 16, 0.92, '--fixed 1')],
    objective: 'fair',
    seconds: 10,
    goal: 'proven within ten times the time of ranks (5 s)',
    met: provenWithin(5),
  },
  {
    name: 'fair-joint',
    instances: [ofSize(200, 15, 3, 8, 0.9)],
    objective: 'fair',
    seconds: 10,
    goal: 'a plan whose worst level is bounded',
    met: (m) => m.exit === 0 && Array.isArray(m.bound) && m.bound.some((people) => people > 0),
  },
  ...(
    [
      ['room-lost', withoutARoom],
      ['presenter-ill', withoutAPresenter],
      ['ten-late', withTenMore],
    ] as const
  ).map(([name, afterwards]): Row => ({
    name: `changes-${name}`,
    instances: [ofSize(300, 15, 3, 8, 0.8)],
    afterwards,
    objective: 'changes',
    // The end of a run, the check among it, belongs to the second too.
    seconds: 0.9,
    goal: 'fewest people moved, proven, within 1 s',
    met: (m) =>
      Array.isArray(m.value) &&
      Array.isArray(m.bound) &&
      m.value[0] === m.bound[0] &&
      (m.seconds ?? Infinity) <= 1,
  })),
  ...(
    [
      ['presenter', presenterTooBusy],
      ['features', featureMissing],
      ['seats', roomsTooSmall],
    ] as const
  ).map(([name, but]): Row => ({
    name: `infeasible-${name}`,
    instances: [ofSize(5000, 120, 5, 40, 0.92)],
    but,
    seconds: 10,
    goal: 'named reasons within 1 s',
    met: infeasibleWithin(1),
  })),
];

const asPrevious = ({ sessions, allocation }: PlanDraft): InstanceFile['previous'] => ({
  sessions: [...sessions],
  allocation: structuredClone(allocation),
});

/** The smallest room that is used in the first pass closes then. */
function withoutARoom(file: InstanceFile, plan: PlanDraft): InstanceFile {
  const pass = file.passes[0]!.id;
  const used = new Set(plan.sessions.filter((session) => session.pass === pass).map(({ room }) => room));
  const lost = file.rooms.filter(({ id }) => used.has(id)).sort((x, y) => x.capacity - y.capacity)[0]!;
  return {
    ...file,
    rooms: file.rooms.map((room) => (room.id === lost.id ? { ...room, closed: [pass] } : room)),
    previous: asPrevious(plan),
  };
}

/** The workshop with the fewest seats in the first pass cannot be given then. */
function withoutAPresenter(file: InstanceFile, plan: PlanDraft): InstanceFile {
  const pass = file.passes[0]!.id;
  const people = (workshop: string): number =>
    Object.values(plan.allocation).filter((held) => held[pass] === workshop).length;
  const ill = plan.sessions
    .filter((session) => session.pass === pass)
    .map(({ workshop }) => workshop)
    .sort((x, y) => people(x) - people(y))[0]!;
  const others = file.passes.slice(1).map(({ id }) => id);
  return {
    ...file,
    workshops: file.workshops.map((workshop) =>
      workshop.id === ill ? { ...workshop, passes: others } : workshop,
    ),
    previous: asPrevious(plan),
  };
}

/** Ten people more, who wish what the first ten do. */
function withTenMore(file: InstanceFile, plan: PlanDraft): InstanceFile {
  const late = file.attendees.slice(0, 10).map((one, i) => ({ ...one, id: `late${i + 1}` }));
  return { ...file, attendees: [...file.attendees, ...late], previous: asPrevious(plan) };
}

function presenterTooBusy(file: InstanceFile): InstanceFile {
  const busy = new Set(file.workshops.slice(0, file.passes.length + 1).map(({ id }) => id));
  return {
    ...file,
    workshops: file.workshops.map((one) =>
      busy.has(one.id) ? { ...one, presenters: ['T1'], minOfferings: 1 } : one,
    ),
  };
}

function featureMissing(file: InstanceFile): InstanceFile {
  const [first, ...rest] = file.workshops;
  return { ...file, workshops: [{ ...first!, requires: ['kiln'] }, ...rest] };
}

function roomsTooSmall(file: InstanceFile): InstanceFile {
  const closed = [file.passes[0]!.id];
  return { ...file, rooms: file.rooms.map((room, i) => (i < 8 ? { ...room, closed } : room)) };
}
