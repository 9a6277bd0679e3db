import type { Worker } from 'node:worker_threads';
import { startThread } from '../../core/thread.ts';
import type { MoveCostFound, MoveCostTask } from './move-costs.ts';
import type { Price, PriceTask } from './prices.ts';

/** What can be asked about a plan or a timetable beside a plan of its own. */
export type Question =
  | { readonly kind: 'prices'; readonly task: PriceTask }
  | { readonly kind: 'moves'; readonly task: MoveCostTask };

export const askPrices = (task: PriceTask): Promise<readonly Price[]> => ask({ kind: 'prices', task });

export const askMoveCosts = (task: MoveCostTask): Promise<readonly MoveCostFound[]> =>
  ask({ kind: 'moves', task });

/** Threads that answer now: the process ends them when it stops. */
const asked = new Set<Worker>();

export function stopAsking(): void {
  for (const worker of asked) void worker.terminate();
}

/** Answers in a thread of its own; rejects where that ends without an answer. */
function ask<T>(question: Question): Promise<T> {
  const worker = startThread(new URL('question-worker', import.meta.url), question);
  asked.add(worker);
  return new Promise<T>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the planning thread ended with ${code}`)));
  }).finally(() => {
    asked.delete(worker);
    void worker.terminate();
  });
}
