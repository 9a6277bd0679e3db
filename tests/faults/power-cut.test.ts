import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../server/store.ts';
import { seatCounts } from '../../server/registration/queries.ts';
import { chosenBy } from '../support/registration/own-registration.ts';
import { type Random, seededRandom } from '../../shared/core/random.ts';
import type { Me } from '../../shared/registration/contract.ts';
import { type Deed, whatWasBroken } from '../support/faults/history.ts';
import { anOriginal, inDatabase, type Original, Scene } from '../support/faults/scene.ts';

let original: Original;
beforeAll(async () => {
  original = await anOriginal();
}, 120_000);
afterAll(() => original.remove());

const sector = 512;

/**
 * What may lie on the disk after the power went: all that was synced, and of what was written since, whatever sectors happened to get
 * there. `luck` from 0 (nothing more) to 1.
 */
function afterPowerCut(scene: Scene, name: string, random: Random, luck: number): string {
  const dataDir = join(scene.folder, name);
  mkdirSync(dataDir, { mode: 0o700 });
  copyFileSync(join(scene.dataDir, 'key'), join(dataDir, 'key'));
  for (const file of ['verkstad.sqlite', 'verkstad.sqlite-wal']) {
    const synced = join(scene.disk.durable, file);
    if (!existsSync(synced)) continue;
    const kept = readFileSync(synced);
    const written = readFileSync(join(scene.dataDir, file));
    const left = Buffer.alloc(luck === 0 ? kept.length : Math.max(kept.length, written.length));
    kept.copy(left);
    for (let at = 0; at < written.length; at += sector)
      if (random.next() < luck) written.copy(left, at, at, Math.min(at + sector, written.length));
    writeFileSync(join(dataDir, file), left, { mode: 0o600 });
  }
  return dataDir;
}

/** What is wrong in a data folder that was left so, as a server finds it. */
async function foundIn(scene: Scene, dataDir: string, deeds: readonly Deed[]): Promise<string[]> {
  const store = openStore({ dataDir });
  const after = new Map(scene.crowd.people.map(({ id }) => [id, chosenBy(store.db, id) as unknown as Me]));
  const { id } = store.db.all<{ id: string }>('select id from conferences')[0]!;
  const counts = new Map(seatCounts(store.db, id).map(({ session, taken }) => [session, taken]));
  await store.close();
  const sessions = scene.programme.sessions.map((session) => ({
    ...session,
    taken: counts.get(session.id)!,
  }));
  const programme = { ...scene.programme, sessions };
  return [...whatWasBroken({ before: scene.before, deeds, after, programme }), ...inDatabase(dataDir)];
}

describe('when the power goes in the rush', () => {
  it('nothing that was answered is lost, whatever unsynced sectors did or did not reach the disk', async () => {
    const scene = new Scene(original);
    await scene.open();
    const { deeds } = await scene.during(250, () => scene.kill());
    const random = seededRandom(7);
    for (const [i, luck] of [0, 0.1, 0.5, 0.9, 1].entries()) {
      // oxlint-disable-next-line no-await-in-loop -- one disk after another
      expect(await foundIn(scene, afterPowerCut(scene, `cut-${i}`, random, luck), deeds)).toEqual([]);
    }
  }, 60_000);

  it('a disk that says it has synced, and has not, would be caught', async () => {
    const scene = new Scene(original);
    await scene.open();
    scene.disk.set({ syncLies: 1 });
    const { deeds } = await scene.during(150, () => scene.kill());
    const wrong = await foundIn(scene, afterPowerCut(scene, 'cut', seededRandom(7), 0), deeds);
    expect(wrong.join('\n')).toMatch(/has .* and was answered/u);
  }, 60_000);
});
