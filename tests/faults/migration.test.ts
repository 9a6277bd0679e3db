import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { temporaryFolder } from '../support/database.ts';
import { folderOfVersion, newest, whatIsKept } from '../support/earlier-version.ts';
import { errno, type FaultyDisk, faultyDisk } from '../support/faults/disk.ts';
import { inDatabase } from '../support/faults/scene.ts';
import { buildServer, startServer } from '../support/running-server.ts';

beforeAll(buildServer, 120_000);

/** Starts the server on a folder; says what it printed where it did not start. */
async function started(dataDir: string, disk?: FaultyDisk): Promise<string | null> {
  try {
    const server = await startServer({ dataDir, built: true, environment: disk?.environment ?? {} });
    process.kill(server.pid, 'SIGKILL');
    await server.exited;
    return null;
  } catch (error) {
    return String(error);
  }
}

it('a migration that is cut off at any write leaves the old database or the new one, and the next start ends it', async () => {
  const old = folderOfVersion(1);
  const copy = () => {
    const dataDir = join(temporaryFolder(), 'data');
    cpSync(old, dataDir, { recursive: true });
    return { dataDir, disk: faultyDisk(dataDir, temporaryFolder()) };
  };
  const undisturbed = copy();
  expect(await started(undisturbed.dataDir, undisturbed.disk)).toBeNull();
  const writes = undisturbed.disk.get('writes');
  expect(writes).toBeGreaterThan(20);
  // Some of the writes come after the migration, now more, now fewer.
  for (const part of [0, 0.25, 0.5, 0.7]) {
    const { dataDir, disk } = copy();
    disk.set({ writesLeft: Math.floor(writes * part), errorOfWrite: errno.EIO, failures: -1 });
    // oxlint-disable-next-line no-await-in-loop -- one start after another
    expect(await started(dataDir, disk)).toMatch(/did not become ready/u);
    const { applied, kept } = whatIsKept(dataDir);
    expect([part, [1, newest].includes(applied), kept]).toEqual([part, true, 'kept']);
    // oxlint-disable-next-line no-await-in-loop
    expect(await started(dataDir)).toBeNull();
    expect([part, whatIsKept(dataDir), inDatabase(dataDir)]).toEqual([
      part,
      { applied: newest, kept: 'kept' },
      [],
    ]);
    expect(readdirSync(join(dataDir, 'backups')).some((name) => name.startsWith('before-migration-'))).toBe(
      true,
    );
  }
}, 120_000);
