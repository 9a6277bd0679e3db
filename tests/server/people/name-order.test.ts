import { expect, it } from 'vitest';
import { addAttendee } from '../../../server/people/attendee-commands.ts';
import { listAttendees } from '../../../server/people/queries.ts';
import { inNameOrder } from '../../../shared/core/name-order.ts';
import { aCast, operator } from '../../support/cast.ts';
import { testStore } from '../../support/database.ts';

const inOrder = [
  'adam berg',
  'André Ek',
  'Andrea Ek',
  'Zoran Ek',
  'Åke Ek',
  'Ängla Ek',
  'Ärla Ek',
  'Örjan Ek',
  'Ørsted Ek',
];

it('lists people as the Swedish alphabet has them, whoever sorts: the database or the collator', async () => {
  const store = testStore();
  const { conferenceId } = await aCast(store);
  await store.write(operator, (change) => {
    for (const name of inOrder.toReversed()) addAttendee(change, conferenceId, { name });
  });
  const { items } = listAttendees(store.db, conferenceId, { search: '', offset: 0 });
  const names = items.map(({ name }) => name);
  expect(names.filter((name) => inOrder.includes(name))).toEqual(inOrder);
  expect(names).toEqual(names.toSorted(inNameOrder));
  const found = listAttendees(store.db, conferenceId, { search: 'ek', offset: 0 }).items;
  expect(found.map(({ name }) => name)).toEqual(names.filter((name) => /ek/iu.test(name)));
});
