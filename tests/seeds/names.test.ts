import { expect, test } from 'vitest';
import { inventedPeople } from '../../seeds/names.ts';
import { realWorkshops } from '../../seeds/real-programme.ts';
import { mailSchema } from '../../shared/core/text.ts';

const presenters = new Set(realWorkshops().flatMap((w) => w.presenters.map(({ name }) => name)));

test('the same people come in every run, with addresses at example.org', () => {
  const people = inventedPeople(300, () => false);
  expect(people).toEqual(inventedPeople(300, () => false));
  expect(people[0]).toEqual({ name: 'Karin Ek', mail: 'karin.ek@example.org' });
  expect(
    people.filter(({ mail }) => !mail.endsWith('@example.org') || !mailSchema.safeParse(mail).success),
  ).toEqual([]);
});

test('no attendee carries the name of a real presenter', () => {
  const people = inventedPeople(60_000, (name) => presenters.has(name));
  expect(people.filter(({ name }) => presenters.has(name))).toEqual([]);
  expect(inventedPeople(60_000, () => false).some(({ name }) => presenters.has(name))).toBe(true);
});

test('names come again among 60 000, addresses never', () => {
  const people = inventedPeople(60_000, () => false);
  expect(new Set(people.map(({ name }) => name)).size).toBeLessThan(60_000);
  expect(new Set(people.map(({ mail }) => mail)).size).toBe(60_000);
});
