import type { PlanProgress as SolverProgress } from './solver/solve.ts';
import { runPlan, type RunOutcome } from './solver/run.ts';
import { checkPlan, sentenceOf, type Violation } from '../../shared/planning/constraints.ts';
import type { Sentence } from '../../shared/core/language.ts';
import type { Instance } from '../../shared/planning/instance.ts';
import type { PlanProgress, PlanState } from '../../shared/planning/vocabulary.ts';
import type { Clock } from '../core/clock.ts';
import type { Store } from '../core/database.ts';
import { endPlan, type PlanEnding } from './commands.ts';
import { describePlan, withNames } from './figures.ts';
import { inDrawOrder, instanceOf, type PlanningFacts, planningFacts, sameSeats } from './facts-queries.ts';
import type { PlanRow } from './queries.ts';
import type { StoredAllocation } from './tables.ts';

/** Between two reports of a running plan. */
const reportMilliseconds = 400;

/** What is needed to compute a plan that has been started. */
export interface StartedPlan {
  readonly plan: Pick<PlanRow, 'id' | 'conferenceId' | 'objective' | 'timetable' | 'seed'>;
  readonly seconds: number;
}

type Listener = (progress: PlanProgress) => void;

interface Run {
  readonly listeners: Set<Listener>;
  readonly stopper: AbortController;
  readonly ended: Promise<void>;
  progress: () => PlanProgress;
}

/** The plans that this process is computing, each in a worker thread of its own. */
export interface PlanRuns {
  /** Computes a plan that stands as running, and notes how it ended. */
  begin(started: StartedPlan): void;
  /** Tells how a running plan is getting on, at once and then as it goes, until it has ended. Answers how to stop listening; null where it does not run. */
  follow(planId: string, listener: Listener, ended: () => void): (() => void) | null;
  /** Ends a running plan early; what it has found is kept. Answers when that is noted. */
  cancel(planId: string): Promise<void>;
  /** Gives up whatever runs: the process is ending. */
  stop(): void;
}

/** `solve` stands for the planning thread. */
export function createPlanRuns(store: Store, clock: Clock, solve: typeof runPlan = runPlan): PlanRuns {
  const runs = new Map<string, Run>();
  let stopping = false;

  function begin(started: StartedPlan): void {
    const { id } = started.plan;
    const startedAt = clock.now();
    const stopper = new AbortController();
    let latest: SolverProgress = { value: null, bound: null, gap: null, trying: 'exact' };
    const progress = (state: PlanState = 'running'): PlanProgress => ({
      state,
      seconds: (clock.now() - startedAt) / 1000,
      value: measure(latest.value),
      bound: measure(latest.bound),
      gap: latest.gap,
      trying: latest.trying,
    });
    const listeners = new Set<Listener>();
    const report = setInterval(() => {
      for (const listener of listeners) listener(progress());
    }, reportMilliseconds);
    const ended = compute(store, solve, started, {
      signal: stopper.signal,
      onProgress: (step) => {
        latest = step;
      },
    })
      .then(async (ending) => {
        if (stopping) return;
        await store.write({ kind: 'system' }, (change) => endPlan(change, id, ending));
        latest = { ...latest, ...ending.result };
        for (const listener of listeners) listener(progress(ending.state));
      })
      .catch((error: unknown) => console.error('How a plan ended could not be noted:', error))
      .finally(() => {
        clearInterval(report);
        runs.delete(id);
      });
    runs.set(id, { listeners, stopper, ended, progress });
  }

  return {
    begin,
    follow(planId, listener, ended) {
      const run = runs.get(planId);
      if (!run) return null;
      listener(run.progress());
      run.listeners.add(listener);
      void run.ended.then(ended);
      return () => run.listeners.delete(listener);
    },
    async cancel(planId) {
      const run = runs.get(planId);
      run?.stopper.abort();
      await run?.ended;
    },
    stop() {
      stopping = true;
      for (const run of runs.values()) run.stopper.abort();
    },
  };
}

interface Hooks {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: SolverProgress) => void;
}

