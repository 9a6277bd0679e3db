import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';

/** One attendee's errands: seats to ask for, one after another. */
export interface Person {
  readonly token: string;
  readonly wants: readonly { readonly pass: string; readonly session: string }[];
}

/** People who pick as fast as they are answered, each over whichever of the connections is free. */
export interface RushOrder {
  readonly kind: 'rush';
  readonly port: number;
  readonly slug: string;
  readonly connections: number;
  readonly people: readonly Person[];
}

/** One answered pick: milliseconds from asking to the final answer, waits that the server asked for included. */
export interface RushResult {
  readonly seconds: number;
  /** The rest is one entry for each pick, in the order of people and what they want. */
  readonly milliseconds: Float64Array;
  readonly status: Uint16Array;
  /** The refusal's code where the status is not 200. */
  readonly codes: readonly (string | null)[];
  /** 200 whose answer does not show the seat. */
  readonly wrong: number;
  readonly retries: number;
  /** Mean length of the bodies of status 200. */
  readonly bytes: number;
}

/** Open pages: some listen to the seats, others read the programme at a steady pace, until told to stop. */
export interface CrowdOrder {
  readonly kind: 'crowd';
  readonly port: number;
  readonly slug: string;
  readonly listeners: number;
  readonly readers: number;
  /** Milliseconds between two readings of one reader. */
  readonly pace: number;
}

export interface CrowdResult {
  readonly seconds: number;
  /** Of each reading. */
  readonly milliseconds: Float64Array;
  /** The longest that the readers' own process was held up while they read, in milliseconds: it counts in the readings. */
  readonly lag: number;
  readonly failures: number;
  readonly events: number;
  readonly megabytes: number;
  /** Taken seats by session as one of the listeners knows them at the end. */
  readonly taken: Readonly<Record<string, number>>;
}

export type Order = RushOrder | CrowdOrder | { readonly kind: 'stop' };

/** Makes the load from a process of its own, so that its work is not done on the threads of what measures. */
export class Load {
  readonly #child: ChildProcess = fork(join(import.meta.dirname, 'booking-load-process.ts'), {
    execArgv: ['--import', 'tsx'],
    serialization: 'advanced',
  });

  async rush(order: Omit<RushOrder, 'kind'>): Promise<RushResult> {
    return (await this.#ask({ kind: 'rush', ...order })) as RushResult;
  }

  /** Answers when everyone listens. */
  async gather(order: Omit<CrowdOrder, 'kind'>): Promise<void> {
    await this.#ask({ kind: 'crowd', ...order });
  }

  async disperse(): Promise<CrowdResult> {
    return (await this.#ask({ kind: 'stop' })) as CrowdResult;
  }

  end(): void {
    this.#child.disconnect();
  }

  #ask(order: Order): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const ended = () => reject(new Error('the load generator ended'));
      this.#child.once('exit', ended);
      this.#child.once('message', (message) => {
        this.#child.off('exit', ended);
        resolve(message);
      });
      this.#child.send(order);
    });
  }
}
