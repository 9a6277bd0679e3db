import { expect, test } from 'vitest';
import { slugOf } from '../../../shared/core/slug.ts';
import { slugSchema } from '../../../shared/core/ids.ts';

test('a Swedish name becomes an address that can be typed anywhere', () => {
  expect(slugOf('Utsikt är insikt!')).toBe('utsikt-ar-insikt');
});

test('a long name is cut, never at a hyphen', () => {
  const slug = slugOf(`${'å'.repeat(59)} slut`);
  expect(slug).toBe('a'.repeat(59));
  expect(slugSchema.safeParse(slug).success).toBe(true);
});

test('a name without letters gives no address', () => {
  expect(slugOf('–!–')).toBe('');
});
