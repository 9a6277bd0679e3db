import type { Plan, PlanProgress, PlanSummary } from '../../shared/planning/vocabulary.ts';

/** One bar of “which wish did people get”: a rank, all later ranks together, or workshops nobody had asked for. */
export type RankBar = { readonly seats: number; readonly share: number } & (
  | { readonly kind: 'rank'; readonly rank: number }
  | { readonly kind: 'later'; readonly from: number }
  | { readonly kind: 'unlisted' }
);

const mostRanks = 6;

/** The bars of a profile: seats by rank, the last entry unlisted. Long tails of single ranks become one bar. */
export function rankBars(profile: readonly number[]): RankBar[] {
  const total = profile.reduce((sum, seats) => sum + seats, 0);
  const share = (seats: number) => (total === 0 ? 0 : seats / total);
  const ranked = profile.slice(0, -1);
  const unlisted = profile.at(-1) ?? 0;
  const single = ranked.length <= mostRanks ? ranked : ranked.slice(0, mostRanks - 1);
  const later = ranked.slice(single.length).reduce((sum, seats) => sum + seats, 0);
  return [
    ...single.map((seats, i): RankBar => ({ kind: 'rank', rank: i + 1, seats, share: share(seats) })),
    ...(ranked.length > single.length
      ? [{ kind: 'later' as const, from: single.length + 1, seats: later, share: share(later) }]
      : []),
    ...(profile.length > 0 ? [{ kind: 'unlisted' as const, seats: unlisted, share: share(unlisted) }] : []),
  ];
}

/** What a certainty is read from: a plan, or what is known of one so far. */
export type Judged = Pick<PlanSummary, 'objective' | 'proven' | 'gap' | 'value' | 'bound'>;

/**
 * How sure a plan is: drawn by lot, the best there is, at most so far from it, or not known. `gap` is a share, 0.01 = 1 %, and means something
 * where sums are compared; where people are counted, `people` is how many the count could at most be better by.
 */
export type Certainty =
  | { readonly kind: 'drawn' }
  | { readonly kind: 'proven' }
  | { readonly kind: 'gap'; readonly gap: number }
  | { readonly kind: 'people'; readonly people: number }
  | { readonly kind: 'unknown' };

export function certaintyOf({ objective, proven, gap, value, bound }: Judged): Certainty {
  if (objective === 'lottery') return { kind: 'drawn' };
  if (proven) return { kind: 'proven' };
  if (gap === null) return { kind: 'unknown' };
  if (Array.isArray(value) && Array.isArray(bound)) {
    const at = value.findIndex((entry, i) => entry !== bound[i]);
    const counted = objective === 'fair' ? at >= 0 : at === 0;
    if (counted) return { kind: 'people', people: value[at]! - (bound[at] ?? 0) };
  }
  return { kind: 'gap', gap };
}

/** The number of a value that people follow: the sum of ranks, people served, people moved. Null for lists of levels. */
export function leadingNumber(
  objective: PlanSummary['objective'],
  measure: PlanSummary['value'],
): number | null {
  if (measure === null) return null;
  if (typeof measure === 'number') return measure;
  if (objective === 'fair') return null;
  const first = measure[0] ?? null;
  return objective === 'top' && first !== null ? Math.abs(first) : first;
}

export interface GapPoint {
  readonly seconds: number;
  readonly gap: number;
}

/** The steps at which the gap of a running plan changed, oldest first. Steps without a gap say nothing yet. */
export function gapPoints(steps: readonly PlanProgress[]): GapPoint[] {
  const points: GapPoint[] = [];
  for (const { seconds, gap } of steps) {
    if (gap !== null && points.at(-1)?.gap !== gap) points.push({ seconds, gap });
  }
  return points;
}

/**
 * The falling gap as a stair in a box of `width` × `height`: x is time until `seconds`, y is the share of the largest
 * gap seen. Returns an SVG path, empty without points.
 */
export function gapPath(
  points: readonly GapPoint[],
  seconds: number,
  box: { readonly width: number; readonly height: number },
): string {
  const first = points[0];
  if (!first) return '';
  const most = Math.max(...points.map((point) => point.gap)) || 1;
  const end = Math.max(seconds, points.at(-1)!.seconds) || 1;
  const x = (at: number) => rounded((at / end) * box.width);
  const y = (gap: number) => rounded(box.height - (gap / most) * box.height);
  const stairs = points.slice(1).map((point) => `H${x(point.seconds)}V${y(point.gap)}`);
  return `M${x(first.seconds)} ${y(first.gap)}${stairs.join('')}H${x(end)}`;
}

/** One session in the strip of room fill: its place from 0 to 1 and the row that keeps it from lying on another. */
export interface FillDot {
  readonly workshop: string;
  readonly pass: string;
  readonly fill: number;
  readonly row: number;
}

/** Sessions by how full they are, stacked where they would lie on each other. `width` is the share a dot covers. */
export function fillDots(sessions: Plan['sessions'], width: number): FillDot[] {
  const lastOfRow: number[] = [];
  return sessions
    .map(({ workshop, pass, taken, seats }) => ({ workshop, pass, fill: seats > 0 ? taken / seats : 0 }))
    .toSorted((a, b) => a.fill - b.fill)
    .map((dot) => {
      const free = lastOfRow.findIndex((last) => dot.fill - last >= width);
      const row = free === -1 ? lastOfRow.length : free;
      lastOfRow[row] = dot.fill;
      return { ...dot, row };
    });
}

type Place = Plan['sessions'][number];

/** Where a planned session stands now: there already, somewhere else, or nowhere. `now` holds workshops by their code. */
export function changeOf(planned: Place, now: readonly Pick<Place, 'workshop' | 'pass' | 'room'>[]) {
  const standing = now.filter((session) => session.workshop === planned.workshop);
  if (standing.some(({ pass, room }) => pass === planned.pass && room === planned.room)) return 'same';
  return standing.length > 0 ? 'moved' : 'new';
}

/** A session of a plan that stands somewhere else, or not at all, in the other. */
export interface PlanDifference {
  readonly workshop: string;
  readonly here: readonly { readonly pass: string; readonly room: string }[];
  readonly there: readonly { readonly pass: string; readonly room: string }[];
}

/** What differs between the timetables of two plans, workshop by workshop, in the order of the first. */
export function timetableDifferences(here: Plan['sessions'], there: Plan['sessions']): PlanDifference[] {
  const codes = [...new Set([...here, ...there].map((session) => session.workshop))];
  const places = (sessions: Plan['sessions'], code: string) =>
    sessions.filter((s) => s.workshop === code).map(({ pass, room }) => ({ pass, room }));
  return codes
    .map((workshop) => ({ workshop, here: places(here, workshop), there: places(there, workshop) }))
    .filter(({ here, there }) => keyOf(here) !== keyOf(there));
}

function keyOf(places: readonly { pass: string; room: string }[]): string {
  return places
    .map(({ pass, room }) => `${pass}/${room}`)
    .toSorted()
    .join();
}

function rounded(x: number): number {
  return Math.round(x * 10) / 10;
}
