/** What the timetable is made from. Presenters are compared as they are: the same value is the same person. */
export interface TimetableFacts {
  readonly workshops: readonly { readonly code: string; readonly presenters: readonly string[] }[];
  /** Rooms, largest first. */
  readonly rooms: readonly string[];
  readonly passes: readonly string[];
  /** How many times a workshop is given, at most. */
  readonly offerings: number;
  readonly demand: ReadonlyMap<string, number>;
}

interface Placed {
  readonly workshop: string;
  readonly pass: string;
  readonly room: string;
}

/**
 * The timetable an organiser makes by hand: every workshop once, the most wanted ones again while there are slots, the audience
 * spread evenly over the passes, and in each pass the most wanted workshop in the largest room.
 * Where there is no slot to spare, the least wanted twentieth waits outside, so that a conference whose workshops may be given
 * twice has some that are.
 */
export function handTimetable(facts: TimetableFacts): Placed[] {
  const times = timesGiven(facts);
  const audience = (code: string): number => (facts.demand.get(code) ?? 0) / (times.get(code) || 1);
  const givesMany = new Set(
    facts.workshops.flatMap((w) => w.presenters).filter((presenter, i, all) => all.indexOf(presenter) !== i),
  );
  const busy = (w: TimetableFacts['workshops'][number]): number =>
    w.presenters.some((presenter) => givesMany.has(presenter)) ? 1 : 0;
  const order = [...facts.workshops].sort(
    (a, b) =>
      busy(b) - busy(a) ||
      times.get(b.code)! - times.get(a.code)! ||
      audience(b.code) - audience(a.code) ||
      facts.workshops.indexOf(a) - facts.workshops.indexOf(b),
  );

  const days = facts.passes.map((pass) => ({
    pass,
    codes: [] as string[],
    audience: 0,
    presenters: new Set<string>(),
  }));
  for (const { code, presenters } of order) {
    for (let i = 0; i < times.get(code)!; i++) {
      const open = days
        .filter((day) => day.codes.length < facts.rooms.length && !day.codes.includes(code))
        .filter((day) => !presenters.some((presenter) => day.presenters.has(presenter)))
        .sort((a, b) => a.codes.length - b.codes.length || a.audience - b.audience);
      const day = open[0];
      if (!day) break;
      day.codes.push(code);
      day.audience += audience(code);
      for (const presenter of presenters) day.presenters.add(presenter);
    }
  }
  return days.flatMap(({ pass, codes }) =>
    codes
      .sort((a, b) => audience(b) - audience(a))
      .map((workshop, i) => ({ workshop, pass, room: facts.rooms[i]! })),
  );
}

function timesGiven({
  workshops,
  rooms,
  passes,
  offerings,
  demand,
}: TimetableFacts): ReadonlyMap<string, number> {
  const slots = rooms.length * passes.length;
  const most = Math.min(offerings, passes.length);
  const byDemand = [...workshops].sort((a, b) => (demand.get(b.code) ?? 0) - (demand.get(a.code) ?? 0));
  const repeats = most > 1 ? Math.max(1, Math.floor(slots / 20)) : 0;
  const given = byDemand.slice(0, Math.min(byDemand.length, Math.max(1, slots - repeats)));
  const times = new Map(workshops.map(({ code }) => [code, 0]));
  let left = slots;
  for (let round = 0; round < most; round++) {
    for (const { code } of given) {
      if (left === 0) return times;
      times.set(code, round + 1);
      left--;
    }
  }
  return times;
}
