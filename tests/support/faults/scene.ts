import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openForReading } from '../../../server/core/database.ts';
import { whatIsBroken } from '../../../server/overview/verify.ts';
import { seededRandom } from '../../../shared/core/random.ts';
import type { Programme } from '../../../shared/overview/contract.ts';
import type { Me } from '../../../shared/registration/contract.ts';
import { buildServer, type RunningServer, startServer } from '../running-server.ts';
import { Connection, type Crowd, gather, rush, type RushOptions } from './crowd.ts';
import { type FaultyDisk, faultyDisk } from './disk.ts';
import { type Deed, whatWasBroken } from './history.ts';

/** A conference on a disk of its own, to be copied for each test. */
export interface Original {
  readonly crowd: Crowd;
  readonly dataDir: string;
  readonly remove: () => void;
}

export async function anOriginal(attendees = 60): Promise<Original> {
  const folder = mkdtempSync(join(tmpdir(), 'verkstad-faults-'));
  const dataDir = join(folder, 'data');
  buildServer();
  const crowd = await gather(dataDir, attendees);
  return { crowd, dataDir, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A server on a faulty disk and the crowd before its doors. */
export class Scene {
  readonly folder = mkdtempSync(join(tmpdir(), 'verkstad-fault-'));
  readonly dataDir = join(this.folder, 'data');
  readonly crowd: Crowd;
  readonly disk: FaultyDisk;
  readonly connection: Connection;
  server!: RunningServer;
  before!: Map<string, Me>;
  programme!: Programme;
  readonly #random = seededRandom(20_261_121);

  constructor(original: Original) {
    this.crowd = original.crowd;
    cpSync(original.dataDir, this.dataDir, { recursive: true });
    mkdirSync(join(this.folder, 'scratch'));
    this.disk = faultyDisk(this.dataDir, join(this.folder, 'scratch'));
    cpSync(join(this.dataDir, 'verkstad.sqlite'), join(this.disk.durable, 'verkstad.sqlite'));
    this.connection = new Connection(() => this.server.url);
    onTestFinished(() => this.#clear());
  }

  /** Starts the server, and asks what everybody has. */
  async open(environment?: Readonly<Record<string, string>>): Promise<void> {
    await this.start(environment);
    this.programme = await this.connection.programme(this.crowd.slug);
    this.before = await this.connection.days(this.crowd);
  }

  async start(environment: Readonly<Record<string, string>> = {}): Promise<void> {
    this.server = await startServer({
      dataDir: this.dataDir,
      // The rush of tests is small: the second writer comes with the first choice, after the first few by the first.
      environment: { ...this.disk.environment, VERKSTAD_RUSH: '1', ...environment },
      built: true,
    });
  }

  kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<number | null> {
    process.kill(this.server.pid, signal);
    return this.server.exited;
  }

  /** Lets the crowd loose for as long as `goesOn` says, and answers with what was asked and answered. */
  rush(options: Pick<RushOptions, 'goesOn'> & Partial<RushOptions>): Promise<Deed[]> {
    const { connection, crowd, programme } = this;
    return rush({ connection, crowd, programme, random: this.#random, insist: false, ...options });
  }

  /** Lets the crowd loose, does something once that many choices were answered, and stops the crowd. */
  async during<T>(answers: number, act: () => Promise<T>): Promise<{ deeds: Deed[]; result: T }> {
    let going = true;
    let answered = 0;
    let enough = (): void => {};
    const busy = new Promise<void>((resolve) => {
      enough = resolve;
    });
    const rush = this.rush({ goesOn: () => going, onAnswer: () => ++answered === answers && enough() });
    await busy;
    const result = await act();
    going = false;
    return { deeds: await rush, result };
  }

  /** What the clients and the database itself say is wrong, now that all is quiet. */
  async whatIsWrong(deeds: readonly Deed[], dataDir = this.dataDir): Promise<string[]> {
    const { before, connection, crowd } = this;
    const [after, programme] = [await connection.days(crowd), await connection.programme(crowd.slug)];
    return [...whatWasBroken({ before, deeds, after, programme }), ...inDatabase(dataDir)];
  }

  async #clear(): Promise<void> {
    this.connection.close();
    const running = this.server as RunningServer | undefined;
    if (running) {
      this.disk.set({ failures: 0, errorOfSync: 0, syncMicroseconds: 0 });
      try {
        process.kill(running.pid, 'SIGKILL');
        await running.exited;
      } catch {
        // It has ended already.
      }
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What `verkstad verify` finds in a data folder, a server beside it or not. */
export function inDatabase(dataDir: string): string[] {
  const { db, sqlite, close } = openForReading(dataDir);
  try {
    const damage = sqlite.pragma('integrity_check', { simple: true });
    return [...(damage === 'ok' ? [] : [String(damage)]), ...whatIsBroken(db)];
  } finally {
    close();
  }
}
