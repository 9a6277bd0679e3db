import Database from 'better-sqlite3';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { takeSeat } from '../../server/registration/picks-commands.ts';
import { openStore } from '../../server/store.ts';
import { temporaryFolder } from '../support/database.ts';
import { folderOfVersion } from '../support/earlier-version.ts';
import { inDatabase } from '../support/faults/scene.ts';
import { smallConference } from '../support/registration/small-conference.ts';

const system = { kind: 'system' } as const;

/** Fills a database of an earlier version with the rows of one of this version, column by column. */
function fill(earlier: string, present: string): void {
  const sqlite = new Database(join(earlier, 'verkstad.sqlite'));
  sqlite.pragma('foreign_keys = OFF');
  sqlite.prepare('ATTACH ? AS present').run(join(present, 'verkstad.sqlite'));
  const names = (query: string, ...of: string[]) =>
    sqlite
      .prepare(query)
      .pluck()
      .all(...of) as string[];
  const columnsOf = 'SELECT name FROM pragma_table_info(?, ?)';
  for (const table of names(
    `SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_\\_%' ESCAPE '\\'`,
  )) {
    const known = new Set(names(columnsOf, table, 'present'));
    const columns = names(columnsOf, table, 'main').filter((column) => known.has(column));
    sqlite.exec(
      `DELETE FROM main.${table}; INSERT INTO main.${table} (${columns.join()}) SELECT ${columns.join()} FROM present.${table}`,
    );
  }
  sqlite.close();
}

const picksIn = (dataDir: string) => {
  const sqlite = new Database(join(dataDir, 'verkstad.sqlite'), { readonly: true });
  const picks = sqlite.prepare('SELECT * FROM picks ORDER BY attendee_id, pass_id').all();
  sqlite.close();
  return picks;
};

it('picks that lay in the order they came (version 11) are all there, and are still judged and kept apart', async () => {
  const present = temporaryFolder();
  let store = openStore({ dataDir: present });
  const small = await smallConference(store, {
    sessions: [
      ['W1', 'Pass 1', 3],
      ['W1', 'Pass 2', 3],
      ['W2', 'Pass 2', 3],
    ],
    attendees: ['Anna', 'Bo', 'Cia'],
    day: '2099-12-12',
  });
  const take = (name: string, session: string) =>
    store.write(system, (change) => takeSeat(change, small.wanted(name, session)));
  await take('Cia', 'W1 Pass 1');
  await take('Anna', 'W2 Pass 2');
  await take('Anna', 'W1 Pass 1');
  await store.close();
  const earlier = folderOfVersion(11);
  fill(earlier, present);
  const before = picksIn(earlier);
  expect(before).toHaveLength(3);

  store = openStore({ dataDir: earlier });
  expect(small.seatsOf(store, 'Anna')).toEqual(['W1 Pass 1', 'W2 Pass 2']);
  await expect(take('Anna', 'W1 Pass 2')).rejects.toMatchObject({ refusal: { code: 'same-workshop' } });
  await store.close();
  expect(picksIn(earlier)).toEqual(before);
  expect(inDatabase(earlier)).toEqual([]);
});
