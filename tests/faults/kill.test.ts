import { setTimeout as after } from 'node:timers/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anOriginal, type Original, Scene } from '../support/faults/scene.ts';

let original: Original;
beforeAll(async () => {
  original = await anOriginal();
}, 120_000);
afterAll(() => original.remove());

const hasty = {
  // Signals reach the first writer's thread alone.
  VERKSTAD_RUSH: '0',
  NODE_OPTIONS: `--import=${join(import.meta.dirname, '..', 'support', 'faults', 'hasty.mjs')}`,
};

describe('a server that is killed', () => {
  it('again and again in the rush loses nothing that it answered, and does nothing twice', async () => {
    const scene = new Scene(original);
    await scene.open();
    let going = true;
    const answers = { given: 0 };
    const rush = scene.rush({ goesOn: () => going, insist: true, onAnswer: () => answers.given++ });
    for (let killed = 0; killed < 5; killed++) {
      const enough = answers.given + 50 + 20 * killed;
      // oxlint-disable-next-line no-await-in-loop -- one kill after another
      while (answers.given < enough) await after(5);
      // oxlint-disable-next-line no-await-in-loop
      expect(await scene.kill()).toBeNull();
      // oxlint-disable-next-line no-await-in-loop
      await scene.start();
    }
    going = false;
    const deeds = await rush;
    expect(deeds.filter(({ status }) => status === null || status >= 500)).toEqual([]);
    expect(await scene.whatIsWrong(deeds)).toEqual([]);
  }, 120_000);

  it('would be caught if it answered before it had committed', async () => {
    const scene = new Scene(original);
    await scene.open(hasty);
    let going = true;
    const answers = { given: 0 };
    const rush = scene.rush({ goesOn: () => going, onAnswer: () => answers.given++ });
    while (answers.given < 100) await after(5);
    process.kill(scene.server.pid, 'SIGUSR2');
    while (answers.given < 250) await after(5);
    await scene.kill();
    going = false;
    const deeds = await rush;
    await scene.start();
    expect((await scene.whatIsWrong(deeds)).join('\n')).toMatch(/has .* and was answered/u);
  }, 60_000);
});

describe('a server that is asked to stop in the rush', () => {
  it('ends well, and keeps all that it answered', async () => {
    const scene = new Scene(original);
    await scene.open();
    const { deeds, result } = await scene.during(200, () => scene.kill('SIGTERM'));
    expect(result).toBe(0);
    expect(scene.server.output()).toContain('"msg":"the second writer starts"');
    await scene.start();
    expect(await scene.whatIsWrong(deeds)).toEqual([]);
  }, 60_000);
});
