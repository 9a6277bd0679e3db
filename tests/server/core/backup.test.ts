import { eq } from 'drizzle-orm';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { buildConference, type BuiltConference } from '../../../seeds/conference.ts';
import { carryOverSequences } from '../../../server/calendars/sequences.ts';
import { backUp, restore, type RestoreOptions } from '../../../server/core/backup.ts';
import type { Store } from '../../../server/core/database.ts';
import { whatIsBroken } from '../../../server/overview/verify.ts';
import { keyFits } from '../../../server/people/links.ts';
import { editPass } from '../../../server/programme/pass-commands.ts';
import { removePlenary } from '../../../server/programme/plenary-commands.ts';
import { plenaries, sessions } from '../../../server/programme/tables.ts';
import { releaseSeat } from '../../../server/registration/picks-commands.ts';
import { chosenBy } from '../../support/registration/own-registration.ts';
import { openStore } from '../../../server/store.ts';
import { operator } from '../../support/cast.ts';
import { testClock } from '../../support/clock.ts';
import { temporaryFolder, testStore } from '../../support/database.ts';

const clock = testClock();
let folder: string;
let dataDir: string;
let store: Store;
let built: BuiltConference;

beforeEach(async () => {
  folder = temporaryFolder();
  dataDir = join(folder, 'data');
  store = testStore({ dataDir, clock });
  built = await buildConference(store, { stage: 'picks', now: clock.now(), attendees: 30 });
});

const backedUp = (file = join(folder, 'copy.sqlite')) =>
  backUp({ dataDir, file, now: clock.now(), check: whatIsBroken });

const restored = (options: Partial<RestoreOptions> = {}) =>
  restore({
    dataDir,
    file: join(folder, 'copy.sqlite'),
    now: clock.now(),
    check: whatIsBroken,
    fitsKey: keyFits,
    carryOver: (into, from) => carryOverSequences(into, from, clock.now()),
    ...options,
  });

async function releaseOne(): Promise<string> {
  const attendeeId = built.attendeeIds.find((id) => chosenBy(store.db, id).picks.length > 0)!;
  const [pick] = chosenBy(store.db, attendeeId).picks;
  const { conferenceId } = built;
  await store.write({ kind: 'attendee', conferenceId, attendeeId }, (change) =>
    releaseSeat(change, { conferenceId, attendeeId, passId: pick!.pass }),
  );
  return attendeeId;
}

describe('a backup', () => {
  test('beside a running server holds what was there, for its owner only, and no key', () => {
    const file = backedUp();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const key = readFileSync(store.folder.key, 'utf8').trim();
    expect(readFileSync(file).includes(key)).toBe(false);
    expect(readdirSync(folder).sort()).toEqual(['copy.sqlite', 'data']);
  });

  test('goes to a dated file among the backups where none is named', () => {
    const file = backUp({ dataDir, now: clock.now(), check: whatIsBroken });
    expect(file).toBe(join(dataDir, 'backups', 'verkstad-2026-12-01T09-00-00-000Z.sqlite'));
    expect(existsSync(file)).toBe(true);
  });

  test('never takes the place of a file that is there', () => {
    writeFileSync(join(folder, 'copy.sqlite'), 'mine');
    expect(() => backedUp()).toThrow(/exists already/u);
    expect(readFileSync(join(folder, 'copy.sqlite'), 'utf8')).toBe('mine');
  });

  test('begins anew where an earlier one was cut short', () => {
    writeFileSync(join(folder, '.copy.sqlite.unfinished'), 'half a backup');
    const file = backedUp();
    expect(readdirSync(folder).sort()).toEqual(['copy.sqlite', 'data']);
    expect(readFileSync(file).subarray(0, 15).toString()).toBe('SQLite format 3');
  });

  test('is not kept where it does not agree with itself', () => {
    const file = join(folder, 'copy.sqlite');
    expect(() => backUp({ dataDir, file, now: 0, check: () => ['a seat too many'] })).toThrow(
      /does not agree with itself: a seat too many/u,
    );
    expect(readdirSync(folder)).toEqual(['data']);
  });
});

