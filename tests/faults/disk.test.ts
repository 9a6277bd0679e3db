import { setTimeout as after } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callAsOperator } from '../../server/core/control.ts';
import { dataFolder } from '../../server/core/data-folder.ts';
import { errno } from '../support/faults/disk.ts';
import { anOriginal, type Original, Scene } from '../support/faults/scene.ts';
import { startServer } from '../support/running-server.ts';

let original: Original;
beforeAll(async () => {
  original = await anOriginal();
}, 120_000);
afterAll(() => original.remove());

async function health(scene: Scene): Promise<unknown> {
  return (await scene.connection.ask('GET', '/healthz'))?.body;
}

async function untilHealth(scene: Scene, status: 200 | 503): Promise<void> {
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- asked again until it is
    if ((await scene.connection.ask('GET', '/healthz'))?.status === status) return;
    // oxlint-disable-next-line no-await-in-loop
    await after(50);
  }
}

describe('a disk that is full', () => {
  it('in the rush answers 503, reads go on, and when there is room again so does choosing, with nothing lost', async () => {
    const scene = new Scene(original);
    await scene.open();
    const { deeds } = await scene.during(100, async () => {
      scene.disk.set({ errorOfWrite: errno.ENOSPC, failures: -1 });
      await untilHealth(scene, 503);
      expect(await health(scene)).toEqual({ status: 'unavailable', reason: 'read-only' });
      const [person] = scene.crowd.people;
      const me = await scene.connection.ask('GET', `/api/conferences/${scene.crowd.slug}/me`, person);
      expect(me?.status).toBe(200);
      scene.disk.set({ failures: 0 });
      await untilHealth(scene, 200);
      await after(200);
    });
    expect(deeds.some(({ refusedFor }) => refusedFor === 'storage-full')).toBe(true);
    expect(deeds.filter(({ status }) => status !== null && status >= 500)).toEqual([]);
    expect(await scene.whatIsWrong(deeds)).toEqual([]);
  }, 60_000);

  it('does not keep a server from ending well, which starts again with all that it had answered', async () => {
    const scene = new Scene(original);
    await scene.open();
    const { deeds, result } = await scene.during(100, async () => {
      scene.disk.set({ errorOfWrite: errno.ENOSPC, failures: -1 });
      await untilHealth(scene, 503);
      return scene.kill('SIGTERM');
    });
    expect(result).toBe(0);
    scene.disk.set({ failures: 0 });
    await scene.start();
    expect(await scene.whatIsWrong(deeds)).toEqual([]);
  }, 60_000);

  it('wherever in an erasure it becomes full, whoever asked is told what became of it', async () => {
    const scene = new Scene(original);
    await scene.open();
    const { slug, people } = scene.crowd;
    const erase = async (person: number) => {
      const path = `/api/conferences/${slug}/attendees/${people[person]!.id}`;
      return (await callAsOperator(dataFolder(scene.dataDir).control, 'DELETE', path)).status;
    };
    await erase(0);
    const before = scene.disk.get('writes');
    await erase(1);
    // The last few put the log into the file.
    const writes = scene.disk.get('writes') - before;
    const left = [0, Math.round(writes / 2), writes - 6, writes - 4, writes - 2, writes, writes + 4];
    const told: number[] = [];
    for (const [i, writesLeft] of left.entries()) {
      scene.disk.set({ writesLeft, errorOfWrite: errno.ENOSPC, failures: -1 });
      // oxlint-disable-next-line no-await-in-loop -- one after another
      told.push(await erase(2 + i));
      scene.disk.set({ failures: 0 });
      // oxlint-disable-next-line no-await-in-loop
      await untilHealth(scene, 200);
    }
    const pages = await Promise.all(
      left.map((_, i) => scene.connection.ask('GET', `/api/conferences/${slug}/me`, people[2 + i])),
    );
    expect(new Set(told)).toEqual(new Set([503, 200]));
    expect(pages.map((page) => page?.status)).toEqual(told.map((status) => (status === 503 ? 200 : 404)));
  }, 60_000);

  it('does not end a server whose log is written to it', async () => {
    const server = await startServer({ built: true, log: '/dev/full' });
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    expect(await server.stop()).toBe(0);
  }, 60_000);
});

describe('a disk that fails', () => {
  it('at any one write loses nothing that was answered', async () => {
    const scene = new Scene(original);
    await scene.open();
    const all = [];
    for (const writes of [0, 1, 2, 4, 12]) {
      // oxlint-disable-next-line no-await-in-loop -- one fault after another
      const { deeds } = await scene.during(30, async () => {
        scene.disk.set({ writesLeft: writes, errorOfWrite: errno.EIO, failures: 1 });
        while (scene.disk.get('failures') > 0) await after(5);
        await untilHealth(scene, 200);
      });
      all.push(...deeds);
    }
    expect(all.filter(({ status }) => status !== null && status >= 500)).toEqual([]);
    expect(await scene.whatIsWrong(all)).toEqual([]);
  }, 120_000);

  it('to sync ends the server, which starts again with all that it had answered', async () => {
    const scene = new Scene(original);
    await scene.open();
    const { deeds, result } = await scene.during(200, () => {
      scene.disk.set({ errorOfSync: errno.EIO });
      return scene.server.exited;
    });
    expect(result).toBe(1);
    scene.disk.set({ errorOfSync: 0 });
    await scene.start();
    expect(await scene.whatIsWrong(deeds)).toEqual([]);
  }, 60_000);

  it('to be quick makes choosing slower and breaks nothing', async () => {
    const scene = new Scene(original);
    await scene.open();
    scene.disk.set({ syncMicroseconds: 10_000 });
    const before = scene.disk.get('syncs');
    const { deeds } = await scene.during(200, () => after(0));
    expect(deeds.every(({ status, refusedFor }) => status !== null && refusedFor === undefined)).toBe(true);
    expect(scene.disk.get('syncs') - before).toBeLessThan(deeds.length / 2);
    expect(await scene.whatIsWrong(deeds)).toEqual([]);
  }, 60_000);
});
