import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

/** Starts a module of the sources, named from the root, as a thread: TypeScript comes through tsx, which a thread must load by itself. */
export function threadOf(path: string, data: unknown): Worker {
  const tsx = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const source = JSON.stringify(pathToFileURL(join(import.meta.dirname, '..', '..', path)).href);
  const load = `import(${tsx}).then(({ register }) => { register(); return import(${source}); })`;
  return new Worker(load, { eval: true, workerData: data, execArgv: [] });
}
