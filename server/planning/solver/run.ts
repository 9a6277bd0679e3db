import { Worker } from 'node:worker_threads';
import type { Instance } from '../../../shared/planning/instance.ts';
import type { PlanOptions, PlanOutcome, PlanProgress } from './solve.ts';

export interface RunHooks {
  readonly onProgress?: ((progress: PlanProgress) => void) | undefined;
  /** Cancels the run: the best plan so far is handed out where there is one. */
  readonly signal?: AbortSignal | undefined;
}

/** What the worker is told. */
export interface PlanTask {
  readonly instance: Instance;
  readonly options: PlanOptions;
  /** One byte: 1 when the run is cancelled. */
  readonly cancelled: SharedArrayBuffer;
}

/** How a run ended; a plan comes with the wishes that only the draw left unmet, by attendee. */
export type RunOutcome =
  | Exclude<PlanOutcome, { kind: 'plan' }>
  | (Extract<PlanOutcome, { kind: 'plan' }> & { readonly draws: Record<string, string[]> });

/** What the worker tells. */
export type PlanMessage =
  | { readonly kind: 'progress'; readonly progress: PlanProgress }
  | { readonly kind: 'outcome'; readonly outcome: RunOutcome }
  | { readonly kind: 'failure'; readonly message: string };

/** How long a cancelled run may take to hand out what it has. */
const patience = 3000;

/**
 * Plans in a worker thread of its own, so that the caller stays responsive; nothing of the solver is loaded before.
 * Rejects where the worker dies or the solver refuses its own plan.
 */
export function runPlan(
  instance: Instance,
  options: PlanOptions = {},
  hooks: RunHooks = {},
): Promise<RunOutcome> {
  const cancelled = new SharedArrayBuffer(1);
  const task: PlanTask = { instance, options, cancelled };
  const worker = startWorker('plan-worker', task);
  return new Promise<RunOutcome>((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      hooks.signal?.removeEventListener('abort', cancel);
      finish();
      void worker.terminate();
    };
    const cancel = (): void => {
      Atomics.store(new Uint8Array(cancelled), 0, 1);
      timer = setTimeout(() => settle(() => resolve({ kind: 'nothing-found' })), patience);
    };
    worker.on('message', (message: PlanMessage) => {
      if (message.kind === 'progress') hooks.onProgress?.(message.progress);
      else if (message.kind === 'outcome') settle(() => resolve(message.outcome));
      else settle(() => reject(new Error(message.message)));
    });
    worker.on('error', (error) => settle(() => reject(error)));
    worker.on('exit', (code) => settle(() => reject(new Error(`the planning thread ended with ${code}`))));
    if (hooks.signal?.aborted) cancel();
    else hooks.signal?.addEventListener('abort', cancel);
  });
}

/** Starts a worker beside this file: emitted JavaScript as it is, TypeScript sources through tsx, which a thread must load by itself. */
export function startWorker(name: string, data: unknown): Worker {
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL(`${name}.js`, import.meta.url), { workerData: data });
  const tsx = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const source = JSON.stringify(new URL(`${name}.ts`, import.meta.url).href);
  const load = `import(${tsx}).then(({ register }) => { register(); return import(${source}); })`;
  return new Worker(load, { eval: true, workerData: data, execArgv: [] });
}
