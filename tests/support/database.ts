import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { OpenOptions, Store } from '../../server/core/database.ts';
import { openStore } from '../../server/store.ts';
import { type TestClock, testClock } from './clock.ts';

/** A new folder that goes when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'verkstad-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * A fresh, really migrated database in a folder of its own, opened through the production door and closed when the test ends.
 * Call it inside a test or a `beforeEach`.
 */
export function testStore(options: Partial<OpenOptions> & { clock?: TestClock } = {}): Store {
  const store = openStore({
    dataDir: options.dataDir ?? temporaryFolder(),
    clock: options.clock ?? testClock(),
    onBroken: (error) => {
      throw error;
    },
    ...options,
  });
  onTestFinished(() => store.close());
  return store;
}
