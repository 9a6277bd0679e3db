import type { Instance, Session, Workshop } from '../../../shared/planning/instance.ts';
import { type Budget, shareOf } from './budget.ts';
import { allocateFixed } from './fixed-seats.ts';
import { withTimetable } from './pass-branching.ts';
import type { Problem } from './problem.ts';
import type { Timetable } from './seats.ts';
import { isPartitioned } from './set-partition.ts';
import type { Report } from './strategy.ts';

/** Seats, from which the best seats in the draft are worth their time; smaller days are proven sooner. */
const worthwhile = 400;

/** How often it is tried anew, until every pass is full and every workshop given. */
const attempts = 300;

/** Begins with what everybody compares a plan with: the best seats in the timetable that is made by hand. */
export function seatHandDraft(problem: Problem, budget: Budget, seed: number, report: Report): void {
  if (problem.N * problem.P < worthwhile || isPartitioned(problem)) return;
  const timetable = draftByHand(problem);
  if (!timetable) return;
  const share = shareOf(budget, budget.counted ? 0.1 : 0.6);
  allocateFixed(withTimetable(problem, timetable), 'ranks', share, seed, report);
}

/**
 * The timetable that an organiser makes by hand: offerings by demand (highest averages), spread over the passes, the largest audience in
 * the largest room. It follows from the instance alone. Null where it breaks a rule that the simple method does not see to.
 */
export function draftByHand(problem: Problem): Timetable | null {
  const { instance, P, W, R, slotSeats, must, minOfferings } = problem;
  const sessions = sessionsByHand(instance);
  const timetable = new Int16Array(P * W).fill(-1);
  const index = (things: readonly { readonly id: string }[]) => new Map(things.map(({ id }, i) => [id, i]));
  const [passes, rooms, workshops] = [instance.passes, instance.rooms, instance.workshops].map(index) as [
    Map<string, number>,
    Map<string, number>,
    Map<string, number>,
  ];
  const times = new Int32Array(W);
  for (const { workshop, pass, room } of sessions) {
    const [w, p, r] = [workshops.get(workshop)!, passes.get(pass)!, rooms.get(room)!];
    if (slotSeats[(p * W + w) * R + r]! < 0) return null;
    timetable[p * W + w] = r;
    times[w]!++;
  }
  const isWhole = minOfferings.every((least, w) => times[w]! >= least);
  return isWhole && must.every((needed, cell) => !needed || timetable[cell]! >= 0) ? timetable : null;
}

function sessionsByHand(instance: Instance): Session[] {
  const { passes, rooms, workshops } = instance;
  const open = passes.map(({ id }) => rooms.filter(({ closed }) => !closed.includes(id)));
  const pins = instance.pins.filter((pin) => pin.attendee === undefined);
  const pinnedRoom = (w: number, p: number): string | undefined =>
    pins.find(
      (pin) =>
        pin.workshop === workshops[w]!.id &&
        pin.room !== undefined &&
        (pin.pass === undefined || pin.pass === passes[p]!.id),
    )?.room;
  const pinnedTo = (w: number, p: number): boolean =>
    pins.some((pin) => pin.workshop === workshops[w]!.id && pin.pass === passes[p]!.id);

  const demand = demandByHand(instance);
  const { times, load } = timesByHand(instance, demand, open, pinnedTo);
  const audience = (w: number): number => Math.min(demand[w]! / times[w]!, workshops[w]!.maxSize);
  const given = passesByHand(instance, { times, load, open, audience, pinnedTo, pinnedRoom });
  return given.flatMap((inPass, p) =>
    roomsByHand(inPass, {
      workshops,
      rooms: open[p]!,
      audience,
      pinned: (w) => pinnedRoom(w, p),
    }).map(({ w, room }) => ({ workshop: workshops[w]!.id, pass: passes[p]!.id, room })),
  );
}

