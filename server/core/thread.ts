import { Worker } from 'node:worker_threads';

/**
 * Starts a thread with a module of its own, whose address comes without its ending: emitted JavaScript as it is, TypeScript sources
 * through tsx, which a thread must load by itself.
 */
export function startThread(module: URL, data: unknown): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL(`${module.href}.js`), { workerData: data });
  const tsx = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const source = JSON.stringify(`${module.href}.ts`);
  const load = `import(${tsx}).then(({ register }) => { register(); return import(${source}); })`;
  return new Worker(load, { eval: true, workerData: data, execArgv: [] });
}
