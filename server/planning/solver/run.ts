import type { Instance } from '../../../shared/planning/instance.ts';
import { startThread } from '../../core/thread.ts';
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
  const worker = startThread(new URL('plan-worker', import.meta.url), task);
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