/** By workshop: people who would like a seat, wishes beyond the seats owed counting less and less. */
function demandByHand({ workshops, attendees }: Instance): number[] {
  const owed = usualPicks(attendees);
  const at = new Map(workshops.map(({ id }, w) => [id, w]));
  const demand = workshops.map(() => 0.001);
  for (const { wishes } of attendees)
    (wishes ?? []).forEach((id, place) => {
      demand[at.get(id)!]! += place < owed ? 1 : 1 / (2 + place - owed);
    });
  return demand;
}

/** As many as most people pick; an organiser does not look at each. */
function usualPicks(attendees: Instance['attendees']): number {
  const people = new Map<number, number>();
  for (const { picks } of attendees) people.set(picks, (people.get(picks) ?? 0) + 1);
  return [...people].sort(([, x], [, y]) => y - x)[0]?.[0] ?? 0;
}

/** How often each workshop is given, and each presenter busy: further offerings go to the most demand for each seat there is. */
function timesByHand(
  { passes, rooms, workshops }: Instance,
  demand: readonly number[],
  open: readonly (readonly unknown[])[],
  pinnedTo: (w: number, p: number) => boolean,
): { times: number[]; load: Map<string, number> } {
  const times = workshops.map(({ minOfferings }, w) =>
    Math.max(minOfferings, passes.filter((_, p) => pinnedTo(w, p)).length),
  );
  const load = new Map<string, number>();
  workshops.forEach(({ presenters }, w) => {
    for (const presenter of presenters) load.set(presenter, (load.get(presenter) ?? 0) + times[w]!);
  });
  const seats = rooms.reduce((sum, { capacity }) => sum + capacity, 0) / rooms.length;
  const slots = open.reduce((sum, { length }) => sum + length, 0);
  for (let left = slots - times.reduce((sum, n) => sum + n, 0); left > 0; left--) {
    let best = -1;
    let most = -1;
    workshops.forEach(({ presenters, maxOfferings, maxSize }, w) => {
      if (times[w]! >= Math.min(passes.length, maxOfferings)) return;
      if (presenters.some((presenter) => load.get(presenter)! >= passes.length)) return;
      const need = Math.min(demand[w]!, maxSize * (times[w]! + 1)) / (times[w]! * seats);
      if (need > most) [best, most] = [w, need];
    });
    if (best < 0) break;
    times[best]!++;
    for (const presenter of workshops[best]!.presenters) load.set(presenter, load.get(presenter)! + 1);
  }
  return { times, load };
}

interface Spread {
  readonly times: readonly number[];
  readonly load: ReadonlyMap<string, number>;
  readonly open: readonly (readonly { readonly id: string }[])[];
  readonly audience: (w: number) => number;
  readonly pinnedTo: (w: number, p: number) => boolean;
  readonly pinnedRoom: (w: number, p: number) => string | undefined;
}

