import { parentPort, workerData } from 'node:worker_threads';
import { drawnLots } from './draws.ts';
import type { PlanMessage, PlanTask } from './run.ts';
import { solve } from './solve.ts';

const { instance, options, cancelled } = workerData as PlanTask;
const flag = new Uint8Array(cancelled);
const tell = (message: PlanMessage): void => parentPort?.postMessage(message);

try {
  const outcome = await solve(instance, options, {
    onProgress: (progress) => tell({ kind: 'progress', progress }),
    cancelled: () => Atomics.load(flag, 0) === 1,
  });
  tell({
    kind: 'outcome',
    outcome:
      outcome.kind === 'plan'
        ? { ...outcome, draws: drawnLots(instance, outcome.plan, outcome.plan.objective) }
        : outcome,
  });
} catch (error) {
  tell({ kind: 'failure', message: error instanceof Error ? error.message : String(error) });
}
