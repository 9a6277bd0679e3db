import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `npm start` tells the engine: everything between `node` and the program. */
export const engineFlags: readonly string[] = (
  JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')) as {
    readonly scripts: { readonly start: string };
  }
).scripts.start
  .split(' ')
  .slice(1, -1);
