// node server/build.mjs [server] [client] : builds what is missing or made from other sources than those here now.
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
  return names.every((name) => buildPart(name, parts[name]));
}

function buildPart(name, { name: title, sources, folders, make }) {
  const stamp = join(dist, `${name}.made-from`);
  const digest = digestOf(sources.map((source) => join(root, source)).filter(existsSync));
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return true;
  const missing = [tsc, vite].filter((tool) => !existsSync(pathOf(tool)));
  if (missing.length > 0) {
    say(`Building ${title} needs ${missing[0][0]}, which is not installed. Run npm ci, without --omit=dev.`);
    return false;
  }
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
function digestOf(paths) {
  const hash = createHash('sha256');
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
  const names = process.argv.slice(2);
  process.exitCode = build(names.length > 0 ? names : undefined) ? 0 : 1;
}
