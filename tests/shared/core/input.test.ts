import { expect, it } from 'vitest';
import { z } from 'zod';
import { fieldProblemsOf } from '../../../shared/core/input.ts';
import { lineSchema } from '../../../shared/core/text.ts';

const schema = z.strictObject({
  name: lineSchema(10),
  count: z.int().min(1).max(5),
  language: z.enum(['sv', 'en']),
  rooms: z.array(z.strictObject({ code: z.string().regex(/^[a-z]+$/u) })).max(2),
  starts: z.string().refine((text) => text < '12', {
    params: { sentence: { sv: 'ska vara före tolv', en: 'must be before noon' } },
  }),
});
const good = { name: 'Vättern', count: 1, language: 'sv', rooms: [], starts: '09' };

const problems = (input: unknown) => {
  const { error } = schema.safeParse(input, { reportInput: true });
  return error ? fieldProblemsOf(error).map(({ path, message }) => [path, message.sv, message.en]) : [];
};

it('good input has no problems', () => {
  expect(problems(good)).toEqual([]);
});

it.each<[unknown, string, string, string]>([
  [{ ...good, name: undefined }, 'name', 'saknas', 'is missing'],
  [{ ...good, name: 7 }, 'name', 'ska vara text', 'must be a string'],
  [{ ...good, name: ' ' }, 'name', 'får inte vara tomt', 'must not be empty'],
  [{ ...good, name: 'x'.repeat(1000) }, 'name', 'är för långt', 'is too long'],
  [{ ...good, count: 0 }, 'count', 'ska vara minst 1', 'must be at least 1'],
  [{ ...good, count: 6 }, 'count', 'får vara högst 5', 'may be at most 5'],
  [{ ...good, count: 1.5 }, 'count', 'ska vara ett heltal', 'must be a whole number'],
  [{ ...good, language: 'de' }, 'language', 'ska vara något av: sv, en', 'must be one of: sv, en'],
  [{ ...good, rooms: [{ code: 'A' }] }, 'rooms.0.code', 'har fel form', 'has the wrong form'],
  [{ ...good, rooms: [{ code: 'a', no: 1 }] }, 'rooms.0.no', 'är ett okänt fält', 'is an unknown field'],
  [{ ...good, rooms: [1] }, 'rooms.0', 'ska vara ett objekt', 'must be an object'],
  [{ ...good, rooms: [1, 2, 3] }, 'rooms', 'får ha högst 2', 'may have at most 2'],
  [{ ...good, starts: '13' }, 'starts', 'ska vara före tolv', 'must be before noon'],
  ['text', '', 'ska vara ett objekt', 'must be an object'],
])('a problem is said in both languages, where it is: %j', (input, path, sv, en) => {
  expect(problems(input)).toEqual([[path, sv, en]]);
});
