import { randomFillSync } from 'node:crypto';
import { idFrom, idLength } from '../../shared/core/ids.ts';

/** Random bytes are fetched for many ids at once: one call to the system per id would cost more than the id. */
const pool = new Uint8Array(idLength * 256);
let used = pool.length;

/** A new random public id. */
export function newId(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const id = idFrom(pool.subarray(used, used + idLength));
  used += idLength;
  return id;
}
