import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Calendars that are read again and again, over so many connections, for so long. */
export interface ReadingOrder {
  readonly port: number;
  readonly reads: readonly { readonly path: string; readonly etag?: string }[];
  readonly connections: number;
  readonly seconds: number;
}

export interface ReadingResult {
  /** Answers a second. */
  readonly rps: number;
  readonly p50: number;
  readonly p99: number;
  /** How often each status was the answer. */
  readonly statuses: Readonly<Record<string, number>>;
}

/** Makes the load from a process of its own, so that its work is not done on the thread of what measures. */
export class Readers {
  readonly #child = forked('calendar-load-process.ts');

  async read(order: ReadingOrder): Promise<ReadingResult> {
    this.#child.send(order);
    const [result] = (await once(this.#child, 'message')) as [ReadingResult];
    return result;
  }

  end(): void {
    this.#child.disconnect();
  }
}

/** The baseline: answers with so many bytes, or with 304 where there are none, until it is ended. */
export async function bareServer(port: number, bytes: number): Promise<{ end(): void }> {
  const child = forked('calendar-bare-process.ts', [String(port), String(bytes)]);
  await once(child, 'message');
  return { end: () => child.disconnect() };
}

function forked(file: string, words: readonly string[] = []): ChildProcess {
  return fork(join(import.meta.dirname, file), words, { execArgv: ['--import', 'tsx'] });
}
