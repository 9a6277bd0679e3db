import { posix } from 'node:path';

/** The areas in their order: an area imports only areas before it, and itself. Core is before them all. */
export const areas = [
  'conference',
  'people',
  'programme',
  'proposals',
  'registration',
  'planning',
  'onsite',
  'calendars',
  'messages',
  'overview',
] as const;

const trees = ['shared', 'server', 'client', 'seeds', 'tests'] as const;
type Tree = (typeof trees)[number];

/** What a file of each tree may import of the others. */
const reach: Record<Tree, readonly Tree[]> = {
  shared: ['shared'],
  server: ['server', 'shared'],
  client: ['client', 'shared'],
  seeds: ['seeds', 'server', 'shared'],
  tests: trees,
};

/** The layers inside an area of the server: a file imports its own layer and those before it. */
const layers = ['tables', 'queries', 'commands', 'routes'] as const;

/** The file that starts the product, and puts the demo into a new data folder. */
const starter = 'server/main.ts';

/** What starts a thread, whatever it is for. */
const threads = 'server/core/thread.ts';

/**
 * Why a file may not import something, in words; null where it may. `from` is a path from the root, `specifier` as it is
 * written in the file.
 */
export function whyNotImport(from: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return whyNotPackage(from, specifier);
  const to = posix.normalize(posix.join(posix.dirname(from), specifier));
  return whyNotTree(from, to) ?? whyNotArea(from, to) ?? whyNotSolver(from, to) ?? whyNotLayer(from, to);
}

function whyNotPackage(from: string, name: string): string | null {
  const isBuiltin = name.startsWith('node:');
  if (isIn(from, 'shared') && name !== 'zod') return `shared imports zod and itself, not ${name}`;
  if (isIn(from, 'client') && isBuiltin) return `the client runs in browsers, where ${name} is not`;
  if (isIn(from, 'server/planning/solver') && !isBuiltin && name !== 'highs')
    return `the solver imports shared, highs and Node's own modules, not ${name}`;
  return null;
}

function whyNotTree(from: string, to: string): string | null {
  const [fromTree, toTree] = [treeOf(from), treeOf(to)];
  if (!fromTree || !toTree || reach[fromTree].includes(toTree)) return null;
  if (toTree === 'seeds' && from === starter) return null;
  return `${fromTree} does not import ${toTree}`;
}

function whyNotArea(from: string, to: string): string | null {
  if (treeOf(from) === 'tests' || treeOf(from) === 'seeds') return null;
  const [fromPlace, toPlace] = [placeOf(from), placeOf(to)];
  if (fromPlace === null || toPlace === null || toPlace <= fromPlace) return null;
  return `${folderOf(from)} comes before ${folderOf(to)}`;
}

function whyNotSolver(from: string, to: string): string | null {
  const solver = 'server/planning/solver';
  if (!isIn(from, solver) || isIn(to, solver) || isIn(to, 'shared') || to === threads) return null;
  return `the solver imports shared, itself and ${threads}`;
}

function whyNotLayer(from: string, to: string): string | null {
  const [fromLayer, toLayer] = [layerOf(from), layerOf(to)];
  if (toLayer === 'routes' && from !== 'server/app.ts' && folderOf(from) !== folderOf(to))
    return 'only app.ts imports the routes of an area';
  if (!fromLayer || !toLayer || layers.indexOf(toLayer) <= layers.indexOf(fromLayer)) return null;
  return `${fromLayer} come before ${toLayer}`;
}

function treeOf(path: string): Tree | undefined {
  return trees.find((tree) => isIn(path, tree));
}

/** An area's place in the order, -1 for core and ui; null for what stands above the areas (main.ts, app.ts, routes.tsx). */
function placeOf(path: string): number | null {
  const folder = folderOf(path);
  if (folder === 'core' || folder === 'ui') return -1;
  const place = (areas as readonly string[]).indexOf(folder);
  return place === -1 ? null : place;
}

function folderOf(path: string): string {
  return path.split('/', 2)[1] ?? '';
}

function layerOf(path: string): (typeof layers)[number] | undefined {
  if (!/^server\/[a-z]+\/[a-z-]+\.ts$/u.test(path)) return undefined;
  return layers.find((layer) => path.endsWith(`/${layer}.ts`) || path.endsWith(`-${layer}.ts`));
}

function isIn(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`);
}

/** Everything that a TypeScript text imports, as written: static, dynamic, types and worker files. */
export function importsOf(text: string): string[] {
  const forms = [
    /^(?:import|export)\b[^'"`;]*?\bfrom\s+['"]([^'"]+)['"]/gmu,
    /^import\s+['"]([^'"]+)['"]/gmu,
    /\bimport\(\s*['"]([^'"]+)['"]/gu,
    /\bnew URL\(\s*['"`](\.[^'"`$]+)['"`],\s*import\.meta\.url/gu,
  ];
  return forms.flatMap((form) => [...text.matchAll(form)].map((match) => match[1]!));
}
