// npm run dev : the server from its sources on PORT (3000), again at every change, and the pages through Vite, which sends calls on to it.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';

const root = dirname(import.meta.dirname);
// The links that the server prints lead to the pages as Vite serves them.
const env = { VERKSTAD_URL: 'http://localhost:5173', ...process.env };
const programs = [
  [join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs'), 'watch', 'server/main.ts'],
  [join(root, 'node_modules', 'vite', 'bin', 'vite.js')],
].map((args) => spawn(process.execPath, args, { cwd: root, env, stdio: 'inherit' }));

// One without the other is of no use.
for (const program of programs) program.on('exit', () => programs.forEach((other) => other.kill()));
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => programs.forEach((program) => program.kill()));
