import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The numbers that disk.c reads, in its order. */
const numbers = [
  'writesLeft',
  'failures',
  'errorOfWrite',
  'errorOfSync',
  'syncMicroseconds',
  'syncLies',
  'clockMilliseconds',
  'writes',
  'syncs',
] as const;
type Setting = (typeof numbers)[number];

export const errno = { EIO: 5, ENOSPC: 28 } as const;

/**
 * A disk and a clock under one server that misbehave as told, at any time: `writesLeft` more writes succeed, then `failures` of them
 * fail (-1: all that follow) with `errorOfWrite`; every sync takes `syncMicroseconds`, fails with `errorOfSync`, or does nothing and
 * says that it did (`syncLies`); the clock is `clockMilliseconds` off. `writes` and `syncs` count.
 */
export interface FaultyDisk {
  /** What the server is started with. */
  readonly environment: Readonly<Record<string, string>>;
  /** The folder that holds, of database and log, what was synced: what a power cut leaves at the least. */
  readonly durable: string;
  set(settings: Partial<Record<Setting, number>>): void;
  get(setting: Setting): number;
}

/** `scratch`: an empty folder of the test's own. */
export function faultyDisk(dataDir: string, scratch: string): FaultyDisk {
  const path = join(scratch, 'control');
  const durable = join(scratch, 'durable');
  mkdirSync(durable);
  writeFileSync(path, Buffer.alloc(numbers.length * 8));
  const touch = <T>(work: (file: number) => T): T => {
    const file = openSync(path, 'r+');
    try {
      return work(file);
    } finally {
      closeSync(file);
    }
  };
  return {
    durable,
    environment: {
      LD_PRELOAD: library(),
      FAULTS_FOLDER: dataDir,
      FAULTS_CONTROL: path,
      FAULTS_DURABLE: durable,
    },
    set: (settings) =>
      touch((file) => {
        // In the order of the numbers: how many writes are left must be there before they begin to fail.
        for (const [place, name] of numbers.entries()) {
          const value = settings[name];
          if (value === undefined) continue;
          const bytes = Buffer.alloc(8);
          bytes.writeBigInt64LE(BigInt(value));
          writeSync(file, bytes, 0, 8, place * 8);
        }
      }),
    get: (setting) =>
      touch((file) => {
        const bytes = Buffer.alloc(8);
        readSync(file, bytes, 0, 8, numbers.indexOf(setting) * 8);
        return Number(bytes.readBigInt64LE());
      }),
  };
}

/** The compiled library; compiled where it is not yet. A machine without a compiler fails here: these tests do not pass unseen. */
function library(): string {
  const source = join(import.meta.dirname, 'disk.c');
  const digest = createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 16);
  const path = join(tmpdir(), `verkstad-disk-${process.arch}-${digest}.so`);
  if (existsSync(path)) return path;
  const unfinished = `${path}.${process.pid}`;
  try {
    execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', unfinished, source, '-ldl'], { stdio: 'pipe' });
  } catch (error) {
    throw new Error('Faults of the disk are tested on Linux and need a C compiler (cc).', { cause: error });
  }
  renameSync(unfinished, path);
  return path;
}
