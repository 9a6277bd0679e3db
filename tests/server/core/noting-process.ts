import { openDatabase } from '../../../server/core/database.ts';

/** Writes notes in groups until it is killed, and prints the number of each one that was acknowledged. */
const store = openDatabase({ dataDir: process.argv[2]! });
let next = 0;

async function keepNoting(): Promise<never> {
  for (;;) {
    const id = String(next++);
    // oxlint-disable-next-line no-await-in-loop -- each writer waits for its own answer
    await store.write({ kind: 'system' }, (change) =>
      change.audit({ action: 'noted', subject: { kind: 'note', id } }),
    );
    process.stdout.write(`${id}\n`);
  }
}

await Promise.all(Array.from({ length: 50 }, keepNoting));