/** By pass: what is given in it. Whose presenters are busiest is placed first, each where least is; what could not be placed is tried in another order. */
function passesByHand({ passes, workshops }: Instance, spread: Spread): number[][] {
  const { times, load, open, audience, pinnedTo, pinnedRoom } = spread;
  const busiest = workshops.map(({ presenters }) => Math.max(...presenters.map((one) => load.get(one)!)));
  const usual = [...workshops.keys()].sort(
    (x, y) => busiest[y]! - busiest[x]! || times[y]! - times[x]! || x - y,
  );
  const random = smallRandom(12_345);
  let best: number[][] = passes.map(() => []);
  let fewest = Infinity;
  for (let attempt = 0; attempt < attempts && fewest > 0; attempt++) {
    const order = [...usual];
    if (attempt > 1) {
      for (let i = order.length - 1; i > 0; i--) {
        if (random() >= 0.3) continue;
        const j = Math.floor(random() * (i + 1));
        [order[i], order[j]] = [order[j]!, order[i]!];
      }
    }
    const given: number[][] = passes.map(() => []);
    const busy = passes.map(() => new Set<string>());
    const done = workshops.map(() => 0);
    let missing = 0;
    const isFree = (w: number, p: number): boolean => {
      const room = pinnedRoom(w, p);
      return (
        workshops[w]!.passes.includes(passes[p]!.id) &&
        given[p]!.length < open[p]!.length &&
        !given[p]!.includes(w) &&
        !workshops[w]!.presenters.some((presenter) => busy[p]!.has(presenter)) &&
        (room === undefined ||
          (open[p]!.some(({ id }) => id === room) && !given[p]!.some((v) => pinnedRoom(v, p) === room)))
      );
    };
    const put = (w: number, p: number): void => {
      given[p]!.push(w);
      for (const presenter of workshops[w]!.presenters) busy[p]!.add(presenter);
    };
    const place = (w: number, time: number): void => {
      const expected = (p: number): number => given[p]!.reduce((sum, v) => sum + audience(v), 0);
      const [p] = [...passes.keys()]
        .filter((pass) => isFree(w, pass))
        .sort((x, y) => given[x]!.length - given[y]!.length || expected(x) - expected(y) || x - y);
      if (p === undefined) missing += time < workshops[w]!.minOfferings ? 1000 : 1;
      else put(w, p);
    };
    for (const w of workshops.keys()) {
      for (const p of passes.keys()) {
        if (!pinnedTo(w, p)) continue;
        if (!isFree(w, p)) missing += 1000;
        else {
          put(w, p);
          done[w]!++;
        }
      }
    }
    if (attempt % 2 === 1) {
      for (let time = 0; time < passes.length; time++)
        for (const w of order) if (time >= done[w]! && time < times[w]!) place(w, time);
    } else {
      for (const w of order) for (let time = done[w]!; time < times[w]!; time++) place(w, time);
    }
    if (missing < fewest) [best, fewest] = [given, missing];
  }
  return best;
}

interface Rooms {
  readonly workshops: readonly Workshop[];
  readonly rooms: Instance['rooms'];
  readonly audience: (w: number) => number;
  readonly pinned: (w: number) => string | undefined;
}

/** Rooms for one pass: pinned ones, then the rest by audience; what has a largest size goes where that wastes least. */
function roomsByHand(given: readonly number[], { workshops, rooms, audience, pinned }: Rooms) {
  const left = [...rooms].sort((x, y) => y.capacity - x.capacity || (x.id < y.id ? -1 : 1));
  const taken: { w: number; room: string }[] = [];
  const take = (w: number, at: number): void => {
    if (at >= 0) taken.push({ w, room: left.splice(at, 1)[0]!.id });
  };
  const most = (w: number): number => Math.min(workshops[w]!.maxSize, 1e9);
  const isLimited = (w: number): boolean => workshops[w]!.maxSize < Infinity;
  for (const w of given) {
    const room = pinned(w);
    if (room !== undefined)
      take(
        w,
        left.findIndex(({ id }) => id === room),
      );
  }
  const rest = given.filter((w) => pinned(w) === undefined);
  rest.sort(
    (x, y) =>
      workshops[y]!.requires.length - workshops[x]!.requires.length ||
      most(y) - most(x) ||
      audience(y) - audience(x) ||
      x - y,
  );
  const order = rest.filter((w) => !isLimited(w)).sort((x, y) => audience(y) - audience(x) || x - y);
  for (const w of rest.filter(isLimited)) {
    const fitting = left.findIndex(({ capacity }) => capacity <= most(w));
    order.splice(fitting < 0 ? order.length : Math.min(fitting, order.length), 0, w);
  }
  for (const w of order) {
    const { requires } = workshops[w]!;
    take(
      w,
      left.findIndex(({ features }) => requires.every((feature) => features.includes(feature))),
    );
  }
  return taken;
}

/** A linear congruential generator (Numerical Recipes): all that the few orders tried need. */
function smallRandom(start: number): () => number {
  let state = start;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
