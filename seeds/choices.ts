import type { Random } from '../shared/core/random.ts';

interface Chooser {
  readonly wishes: readonly string[];
  /** Passes in which they present and can choose nothing. */
  readonly busy: ReadonlySet<string>;
}

interface Choosable {
  readonly id: string;
  readonly workshop: string;
  readonly pass: string;
  readonly seats: number;
}

export interface Choice {
  readonly chooser: number;
  /** Sessions to take seats in, one a pass. */
  readonly seats: readonly Choosable[];
  /** Full sessions to wait for, in passes where they have a seat. */
  readonly queues: readonly Choosable[];
}

/** The first fifth has not chosen yet. */
export function hasChosen(chooser: number, choosers: number): boolean {
  return chooser >= choosers / 5;
}

const longestQueue = 3;

/**
 * How picking goes when people choose one after another, in the order drawn: each takes what they wish most of what is free, then
 * something in the passes that are left; now and then a pass stays empty. A few who wanted a full session most wait for it. Where
 * nothing would fill up by itself, the fullest session is filled, so that there is always a full one with a queue.
 */
export function chooseSeats(
  choosers: readonly Chooser[],
  sessions: readonly Choosable[],
  picks: number,
  random: Random,
): Choice[] {
  const taken = new Map(sessions.map(({ id }) => [id, 0]));
  const queued = new Map(sessions.map(({ id }) => [id, 0]));
  const given = byWorkshop(sessions);
  const isFree = (session: Choosable): boolean => taken.get(session.id)! < session.seats;
  const passes = [...new Set(sessions.map(({ pass }) => pass))];

  const choices = random
    .shuffle(choosers.map((_, i) => i).filter((i) => hasChosen(i, choosers.length)))
    .map((chooser) => {
      const { wishes, busy } = choosers[chooser]!;
      const seats = new Map<string, Choosable>();
      const queues: Choosable[] = [];
      const take = (session: Choosable): void => {
        seats.set(session.pass, session);
        taken.set(session.id, taken.get(session.id)! + 1);
      };
      for (const [rank, wish] of wishes.entries()) {
        const possible = (given.get(wish) ?? []).filter(({ pass }) => !seats.has(pass) && !busy.has(pass));
        const free = possible.find(isFree);
        if (free && seats.size < picks) take(free);
        else if (rank === 0 && possible[0] && !free && queued.get(possible[0].id)! < longestQueue)
          queues.push(possible[0]);
      }
      const held = new Set([...seats.values()].map(({ workshop }) => workshop));
      for (const pass of passes) {
        if (seats.has(pass) || busy.has(pass) || seats.size >= picks || random.next() < 0.08) continue;
        const free = sessions.filter((s) => s.pass === pass && isFree(s) && !held.has(s.workshop));
        if (free.length === 0) continue;
        const session = random.pick(free);
        take(session);
        held.add(session.workshop);
      }
      const waiting = queues.filter(({ pass, workshop }) => seats.has(pass) && !held.has(workshop));
      for (const { id } of waiting) queued.set(id, queued.get(id)! + 1);
      return { chooser, seats, queues: waiting };
    });

  fillOne(choices, sessions, taken, queued);
  return choices.map(({ chooser, seats, queues }) => ({ chooser, seats: [...seats.values()], queues }));
}

interface OpenChoice {
  readonly chooser: number;
  readonly seats: Map<string, Choosable>;
  readonly queues: Choosable[];
}

/** Sees to it that one session is full and somebody waits for it. */
function fillOne(
  choices: readonly OpenChoice[],
  sessions: readonly Choosable[],
  taken: Map<string, number>,
  queued: Map<string, number>,
): void {
  const left = (session: Choosable): number => session.seats - taken.get(session.id)!;
  const full = [...sessions].sort((a, b) => queued.get(b.id)! - queued.get(a.id)! || left(a) - left(b))[0];
  if (!full) return;
  const others = choices.filter(({ seats }) => {
    const here = seats.get(full.pass);
    return here && ![...seats.values()].some(({ workshop }) => workshop === full.workshop);
  });
  for (const { seats, queues } of others) {
    const here = seats.get(full.pass)!;
    if (left(full) > 0 && queued.get(here.id) === 0) {
      seats.set(full.pass, full);
      taken.set(here.id, taken.get(here.id)! - 1);
      taken.set(full.id, taken.get(full.id)! + 1);
    } else if (left(full) === 0 && queued.get(full.id) === 0) {
      queues.push(full);
      queued.set(full.id, 1);
    }
  }
}

function byWorkshop(sessions: readonly Choosable[]): Map<string, Choosable[]> {
  const groups = new Map<string, Choosable[]>();
  for (const session of sessions)
    groups.set(session.workshop, [...(groups.get(session.workshop) ?? []), session]);
  return groups;
}
