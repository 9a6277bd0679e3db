import type { Instance } from '../../../../shared/planning/instance.ts';
import { reasonFor, type Reason } from '../../../../shared/planning/no-plan-reasons.ts';
import { requirementKinds } from '../../../../shared/planning/requirements.ts';
import { startBudget, type Budget } from '../budget.ts';
import { compileProblem, type Problem } from '../problem.ts';
import type { Timetable } from '../seats.ts';
import { atomsOf, together, type Atom, type Atoms } from './atoms.ts';
import { shortagesOf } from './crowding.ts';
import { irreducible, type Answer } from './irreducible.ts';
import { Possibility } from './possible.ts';
import { suspicionsOf, type Clause } from './suspicions.ts';

/** No more reasons than anybody reads. */
const mostReasons = 20;

/** Models of up to this many columns decide by themselves; larger ones only where counting does not. */
const smallModel = 3000;

const timetableKinds: ReadonlySet<Atom['kind']> = new Set<Atom['kind']>([
  'at-least',
  'at-most',
  'presents',
  'requires',
  'passes',
  'closed',
  'scheduled',
  'pin',
]);

export interface Findings {
  readonly reasons: readonly Reason[];
  /** A timetable under which everybody can be seated, where the model of everything has found one. */
  readonly timetable: Timetable | null;
}

/**
 * Reasons why the instance has no plan: each an irreducible set of requirements that cannot all hold; sets that do not depend on each
 * other are listed side by side. Empty where nothing is proven. What counting and matching can see is found at once at any size;
 * `thorough` adds an exact model of everything, for when no plan has been found.
 */
export async function whyNoPlan(
  instance: Instance,
  budget: Budget,
  { thorough, problem = compileProblem(instance) }: { thorough: boolean; problem?: Problem },
): Promise<Findings> {
  const atoms = atomsOf(instance);
  const glance = startBudget(budget.counted ? { iterations: 50 } : { seconds: budget.secondsLeft() / 3 });
  const possibility = new Possibility(instance, atoms, budget);
  const explainer = new Explainer(instance, atoms, possibility, glance);
  for (const clauses of suspicionsOf(problem, atoms)) await explainer.confirm(clauses);
  await explainer.confirmShortages(problem);
  if (thorough) await explainer.lookThoroughly();
  return { reasons: explainer.reasons, timetable: possibility.timetable };
}

class Explainer {
  readonly reasons: Reason[] = [];
  /** What is left out to find what else is wrong: of each reason, the requirement that is most easily taken back. */
  private readonly takenBack = new Set<Atom>();
  private readonly cores: ReadonlySet<Atom>[] = [];
  private readonly instance: Instance;
  private readonly atoms: Atoms;
  private readonly possibility: Possibility;
  private readonly glance: Budget;

  constructor(instance: Instance, atoms: Atoms, possibility: Possibility, glance: Budget) {
    this.instance = instance;
    this.atoms = atoms;
    this.possibility = possibility;
    this.glance = glance;
  }

  /** Every reason within the clauses. */
  async confirm(clauses: readonly Clause[]): Promise<void> {
    let left = clauses.filter((clause) => clause.length > 0);
    while (this.reasons.length < mostReasons && left.length > 0) {
      const core = await irreducible(left, this.possible);
      if (!core) return;
      this.note(core);
      const weakest = mostEasily(core);
      left = left.filter((clause) => clause !== weakest);
    }
  }

  async confirmShortages(problem: Problem): Promise<void> {
    const { P, W, R } = problem;
    const exact = P * W * (R + this.atoms.crowds.length) <= smallModel;
    const glance = new Possibility(this.instance, this.atoms, this.glance);
    for (const { clauses, remains, message } of shortagesOf(problem, this.atoms)) {
      const possible = async (some: readonly Clause[]): Promise<Answer> => {
        if (remains(some)) return 'no';
        // Where counting sees no contradiction, a model is asked while that is quick: what remains may be impossible all the same.
        return exact && (await glance.of(some.flat())) === 'no' ? 'no' : 'yes';
      };
      const core = await irreducible(clauses, possible);
      if (core) this.note(core, message(core));
    }
  }

  /** The exact model of the timetable, then of everything, as far as the reasons found leave it contradictory. */
  async lookThoroughly(): Promise<void> {
    const isTimetable = ({ kind, crowd }: Atom): boolean => timetableKinds.has(kind) && crowd < 0;
    for (const suits of [isTimetable, (): boolean => true]) {
      const left = this.atoms.all.filter((atom) => suits(atom) && !this.takenBack.has(atom));
      const byKind = requirementKinds
        .map((kind) => left.filter((atom) => atom.kind === kind))
        .filter((clause) => clause.length > 0);
      if ((await this.possible(byKind)) !== 'no') continue;
      const kinds = (await irreducible(byKind, this.possible, true)) ?? byKind;
      const one = await irreducible(
        kinds.flat().map((atom) => [atom]),
        this.possible,
        true,
      );
      this.note(one ?? kinds);
      return;
    }
  }

  private readonly possible = (clauses: readonly Clause[]): Promise<Answer> =>
    this.possibility.of(clauses.flat());

  private note(core: readonly Clause[], message?: Reason['message']): void {
    const weakest = mostEasily(core);
    for (const atom of weakest) this.takenBack.add(atom);
    const atoms = new Set(core.flat());
    // What a reason before it says more sharply, or more fully, is not said again.
    if (this.cores.some((other) => contains(other, atoms) || contains(atoms, other))) return;
    this.cores.push(atoms);
    const requirements = core.map(together);
    this.reasons.push(reasonFor(this.instance, requirements, message));
  }
}

const contains = (all: ReadonlySet<Atom>, some: ReadonlySet<Atom>): boolean =>
  [...some].every((atom) => all.has(atom));

const ease = (clause: Clause): number => requirementKinds.indexOf(clause[0]!.kind);

const mostEasily = (core: readonly Clause[]): Clause => core.toSorted((a, b) => ease(a) - ease(b))[0]!;
