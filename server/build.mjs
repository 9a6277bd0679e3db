// node server/build.mjs [server] [client] : builds what is missing or made from other sources than those here now.
// With --after-install it is content to leave that for later where the build tools are not installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = dirname(import.meta.dirname);
const dist = join(root, 'dist');
const tsc = ['typescript', 'bin', 'tsc'];
const vite = ['vite', 'bin', 'vite.js'];

/** Each part: the sources it is made from, the folders of dist/ it makes, and how. */
const parts = {
  server: {
    name: 'the server',
    sources: ['server', 'shared', 'seeds', 'tsconfig.json', 'tsconfig.server.json', 'package-lock.json'],
    folders: ['server', 'shared', 'seeds'],
    make: () => run(tsc, '-p', 'tsconfig.server.json'),
  },
  client: {
    name: 'the pages',
    sources: ['client', 'shared', 'vite.config.ts', 'tsconfig.json', 'package-lock.json'],
    folders: ['client', 'public-page'],
    make: () => run(vite, 'build', '--logLevel', 'warn') && compress(join(dist, 'client')),
  },
};

/**
 * Brings the named parts of dist/ up to date with their sources. Where they are, nothing of the build tools is needed or loaded.
 * Says on stderr what it does and, where it fails, what failed. Returns whether all parts are there.
 */
export function build(names = Object.keys(parts)) {
  return names.every((name) => isCurrent(parts[name], name) || alone(() => buildPart(name, parts[name])));
}

function stampOf(name) {
  return join(dist, `${name}.made-from`);
}

function isCurrent(part, name) {
  return existsSync(stampOf(name)) && readFileSync(stampOf(name), 'utf8') === digestOf(part.sources);
}

/** One build at a time: whoever comes while another process builds waits for it. */
function alone(work) {
  const lock = join(dist, 'building');
  mkdirSync(dist, { recursive: true });
  for (let waited = 0; ; waited += 250) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (!isRunning(lock) || waited > 300_000) rmSync(lock, { force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 250);
    }
  }
  try {
    return work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Whether the process that holds the lock is still there. */
function isRunning(lock) {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function hasTools() {
  return [tsc, vite].every((tool) => existsSync(pathOf(tool)));
}

function buildPart(name, part) {
  if (isCurrent(part, name)) return true;
  const { name: title, sources, folders, make } = part;
  if (!hasTools()) {
    say(`Building ${title} needs the build tools, which are not installed. Run npm ci, without --omit=dev.`);
    return false;
  }
  const stamp = stampOf(name);
  const digest = digestOf(sources);
  say(`Building ${title} …`);
  const startedAt = performance.now();
  rmSync(stamp, { force: true });
  for (const folder of folders) rmSync(join(dist, folder), { recursive: true, force: true });
  if (!make()) {
    say(`Building ${title} failed. The lines above say why.`);
    return false;
  }
  mkdirSync(dist, { recursive: true });
  writeFileSync(stamp, digest);
  say(`Built ${title} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
  return true;
}

/** Contents rather than times of change: a checkout or a copied image makes times that say nothing. */
function digestOf(sources) {
  const hash = createHash('sha256');
  const paths = sources.map((source) => join(root, source)).filter(existsSync);
  for (const path of paths.flatMap(filesIn)) {
    const content = readFileSync(path);
    hash.update(`${path.slice(root.length)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function filesIn(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesIn(join(path, name)));
}

/** A process of its own, so that the memory of the build is not kept; what it prints goes to stderr. */
function run(tool, ...args) {
  const { status } = spawnSync(process.execPath, [pathOf(tool), ...args], {
    cwd: root,
    // Whoever builds, tests too: pages made for development ask React for what it has not in production.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 2, 2],
  });
  return status === 0;
}

function pathOf(tool) {
  return join(root, 'node_modules', ...tool);
}

/** Writes each text file's brotli and gzip twin, which the server sends as they are. */
function compress(folder) {
  const texts = new Set(['.js', '.css', '.svg', '.json', '.webmanifest']);
  for (const path of filesIn(folder).filter((file) => texts.has(extname(file)))) {
    const content = readFileSync(path);
    const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
    writeFileSync(`${path}.br`, brotliCompressSync(content, { params }));
    writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
  }
  return true;
}

function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const words = process.argv.slice(2);
  const names = words.filter((word) => word in parts);
  const later = words.includes('--after-install') && !hasTools();
  process.exitCode = later || build(names.length > 0 ? names : undefined) ? 0 : 1;
}
