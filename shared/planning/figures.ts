import type { Instance } from './instance.ts';
import type { Objective, PlanDraft, Refinement, Value } from './plan.ts';
import {
  idealSum,
  owedSeats,
  passesWanted,
  sessionKey,
  standingsOf,
  type PlanStandings,
} from './standings.ts';

/** What people read about a plan: how far wishes were met, who is worst off, how evenly the rooms are filled. */
export interface Figures {
  readonly attendees: number;
  readonly seats: number;
  readonly sumOfRanks: number;
  /** Seats by rank: first wishes first; the last entry holds seats in unlisted workshops and missing seats. */
  readonly seatsByRank: readonly number[];
  readonly seatsUnlisted: number;
  readonly seatsMissing: number;
  readonly attendeesServed: number;
  readonly attendeesWithFirstWish: number;
  readonly attendeesAllTop: number;
  readonly attendeesWithUnlisted: number;
  readonly regret: number;
  readonly worstRegret: number;
  /** Ids of those at the worst regret, when it is above 0 (at most ten). */
  readonly worstServed: readonly string[];
  readonly sessions: number;
  /** Taken / seats over the sessions: least, most and standard deviation. */
  readonly fillMin: number;
  readonly fillMax: number;
  readonly fillStd: number;
  /** Σ over sessions of round((100 · taken / seats)²). */
  readonly fill: number;
  /** Pairs of people of one organisation who sit in the same session. */
  readonly colleaguePairs: number;
  /** Against the previous plan, where there is one. */
  readonly changedAttendees: number | null;
  readonly changedSessions: number | null;
}

/** The value of a plan under an objective; null where it has none (`lottery`, or `changes` without a previous plan). */
export function valueOf(view: PlanStandings, objective: Objective): Value | null {
  const { standings } = view;
  const sum = (of: (standing: (typeof standings)[number]) => number): number =>
    standings.reduce((total, standing) => total + of(standing), 0);
  const ranks = sum((s) => s.sumOfRanks);
  switch (objective) {
    case 'ranks':
      return ranks;
    case 'fair': {
      const counts = Array.from({ length: largestRegret(view.instance) + 1 }, () => 0);
      for (const { regret } of standings) {
        const level = counts.length - 1 - regret;
        counts[level] = (counts[level] ?? 0) + 1;
      }
      return counts;
    }
    case 'top':
      return [0 - sum((s) => (s.top ? 1 : 0)), ranks];
    case 'served':
      return [
        0 - sum((s) => (s.ranks.length > 0 ? 1 : 0)),
        0 - sum((s) => s.firsts),
        0 - sum((s) => s.ranks.length),
      ];
    case 'changes': {
      const changed = changesOf(view);
      return changed && [changed.attendees.length, ranks];
    }
    case 'lottery':
      return null;
  }
}

/** The largest regret that anybody in the instance can have, in any timetable. */
export function largestRegret(instance: Instance): number {
  let largest = 0;
  for (const attendee of instance.attendees) {
    const owed = owedSeats(attendee, passesWanted(instance, attendee).length);
    largest = Math.max(largest, owed * attendee.unlisted - idealSum(attendee, owed));
  }
  return largest;
}

