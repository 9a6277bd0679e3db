import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { root } from '../../server/core/root.ts';

/** A process of the server's own code, killed when the test ends. */
export interface TestProcess {
  readonly child: ChildProcess;
  /** What it has written so far. */
  output(): string;
  errors(): string;
  /** Waits until its output fits; rejects where it ends first. */
  until(pattern: RegExp): Promise<void>;
  exit(): Promise<number | null>;
}

export function startProcess(
  file: string,
  args: readonly string[] = [],
  environment: Record<string, string> = {},
): TestProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, file), ...args], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString('utf8');
  });
  const exited = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  return {
    child,
    output: () => output,
    errors: () => errors,
    exit: () => exited,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const check = () => pattern.test(output) && resolve();
        child.stdout.on('data', check);
        void exited.then(() => reject(new Error(`ended before ${String(pattern)}: ${output}${errors}`)));
        check();
      }),
  };
}
