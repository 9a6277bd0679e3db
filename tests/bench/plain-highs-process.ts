// node --import tsx tests/bench/plain-highs-process.ts instance.json objective: the whole model in HiGHS and nothing else, for 60 s.
import { readFileSync } from 'node:fs';
import { startBudget } from '../../server/planning/solver/budget.ts';
import { solveExactly } from '../../server/planning/solver/exact-model.ts';
import { compileProblem } from '../../server/planning/solver/problem.ts';
import { draftOf } from '../../server/planning/solver/seats.ts';
import { valueOf } from '../../shared/planning/figures.ts';
import { readInstance } from '../../shared/planning/instance.ts';
import type { Objective } from '../../shared/planning/plan.ts';
import { standingsOf } from '../../shared/planning/standings.ts';

const [, , path = '', objective = 'ranks'] = process.argv;
const instance = readInstance(JSON.parse(readFileSync(path, 'utf8')));
const started = performance.now();
const problem = compileProblem(instance);
const { status, plan, bound } = await solveExactly(
  problem,
  objective as Exclude<Objective, 'lottery'>,
  [],
  startBudget({ seconds: 60 }),
  1,
);
const seconds = Math.round(performance.now() - started) / 1000;
const value = plan
  ? valueOf(standingsOf(instance, draftOf(problem, plan.timetable, plan.seats)), objective as Objective)
  : null;
process.stdout.write(
  JSON.stringify({ status, value, bound: objective === 'ranks' ? bound[0] : bound, seconds }),
);
process.exit(0);
