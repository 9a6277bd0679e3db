import { seededRandom } from '../../../shared/core/random.ts';
import { checkPlan } from '../../../shared/planning/constraints.ts';
import type { Instance, WorkshopPin } from '../../../shared/planning/instance.ts';
import type { Objective, PlanDraft } from '../../../shared/planning/plan.ts';
import { startBudget, type Budget } from './budget.ts';
import { compileProblem, type Problem } from './problem.ts';
import { SeatDraw } from './seat-draw.ts';
import { draftOf, type Seats, type Timetable } from './seats.ts';

/** Iterations of the search for a first plan, where nothing else is said: counted, so that it is the same on every machine. */
const beforeTheDraw = 20_000;

/** How much of the time a timetable may take that is not given. */
const forTheTimetable = 0.7;

interface Asked {
  readonly objective: Objective;
  readonly refine: readonly [];
  readonly seconds?: number | undefined;
  readonly iterations?: number | undefined;
  readonly seed: number;
}

/** Plans an instance for another objective, on the way to a draw; `Failed` says why there is no plan. */
type Plan<Failed> = (
  instance: Instance,
  options: Asked,
  cancelled: () => boolean,
) => Promise<PlanDraft | Failed>;

/** The order of the draw: the ids sorted, then shuffled by the seed (Fisher–Yates). The order of the file does not matter. */
export const drawOrder = (ids: readonly string[], seed: number): string[] =>
  seededRandom(seed).shuffle(ids.toSorted());

/**
 * Draws lots: a fixed timetable, or one that is planned for `ranks` first; then everybody in the order of the draw takes the best seats
 * that leave the others theirs. In a fixed timetable nothing but the order and the wishes of those drawn earlier decides what a person can
 * have. Null where the time was not enough.
 */
export async function drawLottery<Failed extends object>(
  instance: Instance,
  options: { readonly seconds: number; readonly iterations: number | undefined; readonly seed: number },
  cancelled: () => boolean,
  plan: Plan<Failed>,
): Promise<(PlanDraft & { readonly order: readonly string[] }) | Failed | null> {
  const { seed } = options;
  const budget = startBudget(
    options.iterations === undefined
      ? { seconds: options.seconds, cancelled }
      : { iterations: Infinity, cancelled },
  );
  const begun = await (instance.fixed
    ? firstPlan(instance, options, budget, plan)
    : plan(
        instance,
        { ...options, objective: 'ranks', refine: [], seconds: forTheTimetable * options.seconds },
        cancelled,
      ));
  if (!('sessions' in begun)) return begun;
  const given: Instance = {
    ...instance,
    fixed: begun.sessions.map(
      (session) =>
        instance.fixed?.find((one) => one.workshop === session.workshop && one.pass === session.pass) ??
        session,
    ),
  };
  const problem = compileProblem(given);
  const { timetable, seats } = inNumbers(problem, begun);
  const draw = new SeatDraw(problem, timetable, seats, budget);
  const order = drawOrder(
    instance.attendees.map(({ id }) => id),
    seed,
  );
  const indexOf = new Map(instance.attendees.map(({ id }, a) => [id, a]));
  for (const id of order) {
    if (budget.spent()) return null;
    await draw.takeTurn(indexOf.get(id)!);
  }
  return budget.spent() ? null : { ...draftOf(problem, timetable, draw.seats), order };
}

/**
 * Some plan in a fixed timetable that keeps every rule, found without a look at ranked wishes. Every session with a min size is run, or as
 * many of them as can be, those with the least min sizes first.
 */
async function firstPlan<Failed extends object>(
  instance: Instance,
  { iterations = beforeTheDraw, seed }: { readonly iterations: number | undefined; readonly seed: number },
  budget: Budget,
  plan: Plan<Failed>,
): Promise<PlanDraft | Failed> {
  const minSize = new Map(instance.workshops.map((workshop) => [workshop.id, workshop.minSize]));
  const uncertain = instance
    .fixed!.filter(({ workshop }) => minSize.get(workshop)! > 0)
    .sort((x, y) => minSize.get(x.workshop)! - minSize.get(y.workshop)!);
  const wishless: Instance = {
    ...instance,
    attendees: instance.attendees.map((one) => (one.wishes ? { ...one, wishes: [] } : one)),
  };
  if (uncertain.length === 0 && instance.attendees.every(({ wishes }) => wishes === null)) {
    const none = onlyPins(instance);
    if (checkPlan(instance, none).length === 0) return none;
  }
  const running = (count: number): Promise<PlanDraft | Failed> => {
    const pins = uncertain.slice(0, count).map(({ workshop, pass }): WorkshopPin => ({ workshop, pass }));
    return plan(
      { ...wishless, pins: [...instance.pins, ...pins] },
      { objective: 'ranks', refine: [], iterations, seed },
      () => budget.spent(),
    );
  };
  let [least, most] = [0, uncertain.length];
  let found = await running(most);
  if (most === 0 || 'sessions' in found) return found;
  found = await running(0);
  // So many can be run together, and one more cannot.
  while (most - least > 1 && 'sessions' in found) {
    const middle = (least + most) >> 1;
    const more = await running(middle);
    if ('sessions' in more) [least, found] = [middle, more];
    else most = middle;
  }
  return found;
}

/** Nobody has a seat but those who are pinned to one. */
function onlyPins(instance: Instance): PlanDraft {
  const allocation: Record<string, Record<string, string>> = Object.fromEntries(
    instance.attendees.map(({ id }) => [id, {}]),
  );
  for (const pin of instance.pins) {
    const seats = pin.attendee === undefined ? undefined : allocation[pin.attendee];
    if (seats && pin.workshop !== null && pin.pass !== undefined) seats[pin.pass] = pin.workshop;
  }
  return {
    sessions: instance.fixed!.map(({ workshop, pass, room }) => ({ workshop, pass, room })),
    allocation,
  };
}

/** A plan as room by cell and workshop by person and pass; sessions with a min size and nobody in them are not run. */
function inNumbers(
  { P, W, instance, minSize }: Problem,
  { sessions, allocation }: PlanDraft,
): { timetable: Timetable; seats: Seats } {
  const indexOf = (list: readonly { id: string }[]): Map<string, number> =>
    new Map(list.map(({ id }, i) => [id, i]));
  const passes = indexOf(instance.passes);
  const workshops = indexOf(instance.workshops);
  const rooms = indexOf(instance.rooms);
  const seats = new Int16Array(instance.attendees.length * P).fill(-1);
  const load = new Int32Array(P * W);
  instance.attendees.forEach(({ id }, a) => {
    for (const [pass, workshop] of Object.entries(allocation[id] ?? {})) {
      if (workshop === null) continue;
      const [p, w] = [passes.get(pass)!, workshops.get(workshop)!];
      seats[a * P + p] = w;
      load[p * W + w]!++;
    }
  });
  const timetable = new Int16Array(P * W).fill(-1);
  for (const { workshop, pass, room } of sessions) {
    const cell = passes.get(pass)! * W + workshops.get(workshop)!;
    if (load[cell] || minSize[cell % W] === 0) timetable[cell] = rooms.get(room)!;
  }
  return { timetable, seats };
}