/** Reads the facts, computes, and says how it ended; whatever goes wrong on the way is an ending too. */
async function compute(
  store: Store,
  solve: typeof runPlan,
  { plan, seconds }: StartedPlan,
  hooks: Hooks,
): Promise<PlanEnding> {
  try {
    const facts = store.read((db) => planningFacts(db, plan.conferenceId));
    const { objective, seed } = plan;
    const instance = inDrawOrder(instanceOf(facts, plan), seed);
    const outcome = await solve(instance, { objective, seconds, seed, refine: ['fill'] }, hooks);
    return endingOf(outcome, facts, instance, { seconds, cancelled: hooks.signal.aborted });
  } catch (error) {
    console.error('A plan could not be computed:', error);
    return { state: 'failed', reasons: [brokeDown] };
  }
}

function endingOf(
  outcome: RunOutcome,
  facts: PlanningFacts,
  instance: Instance,
  run: { readonly seconds: number; readonly cancelled: boolean },
): PlanEnding {
  switch (outcome.kind) {
    case 'plan': {
      const { plan } = outcome;
      const broken = checkPlan(instance, plan);
      if (broken.length > 0) return refused(broken, facts);
      const allocation = storedAllocation(plan.allocation);
      return {
        state: run.cancelled ? 'cancelled' : 'done',
        revision: facts.revision,
        result: {
          value: measure(plan.value),
          bound: measure(plan.bound),
          gap: plan.gap,
          proven: plan.proven,
        },
        seconds: plan.seconds ?? null,
        allocation,
        draws: outcome.draws,
        replaced: instance.previous && replacedBy(allocation, facts.held),
        ...describePlan(facts, instance, plan),
      };
    }
    case 'infeasible':
      return {
        state: 'infeasible',
        reasons: outcome.reasons.map(({ message: { sv, en } }) => ({
          sv: withNames(facts, sv),
          en: withNames(facts, en),
        })),
      };
    case 'nothing-found':
      return run.cancelled
        ? { state: 'cancelled', reasons: [cancelledEmpty] }
        : { state: 'failed', reasons: [tooLittleTime(run.seconds)] };
  }
}

/** A plan that breaks a rule is never kept, whoever made it. */
function refused(violations: readonly Violation[], facts: PlanningFacts): PlanEnding {
  console.error(`A plan was refused: ${sentenceOf(violations[0]!, 'en')}`);
  const say = (violation: Violation): Sentence => ({
    sv: withNames(facts, sentenceOf(violation, 'sv')),
    en: withNames(facts, sentenceOf(violation, 'en')),
  });
  return { state: 'failed', reasons: [brokeRules, ...violations.slice(0, mostViolations).map(say)] };
}

const mostViolations = 5;

const brokeRules = {
  sv: 'Planen bröt mot reglerna och sparades inte. Säg till den som sköter installationen.',
  en: 'The plan broke the rules and was not kept. Tell whoever runs the installation.',
};

const brokeDown = {
  sv: 'Beräkningen avbröts av ett fel. Kör planen igen; hjälper det inte, säg till den som sköter installationen.',
  en: 'The computation was ended by an error. Run the plan again; if that does not help, tell whoever runs the installation.',
};

const cancelledEmpty = {
  sv: 'Planen avbröts innan någon lösning var funnen.',
  en: 'The plan was cancelled before any solution was found.',
};

const tooLittleTime = (seconds: number) => ({
  sv: `Ingen plan hittades på ${seconds} sekunder. Ge den längre tid.`,
  en: `No plan was found in ${seconds} seconds. Give it more time.`,
});

/** Seats as they are kept: who has none, and passes without a seat, are left out. */
function storedAllocation(allocation: PlanOutcomeAllocation): StoredAllocation {
  const stored: StoredAllocation = {};
  for (const [attendee, seats] of Object.entries(allocation)) {
    const held = Object.entries(seats).filter((seat): seat is [string, string] => seat[1] !== null);
    if (held.length > 0) stored[attendee] = Object.fromEntries(held);
  }
  return stored;
}

type PlanOutcomeAllocation = Extract<RunOutcome, { kind: 'plan' }>['plan']['allocation'];

/** What those held whose seats the plan changes. */
function replacedBy(allocation: StoredAllocation, held: StoredAllocation): StoredAllocation {
  const replaced: StoredAllocation = {};
  for (const attendee of new Set([...Object.keys(allocation), ...Object.keys(held)])) {
    if (!sameSeats(allocation[attendee], held[attendee])) replaced[attendee] = held[attendee] ?? {};
  }
  return replaced;
}

function measure(value: number | readonly number[] | null): number | number[] | null {
  return value === null || typeof value === 'number' ? value : [...value];
}
