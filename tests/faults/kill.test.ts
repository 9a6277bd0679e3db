import { setTimeout as after } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anOriginal, type Original, Scene } from '../support/faults/scene.ts';

let original: Original;
beforeAll(async () => {
  original = await anOriginal();
});
afterAll(() => original.remove());

describe('a server that is killed', () => {
  it('twenty times in the rush loses nothing that it answered, does nothing twice, and is back within two seconds', async () => {
    const scene = new Scene(original);
    await scene.open();
    let going = true;
    let answered = 0;
    const rush = scene.rush({ goesOn: () => going, insist: true, onAnswer: () => answered++ });
    let slowest = 0;
    for (let killed = 0; killed < 20; killed++) {
      const enough = answered + 50 + 10 * killed;
      // oxlint-disable-next-line no-await-in-loop -- one kill after another
      while (answered < enough) await after(5);
      // oxlint-disable-next-line no-await-in-loop
      expect(await scene.kill()).toBeNull();
      // oxlint-disable-next-line no-await-in-loop
      await scene.start();
      slowest = Math.max(slowest, scene.server.readyAfter);
    }
    going = false;
    const deeds = await rush;
    expect(deeds.filter(({ status }) => status === null || status >= 500)).toEqual([]);
    expect(deeds.length).toBeGreaterThan(1000);
    expect(await scene.whatIsWrong(deeds)).toEqual([]);
    console.info(slowest, deeds.length);
  }, 60_000);
});
