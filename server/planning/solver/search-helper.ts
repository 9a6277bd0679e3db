import type { Worker } from 'node:worker_threads';
import type { Objective } from '../../../shared/planning/plan.ts';
import type { Instance } from '../../../shared/planning/instance.ts';
import { startThread } from '../../core/thread.ts';
import type { Annealing } from './annealing.ts';
import type { Budget } from './budget.ts';
import type { Seats, Timetable } from './seats.ts';
import type { Found } from './strategy.ts';

/** What the helping thread is told. */
export interface SearchTask {
  readonly instance: Instance;
  readonly objective: Objective;
  readonly seed: number;
  readonly start: Found;
  readonly seconds: number | undefined;
  readonly iterations: number | undefined;
}

/** What it tells, in order; `round` ends a round of its search, `end` everything. */
export type SearchMessage =
  | { readonly kind: 'plan'; readonly value: number; readonly timetable: Timetable; readonly seats: Seats }
  | { readonly kind: 'bound'; readonly bound: number }
  | { readonly kind: 'round' }
  | { readonly kind: 'end' };

/** Smaller searches, and shorter ones, are over before a second thread is of use. */
const fewestSeats = 500;
const leastSeconds = 1.5;
const fewestIterations = 2000;

/**
 * A second thread for the long search: it learns the bounds over every timetable, then searches with a seed of its own. There is
 * one, on every machine. With a time limit what it finds is taken as it comes; with iterations it has half of them, and what it has
 * found by the end of a round is taken at the end of the same round here, so that the same input gives the same plan.
 */
export class SearchHelper {
  private readonly worker: Worker;
  private readonly heard: SearchMessage[] = [];
  private roundsHeard = 0;
  private ended = false;
  private failure: Error | null = null;
  private wake: () => void = () => undefined;

  /** Null where a second thread is not worth it. */
  static start(
    instance: Instance,
    objective: Objective,
    seed: number,
    budget: Budget,
    start: Found,
  ): SearchHelper | null {
    const seats = instance.attendees.length * instance.passes.length;
    const seconds = budget.counted ? undefined : budget.secondsLeft();
    const iterations = budget.counted ? Math.floor(budget.iterationsLeft() / 2) : undefined;
    const enough = (seconds ?? Infinity) >= leastSeconds && (iterations ?? Infinity) >= fewestIterations / 2;
    if (seats < fewestSeats || !enough) return null;
    return new SearchHelper({ instance, objective, seed: seed + 1, start, seconds, iterations });
  }

  private constructor(task: SearchTask) {
    this.worker = startThread(new URL('search-worker', import.meta.url), task);
    this.worker.on('message', (message: SearchMessage) => {
      this.heard.push(message);
      this.wake();
    });
    this.worker.on('error', (error) => this.end(error));
    this.worker.on('exit', (code) => this.end(new Error(`a searching thread ended with ${code}`)));
  }

  /** Takes what has come, without waiting. */
  async hear(annealing: Annealing): Promise<void> {
    await new Promise(setImmediate);
    this.take(annealing, Infinity);
  }

  /**
   * What the helper has found: so far (null), or by the end of a round, for which it is waited. A helper that was lost is missed only where
   * the plan depends on it.
   */
  async join(annealing: Annealing, round: number | null): Promise<(Found & { value: number }) | null> {
    if (round === null) await this.hear(annealing);
    else {
      for (;;) {
        this.take(annealing, round + 1);
        if (this.ended || this.roundsHeard > round) break;
        if (this.failure) throw this.failure;
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
      }
    }
    return this.best;
  }

  private best: (Found & { value: number }) | null = null;

  private take(annealing: Annealing, rounds: number): void {
    while (this.heard.length > 0 && this.roundsHeard < rounds) {
      const message = this.heard.shift()!;
      switch (message.kind) {
        case 'plan':
          this.best = message;
          annealing.offer(message, message.value);
          break;
        case 'bound':
          annealing.bound(message.bound);
          break;
        case 'round':
          this.roundsHeard++;
          break;
        case 'end':
          this.ended = true;
          break;
      }
    }
  }

  private end(error: Error): void {
    this.failure ??= error;
    this.wake();
  }

  stop(): void {
    void this.worker.terminate();
  }
}
