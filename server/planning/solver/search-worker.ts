import { parentPort, workerData } from 'node:worker_threads';
import { Annealing } from './annealing.ts';
import { startBudget } from './budget.ts';
import { measureOf } from './measure.ts';
import { compileProblem } from './problem.ts';
import { TimetableSearch } from './search.ts';
import type { SearchMessage, SearchTask } from './search-helper.ts';

const { instance, objective, seed, start, seconds, iterations } = workerData as SearchTask;
const tell = (message: SearchMessage): void => parentPort?.postMessage(message);
const problem = compileProblem(instance);
const search = new TimetableSearch(problem, measureOf(problem, objective), seed);
search.resume(start);
let best = search.best.value;
let bound = -Infinity;
const annealing = new Annealing(search, objective, {
  plan: ({ timetable, seats }, value) => {
    best = value;
    tell({ kind: 'plan', value, timetable: timetable.slice(), seats: seats.slice() });
  },
  bound: (known) => {
    bound = Math.max(bound, known);
    tell({ kind: 'bound', bound });
  },
  proven: () => bound >= best,
});
annealing.told = best;
await annealing.rounds(startBudget({ seconds, iterations }), seed, 'first', null, () =>
  tell({ kind: 'round' }),
);
tell({ kind: 'end' });
