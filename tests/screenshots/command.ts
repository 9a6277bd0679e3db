// npm run screenshots [-- name …] : every page in every state, driven in a browser, as pictures in docs/screenshots with an index.
// With names, only the scenes whose name begins with one of them. Exits 1 when a scene could not be played, and names it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { indexOf } from './index-page.ts';
import { plays } from './plays.ts';
import type { Play } from './scene.ts';
import { picturesOf } from './take.ts';
import { openWorld } from './world.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'docs', 'screenshots');
const names = process.argv.slice(2);
const failed: string[] = [];

const { status } = spawnSync(process.execPath, ['server/build.mjs'], { cwd: root, stdio: ['ignore', 2, 2] });
if (status !== 0) process.exit(1);
mkdirSync(folder, { recursive: true });
if (names.length === 0) for (const file of pictures()) rmSync(join(folder, file));
for (const play of plays) {
  const wanted = play.scenes.filter(({ name }) => isWanted(name));
  // oxlint-disable-next-line no-await-in-loop -- one play after another: the machine is shared
  if (wanted.length > 0) await perform({ ...play, scenes: wanted });
}
writeFileSync(join(folder, 'README.md'), indexOf(plays, new Set(pictures())));
const megabytes = pictures().reduce((sum, file) => sum + statSync(join(folder, file)).size, 0) / 1e6;
process.stderr.write(`${pictures().length} pictures, ${megabytes.toFixed(1)} MB.\n`);
for (const trouble of failed) process.stderr.write(`Not taken: ${trouble}\n`);
process.exitCode = failed.length === 0 ? 0 : 1;

function isWanted(name: string): boolean {
  return names.length === 0 || names.some((word) => name.startsWith(word));
}

function pictures(): string[] {
  return readdirSync(folder).filter((file) => file.endsWith('.webp'));
}

async function perform({ seed, before, scenes }: Play): Promise<void> {
  const world = await openWorld(seed);
  try {
    await before?.(world);
    for (const scene of scenes) {
      try {
        // oxlint-disable-next-line no-await-in-loop -- a scene may change what the next one shows
        for (const { file, bytes } of await picturesOf(scene, world))
          writeFileSync(join(folder, file), bytes);
        process.stderr.write(`${scene.name}\n`);
      } catch (error) {
        failed.push(`${scene.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  } finally {
    await world.close();
  }
}