describe('restoring', () => {
  test('brings back what was there and keeps what was replaced', async () => {
    backedUp();
    const attendeeId = await releaseOne();
    const after = chosenBy(store.db, attendeeId).picks.length;
    await store.close();
    const kept = restored();
    expect(readdirSync(kept!)).toContain('verkstad.sqlite');
    const again = openStore({ dataDir, clock });
    expect(chosenBy(again.db, attendeeId).picks).toHaveLength(after + 1);
    expect(whatIsBroken(again.db)).toEqual([]);
    await again.close();
  });

  test('is refused while a server has the folder, and changes nothing', () => {
    backedUp();
    expect(() => restored()).toThrow(expect.objectContaining({ exitCode: 3 }));
    expect(readdirSync(dataDir).filter((name) => name.startsWith('replaced'))).toEqual([]);
  });

  test.each([
    ['a missing file', (file: string) => `${file}.not`, /does not exist/u],
    [
      'something else',
      (file: string) => (writeFileSync(file, 'x'.repeat(5000)), file),
      /not a whole database|not a database/u,
    ],
    [
      'a file that was cut short',
      (file: string) => (writeFileSync(file, readFileSync(file).subarray(0, 40_000)), file),
      /damaged|not a whole database/u,
    ],
  ])('refuses %s', async (_, spoil, says) => {
    const file = spoil(backedUp());
    await store.close();
    const before = readFileSync(store.folder.database);
    expect(() => restored({ file })).toThrow(says);
    expect(readFileSync(store.folder.database).equals(before)).toBe(true);
  });

  test('on a new machine needs the key that belongs to it', async () => {
    backedUp();
    const key = readFileSync(store.folder.key);
    await store.close();
    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(elsewhere);
    expect(() => restored({ dataDir: elsewhere })).toThrow(/key .* is missing/u);
    writeFileSync(join(elsewhere, 'key'), `${Buffer.alloc(32, 7).toString('base64url')}\n`);
    expect(() => restored({ dataDir: elsewhere })).toThrow(/not the one that the backup was made with/u);
    writeFileSync(join(elsewhere, 'key'), key);
    expect(restored({ dataDir: elsewhere })).toBeNull();
    const there = openStore({ dataDir: elsewhere, clock });
    expect(chosenBy(there.db, built.attendeeIds[0]!).wishes).toHaveLength(6);
    await there.close();
  });

  test('numbers events past what calendars have seen', async () => {
    backedUp();
    const passId = built.sessions[0]!.pass;
    await store.write(operator, (change) =>
      editPass(change, built.conferenceId, passId, {
        startsAt: '2026-12-22T09:35',
        endsAt: '2026-12-22T10:20',
      }),
    );
    const sent = store.db
      .select()
      .from(sessions)
      .all()
      .filter((session) => session.passId === passId);
    expect(sent.every(({ sequence }) => sequence === 1)).toBe(true);
    await store.close();
    restored();
    const again = openStore({ dataDir, clock });
    const now = again.db.select().from(sessions).all();
    expect(now.filter((s) => s.passId === passId).map(({ sequence }) => sequence)).toEqual(sent.map(() => 2));
    expect(now.filter((s) => s.passId !== passId).every(({ sequence }) => sequence === 0)).toBe(true);
    await again.close();
  });

  test('numbers an event that was cancelled since then past its cancellation', async () => {
    backedUp();
    const { id, uid } = store.db.select().from(plenaries).all()[0]!;
    await store.write(operator, (change) => removePlenary(change, built.conferenceId, id));
    await store.close();
    restored();
    const again = openStore({ dataDir, clock });
    const back = again.db.select().from(plenaries).where(eq(plenaries.uid, uid)).get();
    expect(back).toMatchObject({ sequence: 2, changedAt: clock.now() });
    await again.close();
  });

  test('takes the place of a database that cannot be read at all', async () => {
    backedUp();
    await store.close();
    writeFileSync(store.folder.database, 'gone');
    const kept = restored();
    expect(readFileSync(join(kept!, 'verkstad.sqlite'), 'utf8')).toBe('gone');
    const again = openStore({ dataDir, clock });
    expect(whatIsBroken(again.db)).toEqual([]);
    await again.close();
  });
});
