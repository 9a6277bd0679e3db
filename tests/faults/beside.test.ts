import Database from 'better-sqlite3';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backUp } from '../../server/core/backup.ts';
import { whatIsBroken } from '../../server/overview/verify.ts';
import { startProcess } from '../support/process.ts';
import { freePort } from '../support/free-port.ts';
import { Connection } from '../support/faults/crowd.ts';
import { knownAt } from '../support/faults/history.ts';
import { anOriginal, type Original, Scene } from '../support/faults/scene.ts';

let original: Original;
beforeAll(async () => {
  original = await anOriginal();
}, 120_000);
afterAll(() => original.remove());

describe('beside a server in the rush', () => {
  it('a backup holds all that was answered before it began, and agrees with itself', async () => {
    const scene = new Scene(original);
    await scene.open();
    const file = join(scene.folder, 'copy.sqlite');
    const { deeds, result: began } = await scene.during(100, async () => {
      const moment = performance.now();
      backUp({ dataDir: scene.dataDir, file, now: Date.now(), check: whatIsBroken });
      await after(100);
      return moment;
    });
    expect(await scene.whatIsWrong(deeds)).toEqual([]);
    await scene.kill();
    const restored = join(scene.folder, 'restored');
    mkdirSync(restored, { mode: 0o700 });
    copyFileSync(file, join(restored, 'verkstad.sqlite'));
    copyFileSync(join(scene.dataDir, 'key'), join(restored, 'key'));
    await scene.start({ VERKSTAD_DATA: restored, FAULTS_FOLDER: restored });
    expect(await scene.whatIsWrong(knownAt(deeds, began), restored)).toEqual([]);
  }, 60_000);

  it('a second server on its folder is refused and leaves it unharmed', async () => {
    const scene = new Scene(original);
    await scene.open();
    const { deeds, result } = await scene.during(100, async () => {
      const second = startProcess('server/main.ts', [], {
        VERKSTAD_DATA: scene.dataDir,
        PORT: String(await freePort()),
      });
      return second.exit();
    });
    expect(result).toBe(3);
    expect(deeds.every(({ status, refusedFor }) => status !== null && refusedFor === undefined)).toBe(true);
    expect(await scene.whatIsWrong(deeds)).toEqual([]);
  }, 60_000);

  it('a process that holds the write lock makes it answer busy, reads go on, and all is well when it lets go', async () => {
    const scene = new Scene(original);
    await scene.open();
    const other = new Database(join(scene.dataDir, 'verkstad.sqlite'), { timeout: 2000 });
    const { deeds } = await scene.during(100, async () => {
      other.exec('BEGIN IMMEDIATE');
      await after(600);
      const me = await scene.connection.ask(
        'GET',
        `/api/conferences/${scene.crowd.slug}/me`,
        scene.crowd.people[0],
      );
      expect(me?.status).toBe(200);
      other.exec('ROLLBACK');
      await after(100);
    });
    other.close();
    expect(deeds.some(({ refusedFor }) => refusedFor === 'busy')).toBe(true);
    expect(await scene.whatIsWrong(deeds)).toEqual([]);
  }, 60_000);
});

it('a server that has no room for more connections turns them away, goes on for those it has, and recovers', async () => {
  const scene = new Scene(original);
  // The library that keeps what is synced opens files of its own, and so does a rehearsal.
  await scene.open({ LD_PRELOAD: '', VERKSTAD_RUSH: '0' });
  const { pid, url } = scene.server;
  const early = new Connection(() => url);
  const me = () => early.ask('GET', `/api/conferences/${scene.crowd.slug}/me`, scene.crowd.people[0]);
  const { deeds } = await scene.during(100, async () => {
    await me();
    const files = readdirSync(`/proc/${pid}/fd`).length;
    execFileSync('prlimit', ['--pid', String(pid), `--nofile=${files + 20}`]);
    let turnedAway = 0;
    const sockets = Array.from({ length: 200 }, () => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      return socket.on('error', () => {}).once('close', () => turnedAway++);
    });
    await expect.poll(() => turnedAway, { timeout: 10_000 }).toBeGreaterThan(150);
    expect((await me())?.status).toBe(200);
    for (const socket of sockets) socket.destroy();
  });
  early.close();
  expect(deeds.every(({ status }) => status === null || status < 500)).toBe(true);
  expect(await scene.whatIsWrong(deeds)).toEqual([]);
}, 60_000);

describe('when the clock of the server steps', () => {
  const hour = 3_600_000;

  it('back half an hour in the rush, queues keep their order and nothing is lost', async () => {
    const scene = new Scene(original);
    await scene.open();
    const { deeds } = await scene.during(100, async () => {
      scene.disk.set({ clockMilliseconds: -hour / 2 });
      await after(300);
    });
    expect(deeds.every(({ status }) => status !== null && status < 500)).toBe(true);
    expect(await scene.whatIsWrong(deeds)).toEqual([]);
  }, 60_000);

  it('choosing is open by the server’s clock alone', async () => {
    const scene = new Scene(original);
    await scene.open();
    const person = scene.crowd.people[0]!;
    const session = scene.programme.sessions.find(({ seats, taken }) => seats > taken + 5)!;
    const take = async () => {
      const path = `/api/conferences/${scene.crowd.slug}/picks/${session.pass}`;
      const answer = await scene.connection.ask('PUT', path, { ...person, body: { sessionId: session.id } });
      return answer!.status === 200 ? 'ok' : (answer!.body as { code: string }).code;
    };
    const found = [await take()];
    for (const clockMilliseconds of [-2 * hour, 0, 15 * 24 * hour, 14 * 365 * 24 * hour]) {
      scene.disk.set({ clockMilliseconds });
      // oxlint-disable-next-line no-await-in-loop -- one clock after another
      found.push(await take());
    }
    expect(found).toEqual(['ok', 'window-closed', 'ok', 'window-closed', 'window-closed']);
  }, 60_000);
});
