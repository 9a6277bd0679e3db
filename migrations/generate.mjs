// npm run migration -- <intent> : writes the SQL that brings the schema from the last migration to server/*/tables.ts.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const intent = process.argv[2];
if (!intent || !/^[a-z][a-z0-9-]*$/u.test(intent)) {
  console.error('Name the intent: npm run migration -- rooms-get-a-floor');
  process.exit(1);
}

const folder = import.meta.dirname;
const before = new Set(sqlFiles());
const { status } = spawnSync('drizzle-kit', ['generate', `--name=${intent}`], {
  cwd: join(folder, '..'),
  stdio: 'inherit',
});
if (status !== 0) process.exit(status ?? 1);

// drizzle-kit knows neither triggers nor WITHOUT ROWID: what it rebuilds would lose them.
for (const name of sqlFiles().filter((name) => !before.has(name))) {
  if (!readFileSync(join(folder, name), 'utf8').includes('`__new_picks`')) continue;
  console.error(`${name} rebuilds picks: write it by hand, WITHOUT ROWID and with the triggers of 0011.`);
  process.exit(1);
}

// drizzle-kit cannot ask for STRICT tables, so the statement's end is completed here.
for (const name of sqlFiles().filter((name) => !before.has(name))) {
  const path = join(folder, name);
  const strict = readFileSync(path, 'utf8').replaceAll(/^(CREATE TABLE [^;]*\n\));$/gmu, '$1 STRICT;');
  writeFileSync(path, strict);
}

function sqlFiles() {
  return readdirSync(folder).filter((name) => name.endsWith('.sql'));
}
