import { expect, it } from 'vitest';
import { openStore } from '../../server/store.ts';
import { folderOfVersion, newest, whatIsKept } from '../support/earlier-version.ts';
import { inDatabase } from '../support/faults/scene.ts';

it.each(Array.from({ length: newest - 1 }, (_, index) => index + 1))(
  'a database that has had %i migrations is brought up to this version with what it held',
  async (known) => {
    const dataDir = folderOfVersion(known);
    expect(whatIsKept(dataDir)).toEqual({ applied: known, kept: 'kept' });
    await openStore({ dataDir }).close();
    expect(whatIsKept(dataDir)).toEqual({ applied: newest, kept: 'kept' });
    expect(inDatabase(dataDir)).toEqual([]);
  },
);