export function figuresOf(
  instance: Instance,
  plan: PlanDraft,
  view: PlanStandings = standingsOf(instance, plan),
): Figures {
  const { standings, running } = view;
  const seatsByRank: number[] = [];
  for (const { ranks, missing, attendee } of standings) {
    for (const rank of ranks) seatsByRank[rank - 1] = (seatsByRank[rank - 1] ?? 0) + 1;
    if (missing > 0) seatsByRank[attendee.unlisted - 1] = (seatsByRank[attendee.unlisted - 1] ?? 0) + missing;
  }
  const sum = (of: (standing: (typeof standings)[number]) => number): number =>
    standings.reduce((total, standing) => total + of(standing), 0);
  const unlisted = (s: (typeof standings)[number]): number =>
    s.ranks.filter((rank) => rank >= s.attendee.unlisted).length;
  const worstRegret = standings.reduce((worst, s) => Math.max(worst, s.regret), 0);
  const fills = [...running.values()].map((s) => (s.seats > 0 ? s.taken / s.seats : 0));
  const mean = fills.reduce((a, b) => a + b, 0) / (fills.length || 1);
  const variance = fills.reduce((total, f) => total + (f - mean) ** 2, 0) / (fills.length || 1);
  const three = (x: number): number => Math.round(x * 1000) / 1000;
  const changed = changesOf(view);
  return {
    attendees: standings.length,
    seats: sum((s) => s.ranks.length),
    sumOfRanks: sum((s) => s.sumOfRanks),
    seatsByRank: Array.from(seatsByRank, (n) => n ?? 0),
    seatsUnlisted: sum(unlisted),
    seatsMissing: sum((s) => s.missing),
    attendeesServed: sum((s) => (s.ranks.length > 0 ? 1 : 0)),
    attendeesWithFirstWish: sum((s) => (s.firsts > 0 ? 1 : 0)),
    attendeesAllTop: sum((s) => (s.top ? 1 : 0)),
    attendeesWithUnlisted: sum((s) => (unlisted(s) > 0 ? 1 : 0)),
    regret: sum((s) => s.regret),
    worstRegret,
    worstServed: standings
      .filter((s) => worstRegret > 0 && s.regret === worstRegret)
      .slice(0, 10)
      .map((s) => s.attendee.id),
    sessions: running.size,
    fillMin: three(fills.reduce((a, b) => Math.min(a, b), fills.length > 0 ? 1 : 0)),
    fillMax: three(fills.reduce((a, b) => Math.max(a, b), 0)),
    fillStd: three(Math.sqrt(variance)),
    fill: fillOf(view),
    colleaguePairs: colleaguePairsOf(view),
    changedAttendees: changed && changed.attendees.length,
    changedSessions: changed && changed.sessions,
  };
}

/** What a refinement makes as small as it can. */
export function measureIn(figures: Figures, refinement: Refinement): number {
  switch (refinement) {
    case 'fill':
      return figures.fill;
    case 'changes':
      return figures.changedAttendees ?? 0;
    case 'sessions':
      return figures.sessions;
    case 'spread':
      return figures.colleaguePairs;
    case 'together':
      return 0 - figures.colleaguePairs;
  }
}

function fillOf({ running }: PlanStandings): number {
  let fill = 0;
  for (const { taken, seats } of running.values()) {
    if (seats > 0) fill += Math.round((1e4 * taken ** 2) / seats ** 2);
  }
  return fill;
}

function colleaguePairsOf({ standings }: PlanStandings): number {
  const seated = new Map<string, number>();
  let pairs = 0;
  for (const { attendee, held } of standings) {
    if (attendee.organisation === null) continue;
    for (const [pass, workshop] of held) {
      const key = JSON.stringify([attendee.organisation, pass, workshop]);
      const before = seated.get(key) ?? 0;
      pairs += before;
      seated.set(key, before + 1);
    }
  }
  return pairs;
}

/** Attendees whose seats differ from the previous plan, and sessions that start, stop or change room; null without one. */
export function changesOf(view: PlanStandings): { attendees: string[]; sessions: number } | null {
  const { previous } = view.instance;
  if (!previous) return null;
  const attendees: string[] = [];
  for (const { attendee, held } of view.standings) {
    const before = Object.entries(previous.allocation[attendee.id] ?? {}).filter(([, w]) => w !== null);
    const now = new Map(held.map(([pass, workshop]) => [pass, workshop]));
    const same =
      before.length === held.length && before.every(([pass, workshop]) => now.get(pass) === workshop);
    if (!same) attendees.push(attendee.id);
  }
  const roomBefore = new Map(previous.sessions.map((s) => [sessionKey(s.workshop, s.pass), s.room]));
  let sessions = 0;
  for (const [key, { room }] of view.running) if (roomBefore.get(key) !== room.id) sessions++;
  for (const key of roomBefore.keys()) if (!view.running.has(key)) sessions++;
  return { attendees, sessions };
}
